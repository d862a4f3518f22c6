"""Logistic regression with an L2 penalty, fitted by L-BFGS (Liu and Nocedal 1989)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .rows import Floats, Matrix

_MEMORY = 8
_TOLERANCE = 5e-3
"""Part of the gradient at zero that is left when a fit ends; held-out scores stand still then."""
_STEPS = 100

Objective = Callable[[Floats], tuple[float, Floats]]


class Fit(NamedTuple):
    """A fitted model.

    Attributes:
        weights: one a feature.
        free: weights of the columns that no penalty holds down.
    """

    weights: Floats
    free: Floats

    def decide(self, matrix: Matrix, columns: Floats) -> Floats:
        """Return the log odds of each row.

        Args:
            matrix: the rows.
            columns: their unpenalised columns; shape ``(columns, rows)``.
        """
        log_odds: Floats = matrix.times(self.weights) + self.free @ columns
        return log_odds


def fit_logistic(
    matrix: Matrix,
    columns: Floats,
    truths: Floats,
    strength: float,
    start: Fit | None = None,
) -> Fit:
    """Return the weights that minimise penalty and weighted loss; both classes weigh the same.

    The objective is ``|w|^2 / 2 + strength * sum(s * log(1 + exp(-y * z)))``, ``s`` being half
    the number of rows through the number of rows of the class.

    Args:
        matrix: the rows.
        columns: more columns, dense and without a penalty, the constant one among them; shape
            ``(columns, rows)``.
        truths: 1 or 0 a row; both must occur.
        strength: how much the data count against the penalty (``C`` elsewhere).
        start: where to begin, e.g. the fit of a smaller strength.
    """
    width = matrix.width
    signs = np.where(truths > 0, 1.0, -1.0)
    positives = float((truths > 0).sum())
    total = float(len(truths))
    shares = np.where(truths > 0, total / (2 * positives), total / (2 * (total - positives)))
    costs = strength * shares

    def objective(point: Floats) -> tuple[float, Floats]:
        weights, free = point[:width], point[width:]
        margins = signs * (matrix.times(weights) + free @ columns)
        loss = float(np.sum(costs * np.logaddexp(0.0, -margins)))
        pull = -costs * signs / (1.0 + np.exp(np.minimum(margins, 500.0)))
        slope = np.empty_like(point)
        slope[:width] = weights + matrix.transposed_times(pull)
        slope[width:] = columns @ pull
        return loss + 0.5 * _dot(weights, weights), slope

    point = np.zeros(width + len(columns))
    if start is not None:
        point[:width], point[width:] = start.weights, start.free
    at_zero = objective(np.zeros_like(point))[1]
    point = minimise(objective, point, _TOLERANCE * np.sqrt(_dot(at_zero, at_zero)))
    return Fit(point[:width], point[width:])


def minimise(objective: Objective, point: Floats, goal: float) -> Floats:
    """Return a minimum of a smooth convex function, or where a hundred steps lead.

    Args:
        objective: gives value and gradient at a point.
        point: where to begin.
        goal: length of the gradient that is short enough.
    """
    value, slope = objective(point)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(_STEPS):
        if np.sqrt(_dot(slope, slope)) <= goal:
            break
        direction = _direction(slope, steps)
        descent = _dot(direction, slope)
        if descent >= 0:
            steps.clear()
            direction, descent = -slope, -_dot(slope, slope)
        length = 1.0 if steps else min(1.0, 1.0 / np.sqrt(-descent))
        for _ in range(30):
            new_point = point + length * direction
            new_value, new_slope = objective(new_point)
            if new_value <= value + 1e-4 * length * descent:
                break
            length *= 0.5
        else:
            break
        moved, turned = new_point - point, new_slope - slope
        curvature = _dot(moved, turned)
        if curvature > 1e-12:
            steps.append((moved, turned, 1.0 / curvature))
            del steps[:-_MEMORY]
        point, value, slope = new_point, new_value, new_slope
    return point


def _direction(slope: Floats, steps: list[tuple[Floats, Floats, float]]) -> Floats:
    """Return minus the gradient times the inverse curvature that the last steps showed."""
    direction = -slope
    parts: list[float] = []
    for moved, turned, inverse in reversed(steps):
        part = inverse * _dot(moved, direction)
        direction -= part * turned
        parts.append(part)
    if steps:
        _, turned, inverse = steps[-1]
        direction *= 1.0 / (inverse * _dot(turned, turned))
    for (moved, turned, inverse), part in zip(steps, reversed(parts), strict=True):
        direction += (part - inverse * _dot(turned, direction)) * moved
    return direction


def _dot(first: Floats, second: Floats) -> float:
    """Return a scalar product; the same on every run, which a threaded BLAS does not promise."""
    return float(np.add.reduce(first * second))
