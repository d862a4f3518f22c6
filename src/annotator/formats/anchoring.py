"""Spans that were read, held against the text: where a quote disagrees, the quote decides.

Nothing is shifted in silence: a span stands where the file says if its quote stands there; else
where its quote is found for certain, and that is told; else it is kept aside.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from ..text.quotes import context, place_foreign
from .changes import changed_relations, revised
from .record import Record


class Moved(NamedTuple):
    """A span that stands elsewhere than its file says.

    Attributes:
        record: where it was read.
        annotator: whose set it is in.
        span: as the file had it.
        start, end: where its quote stands, in code points.
    """

    record: Record
    annotator: str
    span: Span
    start: int
    end: int


class Aside(NamedTuple):
    """A span or relation that cannot be placed.

    Attributes:
        record: where it was read.
        annotator: whose set it is in.
        item: as the file had it.
        reason: why, one line.
    """

    record: Record
    annotator: str
    item: Span | Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """A record whose spans stand in its text, with quotes and contexts filled in.

    Attributes:
        record: the record.
        moved: spans that stand elsewhere than the file says.
        aside: what was taken out.
    """

    record: Record
    moved: tuple[Moved, ...] = ()
    aside: tuple[Aside, ...] = ()


def anchor(record: Record) -> Anchored:
    """Return a record whose spans are sure to stand in its text."""
    moved: list[Moved] = []
    aside: list[Aside] = []
    sets = tuple(_anchor_set(record, one, moved, aside) for one in record.sets)
    return Anchored(replace(record, sets=sets), tuple(moved), tuple(aside))


def _anchor_set(
    record: Record, one: AnnotationSet, moved: list[Moved], aside: list[Aside]
) -> AnnotationSet:
    text = record.document.text
    sections: dict[str, list[Span]] = {}
    for name in ("spans", "rejected"):
        spans = list(getattr(one, name).values())
        places = _places(text, spans)
        sections[name] = []
        for span, found in zip(spans, places, strict=True):
            placed = found if isinstance(found, str) else _moved_to(text, span, *found)
            if isinstance(placed, str):
                aside.append(Aside(record, one.annotator, span, placed))
                continue
            if placed.start != span.start or placed.end != span.end:
                moved.append(Moved(record, one.annotator, span, placed.start, placed.end))
            sections[name].append(placed)
    known = {span.id for spans in sections.values() for span in spans} | one.orphans.keys()

    def with_ends(relation: Relation) -> Relation | None:
        missing = [end for end in (relation.source, relation.target) if end not in known]
        if missing:
            reason = f"it links the span {missing[0]!r}, which is not there"
        elif relation.source == relation.target:
            reason = f"it links the span {relation.source!r} to itself"
        else:
            return relation
        aside.append(Aside(record, one.annotator, relation, reason))
        return None

    return revised(one, **sections, **changed_relations(one, with_ends))


def _places(text: str, spans: list[Span]) -> list[tuple[int, int] | str]:
    """Return where each span stands in the text, or why it has no place.

    A quote that stands at several places is placed by the spans around it: offsets that are off by
    more and more, as where blanks were taken out of a text, are off by something between what they
    are before and behind it.
    """
    found = [_certain_place(text, span) for span in spans]
    if _SEVERAL not in found:
        return found
    shifts = sorted(
        (span.start, at[0] - span.start)
        for span, at in zip(spans, found, strict=True)
        if not isinstance(at, str) and span.quote
    )
    for place_, span in enumerate(spans):
        if found[place_] == _SEVERAL:
            start = _start_between(text, span, _shifts_around(shifts, span.start))
            if start is not None:
                found[place_] = start, start + len(span.quote)
    return found


def _start_between(text: str, span: Span, near: list[int]) -> int | None:
    """Return where a quote stands, if that is certain from how far the spans around it moved."""
    if text.startswith(span.quote, span.start) and not any(near):
        return span.start  # only its end is wrong
    if len(near) < 2:
        return None
    first, last = span.start + min(near), span.start + max(near)
    if first < 0:
        return None
    start = text.find(span.quote, first, last + len(span.quote))
    more = text.find(span.quote, start + 1, last + len(span.quote)) if start >= 0 else 0
    return start if start >= 0 > more else None


def _shifts_around(shifts: list[tuple[int, int]], start: int) -> list[int]:
    """Return how far the nearest spans before and behind an offset moved."""
    behind = bisect_left(shifts, (start, 0))
    return [shift for _, shift in shifts[max(0, behind - 1) : behind + 1]]


_SEVERAL = "its quote stands at several places"


def _certain_place(text: str, span: Span) -> tuple[int, int] | str:
    """Return where a span surely stands, or why that is not known."""
    start, end = span.start, span.end
    if 0 <= start < end <= len(text) and _fragments_fit(span):
        here = text[start:end]
        if not span.quote or here == span.quote or _alike(here, span.quote):
            return start, end
    elif not span.quote:
        return f"{start} to {end} is no range of a text of {len(text)} code points"
    found = place_foreign(text, span.quote, span.prefix, span.suffix, start)
    if found is None:
        return "its quote does not occur in the text"
    return (found.start, found.end) if found.certain else _SEVERAL


def _moved_to(text: str, span: Span, start: int, end: int) -> Span | str:
    """Return a span at its place with quote and context, or why it does not fit there."""
    shift = start - span.start
    fragments = tuple((first + shift, last + shift) for first, last in span.fragments)
    placed = replace(span, start=start, end=end, quote=text[start:end], fragments=fragments)
    if not _fragments_fit(placed):
        return "its fragments overlap, or do not lie within its quote"
    prefix, suffix = context(text, start, end)
    return replace(placed, prefix=prefix, suffix=suffix)


def _fragments_fit(span: Span) -> bool:
    inside = all(span.start <= first < last <= span.end for first, last in span.fragments)
    return inside and all(one[1] <= two[0] for one, two in pairwise(span.fragments))


def _alike(here: str, quote: str) -> bool:
    """Say whether two texts differ only in white space, as where a tool joins lines."""
    return here.split() == quote.split()
