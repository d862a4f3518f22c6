"""From features to a score between 0 and 1, and the reasons for it."""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from .features import Features
from .weights import BASE, LENGTHS, LONGER, SCALE, WEIGHTS

MOST_REASONS = 5


class Scored(NamedTuple):
    """How check-worthy a sentence is.

    Attributes:
        score: 0 to 1; 0.5 is as much for as against.
        reasons: what speaks most for it, then, behind "but", what speaks most against it.
    """

    score: float
    reasons: tuple[str, ...]


def points(found: Features) -> dict[str, float]:
    """Return the points of each feature that has any, without those of length and base."""
    values = found.values
    return {
        name: weight.points * min(values[name], weight.most)
        for name, weight in WEIGHTS.items()
        if name in values
    }


def score(found: Features) -> Scored:
    """Return the check-worthiness of a sentence by its features."""
    by_feature = points(found)
    total = BASE + _length_points(found.values.get("words", 0)) + sum(by_feature.values())
    return Scored(round(1 / (1 + exp(-total / SCALE)), 3), _reasons(found, by_feature))


def _length_points(words: float) -> float:
    return next((given for most, given in LENGTHS if words <= most), LONGER)


def _reasons(found: Features, by_feature: dict[str, float]) -> tuple[str, ...]:
    told = [name for name in by_feature if WEIGHTS[name].reason and by_feature[name]]
    told.sort(key=lambda name: (-by_feature[name], name))
    speaks_for = [_reason(name, found) for name in told if by_feature[name] > 0]
    against = [f"but {_reason(name, found)}" for name in reversed(told) if by_feature[name] < 0]
    reasons = (*speaks_for[: MOST_REASONS - min(len(against), 1)], *against[:1])
    return tuple(dict.fromkeys(reasons))


def _reason(name: str, found: Features) -> str:
    return WEIGHTS[name].reason.format(" ".join(found.evidence.get(name, "").split())[:60])
