from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text import words
from annotator.text.graphemes import LIMIT, snap
from annotator.text.units import find_identical

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words.words_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at 10:47 a.m. (05:47 GMT) from", ["at", "10:47", "a.m.", "05:47", "GMT", "from"]),
        ("NASA's MS-27, don’t!", ["NASA's", "MS-27", "don’t"]),
        ("$1,000.50 or 3.5%", ["1,000.50", "or", "3.5"]),
        ("the U.S. Army, e.g. here.", ["the", "U.S.", "Army", "e.g.", "here"]),
        ("end.Start insert_name 'quoted'", ["end", "Start", "insert_name", "quoted"]),
        ("café cafe\u0301s na\u00efve", ["café", "cafe\u0301s", "na\u00efve"]),
        ("悉尼市 カナかな iPhone手机", ["悉", "尼", "市", "カナ", "かな", "iPhone", "手", "机"]),
        ("MS-27号 中-国 カナ\u200c", ["MS-27", "号", "中", "国", "カナ\u200c"]),
        ("コーヒー が\u3099", ["コーヒー", "が\u3099"]),
        ("한국어 스마트폰", ["한국어", "스마트폰"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("می\u200cخواهم سلام", ["می\u200cخواهم", "سلام"]),
        ("a🚀b 👩\u200d🚀 👍🏽 🇺🇸", ["a", "🚀", "b", "👩\u200d🚀", "👍🏽", "🇺🇸"]),
        ("... — []", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert cut(text) == found


def at(text: str, offset: int) -> str | None:
    found = words.word_at(text, offset)
    return text[slice(*found)] if found else None


def test_between_words_the_next_one_on_the_line_counts() -> None:
    text = "one  two,  \n\n(three)"
    assert [at(text, offset) for offset in (0, 2, 3, 4, 5)] == ["one", "one", "two", "two", "two"]
    assert at(text, 8) == "two"  # the comma belongs to what it follows
    assert at(text, 9) == at(text, 11) == "two"  # nothing follows on the line
    assert at(text, 12) is None
    assert at("two, three", 3) == "two"
    assert at("two, three", 4) == "three"
    assert at(text, 13) == at(text, 19) == at(text, 20) == "three"


@QUICK
@given(data=st.data())
def test_motions_visit_every_word_both_ways(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    starts = [start for start, _ in words.words_in(text, 0, len(text))]
    forward, at_ = [], words.next_word(text, -1)
    while at_ is not None:
        forward.append(at_)
        at_ = words.next_word(text, at_)
    backward, at_ = [], words.previous_word(text, len(text))
    while at_ is not None:
        backward.append(at_)
        at_ = words.previous_word(text, at_)
    assert forward == backward[::-1] == starts


def test_a_word_is_found_from_the_sign_before_its_first_letter() -> None:
    text = "1\ufe0f\u20e3\u06001\ufe0f\u20e3"
    assert words.word_at(text, 3) == (3, 7)


@QUICK
@given(data=st.data())
def test_a_word_is_found_from_each_of_its_code_points(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    for start, end in words.words_in(text, 0, len(text)):
        assert {words.word_at(text, offset) for offset in range(start, end)} == {(start, end)}
        assert snap(text, start) == start
        assert snap(text, end) == end


def test_endless_words_are_cut() -> None:
    text = "a" * 5000 + " b" + "\u0301" * 5000
    for offset in (0, 2500, 4999, 6000):
        found = words.word_at(text, offset)
        assert found is not None
        assert found[1] - found[0] <= words.LONGEST + 2 * LIMIT
    assert words.next_word(text, 0) is not None


@pytest.mark.parametrize(
    ("text", "quote", "starts"),
    [
        ("NASA and NASA's NASAL (NASA)", "NASA", [0, 9, 23]),
        ("he The she he", "he", [0, 11]),
        ("cafe cafe\u0301 cafe", "cafe", [0, 11]),
        ("悉尼悉尼人", "悉尼", [0, 2]),
        ("aXXa [XX] XX", "XX", [6, 10]),
        ("a a a", "a a", [0]),
        ("[XX][XX]", "[XX]", [0, 4]),
        ("text", "", []),
        ("nasa", "NASA", []),
    ],
)
def test_identical_mentions_are_whole_words(text: str, quote: str, starts: list[int]) -> None:
    assert find_identical(text, quote) == [(start, start + len(quote)) for start in starts]
