"""Tokens for formats that want them: words, and each other sign on its own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|[^\w\s]|_")


class Token(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return a text's tokens: runs of letters and digits, and single other signs, without blanks.

    It is not the tokenizer of any pipeline; take spaCy's through the DocBin format where a model
    is to be trained.
    """
    return [Token(*found.span()) for found in _TOKEN.finditer(text)]


class TokenIndex:
    """Finds the tokens that a span touches.

    Args:
        tokens: sorted, none overlapping another.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._starts = [token.start for token in tokens]
        self._ends = [token.end for token in tokens]

    def touched(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and the last token (inclusive) that share a code point with a range.

        None where the range holds blanks only.
        """
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        return (first, last) if first <= last else None
