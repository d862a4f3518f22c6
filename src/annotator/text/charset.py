"""Classes of code points that need no look at the Unicode tables.

Nearly all text consists of code points that are one grapheme each, have the same width for
every terminal, and can be drawn as they are. Matching them with a compiled class keeps the
tables (and the time to import them) away from ordinary text.

The ranges were taken from the intersection of Rich's width tables (Unicode 4.1 to 17), wcwidth
and the grapheme break properties; tests compare them with the tables that are installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_NARROW_RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xAC),  # Latin-1 without the soft hyphen
    (0xAE, 0x2FF),  # Latin extended, phonetics, modifier letters
    (0x370, 0x377),  # Greek
    (0x37A, 0x37F),
    (0x384, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),  # Greek, Cyrillic
    (0x48A, 0x52F),
    (0x531, 0x556),  # Armenian
    (0x561, 0x587),
    (0x5D0, 0x5EA),  # Hebrew letters
    (0x60C, 0x60F),  # Arabic punctuation and letters
    (0x61B, 0x61B),
    (0x61F, 0x64A),
    (0x660, 0x66F),
    (0x671, 0x6D5),
    (0x6EE, 0x6FF),
    (0x10D0, 0x10FF),  # Georgian
    (0x1E00, 0x1EFF),  # Latin extended additional
    (0x1F00, 0x1F15),  # polytonic Greek
    (0x1F18, 0x1F1D),
    (0x1F20, 0x1F45),
    (0x1F48, 0x1F4D),
    (0x1F50, 0x1F57),
    (0x1F5F, 0x1F7D),
    (0x1F80, 0x1FB4),
    (0x1FB6, 0x1FC4),
    (0x1FC6, 0x1FD3),
    (0x1FD6, 0x1FDB),
    (0x1FDD, 0x1FEF),
    (0x1FF2, 0x1FF4),
    (0x1FF6, 0x1FFE),
    (0x2010, 0x2027),  # dashes, quotation marks, bullets, ellipsis
    (0x202F, 0x205E),  # narrow no-break space, per mille, primes, guillemets
    (0x2070, 0x2071),  # superscripts and subscripts
    (0x2074, 0x208E),
    (0x2090, 0x209C),
    (0x20A0, 0x20BF),  # currency signs
    (0x2100, 0x218B),  # letter-like symbols, number forms
    (0x2190, 0x2319),  # arrows, mathematics
    (0x2460, 0x25FC),  # enclosed numbers, box drawing, blocks, geometric shapes
    (0x2701, 0x2704),  # dingbats that no emoji font widens
    (0x2713, 0x2727),
    (0x2758, 0x2775),
    (0x27C0, 0x27FF),  # more mathematics and arrows
    (0x2900, 0x2AFF),
    (0x2C60, 0x2C7F),  # Latin extended C
    (0xA720, 0xA787),  # Latin extended D
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFC, 0xFFFD),  # object and character replacement
)

_WIDE_RANGES = (
    (0x2E80, 0x2E99),  # radicals
    (0x2E9B, 0x2EF3),
    (0x2F00, 0x2FD5),
    (0x3000, 0x3029),  # ideographic space, CJK punctuation
    (0x3030, 0x303D),
    (0x3041, 0x3096),  # Hiragana
    (0x309B, 0x30FF),  # Katakana
    (0x3105, 0x312C),  # Bopomofo
    (0x3131, 0x3163),  # Hangul compatibility letters, without the invisible filler
    (0x3165, 0x318E),
    (0x3190, 0x31B7),
    (0x31F0, 0x321E),
    (0x3220, 0x3243),
    (0x3250, 0x32FE),
    (0x3300, 0x4DB5),  # CJK ideographs, extension A
    (0x4E00, 0x9FBB),  # CJK ideographs
    (0xAC00, 0xD7A3),  # Hangul syllables
    (0xF900, 0xFA2D),  # CJK compatibility ideographs
    (0xFE30, 0xFE52),  # CJK compatibility forms
    (0xFE54, 0xFE66),
    (0xFE68, 0xFE6B),
    (0xFF01, 0xFF60),  # full-width forms
    (0xFFE0, 0xFFE6),
    (0x20000, 0x2A6DF),  # CJK extension B
)

_PREPEND_RANGES = (
    (0x600, 0x605),
    (0x6DD, 0x6DD),
    (0x70F, 0x70F),
    (0x890, 0x891),
    (0x8E2, 0x8E2),
    (0xD4E, 0xD4E),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x111C2, 0x111C3),
    (0x113D1, 0x113D1),
    (0x11940, 0x11941),
    (0x1193F, 0x1193F),
    (0x11A3A, 0x11A3A),
    (0x11A84, 0x11A89),
    (0x11D46, 0x11D46),
    (0x11F02, 0x11F02),
)


def _class(*tables: Iterable[tuple[int, int]]) -> str:
    """Return the inside of a regular expression class for tables of ranges."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for table in tables for first, last in table)


