"""What the offsets of brat's files count, as the quotes beside them prove.

brat counts code points. What converters, editors and version control have made of that is tried in
turn, and taken if it puts more quotes right than code points do, and most of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from ..utf16 import Utf16
from .lines import Ranges, TextBound
from .places import agrees

_Into = Callable[[int], int | None]
_MARK = len("\ufeff".encode())
_LONGEST_PIECE = 32
"""Units after which the end of a character is no longer looked for."""
_MOST_PLACES, _MOST_QUOTES = 50, 20
"""Places of a quote, and quotes, from which a common shift is guessed before all are looked at."""


class Units(NamedTuple):
    """What the offsets of a file count.

    Attributes:
        told: what is unusual about them, for people; empty for code points.
        into: returns the code points of an offset; None where it lies within one.
    """

    told: str
    into: _Into


CODE_POINTS = Units("", lambda offset: offset)


def units_of(text: str, found: Sequence[TextBound], *, marked: bool) -> Units:
    """Return what the offsets of a file count, as its quotes prove.

    Args:
        text: the text.
        found: the spans of the file.
        marked: whether a byte order mark was dropped.
    """
    quoted = [one for one in found if one.quote and not one.quote.isspace()]
    best, most = CODE_POINTS, _right(text, quoted, CODE_POINTS)
    if most == len(quoted):
        return best
    for units in _others(text, marked):
        right = _right(text, quoted, units)
        if right > most and right * 2 > len(quoted):
            best, most = units, right
    if most < len(quoted) and (shifted := _shifted(text, quoted)) is not None:
        return shifted
    return best


def in_code_points(ranges: Ranges, units: Units) -> Ranges | None:
    """Return ranges in code points; None where an offset lies within a character."""
    if units is CODE_POINTS:
        return ranges
    pairs = [(units.into(start), units.into(end)) for start, end in ranges]
    whole = [(a, b) for a, b in pairs if a is not None and b is not None and a >= 0]
    return tuple(whole) if len(whole) == len(pairs) else None


def around(ranges: Ranges, units: Units) -> Ranges:
    """Return ranges in code points, grown to whole characters."""
    return tuple((_nearest(start, -1, units), _nearest(end, 1, units)) for start, end in ranges)


def _nearest(offset: int, step: int, units: Units) -> int:
    steps = (offset + step * number for number in range(_LONGEST_PIECE))
    found = (at for place in steps if (at := units.into(place)) is not None)
    return next(found, offset)


def _right(text: str, found: Sequence[TextBound], units: Units) -> int:
    return sum(
        (ranges := in_code_points(one.ranges, units)) is not None
        and agrees(text, ranges, one.quote or "")
        for one in found
    )


def _others(text: str, marked: bool) -> Iterator[Units]:
    for name, into, mark in _counts(text):
        if name:
            yield Units(f"count {name}", into)
        if marked:
            # Bound now: the names are those of the next turn by the time it is called.
            def behind(offset: int, into: _Into = into, mark: int = mark) -> int | None:
                return into(offset - mark) if offset >= mark else -1

            yield Units(f"count {name or 'code points'} and the byte order mark", behind)


def _counts(text: str) -> Iterator[tuple[str, _Into, int]]:
    """Iterate over names, conversions, and how much a byte order mark counts."""
    yield "", CODE_POINTS.into, 1
    if "\r\n" in text:
        ends = [match.start() - place for place, match in enumerate(re.finditer("\r\n", text))]
        yield "each CRLF as one", lambda offset: offset + bisect_right(ends, offset - 1), 1
    elif "\n" in text:
        # The text lost its carriage returns after it was annotated.
        feeds = [match.start() + 1 + place for place, match in enumerate(re.finditer("\n", text))]
        yield "each line end as two", lambda offset: offset - bisect_right(feeds, offset - 1), 1
    if not text.isascii():
        yield "UTF-16 units", Utf16(text).points, 1
        sizes = [
            1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text
        ]
        yield "bytes of UTF-8", _from_sizes(sizes), _MARK
        for form in ("NFC", "NFD"):
            if (into := _from_form(text, form)) is not None:
                yield f"the code points of the text's {form}", into, 1


def _bytes(char: str) -> int:
    return 1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4


def _from_sizes(sizes: Sequence[int], lengths: Sequence[int] | None = None) -> _Into:
    """Return the conversion for a text made of pieces.

    Args:
        sizes: how much each piece counts.
        lengths: code points of each; 1 if left out.
    """
    starts, points = [0], [0]
    for place, size in enumerate(sizes):
        starts.append(starts[-1] + size)
        points.append(points[-1] + (lengths[place] if lengths is not None else 1))

    def into(offset: int) -> int | None:
        at = bisect_left(starts, offset)
        if at == len(starts):
            return points[-1] + offset - starts[-1]  # behind the text it stays behind it
        return points[at] if starts[at] == offset else None

    return into


def _from_form(text: str, form: Literal["NFC", "NFD"]) -> _Into | None:
    """Return the conversion from offsets in a normal form of a text; None if it is the text."""
    if unicodedata.is_normalized(form, text):
        return None
    pieces = _pieces(text)
    formed = [unicodedata.normalize(form, piece) for piece in pieces]
    if "".join(formed) != unicodedata.normalize(form, text):
        return None
    return _from_sizes([len(piece) for piece in formed], [len(piece) for piece in pieces])


def _moved(shift: int) -> Units:
    told = f"are {abs(shift)} too {'great' if shift < 0 else 'small'}"
    return Units(told, lambda offset: offset + shift)


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that each have the normal form that they have in it.

    Whatever composes with what stands before it is a mark, or a vowel or final of Hangul.
    """
    starts = [
        place
        for place, char in enumerate(text)
        if not (unicodedata.category(char).startswith("M") or "\u1160" <= char <= "\u11ff")
    ]
    if not starts or starts[0]:
        starts.insert(0, 0)
    return [text[a:b] for a, b in pairwise([*starts, len(text)])]


def _shifted(text: str, quoted: Sequence[TextBound]) -> Units | None:
    """Return code points moved by as much as puts every quote right, if only one shift does.

    So it is where something was put before the text or taken from its beginning.
    """
    if len({one.quote for one in quoted}) < 2:
        return None
    votes: Counter[int] = Counter()
    some = quoted[:: max(1, len(quoted) // _MOST_QUOTES)]
    for one in some:
        words = (one.quote or "").split()
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        starts = (match.start() for match in pattern.finditer(text))
        votes.update(start - min(one.ranges)[0] for start in islice(starts, _MOST_PLACES))
    found = []
    for shift, _ in votes.most_common(3):
        units = _moved(shift)
        if _right(text, quoted, units) == len(quoted):
            found.append(units)
    return found[0] if len(found) == 1 else None
