"""Times of day and dates, normalised so that they can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .tokens import Token
from .words import MONTHS, WEEKDAYS, ZONES

_CLOCK = re.compile(
    r"(?<![\d:.,-])(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?(?:\s?([ap])\.?\s?m\b\.?)?"
    r"(?![\d:%]|[.,]\d)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s?\(?([A-Za-z]{2,8})\b\)?")


class Clock(NamedTuple):
    """A time of day.

    Attributes:
        minutes: since midnight.
        zone: its zone in lower case, "" where none is given.
        start, end: its range in the text.
    """

    minutes: int
    zone: str
    start: int
    end: int


class Date(NamedTuple):
    """A date or a part of one; what is not said is 0 or "".

    Attributes:
        year, month, day: numbers.
        weekday: in lower case.
        start, end: its range in the text.
    """

    year: int
    month: int
    day: int
    weekday: str
    start: int
    end: int

    def absolute(self) -> bool:
        """Say whether it has a month or year, so stands for itself."""
        return bool(self.year or self.month)

    def clashes(self, other: Date) -> bool:
        """Say whether the two cannot be the same day as far as both are told."""
        pairs = (
            (self.year, other.year),
            (self.month, other.month),
            (self.day, other.day),
            (self.weekday, other.weekday),
        )
        return any(one and two and one != two for one, two in pairs)


def clocks(text: str, start: int, end: int) -> list[Clock]:
    """Return the times of day in a stretch: ``10:47 a.m.``, ``05:47 GMT``, ``9pm``."""
    found: list[Clock] = []
    for match in _CLOCK.finditer(text, start, end):
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        dotted = match[2] and text[match.end(1)] == "."
        if not half and (not match[2] or dotted):
            continue
        if hour > (12 if half else 23) or minute > 59 or (half and not hour):
            continue
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        stop = match.end()
        zone = _ZONE.match(text, stop, min(end, stop + 12))
        name = zone[1].lower() if zone and zone[1].lower() in ZONES else ""
        if zone and name:
            stop = zone.end()
        found.append(Clock(hour * 60 + minute, name, match.start(), stop))
    return found


def dates(words: Sequence[Token]) -> list[Date]:
    """Return the dates of a sentence: days with month, months with year, years, weekdays."""
    found: list[Date] = []
    at = 0
    while at < len(words):
        made, last = _date_at(words, at)
        if made:
            found.append(made)
        at = max(last, at + 1)
    return found


def _date_at(words: Sequence[Token], at: int) -> tuple[Date | None, int]:
    token = words[at]
    low = token.low
    if low in WEEKDAYS and token.text[0].isupper():
        inner, last = _month_at(words, _behind_comma(words, at + 1))
        if inner:
            return inner._replace(weekday=low, start=token.start), last
        return Date(0, 0, 0, low, token.start, token.end), at + 1
    inner, last = _month_at(words, at)
    if inner:
        return inner, last
    if _is_year(low) and (at == 0 or words[at - 1].text not in "$€£#") and _year_place(words, at):
        return Date(int(low), 0, 0, "", token.start, token.end), at + 1
    return None, at


def _month_at(words: Sequence[Token], at: int) -> tuple[Date | None, int]:
    """Return a date with a month that starts at a token, and the place behind it."""
    if at >= len(words):
        return None, at
    day = _day(words[at].low)
    month_at = at
    if day and at + 1 < len(words):
        month_at = at + 1 + (words[at + 1].low == "of")
    if month_at >= len(words):
        return None, at
    month = MONTHS.get(words[month_at].low, 0)
    if not month or not words[month_at].text[0].isupper() or (day and month_at == at):
        return None, at
    last = month_at + 1
    if last < len(words) and words[last].text == "." and len(words[month_at].text) < 5:
        last += 1
    if not day and last < len(words):
        day = _day(words[last].low)
        last += bool(day)
    elif words[month_at].low in {"may", "march"} and not day:
        return None, at
    behind = _behind_comma(words, last)
    year = int(words[behind].low) if behind < len(words) and _is_year(words[behind].low) else 0
    if year:
        last = behind + 1
    if words[month_at].low in {"may", "march"} and not (day or year):
        return None, at
    return Date(year, month, day, "", words[at].start, words[last - 1].end), last


def _behind_comma(words: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(words) and words[at].text == "," else at


def _day(low: str) -> int:
    if low[-2:] in {"st", "nd", "rd", "th"}:
        low = low[:-2]
    return (
        int(low) if low.isdecimal() and low.isascii() and len(low) < 3 and 0 < int(low) < 32 else 0
    )


def _is_year(low: str) -> bool:
    return len(low) == 4 and low.isdecimal() and low.isascii() and 1000 <= int(low) <= 2100


def _year_place(words: Sequence[Token], at: int) -> bool:
    """Say whether a four-figure number stands where a year does, not before what it counts."""
    before = words[at - 1].low if at else ""
    return before in {
        "in", "since", "by", "until", "from", "of", "during", "before", "after", "(", "and", "-",
        "–", "early", "late", "mid", "summer", "spring", "autumn", "fall", "winter", "to", "year",
        "around", "circa", "c",
    }  # fmt: skip
