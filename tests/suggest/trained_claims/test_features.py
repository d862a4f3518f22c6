"""What a model sees of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.trained_claims.features import (
    BLOCKS,
    features,
    frequent_words,
    tokens,
)

FREQUENT = frozenset({"the", "has", "of"})
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)


def block(name: str, sentence: str) -> list[str]:
    """Return the features of one block."""
    return features(sentence, FREQUENT).blocks[BLOCKS.index(name)]


@given(ANY_TEXT)
def test_any_text_has_features_and_none_twice(sentence: str) -> None:
    found = features(sentence, FREQUENT)
    assert len(found.blocks) == len(BLOCKS)
    assert -5 <= found.untrained <= 5
    for names in found.blocks:
        assert len(names) == len(set(names))


@given(ANY_TEXT)
def test_tokens_leave_out_nothing_but_white_space(sentence: str) -> None:
    assert "".join(tokens(sentence)) == "".join(sentence.split())


def test_words_and_pairs_are_in_lower_case_and_numbers_have_a_kind() -> None:
    assert block("word", "Jobs fell in 1992 by 3,000.") == [
        *("jobs", "fell", "in", "<year>", "by", "<number>", "<.>"),
        *("jobs fell", "fell in", "in <year>", "<year> by", "by <number>", "<number> <.>"),
    ]


def test_typographic_and_plain_apostrophes_are_one() -> None:
    assert block("word", "It’s ours") == block("word", "It's ours")


def test_rare_words_are_classes_and_frequent_ones_stay() -> None:
    pairs = [
        name for name in block("class", "The mayor has met Olga Brandt") if name.count("|") == 1
    ]
    assert pairs == [
        *("^|the", "the|-or", "-or|has", "has|-", "-|<Name>", "<Name>|<Name>", "<Name>|$"),
    ]


def test_pieces_mark_the_edges_of_words() -> None:
    assert block("piece", "cut 45") == ["_cu", "cut", "ut_", "_cut", "cut_"]


@pytest.mark.parametrize(
    ("sentence", "shape"),
    [
        ("Is it?", "ends ?"),
        ("It is", "ends word"),
        ("He said “no” twice.", "quotes"),
        ("In Ohio, 45 left.", "number and name"),
        ("1 2 3 4 5", "numbers 3"),
    ],
)
def test_the_shape_of_a_sentence(sentence: str, shape: str) -> None:
    assert shape in block("shape", sentence)


def test_cues_are_counted() -> None:
    cues = block("cue", "In 1996, the Senate voted to cut taxes by 5 percent; 300 jobs were lost.")
    assert {"number", "number 2", "date"} <= set(cues)


def test_the_untrained_ranking_is_part_of_what_is_seen() -> None:
    worthy = features("In 1996, the Senate voted to cut taxes by 5 percent.", FREQUENT)
    assert worthy.untrained > 1 > -1 > features("I hope we can do better.", FREQUENT).untrained


def test_of_a_very_long_sentence_only_the_beginning_counts() -> None:
    start = "word " * 5000
    assert features(start, FREQUENT) == features(start + "1992 " * 100_000, FREQUENT)


def test_frequent_words_are_the_most_frequent_whatever_the_order() -> None:
    told = ["the cat saw the dog", "the dog saw 5 cats ."]
    found = frequent_words(map(tokens, told), 3)
    assert found == frequent_words(map(tokens, reversed(told)), 3) == {"the", "dog", "saw"}
