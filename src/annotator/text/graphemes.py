"""Grapheme clusters (UAX 29, extended) of a text of any length, found by looking nearby only.

Segmentation starts afresh at *restart points*: offsets that are surely a boundary
(``charset.surely_breaks``), and, in a stretch of ``LIMIT`` code points without any such place,
the multiples of ``LIMIT``. Both are properties of the text alone, so every function here agrees
with every other wherever it starts, and none looks further than two ``LIMIT`` from its offset.
Clusters between restart points come from ``wcwidth.iter_graphemes``. A cluster longer than
``LIMIT`` is therefore cut; it is no writing, but an attack.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from .charset import NARROW, first_sure_break, last_sure_break, surely_breaks

LIMIT = 512
"""Code points without a sure boundary after which segmentation starts afresh."""


def next_boundary(text: str, offset: int) -> int:
    """Return the first grapheme boundary behind ``offset`` (code points), at most ``len(text)``."""
    size = len(text)
    if offset >= size - 1:
        return size
    offset = max(offset, -1)
    if offset < 0:
        return 0
    if NARROW.fullmatch(text, offset, offset + 2) or surely_breaks(text, offset + 1):
        return offset + 1
    first = _restart_at_or_before(text, offset)
    last = _restart_behind(text, first, offset)
    return next((b for b in _starts(text, first, last) if b > offset), last)


def previous_boundary(text: str, offset: int) -> int:
    """Return the last grapheme boundary before ``offset`` (code points), at least 0."""
    return snap(text, min(offset, len(text)) - 1) if offset > 0 else 0


def snap(text: str, offset: int) -> int:
    """Return the start of the grapheme cluster that holds the code point at ``offset``.

    An offset that is a boundary comes back unchanged; the end of the text is one. Offsets
    outside the text are clamped to it.
    """
    size = len(text)
    if offset <= 0:
        return 0
    if offset >= size:
        return size
    if NARROW.fullmatch(text, offset - 1, offset + 1) or surely_breaks(text, offset):
        return offset
    first = _restart_at_or_before(text, offset)
    last = _restart_behind(text, first, offset)
    found = first
    for boundary in _starts(text, first, last):
        if boundary > offset:
            break
        found = boundary
    return found


def snap_behind(text: str, offset: int) -> int:
    """Return the first grapheme boundary at or behind ``offset`` (code points)."""
    return offset if snap(text, offset) == offset else next_boundary(text, offset)


def clusters(text: str, start: int, end: int) -> list[str]:
    """Return the grapheme clusters of ``[start, end)``.

    Args:
        start: a grapheme boundary, in code points.
        end: a grapheme boundary behind it.
    """
    first = _restart_at_or_before(text, start)
    if first < start:
        last = _restart_behind(text, first, start)
        inside = _between(text, first, last)
        at = first
        skipped = 0
        while at < start:
            at += len(inside[skipped])
            skipped += 1
        found = inside[skipped:]
        first = last
        while last > end:
            last -= len(found.pop())
    else:
        found = []
    while first < end:
        last = end
        if last - first > LIMIT:
            sure = last_sure_break(text, first, first + LIMIT)
            last = min(end, _restart_behind(text, first, first)) if sure is None else sure
        found += _between(text, first, last)
        first = last
    return found


def _between(text: str, first: int, last: int) -> list[str]:
    """Return the clusters between two restart points."""
    from wcwidth import iter_graphemes  # 30 ms to import, and most text never needs it

    return list(iter_graphemes(text[first:last]))


def _starts(text: str, first: int, last: int) -> Iterator[int]:
    """Return the cluster starts between two restart points, and ``last``."""
    return accumulate(map(len, _between(text, first, last)), initial=first)


def _restart_at_or_before(text: str, offset: int) -> int:
    """Return the last restart point at or before ``offset``, which lies inside the text."""
    block = offset - offset % LIMIT
    found = last_sure_break(text, block - (block > 0), offset)
    if found is not None or block == 0:
        return found or 0
    found = last_sure_break(text, block - LIMIT, block - 1)
    return block if found is None else found


def _restart_behind(text: str, restart: int, offset: int) -> int:
    """Return the first restart point behind ``offset``, or the end of the text.

    Args:
        restart: the last restart point at or before ``offset``.
    """
    size = len(text)
    block = offset - offset % LIMIT + LIMIT
    found = first_sure_break(text, offset + 1, min(block + 1, size))
    if found is None and block < size and restart > block - LIMIT:
        block += LIMIT
        found = first_sure_break(text, block - LIMIT + 1, min(block, size))
    return min(block, size) if found is None else found
