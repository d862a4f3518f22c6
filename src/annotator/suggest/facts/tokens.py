"""A sentence as words and marks with offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_SENTENCE = 1200
"""Code points; what is longer is no sentence but a table, a log or an attack."""

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S. and a.m.
    r"|\d+(?:[.,:]\d+)*(?:-?[^\W\d_]+(?:-\w+)*)?"  # 1,012 and 10:47 and 36-year-old and 3rd
    r"|[^\W\d_]\w*(?:[-'’‑]\w+)*"  # words, MS-27, Russia's
    r"|[^\w\s]|_+"
)


class Token(NamedTuple):
    """A word or a mark.

    Attributes:
        text: as written, without a possessive ``'s``.
        low: in lower case.
        start, end: its range in the whole text, in code points.
        owner: whether it had a possessive ``'s``.
    """

    text: str
    low: str
    start: int
    end: int
    owner: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a stretch of text."""
    found: list[Token] = []
    add = found.append
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        owner = False
        if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":
            word, owner = word[:-2], True
        add(Token(word, word.lower(), match.start(), match.end(), owner))
    return found


def is_word(token: Token) -> bool:
    """Say whether a token is a word or number rather than a mark."""
    return token.text[0].isalnum()


def is_capitalised(token: Token) -> bool:
    """Say whether a token begins with a capital letter."""
    return token.text[0].isupper()
