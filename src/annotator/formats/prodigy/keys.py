"""What the reader and the writer of Prodigy's tasks must agree on.

A task and its spans keep the keys they came with under :data:`NATIVE` in the set's and the span's
unknown keys, in order. A key whose value follows from the set is kept as True, so that an edit
shows; any other keeps its value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...domain.annotations import AnnotationSet, Status
from ...domain.span import Span
from ..tokens import Token, TokenIndex

NATIVE = "prodigy"
"""Key of a set's and a span's ``extra`` that holds what the Prodigy file had."""
RANGE = "prodigy-range"
"""Key of a span's ``extra``: where it stood when values were kept that its place decides."""
REBUILT: Final = True
"""Stands for a value that follows from the set."""

ANSWERS: Mapping[str, Status] = {"accept": "done", "ignore": "skipped", "reject": "done"}
"""The status of a document by the answer of its task."""
NO_LABEL = "SPAN"
"""Label of a span without one, as a task has that is still to be labelled."""
PLACE_KEYS = ("text", "token_start", "token_end")
"""Keys of a span that its place decides."""


def answer_of(one: AnnotationSet) -> str:
    """Return the answer that a set's status stands for."""
    return "ignore" if one.status == "skipped" else "accept"


def token_index(tokens: Any) -> TokenIndex | None:
    """Return the index of a task's tokens; None where they are none that can be used."""
    if not isinstance(tokens, list):
        return None
    found: list[Token] = []
    for token in tokens:
        if not isinstance(token, dict):
            return None
        start, end = token.get("start"), token.get("end")
        if type(start) is not int or type(end) is not int or end < start:
            return None
        if found and start < found[-1].end:
            return None
        found.append(Token(start, end))
    return TokenIndex(found) if found else None


def place_values(text: str, start: int, end: int, index: TokenIndex | None) -> dict[str, Any]:
    """Return the values of a span's keys that its place decides."""
    values: dict[str, Any] = {"text": text[start:end]}
    touched = index.touched(start, end) if index else None
    if touched:
        values["token_start"], values["token_end"] = touched
    return values


def token_objects(text: str, tokens: Sequence[Token]) -> list[dict[str, Any]]:
    """Return tokens as Prodigy has them."""
    return [
        {
            "text": text[token.start : token.end],
            "start": token.start,
            "end": token.end,
            "id": number,
            "ws": text[token.end : token.end + 1] == " ",
        }
        for number, token in enumerate(tokens)
    ]


def native_of(extra: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the keys that a task or span came with; None where it came from elsewhere."""
    native = extra.get(NATIVE)
    return native if isinstance(native, dict) else None


def end_object(span: Span, index: TokenIndex | None) -> dict[str, Any]:
    """Return a span as ``head_span`` or ``child_span`` of a relation."""
    end: dict[str, Any] = {"start": span.start, "end": span.end}
    touched = index.touched(span.start, span.end) if index else None
    if touched:
        end["token_start"], end["token_end"] = touched
    return end | {"label": span.label}


def rebuilt_relation(
    kind: str, source: Span, target: Span, index: TokenIndex | None
) -> dict[str, Any]:
    """Return a relation as Prodigy has it; the last token of each end stands for it."""
    head, child = end_object(source, index), end_object(target, index)
    numbers = {}
    if "token_end" in head and "token_end" in child:
        numbers = {"head": head["token_end"], "child": child["token_end"]}
    return numbers | {"head_span": head, "child_span": child, "label": kind}
