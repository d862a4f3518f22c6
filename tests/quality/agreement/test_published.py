"""Worked examples from the papers."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.span import Span
from annotator.quality.agreement.measure import Key
from annotator.quality.agreement.tokens import (
    cohens_kappa,
    count_item,
    count_pair,
    krippendorffs_alpha,
)
from annotator.quality.agreement.unitizing import (
    count_units,
    expected_disagreement,
    observed_disagreement,
    unitized_alpha,
)


def test_kappa_of_cohen_1960() -> None:
    """Table 1 of the paper: 200 items as shares of 3 categories, k = .492."""
    shares = [[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]]
    counts: Counter[Key] = Counter()
    for one, row in enumerate(shares):
        for other, share in enumerate(row):
            count_pair(counts, str(one), str(other), round(200 * share))
    value = cohens_kappa().value(counts)
    # po = .70, pe = .41
    assert value == pytest.approx((0.70 - 0.41) / (1 - 0.41))
    assert round(value or 0, 3) == 0.492


def test_alpha_of_krippendorff_2011_binary() -> None:
    """Section A: two observers, ten units, two values; alpha = 0.095."""
    counts: Counter[Key] = Counter()
    for values in zip("0100000000", "1110010010", strict=True):
        count_item(counts, values)
    assert round(krippendorffs_alpha().value(counts) or 0, 3) == 0.095


def test_alpha_of_krippendorff_2011_with_missing_values() -> None:
    """Section C: four observers, twelve units, five values, some missing; alpha = 0.743."""
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    counts: Counter[Key] = Counter()
    for unit in zip(*observers, strict=True):
        given = [value for value in unit if value != "."]
        if len(given) > 1:
            count_item(counts, given)
    assert round(krippendorffs_alpha().value(counts) or 0, 3) == 0.743


BEGIN, LENGTH = 150, 300
FIRST = {"c": [(225, 295), (370, 400)], "k": [(180, 240), (300, 350)]}
SECOND = {"c": [(220, 300), (355, 375), (400, 420)], "k": [(180, 240), (300, 350)]}


def shifted(units: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(start - BEGIN, end - BEGIN) for start, end in units]


@pytest.mark.parametrize(
    ("label", "observed", "expected", "alpha"),
    [("c", 0.0144, 0.0532, 0.7286), ("k", 0.0, 0.0490, 1.0)],
)
def test_unitized_alpha_of_krippendorff_2004(
    label: str, observed: float, expected: float, alpha: float
) -> None:
    """Content Analysis, 2nd edition, page 254."""
    sets = [shifted(FIRST[label]), shifted(SECOND[label])]
    do, de = observed_disagreement(sets, LENGTH), expected_disagreement(sets, LENGTH)
    assert do == pytest.approx(observed, abs=5e-5)
    assert de == pytest.approx(expected, abs=5e-5)
    assert 1 - do / de == pytest.approx(alpha, abs=1e-4)


def test_unitized_alpha_of_krippendorff_2004_over_labels() -> None:
    total: Counter[Key] = Counter()
    for label in "ck":
        sets = [
            [Span(id="s", label=label, start=a, end=b) for a, b in shifted(own[label])]
            for own in (FIRST, SECOND)
        ]
        total.update(count_units(sets, LENGTH))
    assert unitized_alpha().value(total) == pytest.approx(0.8591, abs=5e-4)
