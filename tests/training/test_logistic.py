"""The fit is the minimum it is said to be."""

from __future__ import annotations

import numpy as np
import pytest

from annotator.suggest.trained_claims.features import BLOCKS
from annotator.training.logistic import Fit, fit_logistic, minimise
from annotator.training.rows import Floats, Matrix, index_rows


def problem() -> tuple[Matrix, Floats, Floats]:
    """Return rows in which ``yes`` mostly speaks for and ``no`` against, free columns, labels."""
    dice = np.random.default_rng(1)
    truths = (np.arange(90) % 3 == 0).astype(np.float64)
    sentences = []
    for truth in truths:
        told = "yes" if (dice.random() < 0.8) == bool(truth) else "no"
        words = [told, *{f"w{number}" for number in dice.integers(0, 9, 4)}]
        sentences.append((words, *([] for _ in BLOCKS[1:])))
    rows = index_rows(sentences)
    columns = np.stack([np.ones(90), truths + 2 * dice.normal(size=90)])
    return Matrix(rows, np.ones(len(rows.names))), columns, truths


def loss(matrix: Matrix, columns: Floats, truths: Floats, fit: Fit, strength: float) -> float:
    """Return the objective, written out."""
    share = truths.mean()
    costs = strength * np.where(truths > 0, 0.5 / share, 0.5 / (1 - share))
    margins = np.where(truths > 0, 1, -1) * fit.decide(matrix, columns)
    return float((costs * np.log1p(np.exp(-margins))).sum() + fit.weights @ fit.weights / 2)


@pytest.mark.parametrize("strength", [0.1, 1.0, 10.0])
def test_no_step_in_any_direction_is_better(strength: float) -> None:
    matrix, columns, truths = problem()
    fit = fit_logistic(matrix, columns, truths, strength)
    best = loss(matrix, columns, truths, fit, strength)
    dice = np.random.default_rng(2)
    for size in (0.3, 1.0):
        for _ in range(20):
            step = dice.normal(size=len(fit.weights)) * size
            other = Fit(fit.weights + step, fit.free + dice.normal(size=2) * size)
            assert loss(matrix, columns, truths, other, strength) > best


def test_where_it_begins_does_not_matter() -> None:
    matrix, columns, truths = problem()
    far = Fit(np.full(matrix.width, 5.0), np.array([-3.0, 2.0]))
    first, second = (fit_logistic(matrix, columns, truths, 1.0, start) for start in (None, far))
    expected = second.decide(matrix, columns)
    np.testing.assert_allclose(first.decide(matrix, columns), expected, atol=0.1)


def test_a_rare_class_weighs_as_much_as_a_common_one() -> None:
    matrix, columns, truths = problem()
    z = fit_logistic(matrix, columns, truths, 1.0).decide(matrix, columns)
    assert (z[truths > 0] > 0).mean() > 0.6
    assert (z[truths == 0] < 0).mean() > 0.6


def test_a_narrow_valley_is_walked_to_its_end() -> None:
    def rosenbrock_like(point: Floats) -> tuple[float, Floats]:
        scale = np.array([1.0, 1000.0])
        moved = point - np.array([3.0, -2.0])
        return float((scale * moved * moved).sum()), 2 * scale * moved

    np.testing.assert_allclose(minimise(rosenbrock_like, np.zeros(2), 1e-6), [3.0, -2.0], atol=1e-5)
