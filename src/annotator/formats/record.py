"""What flows between files and projects: one document and what annotators said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import Problem


class Place(NamedTuple):
    """Where a record stood in a file.

    Attributes:
        file: the file as the user named it.
        line: 1-based line; 0 where a format has no lines.
        record: 1-based number of the record; 0 where the file is the record.
    """

    file: str
    line: int = 0
    record: int = 0

    def problem(self, key: str, message: str) -> Problem:
        """Return a problem at this place."""
        if not self.line and self.record:
            key = f"record {self.record}.{key}" if key else f"record {self.record}"
        return Problem(self.file, self.line, key, message)


NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Record:
    """One document and what annotators said about it.

    Attributes:
        document: its text, id and metadata.
        sets: one annotation set each for some annotators; ids of spans are unique in a set. The
            quotes of a set that was read are what the file says they are, or empty: they are
            compared with the text by :mod:`.anchoring`.
        place: where it was read; not part of what a record says.
        notes: lines for the person who imports it, about what was kept but has no place in the
            program; not part of what a record says.
    """

    document: Document
    sets: tuple[AnnotationSet, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)


class RecordError(Exception):
    """A record that a reader cannot take; never leaves a reader (see :mod:`.reading`).

    Args:
        key: dotted path of the value that is wrong; empty for the whole record.
        message: what is wrong with it.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message
