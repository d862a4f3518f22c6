"""How good scores are, and how they become probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .rows import Floats, Integers


class Scores(NamedTuple):
    """How good a model is on sentences it has not seen.

    Attributes:
        sentences: how many were judged.
        positives: how many of them carry the label.
        precision, recall, f1: of what scores at least the threshold.
        average_precision: of the ranking by score; a random one has the share of positives.
        all_f1: the F1 of taking every sentence, to compare with.
    """

    sentences: int
    positives: int
    precision: float
    recall: float
    f1: float
    average_precision: float
    all_f1: float


class Calibration(NamedTuple):
    """Brings log odds to probabilities, and says from which one on a sentence is taken.

    Attributes:
        slope, intercept: the probability is ``1 / (1 + exp(-(slope * z + intercept)))``.
        threshold: the probability with the best F1.
    """

    slope: float
    intercept: float
    threshold: float

    @property
    def shift(self) -> float:
        """The intercept that puts the threshold at 0.5."""
        return self.intercept - float(np.log(self.threshold / (1.0 - self.threshold)))

    def probabilities(self, log_odds: Floats) -> Floats:
        """Return the probability of each sentence."""
        result: Floats = _logistic(self.slope * log_odds + self.intercept)
        return result


AS_FITTED = Calibration(1.0, 0.0, 0.5)
"""Where nothing was held out: the log odds as they are, both classes being weighted alike."""


def average_precision(scores: Floats, truths: Floats) -> float:
    """Return the mean precision at each positive; equal scores count as one rank.

    Args:
        scores: the higher the surer.
        truths: 1 or 0 each; 0.0 is returned where none is 1.
    """
    hits, taken = _cumulated(scores, truths)
    if not hits.size or not hits[-1]:
        return 0.0
    return float(np.sum(np.diff(hits, prepend=0.0) * hits / taken) / hits[-1])


def best_threshold(probabilities: Floats, truths: Floats) -> float:
    """Return the probability from which on taking a sentence gives the best F1.

    For probabilities that hold, that is half the best F1 that can be had (Lipton, Elkan and
    Naryanaswamy 2014). The threshold that happens to be best on few examples is worse on others.

    Args:
        probabilities: of each sentence.
        truths: 1 or 0 each; some must be 1.
    """
    hits, taken = _cumulated(probabilities, truths)
    return float(np.max(hits / (taken + truths.sum())))


def calibrate(log_odds: Floats, truths: Floats) -> Calibration:
    """Fit probabilities and threshold to held-out sentences.

    Platt 1999 with the smoothed targets that keep it from being sure of too few examples; fitted
    by Newton's method.

    Args:
        log_odds: what the model said of each.
        truths: 1 or 0 each; both must occur.
    """
    positives, negatives = truths.sum(), len(truths) - truths.sum()
    targets = np.where(truths > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    design = np.stack([log_odds, np.ones_like(log_odds)])
    point = np.array([1.0, 0.0])
    for _ in range(50):
        expected = _logistic(point @ design)
        slope = design @ (expected - targets) + 1e-6 * point
        weights = expected * (1 - expected)
        curvature = (design * weights) @ design.T + 1e-6 * np.eye(2)
        step = np.linalg.solve(curvature, slope)
        point = point - step * min(1.0, 4.0 / float(np.abs(step).max() + 1e-12))
        if float(np.abs(step).max()) < 1e-8:
            break
    slope_, intercept = max(float(point[0]), 1e-3), float(point[1])
    threshold = best_threshold(_logistic(slope_ * log_odds + intercept), truths)
    return Calibration(slope_, intercept, threshold)


def judge(taken: NDArray[np.bool_], probabilities: Floats, truths: Floats) -> Scores:
    """Return how good decisions and ranking are.

    Args:
        taken: whether each sentence scores at least its threshold.
        probabilities: each sentence's probability.
        truths: 1 or 0 each.
    """
    hits = float(np.sum(taken * truths))
    found, positives = float(taken.sum()), float(truths.sum())
    return Scores(
        len(truths),
        int(positives),
        hits / found if found else 0.0,
        hits / positives if positives else 0.0,
        2 * hits / (found + positives) if found + positives else 0.0,
        average_precision(probabilities, truths),
        2 * positives / (len(truths) + positives) if positives else 0.0,
    )


def choose(candidates: Floats, truths: Floats, where: Integers) -> int:
    """Return which of several models ranks some held-out sentences best; ties go to the first.

    Args:
        candidates: log odds; shape ``(models, sentences)``.
        truths: 1 or 0 a sentence.
        where: places of the sentences that count.
    """
    merits: Sequence[float] = [
        round(average_precision(row[where], truths[where]), 4) for row in candidates
    ]
    return merits.index(max(merits))


def _cumulated(scores: Floats, truths: Floats) -> tuple[Floats, Floats]:
    """Return hits and sentences down to each different score, the highest first."""
    order = np.argsort(-scores, kind="stable")
    if not len(order):
        return np.zeros(0), np.zeros(0)
    ranked = scores[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = np.cumsum(truths[order])
    return hits[last].astype(np.float64), last.astype(np.float64) + 1


def _logistic(values: Floats) -> Floats:
    result: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -500.0, 500.0)))
    return result
