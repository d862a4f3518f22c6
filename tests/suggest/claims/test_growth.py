"""No text takes time that grows faster than its length, however it was made to."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from annotator.suggest.base import Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.claims.features import features
from annotator.suggest.claims.gate import LONGEST

MEGABYTE = 1 << 20
MOST = 48
"""What grows with the square takes 256 times as long for 16 times the text; this leaves room for a
busy machine."""

WORST = {
    "one letter": "a",
    "digits": "1",
    "dots of numbers": "1.",
    "dots of letters": "a.",
    "capitals": "A",
    "capitalised words": "Ab ",
    "speakers": "AB-CD.",
    "apostrophes": "'",
    "clitics": "'s ",
    "open quotes": "“",
    "quotes": '"a',
    "verbs of speech": "said ",
    "commas and speech": "Bo, said that ",
    "quoted speech": 'Bo" said ',
    "according": "according to ",
    "phrase starts": "i don ",
    "comparatives": "larger than ",
    "participles": "has been ",
    "number words": "million people ",
    "list marks": "- ",
    "blanks": " ",
    "tail headings": "Comments\n\n",
    "bylines": "By a-",
    "furniture": "Photo ",
    "dashes": "-1",
    "combining marks": "e\u0301",
    "surrogates": "\ud800",
    "ideographs": "字",
}


def seconds(work: Callable[[], object]) -> float:
    begin = process_time()
    work()
    return process_time() - begin


def growth(work: Callable[[str], object], make: Callable[[int], str], size: int) -> float:
    """Return how many times as long a text takes that is 16 times as long."""
    short, long = make(size), make(16 * size)
    base = max(min(seconds(lambda: work(short)) for _ in range(2)), 1e-3)
    return seconds(lambda: work(long)) / base


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_features_of_one_endless_sentence(name: str) -> None:
    unit = WORST[name]
    assert growth(features, lambda size: unit * (size // len(unit)), MEGABYTE // 16) < MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_suggestions_for_a_text_of_sentences_as_long_as_may_be(name: str) -> None:
    unit = WORST[name]
    line = unit * ((LONGEST - 1) // len(unit)) + "\n\n"
    work = ClaimSuggester(threshold=0).suggest
    assert growth(lambda text: work(Text(text)), lambda size: line * (size // 2000), 16_000) < MOST
