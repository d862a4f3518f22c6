"""Rules on whether something happened: done and still to come, done and not done, and opposites."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts.article import Article, Fact
from ..facts.events import OPPOSITES, STATES
from ..facts.phrases import Phrase, complements
from ..facts.things import same_thing, thing
from ..facts.verbs import Status
from ..facts.words import word_set
from .hints import Hint, apart, disputed, grouped, pairs
from .holder_rules import agent_of

_BEFALLING = word_set("start end open close cancel postpone")
"""Events of which a verb without an object tells what they befell: the strike started."""


def done_and_planned(article: Article) -> Iterator[Hint]:
    """Yield pairs of which one says that it happened and the other that it is to come."""

    def key(fact: Fact) -> str | None:
        told = fact.verb.status in {Status.HAPPENED, Status.PLANNED}
        return fact.event if told and fact.event not in STATES and not fact.verb.ing else None

    for facts in grouped(article.facts, key).values():
        for one, other in pairs(facts):
            if one.verb.status is other.verb.status or not _one_event(article, one, other):
                continue
            done, planned = (one, other) if one.happened else (other, one)
            yield Hint(
                "done-and-planned", "event-status", one.sentence, other.sentence,
                0.7 - disputed(one.sentence, other.sentence),
                f"“{_verb(done)}” in one, still to come in the other (“{_verb(planned)}”)",
            )  # fmt: skip
            break


def done_and_not(article: Article) -> Iterator[Hint]:
    """Yield pairs of which one says that it happened and the other that it did not."""

    def key(fact: Fact) -> str | None:
        told = fact.verb.status in {Status.HAPPENED, Status.NEGATED}
        return fact.event if told and fact.event not in STATES and not fact.verb.ing else None

    for facts in grouped(article.facts, key).values():
        for one, other in pairs(facts):
            if one.verb.status is other.verb.status or not _one_event(article, one, other):
                continue
            yield Hint(
                "done-and-not", "negation", one.sentence, other.sentence,
                0.7 - disputed(one.sentence, other.sentence),
                f"“{_verb(one)}” here, “{_verb(other)}” there",
            )  # fmt: skip
            break


def opposite_outcomes(article: Article) -> Iterator[Hint]:
    """Yield pairs of events of which one rules the other out, such as approved and rejected."""
    happened = [fact for fact in article.facts if fact.happened and not fact.verb.ing]
    by_event = grouped(happened, lambda fact: fact.event)
    for left, right in OPPOSITES:
        both = sorted(
            (*by_event.get(left, ()), *by_event.get(right, ())),
            key=lambda fact: fact.sentence.start,
        )
        for one, other in pairs(both):
            if one.event != other.event and _one_event(article, one, other):
                yield Hint(
                    "opposite-outcomes", "event-status", one.sentence, other.sentence,
                    0.65 - disputed(one.sentence, other.sentence),
                    f"“{_verb(one)}” here, “{_verb(other)}” there",
                )  # fmt: skip
                break


def _verb(fact: Fact) -> str:
    return " ".join(token.text for token in fact.sentence.words[fact.verb.first : fact.verb.last])


def _one_event(article: Article, one: Fact, other: Fact) -> bool:
    """Say whether subject and object of two facts are the same, both told."""
    if apart(one.sentence, other.sentence) or other.verb.earlier or one.verb.earlier:
        return False
    if _complements_differ(one, other):
        return False
    patients = [_patient(fact) for fact in (one, other)]
    agents = [
        None if fact.event in _BEFALLING and fact.theme is fact.subject else agent_of(fact)
        for fact in (one, other)
    ]
    if (patients[0] is None) != (patients[1] is None):
        return False
    told = 0
    for a, b in (patients, agents):
        if a is None or b is None:
            continue
        told += 1
        if not _one_thing(article, (one, a), (other, b)):
            return False
    return told > 0 and (patients[0] is not None or agents[0] is not None is not agents[1])


def _patient(fact: Fact) -> Phrase | None:
    """Return what an event was done to, or where it led to; None for ``resigned``."""
    if fact.event in _BEFALLING:
        return fact.theme
    return fact.subject if fact.verb.passive else fact.object


def _one_thing(article: Article, one: tuple[Fact, Phrase], other: tuple[Fact, Phrase]) -> bool:
    a, b = one[1], other[1]
    if a.pronoun or b.pronoun or b.indefinite or _other_modifiers(a, b):
        return False
    first, second = thing(article, one[0].sentence, a), thing(article, other[0].sentence, b)
    if first.code and second.code and first.code != second.code:
        return False
    if same_thing(first, second):
        return True
    return a.head == b.head and not (first.words and second.words)


def _complements_differ(one: Fact, other: Fact) -> bool:
    """Say whether two facts differ behind a preposition: guilty of fraud, guilty of bribery."""
    found = []
    for fact in (one, other):
        first = fact.object.last if fact.object else fact.verb.last
        found.append(complements(fact.sentence.words, first))
    return any(found[1].get(word, head) != head for word, head in found[0].items())


def _other_modifiers(one: Phrase, other: Phrase) -> bool:
    """Say whether both phrases have modifiers and share none: the pension bill, the health bill."""
    return bool(one.modifiers and other.modifiers) and one.modifiers.isdisjoint(other.modifiers)
