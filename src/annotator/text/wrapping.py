"""Greedy word wrap of hard lines into visual lines.

Three ways give the same lines: ``wrap_plain`` for one-cell code points, found with ``str.rfind``
(10 MB in some 40 ms); ``wrap_measured`` over the widths of graphemes; and ``wrap_block``, which
chooses between them for each hard line.

A line is broken behind white space and at either side of wide (East Asian, emoji) graphemes, but
not before closing or behind opening East Asian punctuation. A word wider than the line is cut at
a grapheme. At most two spaces or tabs may hang over the edge.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from .cells import WIDTHS, measure, newline_at
from .charset import NARROW, PLAIN_BYTES

_HANGING = frozenset(" \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f")
"""White space drawn as blanks, that may hang over the edge and after which a line breaks."""
_BREAKING = _HANGING | frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u200b\u2028\u2029")
"""The same with what is drawn as a glyph, which must stay inside."""
_FIRST_WIDE = "\u1100"
"""No code point below this one is wide."""
_NOT_FIRST = frozenset(
    "、。，．！？；：）」』】〉》〕］｝〗〙”’…‥ー々ゝヽ・ぁぃぅぇぉっゃゅょァィゥェォッャュョ%,.!?;:)"
)
_NOT_LAST = frozenset("（「『【〈《〔［｛〖〘“‘(")

Append = Callable[[int], None]


def is_plain(text: str, start: int, end: int) -> bool:
    """Say whether ``[start, end)`` holds only one-cell code points and line ends (LF or CRLF).

    Args:
        start, end: the range in code points, made of whole hard lines.
    """
    part = text[start:end]
    rest = part.encode("utf-8", "surrogatepass").translate(None, PLAIN_BYTES)
    if not rest:
        return True
    returns = rest.count(b"\r")
    if returns:
        if returns != part.count("\r\n"):
            return False
        rest = rest.replace(b"\r", b"")
    others = rest.decode("utf-8", "surrogatepass")
    return not others or NARROW.fullmatch(others) is not None


def wrap_block(text: str, start: int, end: int, width: int, tab_size: int, append: Append) -> None:
    """Append the start of each visual line of ``[start, end)``, whatever it holds.

    Args:
        start, end: the range in code points; it starts where a line starts.
        width: cells of a line.
        append: called with each line's start, in code points, ascending.
    """
    at = start
    while at < end:
        close = text.find("\n", at, end) + 1 or end
        newline = newline_at(text, at, close)
        stop = close if newline is None else newline
        append(at)
        if stop > at:
            if NARROW.fullmatch(text, at, stop):
                _wrap_plain_line(text, at, stop, width, append)
            else:
                starts, widths = measure(text, at, stop)
                wrap_measured(text, starts, widths, width, tab_size, append)
        at = close


def wrap_plain(text: str, start: int, end: int, width: int, append: Append) -> None:
    """Do what ``wrap_block`` does for a range that ``is_plain``."""
    find = text.find
    rfind = text.rfind
    crlf = find("\r\n", start, end) >= 0
    at = start
    while at < end:
        close = find("\n", at, end)
        stop = end if close < 0 else close
        if crlf and stop > at and text[stop - 1] == "\r":
            stop -= 1
        append(at)
        while stop - at > width:  # as _wrap_plain_line, without the cost of a call
            edge = at + width
            cut = rfind(" ", at, edge + 1) + 1
            if cut > edge:
                if cut < stop and text[cut] == " ":
                    cut += 1
                if cut >= stop:
                    break
            elif cut <= at:
                cut = edge
            append(cut)
            at = cut
        at = end if close < 0 else close + 1


def _wrap_plain_line(text: str, start: int, stop: int, width: int, append: Append) -> None:
    """Append the starts of the visual lines behind the first one of a plain hard line."""
    at = start
    while stop - at > width:
        edge = at + width
        cut = text.rfind(" ", at, edge + 1) + 1
        if cut > edge:
            if cut < stop and text[cut] == " ":
                cut += 1
            if cut >= stop:
                break
        elif cut <= at:
            cut = edge
        append(cut)
        at = cut


def wrap_measured(
    text: str,
    starts: Sequence[int],
    widths: Sequence[int],
    width: int,
    tab_size: int,
    append: Append,
) -> None:
    """Append the starts of the visual lines behind the first one of a hard line.

    Args:
        starts, widths: as ``cells.measure`` gives them.
        width: cells of a line.
    """
    count = len(widths)
    ends = list(accumulate(widths))
    tabs = 0 in widths
    first = 0
    before = 0
    while True:
        if tabs:
            over = _first_over(widths, first, width, tab_size)
        else:
            over = bisect_right(ends, before + width, first)
        if over >= count:
            return
        cut = _cut(text, starts, first, over)
        if cut >= count:
            return
        append(starts[cut])
        first = cut
        before = ends[cut - 1]


def _first_over(widths: Sequence[int], first: int, width: int, tab_size: int) -> int:
    """Return the first grapheme that does not fit into a line beginning with grapheme ``first``."""
    column = 0
    for place in range(first, len(widths)):
        column += widths[place] or tab_size - column % tab_size
        if column > width:
            return place
    return len(widths)


def _cut(text: str, starts: Sequence[int], first: int, over: int) -> int:
    """Return the grapheme that begins the next line.

    Args:
        first: the grapheme that begins this line.
        over: the first one that does not fit into it.
    """
    count = len(starts) - 1
    if over <= first:
        over = first + 1
    if over >= count:
        return count
    if text[starts[over]] in _HANGING and starts[over + 1] - starts[over] == 1:
        more = starts[over + 1]
        hangs = over + 1 < count and text[more] in _HANGING and starts[over + 2] - more == 1
        return over + 1 + hangs
    at = starts[over]
    for place in range(over, first, -1):
        before = starts[place - 1]
        if text[before] in _BREAKING and at - before == 1:
            return place
        wide = text[at] >= _FIRST_WIDE or text[before] >= _FIRST_WIDE
        if wide and _may_part(text[at - 1], text[before], text[at]):
            return place
        at = before
    return over


def _may_part(last: str, before: str, after: str) -> bool:
    """Say whether a line may break between two graphemes without white space between them.

    Args:
        last: the last code point of the one before.
        before, after: the first code points of both.
    """
    if WIDTHS[before] < 2 and WIDTHS[after] < 2:
        return False
    return after not in _HANGING and after not in _NOT_FIRST and last not in _NOT_LAST
