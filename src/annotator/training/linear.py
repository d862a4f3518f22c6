"""The linear model: fitted in several ways, judged on whole documents that were held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from ..suggest.trained_claims.features import BLOCKS, features, frequent_words, tokens
from ..suggest.trained_claims.model import ClaimModel
from .logistic import Fit, fit_logistic
from .rows import SEEN, Floats, Integers, Matrix, Rows, index_rows
from .scores import Calibration

Weighting = Literal["idf", "ratio"]


class Settings(NamedTuple):
    """One way to fit the model.

    Attributes:
        weighting: how a feature is scaled: ``idf`` the rarer the more, or ``ratio`` the more
            unevenly it is spread over the classes (naive Bayes log-count ratio, Wang and Manning
            2012).
        strength: how much the data count against the penalty on large weights.
    """

    weighting: Weighting
    strength: float


STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0)
GRID = tuple(
    Settings(weighting, strength) for weighting in ("idf", "ratio") for strength in STRENGTHS
)
UNTUNED = Settings("idf", 0.3)
"""Used where nothing can be held out to choose by."""


class Corpus:
    """Sentences ready to fit on.

    Args:
        sentences: their texts.
        truths: 1 or 0 each.

    Attributes:
        frequent: words that stand for themselves in word classes.
        rows: the sentences' features.
        columns: a constant, and log odds by the untrained suggester; shape ``(2, sentences)``.
        truths: 1 or 0 each.
    """

    def __init__(self, sentences: Sequence[str], truths: Sequence[bool]) -> None:
        # Labels play no part in this, so that it may look at held-out sentences too.
        self.frequent = frequent_words(map(tokens, sentences))
        seen = [features(one, self.frequent) for one in sentences]
        self.rows: Rows = index_rows([one.blocks for one in seen])
        self.columns: Floats = np.array([[1.0] * len(seen), [one.untrained for one in seen]])
        self.truths: Floats = np.array(truths, np.float64)

    def path(
        self, train: Integers, test: Integers, settings: Sequence[Settings] = GRID
    ) -> Iterator[Floats]:
        """Fit on some sentences in several ways; yield the log odds of others for each way.

        Args:
            train: places of the sentences to fit on; both classes must occur.
            test: places of the sentences to score.
            settings: the ways; those of one weighting must stand together, weakest first.
        """
        train_rows, test_rows = self.rows.take(train), self.rows.take(test)
        weighting = ""
        for one in settings:
            if one.weighting != weighting:
                weighting, fit = one.weighting, None
                scales = feature_scales(train_rows, self.truths[train], one.weighting)
                matrix, unseen = Matrix(train_rows, scales), Matrix(test_rows, scales)
            # Each fit begins where the weaker one before it ended, which halves the time.
            fit = fit_logistic(
                matrix, self.columns[:, train], self.truths[train], one.strength, fit
            )
            yield fit.decide(unseen, self.columns[:, test])

    def model(self, settings: Settings, calibration: Calibration) -> ClaimModel:
        """Fit on all sentences and return what can be saved."""
        scales = feature_scales(self.rows, self.truths, settings.weighting)
        matrix = Matrix(self.rows, scales)
        fit = fit_logistic(matrix, self.columns, self.truths, settings.strength)
        bias, prior = fit.free.tolist()
        return ClaimModel(
            self.frequent,
            _by_name(self.rows, scales, fit),
            bias,
            prior,
            calibration.slope,
            calibration.shift,
        )


def feature_scales(rows: Rows, truths: Floats, weighting: Weighting) -> Floats:
    """Return each feature's scale; 0 for one that fewer than two of the sentences have.

    Args:
        rows: the sentences to fit on.
        truths: 1 or 0 each.
        weighting: see :class:`Settings`.
    """
    counts = rows.frequencies()
    if weighting == "idf":
        scales = np.log((1 + rows.height) / (1 + counts)) + 1
    else:
        with_label = rows.take(np.flatnonzero(truths > 0)).frequencies() + 1
        without = counts - with_label + 2
        scales = np.abs(np.log(with_label / with_label.sum()) - np.log(without / without.sum()))
    result: Floats = np.where(counts >= SEEN, scales, 0.0)
    return result


def _by_name(rows: Rows, scales: Floats, fit: Fit) -> list[dict[str, tuple[float, float]]]:
    weights: list[dict[str, tuple[float, float]]] = [{} for _ in BLOCKS]
    for (block, name), scale, weight in zip(
        rows.names, scales.tolist(), fit.weights.tolist(), strict=True
    ):
        if scale:
            weights[block][name] = scale, weight
    return weights
