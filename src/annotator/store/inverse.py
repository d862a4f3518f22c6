"""What takes operations back, known before they are carried out."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.annotations import AnnotationSet, Drop, Item, Op, Put, SetField


def inverse_of(annotations: AnnotationSet, ops: Iterable[Op]) -> tuple[Op, ...]:
    """Return the operations that would take others back; changes nothing.

    A journal line carries both ways and is written before anything is changed, so the way back
    is needed first.

    Args:
        annotations: the state that the operations are meant for.
        ops: operations in order.

    Returns:
        What ``annotations.apply(ops)`` would return.

    Raises:
        KeyError: an item to drop would not be there; ``apply`` would fail halfway.
    """
    inverse: list[Op] = []
    items: dict[tuple[str, str], Item | None] = {}
    fields: dict[str, str] = {}
    for op in ops:
        if isinstance(op, SetField):
            now = fields[op.name] if op.name in fields else getattr(annotations, op.name)
            inverse.append(SetField(op.name, now))
            fields[op.name] = op.value
            continue
        item_id = op.id if isinstance(op, Drop) else op.item.id
        key = (op.section, item_id)
        before = items[key] if key in items else annotations.section(op.section).get(item_id)
        if isinstance(op, Put):
            inverse.append(Drop(op.section, item_id) if before is None else Put(op.section, before))
            items[key] = op.item
        elif before is None:
            raise KeyError(item_id)
        else:
            inverse.append(Put(op.section, before))
            items[key] = None
    inverse.reverse()
    return tuple(inverse)
