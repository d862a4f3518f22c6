"""Worked examples from the papers.

Held against what others typed from them: DKPro Statistics' tests for Cohen 1960 and Krippendorff
1995 and 2004, the documentation of the krippendorff package, and the README of nervaluate.
"""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.domain.span import Span
from annotator.quality.agreement.matching import Way, count_spans, span_measures
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
    """Page 45 of the paper: 200 items as shares of 3 categories, k = .492."""
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


def test_alpha_of_the_example_in_wikipedia() -> None:
    """Krippendorff's alpha, "A computational example": three coders, fifteen units; 0.691."""
    coders = ("*****34121133*3", "1*213343*******", "**21344*21133*4")
    counts: Counter[Key] = Counter()
    for unit in zip(*coders, strict=True):
        given = [value for value in unit if value != "*"]
        if len(given) > 1:
            count_item(counts, given)
    assert round(krippendorffs_alpha().value(counts) or 0, 3) == 0.691


# One span of each of the six scenarios, with offsets of our own. The totals that the README
# gives have one identical span more than its list of scenarios.
REFERENCE = [("BRAND", 0, 7), ("DRUG", 43, 51), ("DRUG", 60, 71), ("DRUG", 80, 89)]
REFERENCE += [("GROUP", 104, 118), ("DRUG", 130, 140)]
SYSTEM = [("BRAND", 20, 27), ("DRUG", 40, 51), ("BRAND", 60, 71), ("DRUG", 80, 89)]
SYSTEM += [("DRUG", 99, 118), ("DRUG", 130, 140)]


@pytest.mark.parametrize(
    ("way", "counted", "share"),
    [
        ("type", (3, 2, 0, 1, 1), 0.5),
        ("partial", (3, 0, 2, 1, 1), 0.66),
        ("exact", (3, 2, 0, 1, 1), 0.5),
        ("strict", (2, 3, 0, 1, 1), 0.33),
    ],
)
def test_spans_of_the_example_of_nervaluate(
    way: Way, counted: tuple[int, ...], share: float
) -> None:
    """The README of nervaluate, "Putting all together"."""
    first, second = (
        [Span(id=str(at), label=label, start=start, end=end) for at, (label, start, end) in rows]
        for rows in (enumerate(REFERENCE), enumerate(SYSTEM))
    )
    counts = count_spans(first, second)
    names = ("correct", "incorrect", "partial", "missed", "spurious")
    assert tuple(counts[way, name] for name in names) == counted
    values = {m.name: m.value(counts) for m in span_measures()}
    # The table cuts two thirds off to .66.
    for measure in ("precision", "recall", "F1"):
        assert values[f"{way} {measure}"] == pytest.approx(share, abs=0.01)


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


# Krippendorff 1995, page 57: four pairs of observers over 24 places, drawn as runs of places.
PAIRS_1995 = {
    "A": ([(2, 10), (14, 20)], [(4, 8), (15, 17)]),
    "B": ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)]),
    "C": (
        [(2, 8), (10, 12), (14, 18), (20, 22)],
        [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)],
    ),
    "D": (
        [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
        [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
    ),
}


@pytest.mark.parametrize(
    ("pair", "observed"), [("A", 0.03125), ("B", 2.26736), ("C", 0.02777), ("D", 0.38715)]
)
def test_observed_disagreement_of_krippendorff_1995(pair: str, observed: float) -> None:
    """The values of the paper; its expected ones have a sign wrong, which 2004 mends."""
    assert observed_disagreement(PAIRS_1995[pair], 24) == pytest.approx(observed, abs=1e-5)


def test_expected_disagreement_in_half_the_places_of_krippendorff_1995() -> None:
    """Pair C with 12 places for 24, where chance has the least room."""
    halves = [[(start // 2, end // 2) for start, end in units] for units in PAIRS_1995["C"]]
    assert observed_disagreement(halves, 12) == pytest.approx(0.02777, abs=1e-5)
    assert expected_disagreement(halves, 12) == pytest.approx(0.05494, abs=1e-5)


@pytest.mark.parametrize(
    ("pair", "kappa", "alpha"), [("A", 0.385, 0.329), ("B", 0.385, None), ("C", 0.314, None)]
)
def test_kappa_and_alpha_of_the_places_of_krippendorff_1995(
    pair: str, kappa: float, alpha: float | None
) -> None:
    """The same pairs, each place within a unit or not."""
    counts: Counter[Key] = Counter()
    for place in range(24):
        one, other = (
            str(any(start <= place < end for start, end in units)) for units in PAIRS_1995[pair]
        )
        count_pair(counts, one, other)
        count_item(counts, (one, other))
    assert cohens_kappa().value(counts) == pytest.approx(kappa, abs=1e-3)
    if alpha is not None:
        assert krippendorffs_alpha().value(counts) == pytest.approx(alpha, abs=1e-3)
