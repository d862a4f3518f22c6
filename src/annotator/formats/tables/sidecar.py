"""The documents of a table of spans, in a JSON Lines file beside it.

A table has one span a row, so texts, and what is said of whole documents, have no place in it.
They go to ``NAME.documents.jsonl``: a corpus that this program opens as it is (``id``, ``text``,
``meta``), with statuses, notes and the like under our own key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from ...domain.document import Document
from .. import own_keys
from ..aspect import Aspect
from ..reading import LONGEST, dump_json, join_key, need_list, need_mapping, need_text, open_input
from ..record import Record, RecordError
from ..targets import sibling_path

SUFFIX = ".documents.jsonl"
LOST = Aspect(
    "documents",
    "documents' texts, statuses, notes and rejected relations (with -o NAME they go to a second "
    "file beside it)",
    lambda _record: 0,
    lambda record: record,
)
"""What a table loses on standard output, which has no beside."""


class SidecarWriter:
    """Writes documents beside a table.

    Args:
        file: the second file; None where there can be none.
        lose: is told of each document that is lost then.
    """

    def __init__(self, file: BinaryIO | None, lose: Callable[[str, int], None]) -> None:
        self._file = file
        self._lose = lose

    def write(self, record: Record) -> None:
        """Write a record's document and what its sets say of it."""
        if self._file is None:
            self._lose(LOST.name, 1)
            return
        document = record.document
        row: dict[str, Any] = {"id": document.id, "text": document.text}
        if document.meta:
            row["meta"] = document.meta
        details = own_keys.document_details(document)
        del details["document"]
        details["sets"] = [own_keys.set_details(one) for one in record.sets]
        for one in details["sets"]:
            one.pop("orphans", None)  # these are rows
        self._file.write(dump_json(row | {own_keys.KEY: details}) + b"\n")


class Sidecar:
    """The documents beside a table, found by id. Keeps about 100 bytes for each.

    Args:
        path: the second file.

    Raises:
        AnnotatorError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, tuple[int, int]] = {}
        self._again: list[tuple[int, int]] = []
        self._file = open_input(path)
        offset = 0
        for number, line in enumerate(iter(partial(self._file.readline, LONGEST + 1), b""), 1):
            here = number, offset
            if not line.isspace() and self._places.setdefault(_id_in(line), here) != here:
                self._again.append(here)
            offset += len(line)

    def take(self, document_id: str) -> tuple[Document, list[Mapping[str, Any]]] | None:
        """Return a document and the details of its sets, once; None if it is not there.

        Raises:
            RecordError: it is malformed.
        """
        place = self._places.pop(document_id, None)
        return None if place is None else self.read(place[1])

    def rest(self) -> list[tuple[int, int]]:
        """Return line and offset of each document that nobody took, or whose id came before."""
        return [*self._places.values(), *self._again]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def read(self, offset: int) -> tuple[Document, list[Mapping[str, Any]]]:
        """Return the document at a place, and the details of its sets.

        Args:
            offset: of its line, in bytes.

        Raises:
            RecordError: it is malformed.
        """
        self._file.seek(offset)
        try:
            row = need_mapping(json.loads(self._file.readline(LONGEST + 1)))
        except (ValueError, RecursionError) as error:
            raise RecordError("", f"no JSON in {self.path}: {error}") from None
        details = own_keys.own_details(row)
        meta = row.get("meta")
        document = own_keys.make_document(
            details,
            need_text(row, "text"),
            meta=meta if isinstance(meta, dict) else {},
            own_id=_id_text(row),
        )
        at = join_key(own_keys.KEY, "sets")
        sets: list[Mapping[str, Any]] = [
            need_mapping(value, join_key(at, place))
            for place, value in enumerate(need_list(details.get("sets"), at))
        ]
        return document, sets


def find_sidecar(path: Path, given: str | None) -> Sidecar | None:
    """Return the documents of a table: the file that was named, or the one beside it.

    Raises:
        AnnotatorError: the named file cannot be read.
    """
    if given:
        return Sidecar(Path(given))
    beside = sibling_path(path, SUFFIX)
    return Sidecar(beside) if beside.is_file() else None


def _id_in(line: bytes) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    return _id_text(row) if isinstance(row, dict) else ""


def _id_text(row: Mapping[str, Any]) -> str:
    value = row.get("id")
    return value if isinstance(value, str) else str(value) if type(value) is int else ""
