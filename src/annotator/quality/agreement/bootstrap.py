"""Confidence intervals: documents drawn by lot, with replacement, many times over.

Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13: the percentile interval.
Documents are drawn and not spans, since spans of one document are not independent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .measure import Counts, Key, Measure, Number, Scope

if TYPE_CHECKING:
    import numpy as np

Interval = tuple[float, float]


class Bootstrap:
    """Draws documents and sums up what was counted in them.

    A draw is a row of how often each document was drawn; its product with the counts of the
    documents is all sums of all draws at once, which the measures then turn into values.

    Args:
        draws: how many times to draw.
        seed: of the generator; the same seed gives the same intervals.
        level: share of the draws that an interval holds.
    """

    def __init__(self, draws: int, seed: int = 0, level: float = 0.95) -> None:
        self.draws = draws
        self.seed = seed
        self.level = level
        self._drawn: dict[int, np.ndarray] = {}

    def intervals(
        self, documents: Sequence[Counts], scope: Scope, measures: Sequence[Measure]
    ) -> dict[str, Interval]:
        """Return the interval of each measure, by name.

        Draws in which a measure is undefined are left out; a measure that is undefined in more
        than half of them has no interval, and neither has one of fewer than two documents.

        Args:
            documents: the counts of each document.
            scope: what to look at.
            measures: what to compute.
        """
        import numpy as np

        if len(documents) < 2 or not self.draws:
            return {}
        sums = self._sums(documents, scope)
        edge = (1 - self.level) / 2
        found: dict[str, Interval] = {}
        for measure in measures:
            above, below = measure.parts(sums)
            above, below = np.broadcast_arrays(
                np.asarray(above, dtype=float), np.asarray(below, dtype=float)
            )
            defined = below != 0
            if not defined.any() or defined.sum() * 2 < self.draws:
                continue
            low, high = np.quantile(above[defined] / below[defined], (edge, 1 - edge))
            found[measure.name] = float(low), float(high)
        return found

    def _sums(self, documents: Sequence[Counts], scope: Scope) -> Mapping[Key, Number]:
        """Return for each key the sums of all draws, an array with one place a draw."""
        import numpy as np

        keys = sorted({key for counts in documents for key in counts.get(scope, ())})
        column = {key: place for place, key in enumerate(keys)}
        table = np.zeros((len(documents), len(keys)))
        for row, counts in enumerate(documents):
            for key, number in counts.get(scope, {}).items():
                table[row, column[key]] = number
        sums = self._weights(len(documents)) @ table
        return _Zeros({key: sums[:, place] for key, place in column.items()})

    def _weights(self, documents: int) -> np.ndarray:
        """Return how often each draw drew each document: draws x documents."""
        import numpy as np

        if documents not in self._drawn:
            generator = np.random.default_rng(self.seed)
            shares = np.full(documents, 1 / documents)
            self._drawn[documents] = generator.multinomial(documents, shares, self.draws).astype(
                float
            )
        return self._drawn[documents]


class _Zeros(dict[Key, Number]):
    def __missing__(self, key: Key) -> int:
        return 0
