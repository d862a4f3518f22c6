"""Rules on whether something happened: done and still to come, done and not done, and opposites."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts.article import Article, Fact
from ..facts.events import OPPOSITES, STATES
from ..facts.phrases import Phrase, complements
from ..facts.things import same_thing, thing
from ..facts.verbs import Status
from .hints import Hint, apart, disputed, grouped, pairs


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
    if one.verb.passive != other.verb.passive or (one.object is None) != (other.object is None):
        return False
    if _complements_differ(one, other):
        return False
    for a, b in ((one.subject, other.subject), (one.object, other.object)):
        if a is None or b is None:
            if a is not b or a is one.subject is None:
                return False
            continue
        if a.pronoun or b.pronoun or b.indefinite:
            return False
        if _other_modifiers(a, b):
            return False
        one_thing = thing(article, one.sentence, a)
        other_thing = thing(article, other.sentence, b)
        both_named = one_thing.words and other_thing.words
        if not same_thing(one_thing, other_thing) and (both_named or a.head != b.head):
            return False
    return True


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
