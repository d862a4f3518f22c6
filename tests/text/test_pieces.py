"""Many quotes are looked up in one pass over a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.pieces import QuoteIndex, piece_starts, repeated_share

TEXTS = st.text("ab \u4e2d\u0301.", max_size=200).map(lambda text: " ".join(text.split()))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=40))
def test_it_finds_what_a_search_finds(text: str, cuts: list[tuple[int, int]]) -> None:
    quotes = [text[start : start + length] for start, length in cuts] + ["x"] * 20
    index = QuoteIndex(text, quotes)
    for quote in quotes:
        there = [at for at in range(len(text)) if quote and text.startswith(quote, at)]
        if quote[:1] and (not quote[0].isspace()):
            assert index.places(quote) == there


def test_pieces_begin_at_words_and_at_characters_of_scripts_without_blanks() -> None:
    assert list(piece_starts("one two")) == [0, 4]
    assert list(piece_starts("a \u4e2d\u6587 b")) == [0, 2, 3, 5]
    assert list(piece_starts("")) == []


def test_the_share_of_pieces_that_a_text_repeats() -> None:
    phrase = "the council said that the bridge was closed again "
    assert repeated_share(phrase * 40) > 0.9
    assert repeated_share(" ".join(f"word{n} other{n * 7}" for n in range(500))) == 0
    assert repeated_share("") == 1, "nothing to judge by"
