"""Pieces of a text that are looked up in bulk: where words begin, and where many quotes stand."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable

_UNSPACED = re.compile(r"[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Characters of scripts that write no blanks between words."""
_NO_BLANKS = re.compile(f" |{_UNSPACED.pattern}")
_LENGTHS = (24, 12, 6)
"""Code points of the beginnings by which quotes are looked up, the longest that fits."""
_SAMPLE = 20_000
"""Code points of a stretch in which repetitions are looked for."""
_STRETCHES = 20
"""How many of them a text is judged by."""
_FEW = 20
"""Quotes that are rather searched for one by one."""


def piece_starts(text: str) -> array[int]:
    """Return where words begin, and characters of scripts without blanks; sorted.

    Args:
        text: a levelled text (``folding.fold``), whose only white space is single blanks.
    """
    starts = array("I", [0] if text else [])
    if _UNSPACED.search(text) is None:
        at = text.find(" ")
        while at >= 0:
            starts.append(at + 1)
            at = text.find(" ", at + 1)
    else:
        for found in _NO_BLANKS.finditer(text):
            at = found.start()
            if text[at] == " ":
                at += 1
            if at != starts[-1]:
                starts.append(at)
    if starts[-1:] == array("I", [len(text)]):
        starts.pop()
    return starts


def repeated_share(text: str) -> float:
    """Return the share of a text's pieces that stand in it more than once, 0 to 1.

    Pieces begin where words do; of a long text some are taken, in stretches, so that a repetition
    within a stretch is seen.

    Args:
        text: a levelled text.
    """
    counts: Counter[str] = Counter()
    step = max(_SAMPLE, len(text) // _STRETCHES)
    for start in range(0, len(text), step):
        part = text[start : start + _SAMPLE]
        counts.update(
            part[at : at + _LENGTHS[0]]
            for at in piece_starts(part)
            if at + _LENGTHS[0] <= len(part)
        )
    total = counts.total()
    return sum(count for count in counts.values() if count > 1) / total if total else 1.0


class QuoteIndex:
    """Where each of many quotes stands in a levelled text, found in one pass over it.

    Args:
        text: the levelled text.
        quotes: what will be asked for, levelled.
    """

    def __init__(self, text: str, quotes: Iterable[str]) -> None:
        self._text = text
        self._known: dict[str, list[int]] = {}
        self._places: dict[str, array[int]] = {}
        wanted = list(quotes)
        if len(wanted) < _FEW:
            wanted = []
        self._keys = {quote: key for quote in wanted if (key := _key(quote)) is not None}
        self._places = {piece: array("I") for piece, _ in self._keys.values()}
        lengths = sorted({len(piece) for piece in self._places})
        if not lengths:
            return
        places = self._places
        for at in piece_starts(text):
            for length in lengths:
                found = places.get(text[at : at + length])
                if found is None:
                    continue
                found.append(at)

    def places(self, quote: str) -> list[int]:
        """Return all places of a quote, sorted; the text is searched for one that is not known."""
        known = self._known.get(quote)
        if known is None:
            known = self._known[quote] = self._search(quote)
        return known

    def _search(self, quote: str) -> list[int]:
        key = self._keys.get(quote)
        if key is not None:
            piece, inside = key
            starts = (at - inside for at in self._places[piece] if at >= inside)
            return [at for at in starts if self._text.startswith(quote, at)]
        found: list[int] = []
        at = self._text.find(quote) if quote else -1
        while at >= 0:
            found.append(at)
            at = self._text.find(quote, at + 1)
        return found


def _key(quote: str) -> tuple[str, int] | None:
    """Return a piece of a quote that begins where those of a text do, and where in the quote."""
    starts = piece_starts(quote)
    if quote and not _begins_piece(quote):
        starts = starts[1:]
    for length in _LENGTHS:
        for at in starts:
            if at + length <= len(quote):
                return quote[at : at + length], at
    return None


def _begins_piece(quote: str) -> bool:
    """Say whether a quote's first character begins a piece wherever it stands."""
    return _UNSPACED.match(quote) is not None
