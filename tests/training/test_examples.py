"""What is learned from, and how documents are dealt."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError
from annotator.training.examples import LabelledSentence, check_enough, shrink, split_documents

SENTENCES = st.lists(
    st.builds(LabelledSentence, st.just("x"), st.booleans(), st.sampled_from("abcdefgh")),
    min_size=1,
    max_size=60,
)


def many(positives: int, negatives: int) -> list[LabelledSentence]:
    """Return so many sentences of each class."""
    return [LabelledSentence("x", place < positives, "a") for place in range(positives + negatives)]


@given(SENTENCES, st.integers(0, 5))
def test_folds_part_no_document_and_lose_nothing(
    examples: list[LabelledSentence], seed: int
) -> None:
    folds = split_documents(examples, seed)
    assert sorted(place for fold in folds for place in fold) == list(range(len(examples)))
    documents = [{examples[place].document for place in fold} for fold in folds]
    assert sum(map(len, documents)) == len(set().union(*documents))


@given(SENTENCES, st.integers(0, 5))
def test_every_fold_and_every_rest_has_both_classes(
    examples: list[LabelledSentence], seed: int
) -> None:
    folds = split_documents(examples, seed)
    if len(folds) > 1:
        for fold in folds:
            rest = set(range(len(examples))) - set(fold)
            assert {examples[place].positive for place in fold} == {True, False}
            assert {examples[place].positive for place in rest} == {True, False}


def test_folds_are_of_like_size_and_the_same_for_a_seed(debates: list[LabelledSentence]) -> None:
    folds = split_documents(debates, 1)
    assert [len(fold) for fold in folds] == [60] * 5
    assert folds == split_documents(debates, 1)
    assert folds != split_documents(debates, 2)


@pytest.mark.parametrize("seed", range(5))
def test_large_documents_are_dealt_first(seed: int) -> None:
    sizes = {"large": 40, **{f"small {number}": 10 for number in range(4)}}
    examples = [
        LabelledSentence("x", place % 2 == 0, name)
        for name, size in sizes.items()
        for place in range(size)
    ]
    assert [len(fold) for fold in split_documents(examples, seed, 2)] == [40, 40]


def test_one_document_cannot_be_held_out() -> None:
    assert split_documents(many(30, 30), 0) == [list(range(60))]


def test_documents_of_one_class_each_are_put_together() -> None:
    examples = [LabelledSentence("x", name in "ab", name) for name in "abcd" for _ in range(5)]
    folds = split_documents(examples, 0)
    assert len(folds) == 2
    assert all({examples[place].positive for place in fold} == {True, False} for fold in folds)


def test_a_smaller_share_is_part_of_a_larger(debates: list[LabelledSentence]) -> None:
    places = list(range(0, len(debates), 2))
    parts = [shrink(debates, places, share, 4) for share in (0.01, 0.3, 0.6, 1.0)]
    for smaller, larger in pairwise(parts):
        assert set(smaller) < set(larger)
    assert parts[-1] == places
    assert len({debates[place].document for place in parts[0]}) == 1


def test_too_little_says_how_much_there_is_and_how_much_is_needed() -> None:
    check_enough(many(20, 20))
    with pytest.raises(AnnotatorError, match=r"19 sentences with .* 40 without.* at least 20"):
        check_enough(many(19, 40))
    with pytest.raises(AnnotatorError, match="0 without"):
        check_enough(many(90, 0))
