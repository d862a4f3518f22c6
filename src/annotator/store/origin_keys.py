"""What a file may say of where a span or relation came from; other keys are free."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

_STRING = {"type": "string"}


class _Kind(NamedTuple):
    """One kind of value: whether a value is one, what a message calls it, its JSON Schema."""

    fits: Callable[[object], bool]
    name: str
    schema: dict[str, Any]


def _is_number(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


_TEXT = _Kind(lambda value: isinstance(value, str), "a string; put it in quotes", _STRING)
_TEXTS = _Kind(
    lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "a list of strings",
    {"type": "array", "items": _STRING},
)
_OFFSET = _Kind(
    lambda value: _is_number(value, int) and value >= 0,  # type: ignore[operator]
    "a whole number from 0",
    {"type": "integer", "minimum": 0},
)
_SHARE = _Kind(
    # A number that is none is not between them either.
    lambda value: _is_number(value, (int, float)) and 0 <= value <= 1,  # type: ignore[operator]
    "a number from 0 to 1",
    {"type": "number", "minimum": 0, "maximum": 1},
)
_KINDS: dict[str, tuple[_Kind, str]] = {
    "from": (_TEXT, "whose set it stood in"),
    "via": (_TEXT, "whose set that one had it from"),
    "also": (_TEXTS, "who else proposed the same"),
    "version": (_TEXT, "of the model"),
    "score": (_SHARE, "how sure the model was"),
    "rule": (_TEXT, "id of the rule that found it"),
    "reasons": (_TEXTS, "why it was proposed"),
    "label": (_TEXT, "its label as it was proposed, if it was accepted under another"),
    "start": (_OFFSET, "where it began as it was proposed, if it was accepted with other bounds"),
    "end": (_OFFSET, "where it ended then"),
    "instead-of": (_TEXT, "id of the span whose label it would change"),
}


def complaints(origin: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield key and message of each value of an origin that is not what it must be."""
    for key, value in origin.items():
        kind, _ = _KINDS.get(key, (None, ""))
        if kind is not None and not kind.fits(value):
            yield key, f"{value!r} is not {kind.name}"


def origin_schema() -> dict[str, Any]:
    """Return the JSON Schema of an origin."""
    return {
        "type": "object",
        "properties": {
            key: {**kind.schema, "description": about} for key, (kind, about) in _KINDS.items()
        },
    }
