"""Rules on when: the hour, the day, and the year of what happens once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ..facts.article import Article, Fact, Sentence
from ..facts.events import MADE, MOVES, ONCE
from ..facts.names import Name, names, same_name
from ..facts.phrases import Phrase
from ..facts.things import same_thing, thing
from ..facts.times import Clock, Date
from ..facts.words import MONTHS, word_set
from .hints import Hint, disputed, grouped, pairs

_TIMED = MOVES | word_set(
    "explode collapse arrest resign sign elect convict acquit start open close end"
)
_MINUTES_APART = 5
_FULL = word_set("in on")
_WHERE = word_set("in near outside")
_BEHIND = 12
"""Tokens behind a verb in which its place is looked for."""


def clock_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one event two times of day of one zone."""
    timed = [fact for fact in article.facts if fact.event in _TIMED and fact.happened]
    for facts in grouped(timed, lambda fact: fact.event).values():
        for one, other in pairs(facts):
            if not _one_event(article, one, other):
                continue
            for a in _clocks(one):
                for b in _clocks(other):
                    if a.zone == b.zone and _minutes_between(a, b) > _MINUTES_APART:
                        yield _hint("clock-of-event", one, other, _said(one, a), _said(other, b))


def day_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one event two days."""
    timed = [fact for fact in article.facts if fact.event in _TIMED and fact.happened]
    for facts in grouped(timed, lambda fact: fact.event).values():
        for one, other in pairs(facts):
            a, b = _date(one), _date(other)
            if a and b and a.clashes(b) and _one_event(article, one, other, dates=False):
                yield _hint("day-of-event", one, other, _said(one, a), _said(other, b))


def _hint(rule: str, one: Fact, other: Fact, a: str, b: str, score: float = 0.65) -> Hint:
    words = other.sentence.words[other.verb.at : other.verb.last]
    return Hint(
        rule,
        "time",
        one.sentence,
        other.sentence,
        score - disputed(one.sentence, other.sentence),
        f"{a} here, {b} there, for “{' '.join(word.text for word in words)}”",
    )


def _said(fact: Fact, when: Clock | Date) -> str:
    return fact.sentence.text[when.start : when.end]


def _minutes_between(one: Clock, other: Clock) -> int:
    apart = abs(one.minutes - other.minutes)
    return min(apart, 24 * 60 - apart)


def _one_event(article: Article, one: Fact, other: Fact, *, dates: bool = True) -> bool:
    if one.sentence.apart or other.sentence.apart:
        return False
    if dates and any(x.clashes(y) for x in one.sentence.dates for y in other.sentence.dates):
        return False
    if one.nominal or other.nominal:
        return all(fact.subject is None or not fact.subject.indefinite for fact in (one, other))
    a, b = one.theme, other.theme
    if a is None or b is None or b.indefinite or one.verb.earlier or other.verb.earlier:
        return False
    first, second = thing(article, one.sentence, a), thing(article, other.sentence, b)
    if first.code and second.code and first.code != second.code:
        return False
    return same_thing(first, second) and not _elsewhere(one, other)


def _elsewhere(one: Fact, other: Fact) -> bool:
    """Say whether two facts are told of two places: opened in Dover, opened in Deal."""
    places = []
    for fact in (one, other):
        words = fact.sentence.words
        first = fact.object.last if fact.object else fact.verb.last
        told = names(words, first, min(first + _BEHIND, len(words)))
        places.append([name for name in told if words[name.first - 1].low in _WHERE])
    first_places, others = ([n.words for n in told if not _is_month(n)] for told in places)
    return bool(first_places and others) and not any(
        same_name(a, b) for a in first_places for b in others
    )


def _is_month(name: Name) -> bool:
    return name.words[0].lower() in MONTHS


def _clocks(fact: Fact) -> list[Clock]:
    """Return the times of day that belong to a verb: no other verb stands between."""
    return [
        clock
        for clock in fact.sentence.clocks
        if _nearest(fact.sentence, clock.start) == fact.verb.at
    ]


def _date(fact: Fact) -> Date | None:
    of_verb = [d for d in fact.sentence.dates if _nearest(fact.sentence, d.start) == fact.verb.at]
    return of_verb[0] if len(of_verb) == 1 == len(fact.sentence.dates) else None


def _nearest(sentence: Sentence, offset: int) -> int:
    """Return the place of the verb that a time belongs to: the last before it, or the first."""
    before = [verb for verb in sentence.verbs if sentence.words[verb.at].start < offset]
    return (before[-1] if before else sentence.verbs[0]).at


class Life(NamedTuple):
    """When something that happens once happened to somebody.

    Attributes:
        fact: where it is told.
        who: the words of the name.
        date: when.
    """

    fact: Fact
    who: tuple[str, ...]
    date: Date


def year_of_once(article: Article) -> Iterator[Hint]:
    """Yield pairs that give two dates for a birth, a death, a founding."""
    by_event: dict[str, dict[str, list[Life]]] = {}
    for life in _lives(article):
        by_event.setdefault(life.fact.event, {}).setdefault(life.who[-1].lower(), []).append(life)
    for by_name in by_event.values():
        for lives in by_name.values():
            for one, other in combinations(lives[:24], 2):
                if one.fact.sentence is other.fact.sentence or not one.date.clashes(other.date):
                    continue
                if len(one.who) > 1 < len(other.who) and not same_name(one.who[:1], other.who[:1]):
                    continue
                a, b = _said(one.fact, one.date), _said(other.fact, other.date)
                yield _hint("year-of-once", one.fact, other.fact, a, b, 0.8)


def _lives(article: Article) -> Iterator[Life]:
    last: Phrase | None = None
    for fact in article.facts:
        subject = fact.subject
        if fact.event in ONCE and fact.happened and (fact.verb.passive or fact.event not in MADE):
            who = last if subject is not None and _stands_for_last(subject) else subject
            date = _date_behind(fact)
            if who is not None and who.names and date is not None and _is_name(who):
                yield Life(fact, who.names[0].words, date)
        if subject is not None and subject.names and _is_name(subject):
            last = subject


def _stands_for_last(phrase: Phrase) -> bool:
    """Say whether a phrase stands for what was named before: ``she``, ``the company``."""
    return phrase.head in {"he", "she"} or (
        phrase.kind == "firm" and phrase.definite and not phrase.names
    )


def _is_name(phrase: Phrase) -> bool:
    """Say whether a phrase is a name and nothing else."""
    name = phrase.names[0]
    return name.first <= phrase.first + 1 and name.last >= phrase.last and len(phrase.names) == 1


def _date_behind(fact: Fact) -> Date | None:
    """Return the date that follows a verb with ``in`` or ``on``, at most six words on."""
    words = fact.sentence.words
    limit = words[min(fact.verb.last + 7, len(words) - 1)].start
    start = words[min(fact.verb.last, len(words) - 1)].start
    for date in fact.sentence.dates:
        if start < date.start < limit and date.absolute():
            return date
    return None
