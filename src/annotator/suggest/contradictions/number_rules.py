"""Rules on counts: how many were killed, hurt, arrested, and how many a crew has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ..facts.article import Article, Fact, Sentence
from ..facts.events import COUNTED, MOVES
from ..facts.numbers import Quantity, number_at
from ..facts.things import thing
from ..facts.tokens import Token
from ..facts.words import CLASSES, INDEFINITE, REVISED, word_set
from .counts import Count, clashing, number_hint
from .hints import Hint

_UNITLESS = word_set("kill injure die")
_OCCASIONS = word_set("over when after during in for")
_ASTRONAUTS = word_set("astronauts cosmonauts astronaut cosmonaut")
_CREW = _ASTRONAUTS | {"crew"}
_PEOPLE_KINDS = word_set("crew")
_PARTS = word_set("of including among them these those whom which remaining rest only half were")


def count_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that count the people or things of one event differently."""
    found = [count for fact in article.facts if (count := _event_count(article, fact))]
    for one, other in clashing(found):
        yield number_hint("count-of-event", one, other, 0.7)


def crew_size(article: Article) -> Iterator[Hint]:
    """Yield pairs that give different sizes for one crew."""
    found: list[Count] = []
    for sentence in article.sentences:
        if sentence.may_claim and not sentence.lows.isdisjoint(_CREW):
            found += _crew_sizes(sentence)
    for one, other in clashing(found):
        yield number_hint("crew-size", one, other, 0.7)


def _event_count(article: Article, fact: Fact) -> Count | None:
    """Return how many a fact says it befell, and in what; None where that is not told."""
    sentence, verb = fact.sentence, fact.verb
    if (fact.event not in COUNTED and fact.event != "claim") or not fact.happened or verb.earlier:
        return None
    if not sentence.lows.isdisjoint(REVISED):
        return None
    quantity = _befallen(fact)
    if quantity is None or not quantity.exact:
        return None
    if fact.event == "claim" and "lives" not in quantity.shown:
        return None
    cause = _cause(article, fact)
    if not cause:
        return None
    event = "die" if fact.event in {"kill", "claim"} else fact.event
    return Count(sentence, f"{event} {quantity.unit} {cause}", quantity.value, quantity.shown)


def _befallen(fact: Fact) -> Quantity | None:
    """Return the number that a verb's object (its subject, where it is passive) begins with."""
    words, verb = fact.sentence.words, fact.verb
    if verb.passive or fact.event == "die":
        if fact.subject is None:
            return None
        first, last = fact.subject.first, fact.subject.last
        if _nobody(words, first) and verb.passive:
            return Quantity(
                0, "people", True, words[first].start, words[first].end, first, last, "no one"
            )
    else:
        first = verb.last + (verb.last < len(words) and words[verb.last].low == "all")
        last = first + 1
    for quantity in fact.sentence.quantities:
        if first <= quantity.first < last:
            behind = words[quantity.last].low if quantity.last < len(words) else ""
            if behind in _PARTS and not verb.passive:
                return None
            return quantity
    number = number_at(words, first) if first < len(words) and fact.event in _UNITLESS else None
    if number is None:
        return None
    behind = words[number.last].low if number.last < len(words) else "."
    if behind not in {".", ",", "and", "in", "people", "on", "when"}:
        return None
    shown = " ".join(token.text for token in words[number.first : number.last])
    exact = not first or words[first - 1].low != "least"
    start, end = words[number.first].start, words[number.last - 1].end
    return Quantity(number.value, "people", exact, start, end, number.first, number.last, shown)


def _nobody(words: Sequence[Token], at: int) -> bool:
    """Say whether ``no one`` or ``nobody`` stands at a token, without an ``else``."""
    low = [token.low for token in words[at : at + 3]]
    return (low[:2] == ["no", "one"] or low[:1] == ["nobody"]) and "else" not in low


