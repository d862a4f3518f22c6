"""No text takes time that grows faster than its length, however it was made to."""

from __future__ import annotations

import pytest
from support.growth import assert_grows_in_line

from annotator.suggest.base import Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.claims.features import features
from annotator.suggest.claims.gate import LONGEST

MEGABYTE = 1 << 20

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


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_features_of_one_endless_sentence(name: str) -> None:
    unit = WORST[name]
    assert_grows_in_line(features, lambda size: unit * (size // len(unit)), MEGABYTE // 16)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_suggestions_for_a_text_of_sentences_as_long_as_may_be(name: str) -> None:
    unit = WORST[name]
    line = unit * ((LONGEST - 1) // len(unit)) + "\n\n"
    work = ClaimSuggester(threshold=0).suggest
    assert_grows_in_line(lambda text: work(Text(text)), lambda size: line * (size // 2000), 16_000)
