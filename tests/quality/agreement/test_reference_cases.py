"""Spans, kappa and alpha against nervaluate, scikit-learn and krippendorff, on 200 cases each."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.span import Span
from annotator.quality.agreement.matching import WAYS, count_spans, span_measures
from annotator.quality.agreement.measure import Key
from annotator.quality.agreement.tokens import (
    cohens_kappa,
    count_item,
    count_pair,
    krippendorffs_alpha,
)

FIELDS = ("correct", "incorrect", "partial", "missed", "spurious")
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def cases() -> Any:
    return json.loads(Path(__file__).with_name("reference_cases.json").read_text("ascii"))


def spans(rows: list[tuple[str, int, int]]) -> list[Span]:
    return [
        Span(id=str(place), label=label, start=start, end=end)
        for place, (label, start, end) in enumerate(rows)
    ]


def same(value: float | None, expected: float | None) -> bool:
    if value is None or expected is None:
        return value is expected
    return abs(value - expected) <= TOLERANCE


def test_spans_are_counted_as_nervaluate_does(cases: Any) -> None:
    measures = {measure.name: measure for measure in span_measures()}
    assert len(cases["spans"]) == 200
    for case in cases["spans"]:
        counts = count_spans(spans(case["first"]), spans(case["second"]))
        for way in WAYS:
            *numbers, precision, recall, f1 = case["expected"][way]
            assert [counts[way, field] for field in FIELDS] == numbers
            # Where there is nothing to divide by nervaluate says 0, and we say undefined.
            for name, expected in (("precision", precision), ("recall", recall), ("F1", f1)):
                value = measures[f"{way} {name}"].value(counts)
                empty = {
                    "precision": not case["second"],
                    "recall": not case["first"],
                    "F1": not (case["first"] or case["second"]),
                }[name]
                assert same(value, None if empty else expected), (case, way, name)


def test_kappa_is_that_of_scikit_learn(cases: Any) -> None:
    assert len(cases["kappa"]) == 200
    for case in cases["kappa"]:
        counts: Counter[Key] = Counter()
        for one, other in zip(case["first"], case["second"], strict=True):
            count_pair(counts, one, other)
        assert same(cohens_kappa().value(counts), case["expected"]), case


def test_alpha_is_that_of_krippendorff_with_gaps_too(cases: Any) -> None:
    assert len(cases["alpha"]) == 200
    for case in cases["alpha"]:
        counts: Counter[Key] = Counter()
        for unit in case["units"]:
            given = unit.replace(".", "")
            if len(given) > 1:
                count_item(counts, given)
        assert same(krippendorffs_alpha().value(counts), case["expected"]), case
