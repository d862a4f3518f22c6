"""Suggestions as plain data for JSON, checked when they come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..base import UNMEASURED, SuggestedLink, Suggestion, Suggestions

Packed = dict[str, list[list[Any]]]


def pack(found: Suggestions) -> Packed:
    """Return suggestions as lists of values; see :func:`unpack`."""
    return {
        "spans": [
            [s.label, s.start, s.end, score, s.rule, list(s.reasons), dict(s.attributes)]
            for s in found.spans
            for score in [s.score if s.measured else None]
        ],
        "links": [
            [x.type, x.source, x.target, x.score, x.rule, list(x.reasons), dict(x.attributes)]
            for x in found.links
        ],
    }


def unpack(data: object, length: int, shift: int = 0) -> Suggestions:
    """Return the suggestions that :func:`pack` made plain, in document order.

    Args:
        data: what the JSON parser returned.
        length: length in code points of the text they speak of; no span may reach behind it.
        shift: where that text begins in a larger one: is added to every offset.

    Raises:
        ValueError: the data is not what :func:`pack` returns, or does not fit the text; says how.
    """
    if not isinstance(data, dict):
        raise ValueError("not a mapping")
    spans = [_span(row, length, shift) for row in _rows(data, "spans")]
    # By start, the longer first, as a suggester should give them; links follow to the new places.
    order = sorted(range(len(spans)), key=lambda place: (spans[place].start, -spans[place].end))
    place_of = {old: new for new, old in enumerate(order)}
    links = [_link(row, place_of) for row in _rows(data, "links")]
    return Suggestions(tuple(spans[place] for place in order), tuple(links))


def _rows(data: dict[Any, Any], key: str) -> list[list[Any]]:
    rows = data.get(key)
    if not isinstance(rows, list) or not all(isinstance(r, list) and len(r) == 7 for r in rows):
        raise ValueError(f"{key} are not lists of seven values")
    return rows


def _span(row: list[Any], length: int, shift: int) -> Suggestion:
    label, start, end, score, rule, reasons, attributes = row
    if not isinstance(label, str) or not label:
        raise ValueError(f"{label!r} is no label")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise ValueError(f"a span from {start!r} to {end!r} is not in a text of {length}")
    return Suggestion(
        label=label,
        start=start + shift,
        end=end + shift,
        score=UNMEASURED if score is None else _score(score),
        measured=score is not None,
        rule=_rule(rule),
        reasons=_reasons(reasons),
        attributes=_attributes(attributes),
    )


def _link(row: list[Any], place_of: Mapping[int, int]) -> SuggestedLink:
    kind, source, target, score, rule, reasons, attributes = row
    if not isinstance(kind, str) or not kind:
        raise ValueError(f"{kind!r} is no relation type")
    if type(source) is not int or type(target) is not int:
        raise ValueError("a link's ends are not numbers")
    if source not in place_of or target not in place_of or source == target:
        raise ValueError(f"a link from span {source} to span {target} leads nowhere")
    return SuggestedLink(
        type=kind,
        source=place_of[source],
        target=place_of[target],
        score=_score(score),
        rule=_rule(rule),
        reasons=_reasons(reasons),
        attributes=_attributes(attributes),
    )


def _score(value: object) -> float:
    # `not 0 <= value <= 1` would let no number that is not a number through either.
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"a score of {value!r} is not between 0 and 1")
    return float(value)


def _rule(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the rule id {value!r} is not a string")
    return value


def _reasons(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(reason, str) for reason in value):
        raise ValueError("reasons are not strings")
    return tuple(value)


def _attributes(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("attributes are not a mapping")
    return value
