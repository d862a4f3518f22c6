"""Figures and number words: which are amounts, which are dates, which belong to a name."""

from __future__ import annotations

import re

from .counter import Counter
from .lexicon import SINGLE, words_of

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d|(?:1[5-9]|20)\d0s")
MONTHS_AND_VERBS = frozenset(words_of("month_or_verb"))
_BEFORE_MONTHS = frozenset(
    {"in", "of", "since", "by", "until", "till", "on", "last", "next", "early", "late", "mid"}
    | {"this", "from", "to", "between", "before", "after", "during", "through", "every"}
)
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
    elif is_month(found, place):
        behind = found.tokens.words[place + 1 : place + 2]
        dated = bool(behind) and behind[0][0].isdigit()
        found.add("date", found.text(place, place + dated))


def is_month(found: Counter, place: int) -> bool:
    """Say whether May or March is the month: a figure or a word such as "in" stands beside it."""
    lower = found.tokens.lower
    if not found.tokens.words[place][0].isupper():
        return False
    ahead = lower[place - 1] if place > found.begin else ""
    behind = lower[place + 1] if place + 1 < len(lower) else ""
    return ahead in _BEFORE_MONTHS or ahead[:1].isdigit() or behind[:1].isdigit()


def is_name(found: Counter, place: int) -> bool:
    """Say whether a word that could be a verb is a month or a name: 8 May, Theresa May.

    A capital inside a sentence tells, but not where every word has one, as in a heading.
    """
    words = found.tokens.words
    around = words[max(found.begin, place - 1) : place] + words[place + 1 : place + 2]
    in_heading = all(word[0].isupper() for word in around)
    capital = words[place].istitle() and place > found.begin and not in_heading
    return capital or is_month(found, place)


def _groups_behind(found: Counter, place: int) -> tuple[str, ...]:
    """Return the groups of the token behind one."""
    lower = found.tokens.lower
    return SINGLE.get(lower[place + 1], ()) if place + 1 < len(lower) else ()


def _is_code(sentence: str, start: int) -> bool:
    """Say whether a figure goes on a name: MS-27, Covid-19."""
    return start > 1 and sentence[start - 1] == "-" and sentence[start - 2].isalpha()
