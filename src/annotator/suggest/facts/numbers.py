"""Numbers in words or figures, and the nouns that they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .tokens import Token, is_capitalised, is_word
from .words import APPROXIMATE, MONTHS, NUMBER_WORDS, PEOPLE, SCALES, UNIT_NOUNS_SKIPPED, word_set

_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:-?([a-z]+))?$")
_GLUED = {"m": 1e6, "bn": 1e9, "k": 1e3, "mn": 1e6, "tn": 1e12}
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees"}
_STOPS = word_set(
    "of in on at by from to for with and or but that which who whom when while after before"
    " as is are was were be been has have had will would the a an this these those it they he"
    " she we i than per into over under including during between among near not no so if"
    " because since"
)


class Number(NamedTuple):
    """A number and how many tokens it takes."""

    value: float
    first: int
    last: int
    """Place of the token after it."""


class Quantity(NamedTuple):
    """A number of something.

    Attributes:
        value: the number, scaled (``2.5 million`` is 2,500,000).
        unit: the noun counted, in a form that its synonyms share; ``$`` and ``%`` too.
        exact: whether it was given as the exact count of the whole.
        start, end: the range of the number and its noun in the text.
        first, last: places of its tokens, half-open.
        shown: how it was written.
    """

    value: float
    unit: str
    exact: bool
    start: int
    end: int
    first: int
    last: int
    shown: str


def number_at(words: Sequence[Token], at: int) -> Number | None:
    """Return the number that starts at a token, scale words included."""
    low = words[at].low
    value: float
    if low in NUMBER_WORDS:
        value, last = NUMBER_WORDS[low], at + 1
        if value >= 20 and last + 1 < len(words) and words[last].text == "-":
            last += 1
        if value >= 20 and last < len(words) and NUMBER_WORDS.get(words[last].low, 99) < 10:
            value, last = value + NUMBER_WORDS[words[last].low], last + 1
    elif "-" in low and low.partition("-")[0] in NUMBER_WORDS:
        tens, _, ones = low.partition("-")
        if NUMBER_WORDS.get(ones, 99) >= 10 or NUMBER_WORDS[tens] < 20:
            return None
        value, last = NUMBER_WORDS[tens] + NUMBER_WORDS[ones], at + 1
    else:
        figure = _FIGURE.match(low) if low[0].isdigit() else None
        if figure is None or len(low) > 30:
            return None
        scale = 1.0
        if figure[3]:
            if figure[3] not in _GLUED:
                return None
            scale = _GLUED[figure[3]]
        value, last = float(figure[1].replace(",", "") + (figure[2] or "")) * scale, at + 1
    while last < len(words) and words[last].low in SCALES:
        value, last = value * SCALES[words[last].low], last + 1
    return Number(value, at, last)


def quantities(words: Sequence[Token]) -> list[Quantity]:
    """Return the numbers of a sentence with what they count."""
    found: list[Quantity] = []
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        made = _with_unit(words, number)
        if made:
            found.append(made)
        at = number.last
    return found


def unit_of(word: str) -> str:
    """Return a noun in the form that its synonyms and its plural share."""
    if word in PEOPLE:
        return PEOPLE[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _with_unit(words: Sequence[Token], number: Number) -> Quantity | None:
    before = words[number.first - 1] if number.first else None
    exact = before is None or before.low not in APPROXIMATE
    if before is not None and (before.low in MONTHS or before.text in "-–/:.#№"):
        return None
    if number.last < len(words) and words[number.last].text in "+-–/:" and words[number.last].text:
        exact = False
    shown_from = words[number.first].start
    if before is not None and before.text in _CURRENCIES:
        earlier = words[number.first - 2].low if number.first > 1 else ""
        unit, last, shown_from = _CURRENCIES[before.text], number.last, before.start
        exact = earlier not in APPROXIMATE
    elif number.last < len(words) and words[number.last].low in {"%", "percent"}:
        unit, last = "%", number.last + 1
    else:
        noun = _noun_behind(words, number.last)
        if noun is None:
            return None
        unit, last = unit_of(words[noun].low), noun + 1
    start, end = shown_from, words[last - 1].end
    shown = " ".join(token.text for token in words[number.first : last])
    return Quantity(number.value, unit, exact, start, end, number.first, last, shown)


def _noun_behind(words: Sequence[Token], at: int) -> int | None:
    """Return the place of the noun that a number counts: the last of up to four words."""
    last = at
    while last < len(words) and last < at + 4:
        token = words[last]
        if not is_word(token) or token.low in _STOPS or token.low[0].isdigit():
            break
        if token.low.endswith(("ed", "ing")) and last > at and token.low != "building":
            break
        last += 1
        if token.low in PEOPLE or token.low in UNIT_NOUNS_SKIPPED:
            break
    noun = last - 1
    if noun < at or words[noun].low in UNIT_NOUNS_SKIPPED or is_capitalised(words[noun]):
        return None
    return noun


def near(one: float, other: float) -> bool:
    """Say whether two numbers may be one, rounded: they differ by 5 percent at most."""
    if one == other:
        return True
    larger = max(abs(one), abs(other))
    return larger > 20 and abs(one - other) <= 0.05 * larger and (_round(one) or _round(other))


def _round(value: float) -> bool:
    """Say whether a number has at most two significant figures, so may have been rounded."""
    digits = f"{value:.6g}".split("e")[0].replace(".", "").strip("0")
    return len(digits) <= 2
