"""A format's option of what its offsets count, and their conversion."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Protocol

from .base import Option
from .record import RecordError
from .utf16 import Utf16

UNITS = ("code-points", "utf-16")
OFFSETS = Option(
    "offsets",
    "what offsets count: code-points, or utf-16 units as browsers do",
    "choice",
    "code-points",
    UNITS,
    "both",
)


class Counter(Protocol):
    """Converts between a file's offsets and ours."""

    def out(self, offset: int) -> int:
        """Return the file's offset of an offset in code points."""

    def into(self, offset: int, key: str) -> int:
        """Return the offset in code points of a file's offset.

        Args:
            offset: as the file has it; one behind the text's end stays behind it.
            key: dotted path of the offset, for messages.

        Raises:
            RecordError: it lies within a character.
        """


class CodePoints:
    """Offsets that are ours already."""

    def out(self, offset: int) -> int:
        """Return the offset."""
        return offset

    def into(self, offset: int, key: str) -> int:  # noqa: ARG002 - part of the protocol
        """Return the offset."""
        return offset


class Utf16Units:
    """Offsets in UTF-16 code units.

    Args:
        text: the text they are of.
    """

    def __init__(self, text: str) -> None:
        self.table = Utf16(text)

    def out(self, offset: int) -> int:
        """Return the offset in units."""
        return self.table.units(offset)

    def into(self, offset: int, key: str) -> int:
        """Return the offset in code points."""
        points = self.table.points(offset)
        if points is None:
            raise RecordError(key, f"{offset} lies within a character, in UTF-16 units")
        return points


class LineEnds:
    """Offsets that count each CRLF as one, as browsers do that show a text.

    Args:
        text: the text.
        counter: conversion of what they count apart from that.
    """

    def __init__(self, text: str, counter: Counter) -> None:
        self._counter = counter
        self._ends = [
            counter.out(match.start()) - number
            for number, match in enumerate(re.finditer("\r\n", text))
        ]

    def out(self, offset: int) -> int:
        """Return the offset with each CRLF before it as one."""
        units = self._counter.out(offset)
        starts = [end + number for number, end in enumerate(self._ends)]
        return units - bisect_left(starts, units)

    def into(self, offset: int, key: str) -> int:
        """Return the offset in code points."""
        return self._counter.into(offset + bisect_left(self._ends, offset), key)


def counter_for(text: str, units: str) -> Counter:
    """Return the conversion for a text.

    Args:
        text: the text.
        units: one of :data:`UNITS`.
    """
    return Utf16Units(text) if units == "utf-16" else CodePoints()
