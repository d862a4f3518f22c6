"""Parquet: the rows of CSV with types, for pandas, Polars, DuckDB and Arrow.

Needs pyarrow, which ``pip install 'annotator[parquet]'`` brings. Choices and texts are columns of
strings, lists columns of lists, flags of booleans; every other attribute, and every field that is
no string, is JSON, since a column has one type and JSON values have many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ...domain.errors import AnnotatorError, InvalidFileError, Problem
from ...domain.scheme import Scheme
from ..base import Format, Item, ReadContext, Target, WriteContext
from ..reading import LONGEST, parse_json
from ..record import Place, Record, RecordError
from . import rows
from .cells import read_text_cell, surrogate_cell
from .sidecar import LOST, SUFFIX, SidecarWriter

_ATTRIBUTE = "attributes."
_NUMBERS = ("start", "end")
_JSON = ("attributes", "fragments", "origin", "relations", "context", "extra")
_ROWS = 50_000
"""Rows of a row group that is written, and so of what is held in memory."""
LARGEST_GROUP = 1 << 29
"""Bytes that a row group which is read may have."""
_BATCH = 4096
"""Rows that are read at once."""
_UNFOLDED = 1 << 24
"""Bytes that the rows which are unfolded at once may have."""
_SIMPLE = {"choice": "text", "text": "text", "choices": "list", "list": "list", "flag": "flag"}


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
        import pyarrow.compute
        import pyarrow.parquet
    except ImportError:
        raise AnnotatorError(
            "Parquet needs the package pyarrow", "pip install 'annotator[parquet]'"
        ) from None
    return pa


def _attribute_types(scheme: Scheme) -> dict[str, str]:
    """Return the attributes that have a column, with its type; in two labels they must agree."""
    types: dict[str, str] = {}
    mixed = set()
    for label in scheme.labels.values():
        for attribute in label.attributes.values():
            kind = _SIMPLE.get(attribute.type)
            if kind is None or types.setdefault(attribute.name, kind) != kind:
                mixed.add(attribute.name)
    return {name: kind for name, kind in types.items() if name not in mixed}


class _Sink:
    """A file for pyarrow, which writes a footer even when the file was given up and closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.closed = False

    def write(self, data: Any) -> int:
        return len(data) if self._file.closed else self._file.write(data)

    def tell(self) -> int:
        return 0 if self._file.closed else self._file.tell()

    def flush(self) -> None:
        """The target flushes."""

    def close(self) -> None:
        """The target closes."""


