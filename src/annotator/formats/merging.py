"""Records of one document that follow each other in a file become one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .base import Item
from .record import Record


def merged(items: Iterable[Item]) -> Iterator[Item]:
    """Iterate over items, neighbours that speak of one document by several annotators joined.

    Records of one document by the same annotator are left apart: they are two documents of one
    id, which the import refuses. So are records without an id.
    """
    held: Record | None = None
    for item in items:
        if held is not None and isinstance(item, Record) and _belong(held, item):
            held = replace(held, sets=(*held.sets, *item.sets))
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(item, Record):
            held = item
        else:
            yield item
    if held is not None:
        yield held


def _belong(one: Record, other: Record) -> bool:
    if not one.document.id:
        return False
    if one.document.id != other.document.id or one.document.sha256 != other.document.sha256:
        return False
    names = {each.annotator for each in one.sets}
    return not any(each.annotator in names for each in other.sets)
