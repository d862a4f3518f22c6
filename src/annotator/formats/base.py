"""What a format is, what it is told, and what it can be asked. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol

from ..domain.document import Document
from ..domain.errors import AnnotatorError, Problem
from ..domain.scheme import Scheme
from .aspect import Aspect
from .record import Record


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a format leaves to its user; the command line makes ``--NAME`` of it.

    Options of one name in several formats must be of one type.

    Attributes:
        name: lower case, words joined by ``-``.
        help: one line.
        type: ``flag`` is False unless given; ``choice`` one of :attr:`choices`; else a value.
        default: what holds where it is not given.
        choices: the values of a ``choice``.
        side: whether it is about writing, reading, or both.
    """

    name: str
    help: str
    type: Literal["flag", "choice", "text", "number"] = "flag"
    default: Any = None
    choices: tuple[str, ...] = ()
    side: Literal["write", "read", "both"] = "write"

    def checked(self, value: Any) -> Any:
        """Return a value that was given for the option, or its default for None.

        Raises:
            AnnotatorError: it is not what the option takes.
        """
        if value is None:
            return self.default if self.type != "flag" else bool(self.default)
        if self.type == "choice" and value not in self.choices:
            raise AnnotatorError(
                f"--{self.name} takes no {value!r}", f"it is one of {', '.join(self.choices)}"
            )
        if self.type == "number" and isinstance(value, str):
            try:
                return float(value) if "." in value else int(value)
            except ValueError:
                raise AnnotatorError(f"--{self.name} needs a number, not {value!r}") from None
        return value


class Target(Protocol):
    """Where a writer writes. What it is given is kept only if the whole export ends well."""

    def file(self) -> BinaryIO:
        """Return the one file, to be written from its beginning; asked for once."""

    def sibling(self, suffix: str) -> BinaryIO | None:
        """Return a further file beside it.

        Args:
            suffix: takes the place of the main file's, e.g. ``.documents.jsonl``.

        Returns:
            None where there is no beside, as on standard output.
        """

    def folder(self) -> Path:
        """Return an empty folder, for a format that writes many files."""


@dataclass(frozen=True, slots=True)
class WriteContext:
    """What a writer is told.

    Attributes:
        options: values of the format's options by name, defaults filled in.
        scheme: labels, attributes and relation types of the project.
        lose: to be called with the name of one of the format's own aspects and a number, for
            losses that only show while writing (see :attr:`Format.own`).
    """

    options: Mapping[str, Any]
    scheme: Scheme
    lose: Callable[[str, int], None] = lambda _name, _count: None


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader is told.

    Attributes:
        options: values of the format's options by name, defaults filled in.
        encoding: codec of text files; formats that prescribe one ignore it.
        find_document: finds a document of the project by its id, for formats without text.
    """

    options: Mapping[str, Any]
    encoding: str = "utf-8"
    find_document: Callable[[str], Document | None] = lambda _id: None


class Writer(Protocol):
    """Writes records one by one; memory does not grow with their number."""

    def write(self, record: Record) -> None:
        """Write a record that holds nothing but what the format holds (see :mod:`.loss`)."""

    def close(self) -> None:
        """Write what comes last. Files are closed by the target."""


Item = Record | Problem
"""What a reader gives: a record, or what is wrong with one that it cannot take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format.

    Attributes:
        name: what ``--to`` and ``--from`` call it.
        title: its name for people.
        extensions: usual file suffixes, the first for new files.
        holds: names of the aspects (see ``aspects.STANDARD``) that it can hold; the others are
            taken out of a record, counted and reported before it is written.
        resolves: names of aspects that it cannot hold and that one of its ``own`` takes out, by a
            rule its user may choose.
        carries: those it holds in keys of our own, which other programs keep or ignore, but do
            not understand.
        own: aspects beside the standard ones that it cannot hold, given its options.
        offsets: what its offsets count.
        output: whether it writes one file or a folder.
        output_with: says so where that depends on its options.
        says_skipped: whether other programs see that a document was skipped; where they do not,
            such documents are left out unless asked for.
        options: what its user may choose.
        make_writer: opens a writer; None where it cannot be written.
        read: reads a file or folder lazily; None where it cannot be read.
        looks_like: says how sure (0 to 1) it is of a file or folder being of this format.
            Args: the path, and the first 64 KiB of a file, nothing for a folder.
        extra: the optional part of this package that it needs, e.g. ``parquet``.
        notes: what else its users should know; Markdown, a sentence each.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    holds: frozenset[str]
    carries: frozenset[str] = frozenset()
    resolves: frozenset[str] = frozenset()
    own: Callable[[Mapping[str, Any]], tuple[Aspect, ...]] = lambda _options: ()
    offsets: str = "code points"
    output: Literal["file", "folder"] = "file"
    output_with: Callable[[Mapping[str, Any]], Literal["file", "folder"]] | None = None
    says_skipped: bool = False
    options: tuple[Option, ...] = ()
    make_writer: Callable[[Target, WriteContext], Writer] | None = None
    read: Callable[[Path, ReadContext], Iterator[Item]] | None = None
    looks_like: Callable[[Path, bytes], float] = lambda _path, _head: 0.0
    extra: str = ""
    notes: tuple[str, ...] = ()

    def output_for(self, settings: Mapping[str, Any]) -> Literal["file", "folder"]:
        """Return whether it writes one file or a folder, given the values of its options."""
        return self.output_with(settings) if self.output_with else self.output

    def settings(self, side: Literal["write", "read"], given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of all options of a side, defaults filled in.

        Args:
            side: writing or reading.
            given: values by option name; None for not given.

        Raises:
            AnnotatorError: the format has no such option, or it does not take such a value.
        """
        known = {option.name: option for option in self.options if option.side in (side, "both")}
        for name, value in given.items():
            if name not in known and value is not None and value is not False:
                verb = "writing" if side == "write" else "reading"
                ours = ", ".join(f"--{other}" for other in known) or "none"
                message = f"--{name} means nothing when {verb} {self.name}"
                raise AnnotatorError(message, f"its own options are: {ours}")
        return {name: option.checked(given.get(name)) for name, option in known.items()}
