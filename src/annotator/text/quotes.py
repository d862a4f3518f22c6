"""Quotes with context: how a span finds its place again in a text that has changed.

This is the text quote selector of the W3C's web annotation model: the quote itself, and a little
of the text before and behind it to tell equal quotes apart.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from .graphemes import next_boundary, snap

CONTEXT = 32
"""Code points of context kept on either side of a quote."""
_MOST = 2000
"""Occurrences of a quote whose contexts are compared: those nearest to where it was."""
_CLEAR = 12
"""Code points of context by which the best place must be better than the next to be certain."""
_CLEAR_FOREIGN = 4
"""The same for files of other programs, whose text did not change."""
_LONG_QUOTE = 24
"""A quote of so many code points that occurs once needs no context in such a file."""
_PER_DOUBLING = 3
"""Code points of context that a place must have in its favour each time its distance doubles."""
_NEAR = 16
"""Code points from the expected place from which on distance counts."""
_SIDE = 8
"""Code points of context that must agree on either side of a certain place: a carrier phrase such
as "The minister said that" stands before many quotes, and says nothing about which one it is."""
_ENOUGH = 16
"""Code points of context that must agree in all."""


class Placement(NamedTuple):
    """Where a quote was found.

    Attributes:
        start, end: its range in code points.
        certain: whether no other place is nearly as good.
    """

    start: int
    end: int
    certain: bool


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text before and behind a range: at most ``CONTEXT`` code points each.

    Both are cut at grapheme boundaries.
    """
    low = max(0, start - CONTEXT)
    if snap(text, low) != low:
        low = min(start, next_boundary(text, low))
    high = max(end, snap(text, end + CONTEXT))
    return text[low:start], text[end:high]


def place(
    text: str, quote: str, prefix: str, suffix: str, near: int, known: list[int] | None = None
) -> Placement | None:
    """Find the place of a quote.

    Args:
        text: the text as it is now.
        quote: what the span covered; it must occur exactly.
        prefix, suffix: its context, as ``context`` gave it.
        near: offset in code points where it should be; decides between equally good places.
        known: all places of the quote, if they are known; sorted.

    Returns:
        The place whose context agrees best, those further away less likely; None when the quote
        does not occur. It is certain only if quote and whole context stand there and nowhere else,
        or if the quote stands exactly at ``near`` and enough of both contexts agrees, much more
        than at any other place. Else the original may have been deleted, and this be another
        mention of the same words.
    """
    if not quote:
        return None
    places = list(_occurrences(text, quote)) if known is None else known
    whole, before = prefix + quote + suffix, len(prefix)
    there = [at for at in places if at >= before and text.startswith(whole, at - before)]
    if len(there) == 1:
        first = there[0] - before
        if _tells(first, first + len(whole), len(text), before, len(suffix)):
            return Placement(there[0], there[0] + len(quote), certain=True)
    found = _nearest(places, near)
    if not found:
        return None
    sides = {at: _agreement(text, at, quote, prefix, suffix) for at in found}
    start = min(found, key=lambda at: (_distance_cost(at - near) - sum(sides[at]), at))
    score = sum(sides[start])
    clear = all(score - sum(sides[at]) >= _CLEAR for at in found if at != start)
    certain = start == near and clear and _convincing(sides[start], len(prefix), len(suffix))
    return Placement(start, start + len(quote), certain)


def likeliest(
    text: str,
    quote: str,
    prefix: str,
    suffix: str,
    near: int,
    most: int,
    known: list[int] | None = None,
) -> list[int]:
    """Return where a quote stands, the likeliest place first.

    Args:
        text, quote, prefix, suffix, near, known: as for :func:`place`.
        most: how many places.
    """
    places = list(_occurrences(text, quote)) if known is None else known

    def cost(at: int) -> tuple[float, int]:
        agreeing = sum(_agreement(text, at, quote, prefix, suffix))
        return _distance_cost(at - near) - agreeing, at

    return heapq.nsmallest(most, _nearest(places, near), key=cost)


def place_foreign(text: str, quote: str, prefix: str, suffix: str, near: int) -> Placement | None:
    """Find the place of a quote of a file that another program wrote.

    Such files keep little context or none, but they are about this very text: only their offsets
    may be off. So a long quote that occurs once is certain without context, and so is a place
    whose context agrees clearly better than that of any other.

    Args:
        text, quote, prefix, suffix, near: as for :func:`place`.
    """
    found = heapq.nsmallest(_MOST, _occurrences(text, quote), key=lambda at: abs(at - near))
    if not quote or not found:
        return None
    scored = [
        (-sum(_agreement(text, at, quote, prefix, suffix)), abs(at - near), at) for at in found
    ]
    best, *others = heapq.nsmallest(2, scored)
    score, _, start = best
    enough = -score * 2 >= len(prefix) + len(suffix)
    if others:
        certain = others[0][0] - score >= _CLEAR_FOREIGN and enough
    else:
        certain = len(quote) >= _LONG_QUOTE or enough
    return Placement(start, start + len(quote), certain)


def _tells(first: int, last: int, length: int, before: int, behind: int) -> bool:
    """Say whether a context says where a quote is: a short one only where the text still ends."""
    if before + behind < _ENOUGH:
        return False
    return (before >= _ENOUGH or first == 0) and (behind >= _ENOUGH or last == length)


def _distance_cost(distance: int) -> float:
    """Return how many code points of context a place so far from the expected one must make up for.

    What moved far is rarer than a second place of the same words in much the same context.
    """
    return _PER_DOUBLING * math.log2(1 + abs(distance) / _NEAR)


def _convincing(agreeing: tuple[int, int], before: int, behind: int) -> bool:
    """Say whether so much context agrees, of so much, that this is the place."""
    given = before + behind
    if not given or sum(agreeing) * 4 < given * 3:
        return False
    if not before or not behind:
        # The text began or ended here: then the other side alone has to tell.
        return sum(agreeing) == given
    needed = (min(_SIDE, (size + 1) // 2) for size in (before, behind))
    return all(side >= need for side, need in zip(agreeing, needed, strict=True))


def _nearest(places: list[int], near: int) -> list[int]:
    """Return those of many sorted places that are nearest to an offset."""
    if len(places) <= _MOST:
        return places
    at = bisect_left(places, near)
    around = places[max(0, at - _MOST) : at + _MOST]
    return heapq.nsmallest(_MOST, around, key=lambda place: abs(place - near))


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _agreement(text: str, start: int, quote: str, prefix: str, suffix: str) -> tuple[int, int]:
    """Return how many code points before and behind the quote are what they were."""
    before = text[max(0, start - len(prefix)) : start]
    behind = text[start + len(quote) : start + len(quote) + len(suffix)]
    return _common(before[::-1], prefix[::-1]), _common(behind, suffix)


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning of two strings."""
    size = min(len(one), len(other))
    for place_, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place_
    return size
