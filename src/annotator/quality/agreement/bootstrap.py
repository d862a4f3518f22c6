"""Confidence intervals: documents drawn by lot, with replacement, many times over.

Efron and Tibshirani 1993, *An Introduction to the Bootstrap*, chapter 13: the percentile interval.
Documents are drawn and not spans, since spans of one document are not independent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .measure import Counts, Key, Measure, Number, Scope

if TYPE_CHECKING:
    import numpy as np

Interval = tuple[float, float]
MOST_DRAWS = 100_000
_AT_ONCE = 2_000_000
"""Cells of the table of draws and documents that are in memory at once."""


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

    def intervals(
        self, documents: Sequence[Counts], measures: Mapping[Scope, Sequence[Measure]]
    ) -> dict[Scope, dict[str, Interval]]:
        """Return the interval of each measure, by scope and name.

        Draws in which a measure is undefined are left out; a measure that is undefined in more
        than half of them has no interval, and neither has any of fewer than two documents.

        Args:
            documents: the counts of each document.
            measures: what to compute.
        """
        if len(documents) < 2 or not self.draws:
            return {}
        drawn = self._sums(documents)
        return {
            scope: {
                measure.name: interval
                for measure in wanted
                if (interval := self._interval(measure, drawn.get(scope, _Zeros())))
            }
            for scope, wanted in measures.items()
        }

    def _interval(self, measure: Measure, sums: Mapping[Key, Number]) -> Interval | None:
        import numpy as np

        above, below = (np.asarray(part, dtype=float) for part in measure.parts(sums))
        above, below = np.broadcast_arrays(above, below)
        defined = below != 0
        if 2 * defined.sum() < self.draws:
            return None
        edge = (1 - self.level) / 2
        low, high = np.quantile(above[defined] / below[defined], (edge, 1 - edge))
        return float(low), float(high)

    def _sums(self, documents: Sequence[Counts]) -> dict[Scope, _Zeros]:
        """Return the sums of all draws by scope and key: arrays with one place a draw."""
        import numpy as np

        keys: dict[Scope, set[Key]] = {}
        for counts in documents:
            for scope, counter in counts.items():
                keys.setdefault(scope, set()).update(counter)
        order = [(scope, sorted(keys[scope])) for scope in sorted(keys)]
        none: Mapping[Key, Number] = {}
        rows = []
        for counts in documents:
            row: list[float] = []
            for scope, wanted in order:
                counted = counts.get(scope, none)
                row += [counted.get(key, 0) for key in wanted]
            rows.append(row)
        table = np.array(rows, dtype=float)
        sums = np.concatenate([weights @ table for weights in self._weights(len(documents))])
        found: dict[Scope, _Zeros] = {}
        place = 0
        for scope, wanted in order:
            found[scope] = _Zeros(
                {key: sums[:, place + offset] for offset, key in enumerate(wanted)}
            )
            place += len(wanted)
        return found

    def _weights(self, documents: int) -> Iterator[np.ndarray]:
        """Yield how often each draw drew each document, draws x documents, some draws at a time."""
        import numpy as np

        generator = np.random.default_rng(self.seed)
        shares = np.full(documents, 1 / documents)
        at_once = max(1, _AT_ONCE // documents)
        for done in range(0, self.draws, at_once):
            draws = min(at_once, self.draws - done)
            yield generator.multinomial(documents, shares, draws).astype(float)


class _Zeros(dict[Key, Number]):
    def __missing__(self, key: Key) -> int:
        return 0
