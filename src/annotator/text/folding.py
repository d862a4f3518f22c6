"""Texts as readers see them: white space, composition and typography levelled, with a way back.

An editor's tool that re-flows lines, composes letters (NFC, Unicode Standard Annex #15) or sets
typographic quotes changes nearly every code point around a span and none of its words.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import NamedTuple

_ALIKE = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"',
     "»": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
     "…": "...", "\u00ad": "", "\u200b": "", "\ufeff": ""}
)  # fmt: skip


_UNEVEN = re.compile(r"\s{2,}|[^\x20-\x7e]")
"""What does not stand for itself: a run of white space, or any character but plain ASCII."""


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
    starts = array("I")
    done = 0
    for found in _UNEVEN.finditer(text):
        start, end = found.span()
        parts.append(text[done:start])
        starts.extend(range(done, start))
        run = found[0]
        plain = known.get(run)
        if plain is None:
            levelled = unicodedata.normalize("NFD", run).translate(_ALIKE)
            plain = known[run] = " " if run[0].isspace() else levelled
        parts.append(plain)
        starts.extend([start] * len(plain))
        done = end
    parts.append(text[done:])
    starts.extend(range(done, len(text) + 1))
    return Folded("".join(parts), starts)
