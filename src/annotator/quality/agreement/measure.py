"""What a measure is: a quotient of two expressions in counts that add up over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

Number = Any
"""A count, a sum of counts, or a numpy array of sums: measures only add, subtract and multiply."""
Key = tuple[str, ...]
"""What is counted, e.g. ``("strict", "correct")``."""
Sums = Mapping[Key, Number]
"""Counts by key; what is not in it counts 0, as in a :class:`collections.Counter`."""
ALL = ""
"""Name of a scope that takes all labels, or all relation types, together."""


class Scope(NamedTuple):
    """What counts speak of.

    Attributes:
        kind: spans of a label; an attribute on spans that both have; relations of a type.
        name: the label, ``label.attribute``, or the type; :data:`ALL` for all together.
    """

    kind: Literal["label", "attribute", "relation"]
    name: str


Counts = dict[Scope, Counter[Key]]
"""What was counted in one document, or in several."""


class Measure(NamedTuple):
    """A measure of agreement.

    Attributes:
        name: e.g. ``strict F1``; the key in JSON.
        parts: from sums to numerator and denominator.
        undefined: why there is no value where the denominator is 0, in a few words.
        chance_corrected: whether 0 is agreement by chance and values may be negative.
    """

    name: str
    parts: Callable[[Sums], tuple[Number, Number]]
    undefined: str
    chance_corrected: bool = False

    def value(self, sums: Sums) -> float | None:
        """Return the measure's value; None where it is undefined."""
        above, below = self.parts(sums)
        return float(above / below) if below else None


def add_up(documents: Iterable[Counts]) -> Counts:
    """Return the sums of the counts of documents."""
    total: Counts = {}
    for counts in documents:
        for scope, counted in counts.items():
            into = total.get(scope)
            if into is None:
                total[scope] = into = Counter()
            for key, number in counted.items():
                into[key] += number
    return total
