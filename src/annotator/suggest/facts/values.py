"""Values of a kind in a sentence: times, dates, numbers, people, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..base import Text
from .article import Sentence
from .names import Name, looks_like_person
from .numbers import number_at, unit_of
from .times import Clock
from .tokens import is_word
from .words import PREPOSITIONS

NUMERIC = ("CARDINAL", "QUANTITY", "ORDINAL", "MONEY", "PERCENT")
PLACES = ("GPE", "LOC", "FAC")
_PLACE_BEFORE = frozenset(("in", "at", "from", "near", "to", "outside"))
_MONEY = frozenset(("dollars", "euros", "pounds", "yen", "rupees"))
_REACH = 4
"""Words between a number and the noun it counts."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a sentence.

    Attributes:
        key: what values of one meaning share.
        start, end: its range in the text.
        sure: whether it stands for itself; a weekday without a date does not.
    """

    key: tuple[object, ...]
    start: int
    end: int
    sure: bool = True


def values(text: Text, sentence: Sentence, kind: str, unit: str) -> list[Value]:
    """Return the values of a kind in a sentence, in order.

    Args:
        text: the text, whose entities help with places and organisations.
        sentence: where to look.
        kind: an entity label such as ``TIME``.
        unit: for numbers, the noun they must count; "" for any.
    """
    if kind == "TIME":
        return _clocks(sentence)
    if kind == "DATE":
        return [
            Value(tuple(date[:4]), date.start, date.end, date.absolute()) for date in sentence.dates
        ]
    if kind in NUMERIC:
        return list(_numbers(sentence, kind, unit))
    if kind == "PERSON":
        return [Value((name.words,), name.start, name.end) for name in people(text, sentence)]
    if kind in PLACES:
        return list(_places(text, sentence))
    if kind == "ORG":
        return [
            Value((text.text[entity.start : entity.end].casefold(),), entity.start, entity.end)
            for entity in text.entities_in(sentence.start, sentence.end)
            if entity.label == "ORG"
        ]
    return []


def people(text: Text, sentence: Sentence) -> Iterator[Name]:
    """Yield the names of people in a sentence, full names only."""
    for name in sentence.names:
        labels = {entity.label for entity in text.entities_in(name.start, name.end)}
        if looks_like_person(name) and (not labels or "PERSON" in labels):
            yield name


def _clocks(sentence: Sentence) -> list[Value]:
    """Return times of day; one in brackets behind another is the same in another zone."""
    found: list[Value] = []
    last: Clock | None = None
    for clock in sentence.clocks:
        between = sentence.text[last.end : clock.start] if last else ""
        if last and found and between.strip() in {"(", "/"} and len(between) < 4:
            end = clock.end
            if "(" in between and sentence.text[end : end + 1] == ")":
                end += 1
            found[-1] = Value(found[-1].key, found[-1].start, end)
        else:
            found.append(Value((clock.minutes, clock.zone), clock.start, clock.end))
        last = clock
    return found


def _numbers(sentence: Sentence, kind: str, unit: str) -> Iterator[Value]:
    words = sentence.words
    if kind in {"MONEY", "PERCENT"}:
        for quantity in sentence.quantities:
            if (quantity.unit == "%") if kind == "PERCENT" else (quantity.unit in _MONEY):
                yield Value((quantity.value, quantity.unit), quantity.start, quantity.end)
        return
    at = 0
    while at < len(words):
        number = number_at(words, at)
        if number is None:
            at += 1
            continue
        at = number.last
        if _counts(sentence, at, unit):
            start, end = words[number.first].start, words[number.last - 1].end
            yield Value((number.value,), start, end)


def _counts(sentence: Sentence, at: int, unit: str) -> bool:
    """Say whether a noun follows a number, a few words on at most."""
    for token in sentence.words[at : at + _REACH]:
        if not is_word(token) or token.low in PREPOSITIONS:
            return False
        if unit_of(token.low) == unit:
            return True
    return False


def _places(text: Text, sentence: Sentence) -> Iterator[Value]:
    words = sentence.words
    for name in sentence.names:
        before = next(
            (
                words[at].low
                for at in range(name.first - 1, max(-1, name.first - 3), -1)
                if words[at].low != "the"
            ),
            "",
        )
        if before not in _PLACE_BEFORE:
            continue
        labels = {entity.label for entity in text.entities_in(name.start, name.end)}
        if not labels or labels & set(PLACES):
            yield Value((tuple(word.lower() for word in name.words),), name.start, name.end)
