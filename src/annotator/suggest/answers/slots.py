"""A placeholder with what stands around it: what it asks for, and of which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..base import Suggestion
from ..facts.article import Fact, Sentence
from ..facts.numbers import unit_of
from ..facts.tokens import tokens
from ..facts.verbs import forms
from ..facts.words import FUNCTION_WORDS, word_set

_KINDS = word_set("slot alternatives hint marker template-variable dummy")
_EXPECTED: dict[str, str] = {
    "time": "TIME", "hour": "TIME", "date": "DATE", "day": "DATE", "year": "DATE",
    "number": "CARDINAL", "count": "CARDINAL", "location": "LOC", "place": "LOC", "city": "GPE",
    "country": "GPE", "venue": "FAC", "percentage": "PERCENT", "percent": "PERCENT",
    "amount": "MONEY", "price": "MONEY", "name": "PERSON",
}  # fmt: skip
_GENERIC = word_set(
    "insert add enter fill precise exact specific actual correct time date name number of the a"
    " an here tbd tbc tk xx xxx your full hour day year count location place city country venue"
    " percentage percent amount price please e.g eg placeholder to be added confirmed which who"
    " local relevant"
)
_ANOTHER = word_set(
    "another other others similar separate previous previously earlier second next different"
    " subsequent former rival again would could may might"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder with what stands around it.

    Attributes:
        sentence: the sentence it stands in.
        start, end: its range.
        kind: the expected entity type.
        words: what its own words ask for, generic ones left out.
        fact: the event that it belongs to, None where there is none.
        unit: the noun behind it, which a number would count.
    """

    sentence: Sentence
    start: int
    end: int
    kind: str
    words: frozenset[str]
    fact: Fact | None
    unit: str


def may_be_filled(placeholder: Suggestion) -> bool:
    """Say whether a placeholder is of a kind that some words of the text could fill."""
    return placeholder.attributes.get("kind", "slot") in _KINDS


def slot_of(
    text: str, sentence: Sentence, placeholder: Suggestion, facts: Sequence[Fact]
) -> Slot | None:
    """Return a placeholder as a slot, None where it is not told what should stand there.

    Args:
        text: the whole text.
        sentence: the sentence in which the placeholder starts.
        placeholder: the placeholder.
        facts: what the sentence tells.
    """
    if not may_be_filled(placeholder) or placeholder.end > sentence.end:
        return None
    inside = [token.low for token in tokens(text, placeholder.start, placeholder.end)]
    kind = placeholder.attributes.get("expects") or next(
        (_EXPECTED[low] for low in reversed(inside) if low in _EXPECTED), None
    )
    if not isinstance(kind, str) or is_of_another_event(sentence):
        return None
    words = frozenset(
        low
        for low in inside
        if low[0].isalpha() and low not in _GENERIC and low not in FUNCTION_WORDS
    )
    return Slot(
        sentence, placeholder.start, placeholder.end, kind, words,
        _fact_of(facts, placeholder.start, words), _unit_behind(sentence, placeholder.end, words),
    )  # fmt: skip


def is_of_another_event(sentence: Sentence) -> bool:
    """Say whether a sentence tells of another event than the article's."""
    return not sentence.lows.isdisjoint(_ANOTHER)


def _fact_of(facts: Sequence[Fact], offset: int, words: frozenset[str]) -> Fact | None:
    """Return the fact whose verb stands nearest to a slot, or that the slot's words name."""
    events = events_of(words)
    named = [fact for fact in facts if fact.event in events]
    return min(
        named or facts,
        key=lambda fact: abs(fact.sentence.words[fact.verb.at].start - offset),
        default=None,
    )


def events_of(words: frozenset[str]) -> frozenset[str]:
    """Return the events that words name: ``launch`` in "launch time"."""
    table = forms()
    return frozenset(
        event for word in words for particle, event, _ in table.get(word, ()) if not particle
    )


def _unit_behind(sentence: Sentence, offset: int, words: frozenset[str]) -> str:
    """Return the noun that a number in a slot would count: behind it, or among its own words."""
    last = ""
    for token in sentence.words:
        if token.start < offset:
            continue
        if not token.low[0].isalpha() or token.low in FUNCTION_WORDS:
            break
        last = unit_of(token.low)
        if token.low != last or last == "people":
            return last
    return last or next((unit_of(word) for word in sorted(words) if word != unit_of(word)), "")
