"""Rules on numbers: how many were killed, how large a thing is, how old a person is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..facts.article import Article, Fact, Sentence
from ..facts.events import COUNTED, MOVES, STATES
from ..facts.names import Name, names, same_name, sound
from ..facts.numbers import Quantity, near, number_at, quantities
from ..facts.things import thing
from ..facts.tokens import Token
from ..facts.words import CLASSES, INDEFINITE, REVISED, word_set
from .hints import MOST_IN_GROUP, Hint, apart, dates_apart, disputed

_MOST_VALUES = 2
"""Different numbers of one key; a text with more tells of different things."""
_UNITLESS = word_set("kill injure die")
_OCCASIONS = word_set("over when after during in for")
_MEASURED = word_set("long tall high wide deep thick old heavy away")
_CREW = word_set("crew astronauts cosmonauts astronaut cosmonaut")
PEOPLE_KINDS = word_set("crew")
_PARTS = word_set("of including among them these those whom which remaining rest only half were")


class Count(NamedTuple):
    """A number that a sentence gives for something.

    Attributes:
        sentence: where.
        key: what is counted; counts of one key are compared.
        value: the number.
        shown: as it was written.
    """

    sentence: Sentence
    key: str
    value: float
    shown: str


def count_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that count the people or things of one event differently."""
    found = [count for fact in article.facts if (count := _event_count(article, fact))]
    for one, other in _clashing(found):
        yield _number_hint("count-of-event", one, other, 0.7)


def crew_size(article: Article) -> Iterator[Hint]:
    """Yield pairs that give different sizes for one crew."""
    found: list[Count] = []
    for sentence in article.sentences:
        if sentence.may_claim and not sentence.lows.isdisjoint(_CREW):
            found += _crew_sizes(sentence)
    for one, other in _clashing(found):
        yield _number_hint("crew-size", one, other, 0.7)


