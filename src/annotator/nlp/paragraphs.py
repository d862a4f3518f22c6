"""Cut a text into pieces that a recogniser reads one at a time. Pure."""

from __future__ import annotations

import re

LIMIT = 4_000
"""Longest piece in code points: some 40 ms of reading, so that a newer request waits for little.
A whole long article in one piece costs gigabytes, and over a million code points spaCy refuses."""

_GAP = re.compile(r"\n(?:[^\S\n]*\n)+")
_BREAKS = ("\n", ". ", " ")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]|[^\\w\\s]{40,}")


def pieces(text: str, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Return the half-open ranges, in code points, that hold everything but blank space.

    A piece is a paragraph (what blank lines part); one longer than ``limit`` is cut behind a line
    end, a sentence end or a blank in its second half, or where it must. Pieces are sorted, do not
    overlap, and depend on the text alone.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for gap in _GAP.finditer(text):
        _cut(text, start, gap.start(), limit, found)
        start = gap.end()
    _cut(text, start, len(text), limit, found)
    return found


def _cut(text: str, start: int, end: int, limit: int, found: list[tuple[int, int]]) -> None:
    while start < end:
        cut = end
        if end - start > limit:
            half, cut = start + limit // 2, start + limit
            for mark in _BREAKS:
                place = text.rfind(mark, half, cut)
                if place >= 0:
                    cut = place + len(mark)
                    break
        if text[start:cut].strip():
            found.append((start, cut))
        start = cut


def readable(text: str) -> str:
    """Return a text of the same length that any recogniser and any JSON reader takes.

    Control characters other than white space, lone surrogates, and runs of 40 and more punctuation
    marks become blanks: spaCy takes a run of marks off a word one by one, which takes seconds for
    some thousands of them.
    """
    return _UNREADABLE.sub(lambda found: " " * len(found[0]), text)