def _cause(article: Article, fact: Fact) -> str:
    """Return the kind of thing that an event is put down to, "" where none is told.

    It must be one thing in the article: the first sentence that brings it in may say "a blast",
    every later one must say "the blast".
    """
    words, verb = fact.sentence.words, fact.verb
    active = not verb.passive and fact.event != "die"
    if fact.event == "score":
        return fact.subject.names[-1].words[-1] if fact.subject and fact.subject.names else ""
    kind = thing(article, fact.sentence, fact.subject).kind if active and fact.subject else ""
    kind = "crash" if kind == "aircraft" else kind
    if fact.subject is not None and kind:
        at = fact.subject.first
    else:
        at = next(
            (
                place
                for place in range(verb.last, min(verb.last + 8, len(words)))
                if words[place].low in CLASSES and words[place].low not in _PEOPLE_KINDS
            ),
            -1,
        )
        occasion = _occasion(fact)
        if occasion and not 0 <= at <= occasion:
            return words[occasion].low
        if at < 0:
            return ""
        kind = CLASSES[words[at].low]
        at = _determiner(words, at, verb.last)
    if not kind or at < 0:
        return ""
    if words[at].low in INDEFINITE and kind in _kinds_before(article, fact.sentence):
        return ""
    return kind


def _occasion(fact: Fact) -> int:
    """Return the place of the noun behind ``over the`` or ``when a``, 0 where there is none."""
    words = fact.sentence.words
    behind = range(fact.verb.last, min(fact.verb.last + 7, len(words) - 2))
    # One that begins the sentence is told of all of it: "During the march, police ..."
    for at in chain(behind, range(min(1, fact.verb.first))):
        if words[at].low in _OCCASIONS and words[at + 1].low in {"the", "a", "an"}:
            return at + 2
    return 0


def _determiner(words: Sequence[Token], at: int, first: int) -> int:
    """Return the place of the determiner of the noun at a token, the noun's own without one."""
    for place in range(at, max(first, at - 4) - 1, -1):
        if words[place].low in INDEFINITE or words[place].low == "the":
            return place
    return at


def _kinds_before(article: Article, sentence: Sentence) -> set[str]:
    """Return the kinds of things named in the 40 sentences before one."""
    before = article.sentences[max(0, sentence.place - 40) : sentence.place]
    return {CLASSES[low] for earlier in before for low in earlier.lows if low in CLASSES}


def _crew_sizes(sentence: Sentence) -> Iterator[Count]:
    yield from _astronauts(sentence)
    words = sentence.words
    moved = any(verb.event in MOVES for verb in sentence.verbs)
    for at, token in enumerate(words):
        if token.low != "crew":
            continue
        if at + 1 < len(words) and words[at + 1].low == "of":
            number = number_at(words, at + 2) if at + 2 < len(words) else None
            if number and words[at - 1].low in {"a", "the", "its"}:
                yield Count(sentence, "crew", number.value, f"a crew of {number.value:g}")
        elif at and moved and at + 1 < len(words) and words[at + 1].low == "members":
            number = number_at(words, at - 1)
            if number and number.last == at and (at < 2 or words[at - 2].low not in INDEFINITE):
                yield Count(sentence, "crew", number.value, f"{number.value:g} crew members")


def _astronauts(sentence: Sentence) -> Iterator[Count]:
    """Yield the number of astronauts that a vessel carries; of one kind of them is not all."""
    if len(_ASTRONAUTS & sentence.lows) > 1 or "station" in sentence.lows:
        return
    moved = any(verb.event in MOVES for verb in sentence.verbs)
    if not moved and "aboard" not in sentence.lows:
        return
    for quantity in sentence.quantities:
        noun = sentence.words[quantity.last - 1].low
        whole = quantity.exact and quantity.value > 1 and quantity.last == quantity.first + 2
        if whole and noun in _ASTRONAUTS:
            yield Count(sentence, "crew", quantity.value, quantity.shown)