def amount_of_property(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one measure or number of a named thing differently."""
    found = [count for fact in article.facts if (count := _property_amount(fact))]
    for one, other in _clashing(found):
        yield _number_hint("amount-of-property", one, other, 0.65)


def age_of_person(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one person two ages."""
    ages: dict[str, list[tuple[Name, float, Sentence]]] = {}
    for sentence in article.sentences:
        if sentence.may_claim:
            for name, age in _ages(sentence):
                ages.setdefault(sound(name.words[-1]), []).append((name, age, sentence))
    for found in ages.values():
        first_names = {name.words[0] for name, _, _ in found if len(name.words) > 1}
        if len(first_names) > 1:
            found = [aged for aged in found if len(aged[0].words) > 1]
        for (one, age, first), (other, other_age, second) in combinations(found[:24], 2):
            if first is second or age == other_age or not _one_person(one, other):
                continue
            if apart(first, second) or first.year_told or second.year_told:
                continue
            full = max(one, other, key=lambda name: len(name.words)).shown
            yield Hint(
                "age-of-person",
                "number",
                first,
                second,
                0.8,
                f"{full} is {age:g} here and {other_age:g} there",
            )


def _clashing(found: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
    """Yield the first pair of counts of each key that cannot both be right."""
    by_key: dict[str, list[Count]] = {}
    for count in found:
        by_key.setdefault(count.key, []).append(count)
    for counts in by_key.values():
        if not 1 < len({count.value for count in counts}) <= _MOST_VALUES:
            continue
        for one, other in combinations(counts[:MOST_IN_GROUP], 2):
            if one.sentence is other.sentence or near(one.value, other.value):
                continue
            if apart(one.sentence, other.sentence) or dates_apart(other.sentence, one.sentence):
                continue
            yield one, other
            break


def _number_hint(rule: str, one: Count, other: Count, score: float) -> Hint:
    return Hint(
        rule,
        "number" if one.value and other.value else "negation",
        one.sentence,
        other.sentence,
        score - disputed(one.sentence, other.sentence),
        f"{one.shown} here, {other.shown} there",
    )


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
        first, last = verb.last, verb.last + 1
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
    if fact.subject is not None and kind:
        at = fact.subject.first
    else:
        at = next(
            (
                place
                for place in range(verb.last, min(verb.last + 8, len(words)))
                if words[place].low in CLASSES and words[place].low not in PEOPLE_KINDS
            ),
            -1,
        )
        if at < 0:
            return _occasion(fact)
        kind = CLASSES[words[at].low]
        at = _determiner(words, at, verb.last)
    if not kind or at < 0:
        return ""
    if words[at].low in INDEFINITE and kind in _kinds_before(article, fact.sentence):
        return ""
    return kind


def _occasion(fact: Fact) -> str:
    """Return the noun behind ``over the`` or ``when a``, "" where there is none."""
    words = fact.sentence.words
    for at in range(fact.verb.last, min(fact.verb.last + 7, len(words) - 2)):
        if words[at].low in _OCCASIONS and words[at + 1].low in {"the", "a", "an"}:
            return words[at + 2].low
    return ""


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
    if len(_CREW & sentence.lows) > 1 or "station" in sentence.lows:
        return
    moved = any(verb.event in MOVES for verb in sentence.verbs)
    if moved or "aboard" in sentence.lows:
        for quantity in sentence.quantities:
            noun = sentence.words[quantity.last - 1].low
            if noun in {"astronauts", "cosmonauts"} and quantity.exact and quantity.value > 1:
                if quantity.last - quantity.first == 2:
                    yield Count(sentence, "crew", quantity.value, quantity.shown)


def _property_amount(fact: Fact) -> Count | None:
    """Return the number that a state verb gives for its named subject."""
    verb, subject, sentence = fact.verb, fact.subject, fact.sentence
    if fact.event not in STATES or not fact.happened or verb.passive or subject is None:
        return None
    if not subject.names or subject.names[0].first > subject.first + 1 or sentence.dates:
        return None
    if not sentence.lows.isdisjoint(REVISED):
        return None
    quantity = next((q for q in quantities(sentence.words) if q.first == verb.last), None)
    if quantity is None or not quantity.exact:
        return None
    words = sentence.words
    behind = words[quantity.last] if quantity.last < len(words) else None
    measured = behind.low if behind and behind.low in _MEASURED else ""
    if behind and not measured and behind.text not in {".", ","}:
        return None
    of = " ".join(token.low for token in words[quantity.first + 1 : quantity.last])
    who = " ".join(word.low for word in words[subject.first : verb.first])
    tense = "now" if verb.present else "then"
    key = f"{who.removeprefix('the ')}|{fact.event}|{tense}|{of}|{measured}"
    return Count(sentence, key, quantity.value, f"{quantity.shown} {measured}".strip())


def _ages(sentence: Sentence) -> Iterator[tuple[Name, float]]:
    """Yield persons with their ages: ``Ann Lee, 34,`` and ``34-year-old Ann Lee``."""
    words = sentence.words
    for name in names(words):
        last = name.last
        if last + 2 < len(words) and words[last].text == "," and words[last + 2].text in {",", "."}:
            low = words[last + 1].low
            if low.isdecimal() and low.isascii() and 10 <= int(low) <= 105 and len(name.words) < 5:
                yield name, float(low)
        if (
            last + 2 < len(words)
            and words[last].text == ","
            and words[last + 1].low in {"a", "an", "the"}
        ):
            yield from _years_old(name, words[last + 2].low)
        before = words[name.first - 1].low if name.first else ""
        yield from _years_old(name, before)


def _years_old(name: Name, low: str) -> Iterator[tuple[Name, float]]:
    if low.endswith("-year-old") and low[:-9].isdecimal() and len(low) < 13:
        yield name, float(low[:-9])


def _one_person(one: Name, other: Name) -> bool:
    """Say whether two names may be one person's: alike in the first name where both have one."""
    if not same_name(one.words[-1:], other.words[-1:]):
        return False
    if len(one.words) < 2 or len(other.words) < 2:
        return True
    return same_name(one.words[:1], other.words[:1])
