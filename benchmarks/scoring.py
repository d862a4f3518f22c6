"""How good a list of spans or a ranking is: small, exact, and without dependencies."""

from __future__ import annotations

import math
import random
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

Range = tuple[int, int]
"""A half-open range ``[start, end)`` of code points."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found rightly, found wrongly, and missed.

    Attributes:
        true: spans that were proposed and are there.
        false: spans that were proposed and are not there.
        missed: spans that are there and were not proposed.
    """

    true: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.true + other.true, self.false + other.false, self.missed + other.missed)

    @classmethod
    def of(cls, pairs: int, found: int, gold: int) -> Counts:
        """Return the counts for so many matched pairs of so many proposed and present spans."""
        return cls(pairs, found - pairs, gold - pairs)

    @property
    def precision(self) -> float:
        """Share of the proposed that is there; NaN where nothing was proposed."""
        return _share(self.true, self.true + self.false)

    @property
    def recall(self) -> float:
        """Share of what is there that was proposed; NaN where nothing is there."""
        return _share(self.true, self.true + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, ``2 tp / (2 tp + fp + fn)``; NaN without spans."""
        return _share(2 * self.true, 2 * self.true + self.false + self.missed)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927), 95 % by default.

    It keeps within 0 and 1 and is honest about few trials: 3 of 3 gives 0.44 to 1.

    Returns:
        Lower and upper bound; 0 and 1 where there were no trials.
    """
    if not trials:
        return 0.0, 1.0
    share = successes / trials
    scale = 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, middle - half), min(1.0, middle + half)


def overlap(one: Range, other: Range) -> float:
    """Return the length of the intersection over that of the union, 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    if common <= 0:
        return 0.0
    return common / (max(one[1], other[1]) - min(one[0], other[0]))


def match(found: Sequence[Range], gold: Sequence[Range], least: float = 0.5) -> dict[int, int]:
    """Pair ranges that overlap enough, each at most once, as many pairs as there can be.

    A largest matching by augmenting paths (Kuhn), so the order of the lists and spans that lie on
    each other change no count: two proposals for one span are one hit and one false alarm.

    Args:
        found: what was proposed.
        gold: what is there.
        least: the smallest :func:`overlap` that counts; 1 for equal bounds.

    Returns:
        The place in ``gold`` for each matched place in ``found``.
    """
    near = []
    for one in found:
        ratios = [(overlap(one, other), place) for place, other in enumerate(gold)]
        near.append([place for ratio, place in sorted(ratios, reverse=True) if 0 < ratio >= least])
    holder: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        for target in near[number]:
            if target not in tried:
                tried.add(target)
                if target not in holder or place(holder[target], tried):
                    holder[target] = number
                    return True
        return False

    for number in range(len(found)):
        place(number, set())
    return {number: target for target, number in holder.items()}


def steps(scores: Sequence[float], truths: Sequence[bool]) -> Iterator[tuple[float, Counts]]:
    """Yield each score from the highest with the counts if it and all above it are accepted.

    Equal scores are one step: no threshold parts them.
    """
    ranked = sorted(zip(scores, truths, strict=True), key=lambda pair: -pair[0])
    positives = sum(truths)
    true = false = 0
    for number, (score, truth) in enumerate(ranked):
        true += truth
        false += not truth
        if number + 1 == len(ranked) or ranked[number + 1][0] != score:
            yield score, Counts(true, false, positives - true)


def average_precision(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """Return the mean of the precisions, each weighted by the recall it adds.

    ``AP = sum((R_n - R_(n-1)) * P_n)`` over the distinct scores, as in scikit-learn: not
    interpolated, and equal scores are one step, so that it does not depend on the order of input.

    Returns:
        0 to 1; NaN where nothing is true.
    """
    total = before = 0.0
    for _, counts in steps(scores, truths):
        total += (counts.recall - before) * counts.precision
        before = counts.recall
    return total if any(truths) else math.nan


def best_f1(scores: Sequence[float], truths: Sequence[bool]) -> tuple[float, float]:
    """Return the best F1 that a threshold reaches, and the highest such threshold.

    It is chosen on the very data it is measured on, so it is a bound, not a result.
    """
    best, at = math.nan, math.inf
    for score, counts in steps(scores, truths):
        if math.isnan(best) or counts.f1 > best:
            best, at = counts.f1, score
    return best, at


def decided(decisions: Sequence[bool], truths: Sequence[bool]) -> Counts:
    """Return the counts of yes-or-no decisions."""
    pairs = list(zip(decisions, truths, strict=True))
    return Counts(
        sum(decision and truth for decision, truth in pairs),
        sum(decision and not truth for decision, truth in pairs),
        sum(truth and not decision for decision, truth in pairs),
    )


def half_and_half(truths: Sequence[bool], draw: random.Random) -> list[int]:
    """Return the places of all of the rarer class and of as many of the other, sorted.

    The other class is drawn without replacement.
    """
    classes = [[n for n, truth in enumerate(truths) if truth is side] for side in (True, False)]
    size = min(map(len, classes))
    return sorted(place for places in classes for place in draw.sample(places, size))