class _Writer:
    def __init__(self, target: Target, context: WriteContext) -> None:
        self._pa = pa = _pyarrow()
        self._types = _attribute_types(context.scheme)
        arrow = {"text": pa.string(), "list": pa.list_(pa.string()), "flag": pa.bool_()}
        fields = []
        for column in rows.COLUMNS:
            if column == "attributes":
                fields += [
                    pa.field(f"{_ATTRIBUTE}{name}", arrow[kind])
                    for name, kind in self._types.items()
                ]
            fields.append(pa.field(column, pa.int64() if column in _NUMBERS else pa.string()))
        self._schema = pa.schema(fields)
        self._writer = pa.parquet.ParquetWriter(_Sink(target.file()), self._schema)
        self._rows: list[dict[str, Any]] = []
        self._size = 0
        self._documents = SidecarWriter(target.sibling(SUFFIX), context.lose)

    def write(self, record: Record) -> None:
        self._documents.write(record)
        for row in rows.rows_of(record):
            self._size += len(row["quote"])
            self._rows.append(self._arrow_row(row))
            if len(self._rows) >= _ROWS or self._size >= LONGEST:
                self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(self._pa.Table.from_pylist(self._rows, self._schema))
        self._rows.clear()
        self._size = 0

    def _arrow_row(self, row: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        rest = {}
        for name, value in row.pop("attributes", {}).items():
            kind = self._types.get(name)
            if kind is not None and _is_of(kind, value):
                made[f"{_ATTRIBUTE}{name}"] = _arrow_value(value)
            else:
                rest[name] = value
        if rest:
            row["attributes"] = rest
        for name, value in row.items():
            if name in _JSON:
                made[name] = json.dumps(value, allow_nan=False)
            else:
                made[name] = _arrow_value(value)
        return made


def _is_of(kind: str, value: Any) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if kind == "flag":
        return isinstance(value, bool)
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _arrow_value(value: Any) -> Any:
    if isinstance(value, str):
        return surrogate_cell(value)
    return [surrogate_cell(item) for item in value] if isinstance(value, list) else value


def _read(path: Path, context: ReadContext) -> Iterator[Item]:
    return rows.read_rows(path, _rows(path), context)


def _rows(path: Path) -> Iterator[tuple[Place, dict[str, Any]] | Problem]:
    pa = _pyarrow()
    number = 0
    try:
        for found in _arrow_rows(pa, path):
            number += 1
            place = Place(str(path), 0, number)
            try:
                yield place, _row(found)
            except RecordError as error:
                yield place.problem(error.key, error.message)
    except RecordError as error:
        broken = Problem(str(path), 0, f"record {number + 1}", error.message)
        raise InvalidFileError([broken]) from None
    except (pa.ArrowException, OSError, ValueError) as error:
        message = f"no Parquet: {str(error).splitlines()[0] if str(error) else error}"
        raise InvalidFileError([Problem(str(path), 0, f"record {number + 1}", message)]) from None


def _arrow_rows(pa: Any, path: Path) -> Iterator[Mapping[str, Any]]:
    """Iterate over the rows of a file, as many at once as have a place in memory.

    A value that stands in many rows stands in a file once: one of 50 KB may hold 20 GB. So columns
    are read as Arrow's dictionaries, which repeat nothing, and unfolded piece by piece.

    Raises:
        RecordError: a row or a row group is too large.
    """
    with pa.parquet.ParquetFile(path) as file:
        schema, columns = (
            file.schema_arrow,
            [file.schema.column(n) for n in range(len(file.schema))],
        )
        for number in range(file.num_row_groups):
            if file.metadata.row_group(number).total_byte_size > LARGEST_GROUP:
                message = (
                    f"a row group is larger than {LARGEST_GROUP >> 20} MiB: write smaller ones"
                )
                raise RecordError("", message)
    texts = [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]
    with pa.parquet.ParquetFile(path, read_dictionary=texts) as file:
        for batch in file.iter_batches(batch_size=_BATCH):
            row = sum(_longest(pa, column) for column in batch.columns)
            if row > LONGEST:
                raise RecordError("", f"a row is longer than {LONGEST >> 20} MiB")
            step = max(1, min(_BATCH, _UNFOLDED // max(1, row)))
            for at in range(0, batch.num_rows, step):
                yield from batch.slice(at, step).cast(schema).to_pylist()


def _longest(pa: Any, column: Any) -> int:
    """Return the most bytes that one value of a column may have."""
    if pa.types.is_dictionary(column.type):
        return pa.compute.max(pa.compute.binary_length(column.dictionary)).as_py() or 0
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        most = pa.compute.max(pa.compute.list_value_length(column)).as_py() or 0
        return most * _longest(pa, column.values)
    return 16


def _row(found: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    for name, value in found.items():
        if value is None:
            continue
        if name.startswith(_ATTRIBUTE):
            attributes[name.removeprefix(_ATTRIBUTE)] = _value(value)
        elif name in _JSON and isinstance(value, str):
            row[name] = parse_json(value)
        else:
            row[name] = _value(value)
    if attributes:
        rest = row.get("attributes", {})
        if not isinstance(rest, dict):
            raise RecordError("attributes", "expected an object")
        row["attributes"] = {**attributes, **rest}
    return row


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return read_text_cell(value)
    if isinstance(value, list):
        return [_value(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    raise RecordError("", f"a {type(value).__name__} has no place in a row")


FORMAT = Format(
    name="parquet",
    title="Parquet",
    extensions=(".parquet",),
    holds=rows.HOLDS,
    carries=rows.CARRIES,
    own=lambda _options: (LOST,),
    options=(rows.DOCUMENTS,),
    make_writer=_Writer,
    read=_read,
    looks_like=lambda _path, head: 1.0 if head[:4] == b"PAR1" else 0.0,
    extra="parquet",
    notes=(*rows.NOTES, "Needs pyarrow: `pip install 'annotator[parquet]'`."),
)
