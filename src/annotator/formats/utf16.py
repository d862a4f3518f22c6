"""Offsets in UTF-16 code units, as JavaScript and Java count, and in code points."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Turns offsets of one text from code points into UTF-16 units and back.

    Args:
        text: the text; code points beyond U+FFFF take two units each.
    """

    def __init__(self, text: str) -> None:
        # A pair's place in code points, and the unit at which it begins.
        self._points = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [point + number for number, point in enumerate(self._points)]
        self.length = len(text) + len(self._points)

    def __bool__(self) -> bool:
        """Whether the two counts differ anywhere in the text."""
        return bool(self._points)

    def units(self, offset: int) -> int:
        """Return the UTF-16 offset of an offset in code points."""
        return offset + bisect_left(self._points, offset)

    def points(self, units: int) -> int | None:
        """Return the offset in code points of a UTF-16 offset; None within a pair."""
        before = bisect_left(self._units, units)
        if before and self._units[before - 1] + 1 == units:
            return None
        return units - before

    def differs_before(self, offset: int) -> bool:
        """Say whether both counts differ at an offset in code points."""
        return bool(bisect_right(self._points, offset - 1))
