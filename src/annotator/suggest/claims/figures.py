"""Figures and number words: which are amounts, which are dates, which belong to a name."""

from __future__ import annotations

import re

from .counter import Counter
from .lexicon import SINGLE

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|(?:1[5-9]|20)\d0s")
_CLOCK_OR_DAY = re.compile(r"\d{1,2}[:/]\d{1,2}(?:/\d{2,4})?")


def count_figure(found: Counter, place: int) -> None:
    """Count a token of digits as ``date`` or as ``number``, with a unit as ``quantity`` too."""
    word = found.tokens.lower[place]
    following = _groups_behind(found, place)
    has_unit = "measured_unit" in following or "magnitude" in following
    if _is_code(found.sentence, found.tokens.starts[place]):
        return
    if _CLOCK_OR_DAY.fullmatch(word) or (_YEAR.fullmatch(word) and not has_unit):
        found.add("date", word)
        return
    amount = found.text(place, place + 1) if has_unit else word
    found.add("number", amount)
    if has_unit or not word[0].isdigit() or word[-1] == "%":
        found.add("quantity", amount)


def count_number_word(found: Counter, place: int, group: str) -> None:
    """Count a word of one of the groups magnitude, small_number and month_or_verb."""
    if group == "magnitude":
        amount = found.text(max(found.begin, place - 1), place)
        found.add("number", amount)
        found.add("quantity", amount)
    elif group == "small_number":
        found.add("small_number", found.tokens.words[place])
        if "measured_unit" in _groups_behind(found, place):
            found.add("quantity", found.text(place, place + 1))
    elif found.tokens.words[place + 1 : place + 2] and (
        found.tokens.words[place + 1][0].isdigit() and found.tokens.words[place][0].isupper()
    ):
        found.add("date", found.text(place, place + 1))


def _groups_behind(found: Counter, place: int) -> tuple[str, ...]:
    """Return the groups of the token behind one."""
    lower = found.tokens.lower
    return SINGLE.get(lower[place + 1], ()) if place + 1 < len(lower) else ()


def _is_code(sentence: str, start: int) -> bool:
    """Say whether a figure goes on a name: MS-27, Covid-19."""
    return start > 1 and sentence[start - 1] == "-" and sentence[start - 2].isalpha()
