from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scoring import (
    Counts,
    average_precision,
    best_f1,
    decided,
    half_and_half,
    match,
    overlap,
    wilson,
)

RANGES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))),
    max_size=5,
)
RANKED = st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12)


def test_precision_recall_and_f1_by_hand() -> None:
    counts = Counts(true=6, false=2, missed=4)
    assert counts.precision == 6 / 8
    assert counts.recall == 6 / 10
    assert counts.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_shares_of_nothing_are_not_perfect() -> None:
    silent = Counts(missed=3)
    assert math.isnan(silent.precision)
    assert silent.recall == 0
    assert silent.f1 == 0
    assert math.isnan(Counts(false=2).recall)
    assert math.isnan(Counts().f1)


def test_counts_of_pairs() -> None:
    assert Counts.of(pairs=2, found=5, gold=3) == Counts(true=2, false=3, missed=1)


def test_overlap_is_intersection_over_union() -> None:
    assert overlap((0, 10), (5, 15)) == 5 / 15
    assert overlap((0, 10), (2, 7)) == 5 / 10
    assert overlap((3, 9), (3, 9)) == 1
    assert overlap((0, 5), (5, 9)) == 0
    assert overlap((0, 2), (7, 9)) == 0


def test_half_of_the_union_matches_and_less_does_not() -> None:
    assert match([(0, 5)], [(0, 10)]) == {0: 0}
    assert match([(0, 4)], [(0, 10)]) == {}
    assert match([(0, 9)], [(0, 10)], least=1) == {}


def test_two_proposals_for_one_span_are_one_hit() -> None:
    assert len(match([(0, 10), (0, 10)], [(0, 10)])) == 1
    assert len(match([(0, 10)], [(0, 10), (1, 10)])) == 1


def test_a_better_overlap_does_not_cost_a_pair() -> None:
    # The first is nearest to what is the only partner of the second.
    found, gold = [(0, 10), (0, 13)], [(0, 7), (0, 11)]
    assert overlap(found[0], gold[1]) > overlap(found[0], gold[0]) >= 0.5
    assert overlap(found[1], gold[0]) > 0.5
    assert len(match(found, gold)) == 2
    chain = [(0, 10), (0, 20)]
    assert match(chain, [(0, 11), (0, 5)]) == {0: 1, 1: 0}


@given(RANGES, RANGES)
def test_a_match_is_as_large_as_any(
    found: list[tuple[int, int]], gold: list[tuple[int, int]]
) -> None:
    def most(number: int, free: frozenset[int]) -> int:
        if number == len(found):
            return 0
        best = most(number + 1, free)
        for place in free:
            if overlap(found[number], gold[place]) >= 0.5:
                best = max(best, 1 + most(number + 1, free - {place}))
        return best

    pairs = match(found, gold)
    assert len(pairs) == most(0, frozenset(range(len(gold))))
    assert len(set(pairs.values())) == len(pairs)
    assert all(overlap(found[a], gold[b]) >= 0.5 for a, b in pairs.items())


def test_average_precision_by_hand() -> None:
    # Hits at places 1, 3 and 4: (1/1 + 2/3 + 3/4) / 3.
    scores, truths = [0.9, 0.8, 0.7, 0.6, 0.5], [True, False, True, True, False]
    assert average_precision(scores, truths) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)


def test_equal_scores_are_one_step_in_any_order() -> None:
    # First step: 1 of 1. Second: four sentences at once, 2 of them true; 3 of 5 in all.
    scores = [0.9, 0.5, 0.5, 0.5, 0.5]
    expected = 1 / 3 * 1 + 2 / 3 * 3 / 5
    assert average_precision(scores, [True, True, True, False, False]) == pytest.approx(expected)
    assert average_precision(scores, [True, False, False, True, True]) == pytest.approx(expected)


def test_a_ranking_without_scores_is_worth_the_base_rate() -> None:
    assert average_precision([0.0] * 4, [True, False, False, False]) == 0.25
    assert math.isnan(average_precision([0.4, 0.2], [False, False]))


@given(RANKED, st.randoms(use_true_random=False))
def test_order_of_input_changes_no_figure(
    ranked: list[tuple[int, bool]], shuffler: random.Random
) -> None:
    other = list(ranked)
    shuffler.shuffle(other)
    for measure in (average_precision, best_f1):
        one = measure([s for s, _ in ranked], [t for _, t in ranked])
        two = measure([s for s, _ in other], [t for _, t in other])
        assert one == pytest.approx(two, nan_ok=True)


def test_best_f1_by_hand() -> None:
    # Down to 0.7: 2 of 3 right, all of 2 found: F1 0.8. Down to 0.9: 1 of 1, 1 of 2: 0.667.
    best, at = best_f1([0.9, 0.8, 0.7, 0.2], [True, False, True, False])
    assert best == pytest.approx(0.8)
    assert at == 0.7


@given(RANKED)
def test_no_threshold_beats_the_best(ranked: list[tuple[int, bool]]) -> None:
    scores, truths = [float(score) for score, _ in ranked], [truth for _, truth in ranked]
    best, at = best_f1(scores, truths)
    by_threshold = {
        limit: decided([score >= limit for score in scores], truths).f1 for limit in set(scores)
    }
    assert best == max(by_threshold.values())
    assert by_threshold[at] == best


def test_decisions_are_counted() -> None:
    decisions, truths = [True, True, False, False, False], [True, False, True, True, False]
    assert decided(decisions, truths) == Counts(true=1, false=1, missed=2)


def test_wilson_interval_by_hand() -> None:
    # 8 of 10 (Agresti and Coull 1998 give 0.49 to 0.94), and the ends.
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert wilson(3, 3) == pytest.approx((0.438, 1), abs=1e-3)
    assert wilson(0, 3)[0] == pytest.approx(0)
    assert wilson(0, 0) == (0, 1)


def test_halves_hold_all_of_the_rarer_class() -> None:
    truths = [True] * 9 + [False] * 3
    places = half_and_half(truths, random.Random(5))
    assert places == half_and_half(truths, random.Random(5))
    assert len(places) == len(set(places)) == 6
    assert {9, 10, 11} < set(places)
    drawn = {tuple(half_and_half(truths, random.Random(seed))) for seed in range(20)}
    assert len(drawn) > 1
