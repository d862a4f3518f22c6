"""CSV and TSV: one span a row, for spreadsheets and ``pandas.read_csv``.

Quoting and line ends are those of RFC 4180. What cells look like is told in ``cells``.
Each attribute that the scheme declares has a column ``attributes.NAME``; others stand together as
JSON in the column ``attributes``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..domain.errors import InvalidFileError, Problem
from ..domain.scheme import Scheme
from . import rows
from .base import (
    Format,
    Item,
    Option,
    Place,
    ReadContext,
    Record,
    RecordError,
    Target,
    WriteContext,
)
from .cells import read_text_cell, read_value_cell, text_cell, value_cell
from .reading import LONGEST, lines_of, shown
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


def attribute_columns(row: dict[str, Any], declared: frozenset[str]) -> dict[str, Any]:
    """Return a row with its declared attributes in columns of their own."""
    attributes = row.pop("attributes", None)
    if attributes:
        rest = {}
        for name, value in attributes.items():
            if name in declared:
                row[f"{_ATTRIBUTE}{name}"] = value
            else:
                rest[name] = value
        if rest:
            row["attributes"] = rest
    return row


class _Writer:
    def __init__(self, target: Target, context: WriteContext, delimiter: str) -> None:
        self._columns = columns_for(context.scheme)
        self._declared = frozenset(
            column.removeprefix(_ATTRIBUTE)
            for column in self._columns
            if column.startswith(_ATTRIBUTE)
        )
        encoding = "utf-8-sig" if context.options["bom"] else "utf-8"
        self._text = io.TextIOWrapper(target.file(), encoding=encoding, newline="")
        self._csv = csv.writer(self._text, delimiter=delimiter, lineterminator="\r\n")
        self._csv.writerow([text_cell(column) for column in self._columns])
        self._documents = SidecarWriter(target.sibling(SUFFIX), context.lose)

    def write(self, record: Record) -> None:
        self._documents.write(record)
        self._csv.writerows(map(self._cells, rows.rows_of(record)))

    def _cells(self, row: dict[str, Any]) -> list[Any]:
        row = attribute_columns(row, self._declared)
        return [_cell(column, row[column]) if column in row else "" for column in self._columns]

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


def _cell(column: str, value: Any) -> Any:
    if column in _NUMBERS:
        return value
    return text_cell(value) if column in _TEXTS else value_cell(value)


def _read(path: Path, context: ReadContext) -> Iterator[Item]:
    return rows.read_rows(path, _rows(path, context.encoding), context)


def _rows(path: Path, encoding: str) -> Iterator[tuple[Place, dict[str, Any]] | Problem]:
    # The limit is the process's; its default of 131,072 is less than a long quote.
    csv.field_size_limit(LONGEST)
    lines = (line for _, line in lines_of(path, encoding))
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)

    def all_lines() -> Iterator[str]:
        yield first
        yield from lines

    table = csv.reader(all_lines(), delimiter=delimiter, strict=True)
    number = 0
    try:
        header = [read_text_cell(cell) for cell in next(table, [])]
        _check_header(path, header)
        before = table.line_num
        for cells in table:
            line, before = before + 1, table.line_num
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
            "What a spreadsheet would take for a formula or a number is written as a JSON string.",
        ),
    )


CSV = _format("csv", "CSV", ",")
TSV = _format("tsv", "TSV", _TAB)
