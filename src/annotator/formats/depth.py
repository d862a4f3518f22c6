"""How deep the values of a record are nested; annotation files have a limit, JSON has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .aspect import relations_of, spans_of
from .record import Record

DEEPEST = 40
"""Levels of lists and objects in one value; the YAML of a set is read to a depth of 64."""


def is_too_deep(record: Record) -> bool:
    """Say whether any value of a record is nested more than :data:`DEEPEST` levels deep."""
    return any(_is_deeper(value, DEEPEST) for value in _values(record))


def _values(record: Record) -> Iterator[Any]:
    yield record.document.meta
    for one in record.sets:
        yield one.extra
        yield one.document.extra
    for span in spans_of(record):
        yield from (span.attributes, span.origin, span.extra)
    for relation in relations_of(record):
        yield from (relation.attributes, relation.origin, relation.extra)


def _is_deeper(value: Any, levels: int) -> bool:
    if isinstance(value, dict):
        inner: Any = value.values()
    elif isinstance(value, list | tuple):
        inner = value
    else:
        return False
    return levels == 0 or any(
        _is_deeper(item, levels - 1) for item in inner if isinstance(item, dict | list | tuple)
    )
