"""Flat JSON Lines: one span an object, for ``pandas.read_json(lines=True)`` and ``jq``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...domain.errors import Problem
from ..base import Format, Item, ReadContext, Target, WriteContext
from ..reading import dump_json, first_object, json_lines, need_mapping
from ..record import Place, Record, RecordError
from . import rows
from .sidecar import LOST, SUFFIX, SidecarWriter


class _Writer:
    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._documents = SidecarWriter(target.sibling(SUFFIX), context.lose)

    def write(self, record: Record) -> None:
        self._documents.write(record)
        for row in rows.rows_of(record):
            self._file.write(dump_json(row) + b"\n")

    def close(self) -> None:
        pass


def _read(path: Path, context: ReadContext) -> Iterator[Item]:
    return rows.read_rows(path, _rows(path), context)


def _rows(path: Path) -> Iterator[tuple[Place, dict[str, Any]] | Problem]:
    for entry in json_lines(path):
        if isinstance(entry, Problem):
            yield entry
            continue
        place, value = entry
        try:
            yield place, need_mapping(value)
        except RecordError as error:
            yield place.problem(error.key, error.message)


def _looks_like(path: Path, head: bytes) -> float:
    found = first_object(path, head)
    return 0.9 if {"document", "label", "start", "end"} <= found.keys() else 0.0


FORMAT = Format(
    name="jsonl",
    title="Flat JSON Lines",
    extensions=(".jsonl",),
    holds=rows.HOLDS,
    carries=rows.CARRIES,
    own=lambda _options: (LOST,),
    options=(rows.DOCUMENTS,),
    make_writer=_Writer,
    read=_read,
    looks_like=_looks_like,
    notes=rows.NOTES,
)
