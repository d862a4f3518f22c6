"""Levelled texts and the way back."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.folding import fold
from annotator.text.likeness import most_alike


@given(data=st.data())
def test_every_place_has_its_original(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    folded = fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.starts[-1] == len(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    if start < end and (found := folded.range_of(start, end)) is not None:
        assert fold(text[slice(*found)]).text == folded.text[start:end]


def test_typography_and_composition_are_levelled() -> None:
    assert fold("a “b” – c\u00a0\r\n d…").text == 'a "b" - c d...'
    assert fold("é").text == fold(unicodedata.normalize("NFD", "é")).text
    assert fold("é").range_of(0, 1) is None


def test_changed_words_are_found_between_their_context() -> None:
    text = "Before noon the iron bridge was closed to all traffic, and a ferry ran."
    quote = "the iron bridge was closed to lorries"
    found = most_alike(text, quote, "Before noon ", ", and a ferry ran.", 12)
    assert found is not None
    assert text[slice(*found)] == "the iron bridge was closed to all traffic"
    assert most_alike("Nothing like it.", quote, "Before noon ", ", and a ferry ran.", 12) is None
