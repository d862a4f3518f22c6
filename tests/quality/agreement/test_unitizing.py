"""Unitized alpha against a transcription of the sums of the paper, on 200 random cases."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span
from annotator.quality.agreement.unitizing import (
    Unit,
    count_units,
    expected_disagreement,
    observed_disagreement,
    unitized_alpha,
    units_of,
)

Section = tuple[int, int, bool]
"""Begin, length, and whether it is a unit and no gap (v in the paper)."""


def sections(units: list[Unit], length: int) -> list[Section]:
    found, at = [], 0
    for start, end in units:
        if start > at:
            found.append((at, start - at, False))
        found.append((start, end - start, True))
        at = end
    if at < length:
        found.append((at, length - at, False))
    return found


def difference(one: Section, other: Section) -> int:
    """Return the paper's metric of two sections."""
    (b, n, v), (c, m, w) = one, other
    if v and w and -n < b - c < m:
        return (b - c) ** 2 + (b + n - c - m) ** 2
    if v and not w and m - n >= b - c >= 0:
        return n * n
    if w and not v and n - m >= c - b >= 0:
        return m * m
    return 0


def reference(sets: list[list[Unit]], length: int) -> tuple[float, float]:
    """Return Do and De by the sums of the paper, section by section."""
    raters = len(sets)
    cut = [sections(units, length) for units in sets]
    total = sum(difference(one, other) for i, j in permutations(cut, 2) for one in i for other in j)
    observed = total / (raters * (raters - 1) * length**2)
    every = [section for own in cut for section in own]
    number = sum(is_unit for _, _, is_unit in every)
    above = 0.0
    for _, b, is_unit in every:
        if is_unit:
            above += (number - 1) / 3 * (2 * b**3 - 3 * b**2 + b)
            above += b * b * sum(n - b + 1 for _, n, v in every if not v and n >= b)
    below = raters * length * (raters * length - 1)
    below -= sum(b * (b - 1) for _, b, is_unit in every if is_unit)
    return observed, 2 / length * above / below


def random_case(rng: random.Random) -> tuple[list[list[Unit]], int]:
    """Return 2 to 4 annotators' units: now and then empty, touching, or over the whole text."""
    length = rng.choice([1, 7, 40, 500, 5000])
    base = [rng.randrange(length) for _ in range(rng.choice([0, 1, 3, 8]))]
    sets = []
    for _ in range(rng.randint(2, 4)):
        spans = []
        for start in base:
            if rng.random() < 0.8:
                begin = max(0, min(length - 1, start + rng.randint(-3, 3)))
                end = min(length, begin + rng.randint(1, max(2, length // 4)))
                spans.append(Span(id="s", label="x", start=begin, end=end))
        sets.append(units_of(spans))
    return sets, length


def test_it_is_what_the_paper_sums_up() -> None:
    rng = random.Random(1995)
    for _ in range(200):
        sets, length = random_case(rng)
        observed, expected = reference(sets, length)
        assert observed_disagreement(sets, length) == pytest.approx(observed, rel=1e-9, abs=1e-12)
        assert expected_disagreement(sets, length) == pytest.approx(expected, rel=1e-9, abs=1e-12)


ranges = st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(ranges))
def test_units_cover_what_the_spans_cover_and_do_not_overlap(rows: list[Unit]) -> None:
    units = units_of([Span(id="s", label="x", start=a, end=b) for a, b in rows])
    assert {at for a, b in rows for at in range(a, b)} == {
        at for a, b in units for at in range(a, b)
    }
    assert all(one[1] <= other[0] for one, other in pairwise(units))


def test_fragments_are_units() -> None:
    span = Span(id="s", label="x", start=0, end=9, fragments=((0, 2), (7, 9)))
    assert units_of([span]) == [(0, 2), (7, 9)]


def test_units_that_touch_stay_two_and_those_that_overlap_become_one() -> None:
    rows = [(0, 3), (3, 5), (7, 9), (8, 12)]
    spans = [Span(id="s", label="x", start=a, end=b) for a, b in rows]
    assert units_of(spans) == [(0, 3), (3, 5), (7, 12)]


@given(st.lists(ranges, min_size=1))
def test_the_same_units_agree_wholly(rows: list[Unit]) -> None:
    spans = [Span(id="s", label="x", start=a, end=b) for a, b in rows]
    assert unitized_alpha().value(count_units([spans, spans], 100)) == 1


def test_without_spans_it_is_undefined() -> None:
    assert unitized_alpha().value(count_units([[], []], 100)) is None
    assert unitized_alpha().value(count_units([[], []], 0)) is None
