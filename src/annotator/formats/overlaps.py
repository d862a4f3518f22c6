"""Spans that overlap, for formats that hold one label a token: rules for which one stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable

from ..domain.annotations import AnnotationSet
from ..domain.errors import AnnotatorError
from ..domain.span import Span
from .aspect import Aspect
from .base import Option
from .changes import numbered, revised, with_sets
from .geometry import in_document_order
from .record import Record

RULES = ("refuse", "longest", "shortest", "first")
"""``longest``, ``shortest``: of two spans that overlap the longer or shorter stays, of equally
long ones the first. ``first``: the one that begins first, of two that begin together the longer.
``refuse``: none; nothing is written."""

_ORDERS: dict[str, Callable[[Span], tuple[int, int]]] = {
    "longest": lambda span: (span.start - span.end, span.start),
    "shortest": lambda span: (span.end - span.start, span.start),
    "first": lambda span: (span.start, -span.end),
}


def overlaps_option(default: str) -> Option:
    """Return the option ``--overlaps``.

    Args:
        default: one of :data:`RULES`.
    """
    return Option(
        "overlaps",
        "which of overlapping spans stays where they must lie apart; conll refuses unless told",
        type="choice",
        default=default,
        choices=RULES,
    )


def losers(spans: Iterable[Span], rule: str) -> set[str]:
    """Return the ids of spans to leave out so that none overlaps another.

    Args:
        spans: spans of one set.
        rule: one of :data:`RULES` but ``refuse``.
    """
    taken = _Taken()
    gone = set()
    for span in sorted(in_document_order(spans), key=_ORDERS[rule]):
        if not taken.take(span.start, span.end):
            gone.add(span.id)
    return gone


class _Taken:
    """Ranges that are taken, none overlapping another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a range if nothing of it is taken; say whether it was."""
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


def flat_aspect(rule: str) -> Aspect:
    """Return the aspect of spans that overlap another, for a format without ids of spans.

    What stays is numbered anew, as such a format's reader does.

    Args:
        rule: one of :data:`RULES`. With ``refuse`` counting raises an :class:`AnnotatorError`
            that names the first two.
    """

    def count(record: Record) -> int:
        if rule == "refuse":
            for one in record.sets:
                refuse_overlaps(record.document.id, one.spans.values())
            return 0
        return sum(len(losers(one.spans.values(), rule)) for one in record.sets)

    def without(record: Record) -> Record:
        def change(one: AnnotationSet) -> AnnotationSet:
            gone = losers(one.spans.values(), rule)
            if not gone:
                return one
            return numbered(revised(one, spans=[s for s in one.spans.values() if s.id not in gone]))

        return with_sets(record, change)

    stays = {"refuse": "nothing is written", "first": "the one that begins first stays"}
    told = stays.get(rule, f"the {rule} stays")
    return Aspect("overlaps", f"spans that overlap another ({told})", count, without)


def refuse_overlaps(document_id: str, spans: Iterable[Span]) -> None:
    """Raise an :class:`AnnotatorError` if two spans of a document overlap; it names them."""
    before: Span | None = None
    for span in in_document_order(spans):
        if before is not None and span.start < before.end:
            raise AnnotatorError(
                f"{document_id}: the spans at {before.start} to {before.end} ({before.label}) "
                f"and {span.start} to {span.end} ({span.label}) overlap",
                "choose which stays: --overlaps longest, shortest or first",
            )
        if before is None or span.end > before.end:
            before = span
