"""Where the spans of brat's files stand: fragments, line breaks, and what their quotes say."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from .lines import Ranges

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RUN = re.compile(f"[{_BREAKS}]+")
_DOTS = frozenset({"...", "…", "[...]", "[…]"})
_MOST, _CLOSE = 1000, 50
"""Places of a quote that are looked at, and those to which it may agree less exactly."""


def split_at_breaks(text: str, ranges: Ranges) -> Ranges:
    """Return ranges without the line breaks in them, as brat writes them.

    brat splits at a newline. Whatever Python takes for the end of a line is left out, too, since
    brat itself reads its files by ``codecs``, and such a character would break the line.

    Args:
        text: the text.
        ranges: fragments of one span.

    Returns:
        Nothing where a span consists of line breaks alone.
    """
    pieces = []
    for start, end in ranges:
        at = start
        for run in _RUN.finditer(text, start, end):
            if run.start() > at:
                pieces.append((at, run.start()))
            at = run.end()
        if at < end:
            pieces.append((at, end))
    return tuple(pieces)


def join_at_breaks(text: str, ranges: Ranges) -> Ranges:
    """Return ranges joined where only line breaks lie between them.

    They are left alone unless splitting gives them back: then nothing tells a span over a line
    break, which brat has to split, from one that its annotator meant to be in two pieces.
    """
    joined: list[tuple[int, int]] = []
    for start, end in ranges:
        if joined and _RUN.fullmatch(text, joined[-1][1], start):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(joined) if split_at_breaks(text, tuple(joined)) == ranges else ranges


def agrees(text: str, ranges: Ranges, quote: str) -> bool:
    """Say whether a text column is what stands at ranges.

    White space may differ, the normal form of Unicode, dots between fragments, and a line break
    may be written as two characters.

    Args:
        text: the text.
        ranges: fragments in the order in which the file has them, or sorted.
        quote: the text column.
    """
    there = _words(text, ranges)
    if there == quote.split():
        return True
    if not there or any(start < 0 for start, _ in ranges):
        return False
    told = _plain_words(quote, len(ranges))
    if _plain_words(" ".join(there), len(ranges)) == told:
        return True
    ordered = sorted(ranges)
    return tuple(ordered) != ranges and agrees(text, tuple(ordered), quote)


def _plain_words(quote: str, parts: int) -> list[str]:
    words = unicodedata.normalize("NFC", quote.replace("\\n", "\n")).split()
    return [word for word in words if word not in _DOTS] if parts > 1 else words


def united(ranges: Ranges) -> Ranges:
    """Return ranges in order, those that overlap as one, and none that is empty.

    Ranges that only touch stay apart. A range that ends before its start stays as it is.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start == end:
            continue
        if found and start < found[-1][1] and start < end:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def claimed_quote(text: str, ranges: Ranges, quote: str) -> str:
    """Return the text from the first to the last fragment that a text column speaks of.

    A column has single blanks for line breaks and for what lies between fragments. Of a span that
    stands elsewhere than its offsets say, this finds the text itself, so that the span can be
    anchored by it.

    Args:
        text: the text.
        ranges: fragments in code points, in the order in which the file has them.
        quote: the text column.

    Returns:
        The column itself where there is no such text, or where several differ.
    """
    if len(ranges) > 1:
        return _shifted_hull(text, ranges, quote)
    for form in (quote, *(unicodedata.normalize(form, quote) for form in ("NFC", "NFD"))):
        words = form.replace("\\n", "\n").split() if form not in text else form.split()
        if not words:
            return quote
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        found = {match[0] for match in islice(pattern.finditer(text), _MOST)}
        if found:
            return found.pop() if len(found) == 1 else quote
    return quote


def _shifted_hull(text: str, ranges: Ranges, quote: str) -> str:
    words = quote.split()
    if not words:
        return quote
    start, length = ranges[0][0], len(text)
    near = sorted(_places(text, words[0]), key=lambda place: abs(place - start))
    moved = [tuple((a + place - start, b + place - start) for a, b in ranges) for place in near]
    inside = [each for each in moved if all(0 <= a < b <= length for a, b in each)]
    right = [each for each in inside if _words(text, each) == words]
    # What agrees less exactly costs more to find out, and is looked for close by alone.
    right = right or [each for each in inside[:_CLOSE] if agrees(text, each, quote)]
    hulls = {text[min(each)[0] : max(each)[1]] for each in right}
    return hulls.pop() if len(hulls) == 1 else quote


def _words(text: str, ranges: Ranges) -> list[str]:
    return " ".join([text[start:end] for start, end in ranges]).split()


def _places(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part)
    while at >= 0 and len(found) < _MOST:
        found.append(at)
        at = text.find(part, at + 1)
    return found
