"""Operations as JSON, for the journal.

An operation is an object with one of three first keys: ``{"put": section, "item": {...}}``,
``{"drop": section, "id": id}`` or ``{"set": field, "value": value}``. Items carry everything
they hold, fields that are empty left out. JSON has no tuples: fragments are restored as such,
a tuple inside an attribute comes back as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.annotations import RELATION_SECTIONS, SECTIONS, STATUSES, Drop, Op, Put, SetField
from ..domain.span import Relation, Span

_SPAN_TEXTS = ("quote", "prefix", "suffix", "note", "created", "by")
_RELATION_TEXTS = ("note", "created", "by")
_MAPPINGS = ("attributes", "origin", "extra")


class MalformedOpError(ValueError):
    """JSON that is no operation."""


def ops_to_json(ops: Iterable[Op]) -> list[dict[str, Any]]:
    """Return plain data, ready for ``json.dumps``, that stands for operations."""
    return [_op_to_json(op) for op in ops]


def ops_from_json(data: object) -> tuple[Op, ...]:
    """Return the operations that plain data stands for.

    Raises:
        MalformedOpError: the data is not of the form that :func:`ops_to_json` returns.
    """
    if not isinstance(data, list):
        raise MalformedOpError("operations are not a list")
    return tuple(_op_from_json(item) for item in data)


def _op_to_json(op: Op) -> dict[str, Any]:
    if isinstance(op, Put):
        return {"put": op.section, "item": _item_to_json(op.item)}
    if isinstance(op, Drop):
        return {"drop": op.section, "id": op.id}
    return {"set": op.name, "value": op.value}


def _item_to_json(item: Span | Relation) -> dict[str, Any]:
    if isinstance(item, Span):
        data: dict[str, Any] = {
            "id": item.id,
            "label": item.label,
            "start": item.start,
            "end": item.end,
        }
        if item.fragments:
            data["fragments"] = item.fragments
        texts: tuple[str, ...] = _SPAN_TEXTS
    else:
        data = {"id": item.id, "type": item.type, "from": item.source, "to": item.target}
        texts = _RELATION_TEXTS
    for name in texts:
        if value := getattr(item, name):
            data[name] = value
    for name in _MAPPINGS:
        if value := getattr(item, name):
            data[name] = dict(value)
    return data


def _op_from_json(data: object) -> Op:
    if not isinstance(data, dict):
        raise MalformedOpError("an operation is not an object")
    if "put" in data:
        section = data["put"]
        if section in SECTIONS:
            return Put(section, _item_from_json(data.get("item"), section in RELATION_SECTIONS))
    elif "drop" in data:
        if data["drop"] in SECTIONS and isinstance(data.get("id"), str):
            return Drop(data["drop"], data["id"])
    elif data.get("set") == "note" and isinstance(data.get("value"), str):
        return SetField("note", data["value"])
    elif data.get("set") == "status" and data.get("value") in STATUSES:
        return SetField("status", data["value"])
    raise MalformedOpError(f"unknown operation {sorted(map(str, data))}")


def _item_from_json(data: object, relation: bool) -> Span | Relation:
    if not isinstance(data, dict):
        raise MalformedOpError("an item is not an object")
    texts = _RELATION_TEXTS if relation else _SPAN_TEXTS
    rest: dict[str, Any] = {}
    for name in texts:
        rest[name] = _checked(data, name, str, "")
    for name in _MAPPINGS:
        rest[name] = _checked(data, name, dict, {})
    if relation:
        return Relation(
            id=_checked(data, "id", str),
            type=_checked(data, "type", str),
            source=_checked(data, "from", str),
            target=_checked(data, "to", str),
            **rest,
        )
    return Span(
        id=_checked(data, "id", str),
        label=_checked(data, "label", str),
        start=_checked(data, "start", int),
        end=_checked(data, "end", int),
        fragments=_fragments(data.get("fragments", [])),
        **rest,
    )


def _checked(data: Mapping[str, Any], name: str, kind: type, default: Any = None) -> Any:
    value = data.get(name, default)
    if not isinstance(value, kind):
        raise MalformedOpError(f"{name} is {value!r}")
    return value


def _fragments(data: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(data, list):
        raise MalformedOpError("fragments are not a list")
    found: list[tuple[int, int]] = []
    for pair in data:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(n) is int for n in pair)):
            raise MalformedOpError(f"{pair!r} is no fragment")
        found.append((pair[0], pair[1]))
    return tuple(found)
