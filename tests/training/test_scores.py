"""Average precision, calibration and threshold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.training.scores import (
    average_precision,
    best_threshold,
    calibrate,
    choose,
    judge,
)

RANKED = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=40)


def by_hand(ranked: list[tuple[int, bool]]) -> float:
    """Return average precision from its definition: recall steps times precision."""
    positives = sum(truth for _, truth in ranked)
    if not positives:
        return 0.0
    total, recall = 0.0, 0.0
    for cut in sorted({score for score, _ in ranked}, reverse=True):
        taken = [truth for score, truth in ranked if score >= cut]
        total += (sum(taken) / positives - recall) * sum(taken) / len(taken)
        recall = sum(taken) / positives
    return total


@given(RANKED)
def test_average_precision_is_that_of_the_definition(ranked: list[tuple[int, bool]]) -> None:
    scores, truths = (np.array(column, np.float64) for column in zip(*ranked, strict=True))
    assert average_precision(scores, truths) == pytest.approx(by_hand(ranked))


def test_nothing_ranked_is_worth_nothing() -> None:
    assert average_precision(np.zeros(0), np.zeros(0)) == 0.0


def test_calibrated_probabilities_are_shares_of_positives() -> None:
    dice = np.random.default_rng(0)
    log_odds = dice.normal(size=20_000) * 2
    truths = (dice.random(20_000) < 1 / (1 + np.exp(-(0.5 * log_odds - 1)))).astype(np.float64)
    found = calibrate(log_odds, truths)
    assert found.slope == pytest.approx(0.5, abs=0.03)
    assert found.intercept == pytest.approx(-1, abs=0.06)
    sure = found.probabilities(log_odds) > 0.7
    assert truths[sure].mean() == pytest.approx(
        found.probabilities(log_odds)[sure].mean(), abs=0.03
    )


def test_the_threshold_is_nearly_the_best_on_sentences_that_it_was_not_chosen_on() -> None:
    dice = np.random.default_rng(4)
    chances = dice.beta(0.6, 1.8, size=20_000)
    truths = (dice.random(20_000) < chances).astype(np.float64)
    threshold = best_threshold(chances[:2000], truths[:2000])

    def f1(cut: float) -> float:
        return judge(chances[2000:] >= cut, chances[2000:], truths[2000:]).f1

    assert f1(threshold) > max(f1(cut) for cut in np.linspace(0.01, 0.99, 99)) - 0.005
    assert f1(threshold) > f1(0.5) + 0.005


def test_the_threshold_stands_at_one_half_after_the_shift() -> None:
    dice = np.random.default_rng(5)
    log_odds = dice.normal(size=500)
    found = calibrate(log_odds, (log_odds + dice.normal(size=500) > 1).astype(np.float64))
    at = (np.log(found.threshold / (1 - found.threshold)) - found.intercept) / found.slope
    assert found.slope * at + found.shift == pytest.approx(0)


def test_perfectly_parted_classes_are_calibrated_too() -> None:
    log_odds = np.array([-3.0, -2.0, 2.0, 3.0] * 10)
    found = calibrate(log_odds, (log_odds > 0).astype(np.float64))
    assert 0.9 < found.probabilities(np.array([3.0]))[0] < 1
    assert 0 < found.threshold < 1


def test_a_judgement_counts_hits_and_misses() -> None:
    truths = np.array([1.0, 1.0, 0.0, 0.0, 1.0])
    chances = np.array([0.9, 0.2, 0.8, 0.1, 0.7])
    found = judge(chances >= 0.5, chances, truths)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)
    assert found.all_f1 == pytest.approx(6 / 8)


def test_only_the_given_places_choose() -> None:
    candidates = np.array([[0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 1.0]])
    truths = np.array([0.0, 1.0, 0.0, 1.0])
    assert choose(candidates, truths, np.array([0, 1])) == 0
    assert choose(candidates, truths, np.array([2, 3])) == 1
