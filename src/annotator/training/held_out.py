"""Judging ways to fit a model by documents that were held out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .rows import Floats, Integers
from .scores import Calibration, Scores, calibrate, choose, judge


class Judgement(NamedTuple):
    """What held-out documents say.

    Attributes:
        scores: how good the model is. Way of fitting, calibration and threshold for a fold were
            chosen on the sentences of the other folds, as models that had not seen those scored
            them. So no label has a say in its own score, but for this: the models that scored
            the other folds had learned from it. A nested cross-validation would shut that out
            for four times the cost, to choose one of ten ways and two numbers.
        probabilities: of each sentence, by a model that never saw its document.
        taken: whether each sentence reaches the threshold.
        chosen: which way of fitting is best on all folds.
        calibration: of that way, on all folds.
    """

    scores: Scores
    probabilities: Floats
    taken: Floats
    chosen: int
    calibration: Calibration


def judge_held_out(log_odds: Floats, truths: Floats, folds: Sequence[Integers]) -> Judgement:
    """Judge the log odds that models gave to documents they had not seen.

    Args:
        log_odds: shape ``(ways of fitting, sentences)``.
        truths: 1 or 0 a sentence.
        folds: the places of each fold's sentences.
    """
    everything = np.concatenate(folds)
    probabilities = np.zeros(len(truths))
    taken = np.zeros(len(truths), np.bool_)
    for fold in folds:
        others = np.setdiff1d(everything, fold)
        way = choose(log_odds, truths, others)
        calibration = calibrate(log_odds[way, others], truths[others])
        probabilities[fold] = calibration.probabilities(log_odds[way, fold])
        taken[fold] = probabilities[fold] >= calibration.threshold
    chosen = choose(log_odds, truths, everything)
    return Judgement(
        judge(taken[everything], probabilities[everything], truths[everything]),
        probabilities,
        taken.astype(np.float64),
        chosen,
        calibrate(log_odds[chosen, everything], truths[everything]),
    )
