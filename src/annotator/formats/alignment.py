"""Spans that do not begin and end with a token, for formats whose spans are runs of tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..domain.annotations import AnnotationSet
from ..domain.errors import AnnotatorError
from ..domain.span import Span
from ..text.quotes import context
from .aspect import Aspect
from .aspects import STANDARD
from .base import Option
from .changes import revised, with_sets
from .record import Record

MISALIGNED = Option(
    "misaligned",
    "what becomes of spans that do not begin and end with a token",
    type="choice",
    default="expand",
    choices=("expand", "contract", "drop", "fail"),
)
"""The option of all formats of tokens."""

_SECTIONS = ("spans", "rejected")
"""Orphans have no place in the text."""
_MOVED = {
    "expand": "spans that begin or end within a token (grown to whole tokens)",
    "contract": "spans that begin or end within a token (shrunk to whole tokens)",
}
_DANGLING = next(aspect for aspect in STANDARD if aspect.name == "dangling-relations")


class TokenBounds:
    """The tokens of a text.

    Args:
        starts, ends: offsets of each token in code points, ascending, none overlapping another.
    """

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self.starts = starts
        self.ends = ends

    def touched(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last token (inclusive) that share a code point with a range."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end) - 1
        return (first, last) if first <= last else None

    def within(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last token (inclusive) that lie within a range."""
        first = bisect_left(self.starts, start)
        last = bisect_right(self.ends, end) - 1
        return (first, last) if first <= last else None

    def aligned(self, start: int, end: int, rule: str) -> tuple[int, int] | None:
        """Return a range of whole tokens for a range.

        Args:
            start, end: the range, in code points.
            rule: one of the choices of :data:`MISALIGNED`; all but ``expand`` and ``contract``
                leave only what is aligned already.

        Returns:
            None where no token is left.
        """
        found = self.within(start, end) if rule == "contract" else self.touched(start, end)
        if found is None:
            return None
        whole = self.starts[found[0]], self.ends[found[1]]
        return whole if rule in _MOVED or whole == (start, end) else None


def _as_it_is(one: AnnotationSet) -> AnnotationSet:
    return one


def alignment_aspects(
    rule: str,
    tokens_of: Callable[[str], TokenBounds],
    settle: Callable[[AnnotationSet], AnnotationSet] = _as_it_is,
) -> tuple[Aspect, ...]:
    """Return what a format of tokens cannot hold: spans without a token, and misaligned ones.

    Args:
        rule: one of the choices of :data:`MISALIGNED`. With ``fail`` counting raises an
            :class:`AnnotatorError` that names the first such span.
        tokens_of: finds the tokens of a text.
        settle: makes a set sound again of which spans went or moved; ``changes.numbered`` for
            formats without ids of spans.
    """

    def refuse(record: Record) -> None:
        tokens = tokens_of(record.document.text)
        for one in record.sets:
            for name in _SECTIONS:
                for span in getattr(one, name).values():
                    if tokens.aligned(span.start, span.end, rule) is None:
                        raise _failure(record, span)

    def gone(record: Record, one: AnnotationSet) -> set[str]:
        tokens = tokens_of(record.document.text)
        return {
            span.id
            for name in _SECTIONS
            for span in getattr(one, name).values()
            if tokens.aligned(span.start, span.end, rule) is None
        }

    def count_gone(record: Record) -> int:
        if rule == "fail":
            refuse(record)
        return sum(len(gone(record, one)) for one in record.sets)

    def without_gone(record: Record) -> Record:
        def change(one: AnnotationSet) -> AnnotationSet:
            out = gone(record, one)
            kept = {
                name: [span for span in getattr(one, name).values() if span.id not in out]
                for name in _SECTIONS
            }
            return settle(revised(one, **kept)) if out else one

        return with_sets(record, change)

    def move(record: Record, span: Span) -> Span:
        place = tokens_of(record.document.text).aligned(span.start, span.end, rule)
        return span if place is None else moved(span, record.document.text, *place)

    def count_moved(record: Record) -> int:
        return sum(
            move(record, span) is not span
            for one in record.sets
            for name in _SECTIONS
            for span in getattr(one, name).values()
        )

    def without_moved(record: Record) -> Record:
        def change(one: AnnotationSet) -> AnnotationSet:
            sections = {
                name: [move(record, span) for span in getattr(one, name).values()]
                for name in _SECTIONS
            }
            return settle(revised(one, **sections))

        return with_sets(record, change)

    if rule in _MOVED:
        lost = "spans that hold no " + ("whole token" if rule == "contract" else "token")
        return (
            Aspect("tokenless", f"{lost} (left out)", count_gone, without_gone),
            Aspect("misaligned", _MOVED[rule], count_moved, without_moved),
            _DANGLING,
        )
    title = "spans that do not begin and end with a token"
    title += " (left out)" if rule == "drop" else " (nothing is written)"
    return Aspect("misaligned", title, count_gone, without_gone), _DANGLING


def moved(span: Span, text: str, start: int, end: int) -> Span:
    """Return a span at another place of its text, with the quote and context of that place.

    Fragments are cut to the new range, and the outermost grow to it.
    """
    if span.range == (start, end):
        return span
    inside = [
        (max(first, start), min(last, end))
        for first, last in span.fragments
        if first < end and last > start
    ]
    if len(inside) > 1:
        inside[0] = start, inside[0][1]
        inside[-1] = inside[-1][0], end
    prefix, suffix = context(text, start, end)
    return replace(
        span,
        start=start,
        end=end,
        quote=text[start:end],
        prefix=prefix,
        suffix=suffix,
        fragments=tuple(inside) if len(inside) > 1 else (),
    )


def _failure(record: Record, span: Span) -> AnnotatorError:
    return AnnotatorError(
        f"{record.document.id}: the span {span.id} ({span.label}, {span.start} to {span.end}) does "
        "not begin and end with a token",
        "choose --misaligned expand, contract or drop",
    )
