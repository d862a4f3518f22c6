"""Quotes with context: how a span finds its place again in a text that has changed.

This is the text quote selector of the W3C's web annotation model: the quote itself, and a little
of the text before and behind it to tell equal quotes apart.
"""

from __future__ import annotations

import heapq
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


def place(text: str, quote: str, prefix: str, suffix: str, near: int) -> Placement | None:
    """Find the place of a quote.

    Args:
        text: the text as it is now.
        quote: what the span covered; it must occur exactly.
        prefix, suffix: its context, as ``context`` gave it.
        near: offset in code points where it should be; decides between equally good places.

    Returns:
        The place whose context agrees best; None when the quote does not occur. It is certain only
        if quote and whole context stand there and nowhere else, or if the quote stands exactly at
        ``near`` and enough of both contexts agrees, much more than at any other place. Else the
        original may have been deleted, and this be another mention of the same words.
    """
    if not quote:
        return None
    whole = prefix + quote + suffix
    first = text.find(whole)
    only = first >= 0 and text.find(whole, first + 1) < 0
    if only and _tells(first, first + len(whole), len(text), len(prefix), len(suffix)):
        start = first + len(prefix)
        return Placement(start, start + len(quote), certain=True)
    found = heapq.nsmallest(_MOST, _occurrences(text, quote), key=lambda at: abs(at - near))
    if not found:
        return None
    sides = {at: _agreement(text, at, quote, prefix, suffix) for at in found}
    scored = [(-sum(sides[at]), abs(at - near), at) for at in found]
    best, *others = heapq.nsmallest(2, scored)
    score, _, start = best
    clear = not others or others[0][0] - score >= _CLEAR
    certain = start == near and clear and _convincing(sides[start], len(prefix), len(suffix))
    return Placement(start, start + len(quote), certain)


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
