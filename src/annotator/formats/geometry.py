"""How spans lie to each other, and which to leave out for formats that do not hold that.

All functions compare hulls: what a discontinuous span leaves out still counts as its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ..domain.span import Span


def in_document_order(spans: Iterable[Span]) -> list[Span]:
    """Return spans by start, the longer first, then by id, ``s9`` before ``s10``."""
    listed = list(spans)
    if all(
        one.start < other.start or (one.start == other.start and one.end > other.end)
        for one, other in pairwise(listed)
    ):
        return listed  # as files have them; making the keys of a sort takes five times as long
    return sorted(listed, key=lambda span: (span.start, -span.end, len(span.id), span.id))


def duplicates(spans: Iterable[Span]) -> set[str]:
    """Return the ids of spans with label, range and fragments of one that comes before them."""
    seen = set()
    found = set()
    for span in in_document_order(spans):
        what = (span.label, span.start, span.end, span.fragments)
        if what in seen:
            found.add(span.id)
        seen.add(what)
    return found


def crossing(spans: Iterable[Span]) -> set[str]:
    """Return the ids of spans to leave out so that any two are apart or one within the other.

    Of two that cross, the one that begins first stays.
    """
    open_ends: list[int] = []
    found = set()
    for span in in_document_order(spans):
        while open_ends and open_ends[-1] <= span.start:
            open_ends.pop()
        if open_ends and span.end > open_ends[-1]:
            found.add(span.id)
        else:
            open_ends.append(span.end)
    return found


def nested(spans: Iterable[Span]) -> set[str]:
    """Return the ids of spans that lie within another, of equal ones all but the first."""
    furthest = -1
    found = set()
    for span in in_document_order(spans):
        if span.end <= furthest:
            found.add(span.id)
        else:
            furthest = span.end
    return found
