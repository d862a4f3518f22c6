"""Sentences as sparse rows of numbers, and the two products with them that a fit needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..suggest.trained_claims.features import BLOCKS, Blocks

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

SEEN = 2
"""In how many sentences a feature must be for a model to know it."""


class Rows(NamedTuple):
    """Which features each sentence has, in compressed sparse rows without values.

    Attributes:
        columns: the features' numbers, row by row, within a row block by block.
        ends: where each (row, block) ends in ``columns``; shape ``(rows, blocks)``.
        names: block and name of each feature.
    """

    columns: Integers
    ends: Integers
    names: tuple[tuple[int, str], ...]

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.ends)

    def take(self, chosen: Integers) -> Rows:
        """Return some of the rows, in the given order."""
        ends = self.ends
        first = np.concatenate(([0], ends[:-1, -1]))[chosen]
        lengths = ends[chosen, -1] - first
        offsets = np.cumsum(lengths) - lengths
        places = np.repeat(first - offsets, lengths) + np.arange(lengths.sum())
        moved = ends[chosen] - (first - offsets)[:, None]
        return Rows(self.columns[places], moved, self.names)

    def frequencies(self) -> Floats:
        """Return in how many rows each feature is."""
        return np.bincount(self.columns, minlength=len(self.names)).astype(np.float64)


def index_rows(sentences: Sequence[Blocks]) -> Rows:
    """Return the rows of sentences; features that only one sentence has are left out.

    Args:
        sentences: each as ``trained_claims.features.features`` returns it.
    """
    numbers: list[dict[str, int]] = [{} for _ in BLOCKS]
    counts: list[list[int]] = [[] for _ in BLOCKS]
    for blocks in sentences:
        for known, seen, block in zip(numbers, counts, blocks, strict=True):
            for feature in block:
                number = known.setdefault(feature, len(known))
                if number == len(seen):
                    seen.append(0)
                seen[number] += 1
    names: list[tuple[int, str]] = []
    kept: list[dict[str, int]] = []
    for place, (known, seen) in enumerate(zip(numbers, counts, strict=True)):
        common = [feature for feature, number in known.items() if seen[number] >= SEEN]
        kept.append({feature: len(names) + number for number, feature in enumerate(common)})
        names += [(place, feature) for feature in common]
    columns: list[int] = []
    ends: list[int] = []
    for blocks in sentences:
        for known, block in zip(kept, blocks, strict=True):
            columns += [known[feature] for feature in block if feature in known]
            ends.append(len(columns))
    shape = (len(sentences), len(BLOCKS))
    return Rows(np.array(columns, np.intp), np.array(ends, np.intp).reshape(shape), tuple(names))


class Matrix:
    """Rows with values: each feature's scale, each block of each row brought to length 1.

    Args:
        rows: which features each row has.
        scales: a scale a feature; features of scale 0 do not count.
    """

    def __init__(self, rows: Rows, scales: Floats) -> None:
        used = scales[rows.columns] != 0.0
        before = np.concatenate(([0], np.cumsum(used)))
        ends = before[rows.ends].ravel()
        self.columns = rows.columns[used]
        self.width = len(scales)
        values = scales[self.columns]
        lengths = np.diff(ends, prepend=0)
        squares = np.zeros(len(ends))
        some = lengths > 0
        if values.size:
            squares[some] = np.add.reduceat(values * values, (ends - lengths)[some])
        self.values = values / np.sqrt(np.repeat(squares, lengths))
        row_ends = ends[len(BLOCKS) - 1 :: len(BLOCKS)]
        self._lengths = np.diff(row_ends, prepend=0)
        self._some = self._lengths > 0
        self._starts = (row_ends - self._lengths)[self._some]

    def times(self, weights: Floats) -> Floats:
        """Return the product with a vector: one number a row."""
        result = np.zeros(len(self._lengths))
        if self.values.size:
            products = weights[self.columns]
            products *= self.values
            result[self._some] = np.add.reduceat(products, self._starts)
        return result

    def transposed_times(self, numbers: Floats) -> Floats:
        """Return the product of the transposed matrix with one number a row."""
        spread = np.repeat(numbers, self._lengths)
        spread *= self.values
        sums = np.bincount(self.columns, weights=spread, minlength=self.width)
        return sums.astype(np.float64, copy=False)
