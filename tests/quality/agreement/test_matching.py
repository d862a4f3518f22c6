"""The order in which spans are matched, and what it saves from."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.span import Span
from annotator.quality.agreement.matching import (
    WAYS,
    count_spans,
    in_matching_order,
    match,
    overlaps,
    span_measures,
)

rows = st.tuples(st.sampled_from("ab"), st.integers(0, 12), st.integers(1, 6)).map(
    lambda r: Span(id="s", label=r[0], start=r[1], end=r[1] + r[2])
)
F1 = {way: next(m for m in span_measures() if m.name == f"{way} F1") for way in WAYS}


def ordered(one: list[Span], other: list[Span]) -> tuple[list[Span], list[Span]]:
    return in_matching_order(one, other), in_matching_order(other, one)


@given(st.lists(rows), st.lists(rows))
def test_all_that_is_identical_is_found(one: list[Span], other: list[Span]) -> None:
    """In the order of the lists an overlapping span may take an identical one's partner."""
    counts = count_spans(*ordered(one, other))

    def common(key: object) -> int:
        keys = [
            Counter((s.start, s.end, s.label if key else "") for s in own) for own in (one, other)
        ]
        return sum((keys[0] & keys[1]).values())

    assert counts["strict", "correct"] == common("label")
    assert counts["exact", "correct"] == counts["partial", "correct"] == common("")


@given(st.lists(rows), st.lists(rows))
def test_strict_and_exact_do_not_change_when_annotators_change_places(
    one: list[Span], other: list[Span]
) -> None:
    forth, back = count_spans(*ordered(one, other)), count_spans(*ordered(other, one))
    for way in ("strict", "exact"):
        assert F1[way].value(forth) == F1[way].value(back)


@given(st.lists(rows), st.lists(rows))
def test_nobody_is_matched_twice_and_nobody_gets_lost(one: list[Span], other: list[Span]) -> None:
    first, second = ordered(one, other)
    assert sorted(map(id, first)) == sorted(map(id, one))
    counts = count_spans(first, second)
    for way in WAYS:
        found = match(first, second, way)
        assert len({m.first for m in found}) == len({m.second for m in found}) == len(found)
        assert len(found) + counts[way, "missed"] == len(one)
        assert len(found) + counts[way, "spurious"] == len(other)


@given(st.lists(rows), st.lists(rows))
def test_overlaps_are_those_that_a_comparison_of_all_finds(
    one: list[Span], other: list[Span]
) -> None:
    expected = [
        [place for place, s in enumerate(one) if s.start < o.end and o.start < s.end] for o in other
    ]
    assert overlaps(one, other) == expected


def test_less_than_a_hundredth_is_no_overlap() -> None:
    long = Span(id="l", label="a", start=0, end=200)
    assert overlaps([long], [Span(id="s", label="a", start=199, end=300)]) == [[]]
    assert overlaps([long], [Span(id="s", label="a", start=198, end=300)]) == [[0]]


def test_a_nested_span_does_not_take_the_partner_of_an_identical_one() -> None:
    claim = Span(id="c", label="a", start=0, end=50)
    slot = Span(id="p", label="b", start=0, end=10)
    counts = count_spans(*ordered([claim], [slot, claim]))
    assert counts["strict", "correct"] == 1
    # What the lists as they stand would give: the slot comes first and takes the claim.
    assert count_spans([claim], [slot, claim])["strict", "correct"] == 0


def test_without_spans_all_is_undefined() -> None:
    counts = count_spans([], [])
    assert [m.value(counts) for m in span_measures()] == [None] * 12
    only_one = count_spans([Span(id="c", label="a", start=0, end=5)], [])
    assert F1["strict"].value(only_one) == 0
