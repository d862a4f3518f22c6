"""CSV and TSV: one span a row, for spreadsheets and ``pandas.read_csv``.

Quoting and line ends are those of RFC 4180. What cells look like is told in ``cells``.
Each attribute that the scheme declares has a column ``attributes.NAME``; others stand together as
JSON in the column ``attributes``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import InvalidFileError, Problem
from ...domain.scheme import Scheme
from ...domain.span import Span
from ..base import Format, Item, Option, ReadContext, Target, WriteContext
from ..changes import SECTIONS
from ..geometry import in_document_order
from ..reading import LONGEST, lines_of, shown
from ..record import Place, Record, RecordError
from . import rows
from .cells import CAREFUL, read_text_cell, read_value_cell, text_cell, value_cell
from .sidecar import LOST, SUFFIX, SidecarWriter

_TEXTS = frozenset(
    {"document", "annotator", "section", "id", "label", "quote", "note", "created", "by", "text"}
)
_NUMBERS = frozenset({"start", "end"})
_ATTRIBUTE = "attributes."
_NEEDED = ("document", "label", "start", "end")
_DELIMITERS = ",;\t|"


def columns_for(scheme: Scheme) -> list[str]:
    """Return the columns of a table: those of every row, with the scheme's attributes."""
    names = dict.fromkeys(name for label in scheme.labels.values() for name in label.attributes)
    columns = []
    for column in rows.COLUMNS:
        if column == "attributes":
            columns += [f"{_ATTRIBUTE}{name}" for name in names]
        columns.append(column)
    return columns


class _Writer:
    def __init__(self, target: Target, context: WriteContext, delimiter: str) -> None:
        self._columns = columns_for(context.scheme)
        self._delimiter = delimiter
        self._file = target.file()
        head = delimiter.join(quoted(text_cell(name), delimiter) for name in self._columns)
        mark = "\ufeff" if context.options["bom"] else ""
        self._file.write(f"{mark}{head}{_LINE_END}".encode())
        self._documents = SidecarWriter(target.sibling(SUFFIX), context.lose)

    def write(self, record: Record) -> None:
        self._documents.write(record)
        for one in record.sets:
            lines = _SetLines(record.document, one, self._columns, self._delimiter).lines()
            self._file.write("".join(lines).encode("utf-8"))

    def close(self) -> None:
        pass


_LINE_END = "\r\n"
_SPECIAL = {delimiter: re.compile(f'["\r\n{delimiter}]').search for delimiter in ",\t"}


