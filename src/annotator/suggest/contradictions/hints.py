"""What a rule returns, and when two sentences can speak of one thing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ..facts.article import Fact, Sentence

MOST_IN_GROUP = 24
"""Facts of one key that are compared with each other; of more, the first ones."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Two sentences that cannot both hold.

    Attributes:
        rule: id of the rule.
        kind: in what they differ: a value of the relation's attribute ``kind``.
        first, second: the sentences, in document order.
        score: 0 to 1.
        reason: why, for people.
    """

    rule: str
    kind: str
    first: Sentence
    second: Sentence
    score: float
    reason: str


def dates_apart(one: Sentence, other: Sentence) -> bool:
    """Say whether dates set two sentences apart.

    They do when they clash, or when only the later one tells a month or year: that is where
    articles tell of what was before.
    """
    if any(a.clashes(b) for a in one.dates for b in other.dates):
        return True
    return other.year_told and not one.year_told


def apart(one: Sentence, other: Sentence) -> bool:
    """Say whether words or dates set what two sentences tell apart."""
    return one.apart or other.apart or dates_apart(one, other)


def disputed(one: Sentence, other: Sentence) -> float:
    """Return what to take from a score since somebody else is quoted for one of the two."""
    return 0.1 * (one.attributed + other.attributed)


def pairs(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs of facts of two sentences, in document order, of a bounded number."""
    kept: list[Fact] = []
    for fact in facts:
        if len(kept) == MOST_IN_GROUP:
            break
        kept.append(fact)
    for one, other in combinations(kept, 2):
        if one.sentence.place != other.sentence.place:
            yield one, other


def grouped(facts: Iterable[Fact], key: Callable[[Fact], str | None]) -> dict[str, list[Fact]]:
    """Return facts by a key; those whose key is None are left out."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        of = key(fact)
        if of is not None:
            found.setdefault(of, []).append(fact)
    return found