_NARROW_CLASS = _class(_NARROW_RANGES)

NARROW = re.compile(f"[{_NARROW_CLASS}]+")
"""A run of code points that are one grapheme and one cell each, drawn as themselves."""

_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_SURE_PATTERN = (
    f"(?!\r\n)(?:{_CONTROL}.|.{_CONTROL}|[^{_class(_PREPEND_RANGES)}] |[{_NARROW_CLASS}]{{2}}"
)


@cache
def simple() -> re.Pattern[str]:
    """Return the pattern of a run of code points that are one grapheme each and draw themselves.

    They take one or two cells. The pattern is compiled when first asked for: its 90,000 code
    points take 3 ms, and most articles never need it.
    """
    return re.compile(f"[{_class(_NARROW_RANGES, _WIDE_RANGES)}]+")


@cache
def lone() -> re.Pattern[str]:
    """Return the pattern of a run of code points that are one grapheme each, simple or control."""
    ranges = (*_NARROW_RANGES, *_WIDE_RANGES, (0, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F))
    return re.compile(f"[{_class(ranges)}\u2028\u2029]+")


@cache
def _sure() -> re.Pattern[str]:
    return re.compile(_SURE_PATTERN + ")", re.DOTALL)


@cache
def _sure_or_simple() -> re.Pattern[str]:
    simple_pair = f"|[{_class(_NARROW_RANGES, _WIDE_RANGES)}]{{2}})"
    return re.compile(_SURE_PATTERN + simple_pair, re.DOTALL)


def surely_breaks(text: str, offset: int) -> bool:
    """Say whether a grapheme boundary lies at ``offset`` whatever stands around its two neighbours.

    False means only that these two code points do not decide it.

    Args:
        offset: between 1 and ``len(text) - 1``, in code points.
    """
    found = _sure().match(text, offset - 1) or _sure_or_simple().match(text, offset - 1)
    return found is not None


def first_sure_break(text: str, low: int, high: int) -> int | None:
    """Return the first offset in ``[low, high)`` where the text ``surely_breaks``, if any.

    Args:
        low: at least 1.
        high: at most ``len(text)``.
    """
    found = _sure_or_simple().search(text, low - 1, high)
    return found.start() + 1 if found else None


def last_sure_break(text: str, low: int, high: int) -> int | None:
    """Return the last offset in ``(low, high]`` where the text ``surely_breaks``, if any.

    Args:
        low: at least 0.
        high: at most ``len(text) - 1``.
    """
    for offset in range(high, max(low, high - 8), -1):
        if surely_breaks(text, offset):
            return offset
    if first_sure_break(text, low + 1, high + 1) is None:
        return None
    return next((at for at in range(high - 8, low, -1) if surely_breaks(text, at)), None)


PLAIN_BYTES = bytes([10, *range(0x20, 0x7F)])
"""Printable ASCII and the newline, as bytes: what is left after deleting them is rare."""
