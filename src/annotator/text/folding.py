"""Texts as readers see them: white space, composition and typography levelled, with a way back.

An editor's tool that re-flows lines, composes letters (NFC, Unicode Standard Annex #15) or sets
typographic quotes changes nearly every code point around a span and none of its words.
"""

from __future__ import annotations

import unicodedata
from array import array
from typing import NamedTuple

_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"',
     "»": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
     "…": "...", "\u00ad": "", "\u200b": "", "\ufeff": ""}
)  # fmt: skip


class Folded(NamedTuple):
    """A levelled text.

    Attributes:
        text: the levelled text.
        starts: for each of its code points the offset of what it stands for in the original, and
            at the end the original's length.
    """

    text: str
    starts: array[int]

    def range_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the original's range; None where an end lies within one original character."""
        starts = self.starts
        if start and starts[start] == starts[start - 1]:
            return None
        if starts[end] == starts[end - 1]:
            return None
        return starts[start], starts[end]


def fold(text: str) -> Folded:
    """Return a text with runs of white space as one blank, decomposed, with plain quotes."""
    known: dict[str, str] = {}
    parts: list[str] = []
    starts = array("q")
    blank = False
    for offset, char in enumerate(text):
        plain = known.get(char)
        if plain is None:
            folded = unicodedata.normalize("NFD", char).translate(_ALIKE)
            plain = known[char] = " " if char.isspace() else folded
        if plain == " ":
            if blank:
                continue
            blank = True
        elif plain:
            blank = False
        parts.append(plain)
        starts.extend([offset] * len(plain))
    starts.append(len(text))
    return Folded("".join(parts), starts)
