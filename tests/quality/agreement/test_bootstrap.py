"""Intervals: sums of drawn documents, the same as when each draw is added up by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from annotator.quality.agreement.bootstrap import Bootstrap
from annotator.quality.agreement.matching import span_measures
from annotator.quality.agreement.measure import ALL, Counts, Measure, Scope, add_up
from annotator.quality.agreement.tokens import (
    cohens_kappa,
    count_item,
    count_pair,
    krippendorffs_alpha,
)

SCOPE = Scope("label", ALL)
MEASURES: list[Measure] = [span_measures()[0], cohens_kappa(), krippendorffs_alpha()]


def document(number: int) -> Counts:
    counts: Counts = {SCOPE: Counter({("strict", "correct"): number % 3, ("strict", "missed"): 1})}
    for place in range(number + 2):
        values = ("x", "xyz"[(place * number) % 3])
        count_pair(counts[SCOPE], *values)
        count_item(counts[SCOPE], values)
    return counts


def test_intervals_are_quantiles_of_documents_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A few draws at a time, so that the pieces must fit together.
    monkeypatch.setattr("annotator.quality.agreement.bootstrap._AT_ONCE", 60)
    documents = [document(number) for number in range(9)]
    found = Bootstrap(50, seed=3).intervals(documents, {SCOPE: MEASURES})[SCOPE]
    drawn = np.random.default_rng(3).multinomial(9, [1 / 9] * 9, 50)
    for measure in MEASURES:
        values = []
        for times in drawn:
            sums = add_up(doc for doc, n in zip(documents, times, strict=True) for _ in range(n))
            if (value := measure.value(sums[SCOPE])) is not None:
                values.append(value)
        assert found[measure.name] == pytest.approx(np.quantile(values, (0.025, 0.975)))


def test_the_same_seed_gives_the_same_interval() -> None:
    documents = [document(number) for number in range(9)]
    one, other = (Bootstrap(200, 7).intervals(documents, {SCOPE: MEASURES}) for _ in range(2))
    assert one == other
    assert one != Bootstrap(200, 8).intervals(documents, {SCOPE: MEASURES})


def test_what_is_undefined_or_a_single_document_has_no_interval() -> None:
    nothing: Counts = {SCOPE: Counter()}
    assert Bootstrap(10).intervals([nothing, nothing], {SCOPE: MEASURES}) == {SCOPE: {}}
    assert Bootstrap(10).intervals([document(3)], {SCOPE: MEASURES}) == {}


class _Drawn(Bootstrap):
    """A bootstrap whose draws are given."""

    def __init__(self, weights: list[list[float]]) -> None:
        super().__init__(len(weights))
        self._given = np.array(weights)

    def _weights(self, documents: int) -> Iterator[np.ndarray]:
        assert self._given.shape[1] == documents
        yield self._given


@pytest.mark.parametrize(("with_spans", "has_interval"), [(4, False), (5, True), (10, True)])
def test_what_is_undefined_in_most_draws_has_no_interval(
    with_spans: int, has_interval: bool
) -> None:
    nothing: Counts = {SCOPE: Counter()}
    draws = [[1.0, 1.0]] * with_spans + [[0.0, 2.0]] * (10 - with_spans)
    found = _Drawn(draws).intervals([document(3), nothing], {SCOPE: MEASURES[:1]})
    assert bool(found[SCOPE]) is has_interval
