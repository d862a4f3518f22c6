"""Where the spans of brat's files stand: fragments, line breaks, and what their offsets count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .brat_lines import Ranges, TextBound
from .utf16 import Utf16

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_RUN = re.compile(f"[{_BREAKS}]+")
_MOST = 1000
"""Places of a quote that are looked at."""


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


class Units(NamedTuple):
    """What the offsets of a file count.

    Attributes:
        name: for people; empty for code points.
        into: returns the code points of an offset; None where it lies within one.
    """

    name: str
    into: Callable[[int], int | None]


CODE_POINTS = Units("", lambda offset: offset)


def units_of(text: str, found: Sequence[TextBound], *, marked: bool) -> Units:
    """Return what the offsets of a file count, as its quotes prove.

    brat counts code points, a byte order mark included. Converters have counted CRLF as one, UTF-16
    units or bytes. What puts more quotes right than code points do is taken.

    Args:
        text: the text.
        found: the spans of the file.
        marked: whether a byte order mark was dropped.
    """
    quoted = [one for one in found if one.quote]
    best, most = CODE_POINTS, _right(text, quoted, CODE_POINTS)
    if most == len(quoted):
        return best
    for units in _others(text, marked):
        right = _right(text, quoted, units)
        if right > most:
            best, most = units, right
    return best


def _right(text: str, found: Sequence[TextBound], units: Units) -> int:
    return sum(
        (ranges := in_code_points(one.ranges, units)) is not None
        and agrees(text, ranges, one.quote or "")
        for one in found
    )


def _others(text: str, marked: bool) -> list[Units]:
    others = []
    if marked:
        others.append(Units("code points and the byte order mark", lambda offset: offset - 1))
    if "\r\n" in text:
        ends = [match.start() - place for place, match in enumerate(re.finditer("\r\n", text))]
        others.append(
            Units("each CRLF as one", lambda offset: offset + bisect_right(ends, offset - 1))
        )
    if not text.isascii():
        others.append(Units("UTF-16 units", Utf16(text).points))
        others.append(Units("bytes of UTF-8", _from_bytes(text)))
    return others


def _from_bytes(text: str) -> Callable[[int], int | None]:
    data = text.encode("utf-8", "surrogatepass")
    starts = [place for place, byte in enumerate(data) if byte & 0xC0 != 0x80] + [len(data)]

    def into(offset: int) -> int | None:
        at = bisect_right(starts, offset) - 1
        if starts[at] != offset:
            return None if offset < len(data) else offset
        return at

    return into


def in_code_points(ranges: Ranges, units: Units) -> Ranges | None:
    """Return ranges in code points, in order; None where an offset lies within a character."""
    if units is CODE_POINTS:
        return tuple(sorted(ranges))
    pairs = [(units.into(start), units.into(end)) for start, end in sorted(ranges)]
    whole = [(a, b) for a, b in pairs if a is not None and b is not None and a >= 0]
    return tuple(whole) if len(whole) == len(pairs) else None


def agrees(text: str, ranges: Ranges, quote: str) -> bool:
    """Say whether a text column is what stands at ranges; white space may differ."""
    return " ".join(text[start:end] for start, end in ranges).split() == quote.split()


def claimed_quote(text: str, ranges: Ranges, quote: str) -> str:
    """Return the text from the first to the last fragment that a text column speaks of.

    A column has single blanks for line breaks and for what lies between fragments. Of a span that
    stands elsewhere than its offsets say, this finds the text itself, so that the span can be
    anchored by it.

    Args:
        text: the text.
        ranges: fragments in code points.
        quote: the text column.

    Returns:
        The column itself where there is no such text, or where several differ.
    """
    if len(ranges) > 1:
        return _shifted_hull(text, ranges, quote)
    words = quote.split()
    if not words:
        return quote
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = {match[0] for match, _ in zip(pattern.finditer(text), range(_MOST), strict=False)}
    return found.pop() if len(found) == 1 else quote


def _shifted_hull(text: str, ranges: Ranges, quote: str) -> str:
    sizes = [end - start for start, end in ranges]
    if len(quote) != sum(sizes) + len(sizes) - 1:
        return quote
    parts, at = [], 0
    for size in sizes:
        parts.append(quote[at : at + size])
        at += size + 1
    start = ranges[0][0]
    hulls = []
    for place in _places(text, parts[0]):
        moved = [(a + place - start, b + place - start) for a, b in ranges]
        if all(text[a:b] == part for (a, b), part in zip(moved, parts, strict=True)):
            hulls.append(text[place : moved[-1][1]])
    return hulls[0] if len(hulls) == 1 else quote


def _places(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part)
    while at >= 0 and len(found) < _MOST:
        found.append(at)
        at = text.find(part, at + 1)
    return found