def quoted(cell: str, delimiter: str) -> str:
    """Return a cell as it stands in a file, in quotes where it must be (RFC 4180)."""
    if _SPECIAL[delimiter](cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


class _SetLines:
    """The rows of one annotation set as lines.

    ``csv.writer`` with a list for each row would take twice as long as reading the YAML does.
    Most spans share label, attributes, author and time, so the cells of these are made once
    (``benchmarks/formats.py``).
    """

    def __init__(
        self, document: Document, one: AnnotationSet, columns: list[str], delimiter: str
    ) -> None:
        self.text = document.text
        self.one = one
        self.delimiter = delimiter
        self.declared = [c.removeprefix(_ATTRIBUTE) for c in columns if c.startswith(_ATTRIBUTE)]
        self.words = _Words(self.string)
        # By identity; the mapping is kept, so that its identity is not given to another.
        self.known: dict[int, tuple[Mapping[str, Any], str]] = {}
        self.linked = rows.relations_by_source(one)
        self.head = f"{self.words[document.id]}{delimiter}{self.words[one.annotator]}"

    def lines(self) -> Iterator[str]:
        sep, words, text = self.delimiter, self.words, self.text
        for section in SECTIONS:
            orphan = section == "orphans"
            head = f"{self.head}{sep}{'' if section == 'spans' else section}"
            for span in in_document_order(getattr(self.one, section).values()):
                quote = span.quote if orphan else text[span.start : span.end]
                yield (
                    f"{head}{sep}{self.string(span.id)}{sep}{words[span.label]}"
                    f"{sep}{span.start}{sep}{span.end}{sep}{self.string(quote)}"
                    f"{sep}{self.attributes(span.attributes)}{sep}{self.rest(span, orphan)}"
                )

    def rest(self, span: Span, orphan: bool) -> str:
        """Return the cells behind the attributes, and the end of the line."""
        sep, words = self.delimiter, self.words
        linked = self.linked.get(span.id)
        by = f"{words[span.created]}{sep}{words[span.by]}"
        if not (span.note or span.fragments or span.origin or span.extra or linked or orphan):
            return f"{sep}{sep}{sep}{by}{sep}{sep}{sep}{_LINE_END}"
        around = [span.prefix, span.suffix] if orphan else None
        front = (self.string(span.note), self.value(span.fragments), self.value(span.origin))
        back = (self.value(linked), self.value(around), self.value(span.extra))
        return f"{sep.join((*front, by, *back))}{_LINE_END}"

    def string(self, value: str) -> str:
        """Return a string as a cell; the empty one as an empty cell."""
        if value.isprintable() and value and value[0] not in CAREFUL:
            # Nearly all strings: no cell that could be taken for something else.
            if self.delimiter not in value and '"' not in value:
                return value
            return '"' + value.replace('"', '""') + '"'
        return quoted(text_cell(value), self.delimiter) if value else ""

    def value(self, value: Any) -> str:
        """Return a list or mapping as a cell; an empty one as an empty cell."""
        return quoted(value_cell(value), self.delimiter) if value else ""

    def attributes(self, attributes: Mapping[str, Any]) -> str:
        """Return the cells of the declared attributes, and one for all others."""
        known = self.known.get(id(attributes))
        if known is None:
            cells = [
                quoted(value_cell(attributes[name]), self.delimiter) if name in attributes else ""
                for name in self.declared
            ]
            rest = {key: v for key, v in attributes.items() if key not in self.declared}
            joined = self.delimiter.join([*cells, self.value(rest)])
            known = self.known[id(attributes)] = attributes, joined
        return known[1]


class _Words(dict[str, str]):
    """Cells of strings that stand in many rows."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        made = self[word] = self._make(word)
        return made


def _read(path: Path, context: ReadContext) -> Iterator[Item]:
    return rows.read_rows(path, _rows(path, context.encoding), context)


def _rows(path: Path, encoding: str) -> Iterator[tuple[Place, dict[str, Any]] | Problem]:
    # The limit is the process's; its default of 131,072 is less than a long quote.
    csv.field_size_limit(LONGEST)
    lines = _Lines(path, encoding)
    delimiter = max(_DELIMITERS, key=lines.first.count)
    table = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        header = [read_text_cell(cell) for cell in next(table, [])]
        _check_header(path, header)
        before = table.line_num
        for cells in table:
            line, before = before + 1, table.line_num
            lines.end_row()
            if not cells:
                continue
            number += 1
            place = Place(str(path), line, number)
            try:
                yield place, _row(header, cells)
            except RecordError as error:
                yield place.problem(error.key, error.message)
    except csv.Error as error:
        message = f"no {'TSV' if delimiter == _TAB else 'CSV'}: {error}"
        raise InvalidFileError([Problem(str(path), table.line_num, "", message)]) from None


_TAB = "\t"


class _Lines(Iterator[str]):
    """The lines of a table; no row may be longer than :data:`LONGEST`, however many lines it has.

    Attributes:
        first: the first line, which the iteration begins with.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        lines = lines_of(path, encoding)
        head = next(lines, (1, ""))
        self.first = head[1]
        self._lines = chain([head], lines)
        self._size = 0

    def end_row(self) -> None:
        """Tell that what comes next is another row."""
        self._size = 0

    def __next__(self) -> str:
        number, line = next(self._lines)
        self._size += len(line)
        if self._size > LONGEST:
            message = f"the row is longer than {LONGEST >> 20} MiB: is a quotation mark open?"
            raise InvalidFileError([Problem(str(self._path), number, "", message)])
        return line


def _check_header(path: Path, header: list[str]) -> None:
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        message = f"no column {', '.join(missing)}; found {shown(', '.join(header))}"
        raise InvalidFileError([Problem(str(path), 1, "", message)])
    if len(set(header)) < len(header):
        raise InvalidFileError([Problem(str(path), 1, "", "a column stands twice")])


def _row(header: list[str], cells: list[str]) -> dict[str, Any]:
    if len(cells) != len(header):
        raise RecordError("", f"{len(cells)} cells under {len(header)} columns")
    row: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for column, cell in zip(header, cells, strict=True):
        if not cell:
            continue
        if column in _NUMBERS:
            row[column] = _whole_number(column, cell)
        elif column in _TEXTS:
            row[column] = read_text_cell(cell)
        elif column.startswith(_ATTRIBUTE):
            attributes[column.removeprefix(_ATTRIBUTE)] = read_value_cell(cell)
        else:
            row[column] = read_value_cell(cell)
    if attributes:
        rest = row.get("attributes", {})
        if not isinstance(rest, Mapping):
            raise RecordError("attributes", f"expected an object, found {shown(rest)}")
        row["attributes"] = {**attributes, **rest}
    return row


def _whole_number(column: str, cell: str) -> int:
    if cell.isascii() and cell.isdecimal() and len(cell) <= 16:
        return int(cell)
    raise RecordError(column, f"{shown(cell)} is no offset, a whole number from 0")


def _looks_like(delimiter: str) -> Any:
    def looks_like(_path: Path, head: bytes) -> float:
        first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
        if max(_DELIMITERS, key=first.count) not in (delimiter, ";" if delimiter == "," else ""):
            return 0.0
        names = {cell.strip('"\r ') for cell in first.replace(";", delimiter).split(delimiter)}
        return 0.9 if names >= set(_NEEDED) else 0.0

    return looks_like


def _format(name: str, title: str, delimiter: str) -> Format:
    return Format(
        name=name,
        title=title,
        extensions=(f".{name}",),
        holds=rows.HOLDS,
        carries=rows.CARRIES,
        own=lambda _options: (LOST,),
        options=(
            Option("bom", "begin with a byte order mark, as Excel wants it for UTF-8"),
            rows.DOCUMENTS,
        ),
        make_writer=lambda target, context: _Writer(target, context, delimiter),
        read=_read,
        looks_like=_looks_like(delimiter),
        notes=(
            *rows.NOTES,
            "What a spreadsheet would take for a formula is written as a JSON string.",
            "So is an attribute's text that looks like a number.",
        ),
    )


CSV = _format("csv", "CSV", ",")
TSV = _format("tsv", "TSV", _TAB)
