"""A text cut where spans begin and end, so that spans may overlap and nest in any way."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from ...domain.span import Span

MOST_DEEP = 12
"""Spans that are drawn over each other. A page in which thousands lie at one place would have
millions of elements, and browsers take no more than 512 within each other."""


class Segment(NamedTuple):
    """A piece of text within which no span begins or ends.

    Attributes:
        start, end: its range in code points.
        spans: numbers of the spans that cover it, the longest first; of more than
            :data:`MOST_DEEP` the shortest.
        hidden: numbers of the spans that begin here and are not among these.
    """

    start: int
    end: int
    spans: tuple[int, ...]
    hidden: tuple[int, ...] = ()


_Key = tuple[int, int, int]


def segments(length: int, spans: Iterable[Span]) -> Iterator[Segment]:
    """Iterate over the segments of a text, in order and without gaps.

    Args:
        length: the text's, in code points.
        spans: any spans; what a discontinuous one leaves out does not count as its own.
    """
    listed = list(spans)
    starts: dict[int, list[tuple[int, int]]] = {}
    bounds = {0, length}
    for number, span in enumerate(listed):
        for start, end in span.fragments or (span.range,):
            low, high = max(0, start), min(length, end)
            if low < high:
                starts.setdefault(low, []).append((high, number))
                bounds |= {low, high}
    keys = [(span.start - span.end, span.start, n) for n, span in enumerate(listed)]
    active: list[_Key] = []
    ends: list[tuple[int, int]] = []
    for start, end in pairwise(sorted(bounds)):
        while ends and ends[0][0] <= start:
            del active[bisect_left(active, keys[heappop(ends)[1]])]
        begun = starts.get(start, ())
        for high, number in begun:
            heappush(ends, (high, number))
            insort(active, keys[number])
        drawn = tuple(number for _, _, number in active[-MOST_DEEP:])
        hidden = tuple(sorted({number for _, number in begun}.difference(drawn)))
        yield Segment(start, end, drawn, hidden)


_MOST_PASSES = 8
"""Passes in which levels settle; texts in which spans cross in long chains may stop before."""


def span_levels(pieces: Iterable[Segment]) -> dict[int, int]:
    """Return the height at which each span is underlined: above 0, all shorter ones under it.

    A span keeps its height from end to end, so its line is one line.

    Args:
        pieces: what :func:`segments` gave.
    """
    levels: dict[int, int] = {}
    covered = {piece.spans for piece in pieces if piece.spans}
    for _ in range(_MOST_PASSES):
        before = dict(levels)
        for spans in covered:
            level = -1
            for number in reversed(spans):
                level = max(levels.get(number, 0), level + 1)
                levels[number] = level
        if levels == before:
            break
    return levels
