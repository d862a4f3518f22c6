"""Numbers that sentences give for the same thing, and which of them clash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..facts.article import Sentence
from ..facts.numbers import near
from .hints import MOST_IN_GROUP, Hint, apart, dates_apart, disputed

_MOST_VALUES = 2
"""Different numbers of one key; a text with more tells of different things."""


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


def clashing(found: Sequence[Count]) -> Iterator[tuple[Count, Count]]:
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


def number_hint(rule: str, one: Count, other: Count, score: float) -> Hint:
    """Return the hint for two counts that clash; none at all against some is a negation."""
    return Hint(
        rule,
        "number" if one.value and other.value else "negation",
        one.sentence,
        other.sentence,
        score - disputed(one.sentence, other.sentence),
        f"{one.shown} here, {other.shown} there",
    )
