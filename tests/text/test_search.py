from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError
from annotator.text.search import Hits, Query, find_all

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)


def found(text: str, query: Query) -> list[str]:
    return [text[start:end] for start, end in find_all(text, query).ranges]


def test_lower_case_patterns_ignore_case() -> None:
    text = "Rocket rocket ROCKET"
    assert found(text, Query("rocket")) == ["Rocket", "rocket", "ROCKET"]
    assert found(text, Query("Rocket")) == ["Rocket"]
    assert found(text, Query("rocket", ignore_case=False)) == ["rocket"]
    assert found(text, Query("ROCKET", ignore_case=True)) == ["Rocket", "rocket", "ROCKET"]


@pytest.mark.parametrize(
    ("text", "pattern", "hits"),
    [
        ("İstanbul, istanbul", "stan", ["stan", "stan"]),
        ("İİİ x", "x", ["x"]),
        ("ΟΔΟΣ οδος οδός", "οδοσ", ["ΟΔΟΣ", "οδος"]),
        ("Straße STRASSE", "straße", ["Straße"]),
        ("ДОМ дом", "дом", ["ДОМ", "дом"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("text", "", []),
    ],
)
def test_literal_search_keeps_offsets(text: str, pattern: str, hits: list[str]) -> None:
    assert found(text, Query(pattern)) == hits


@QUICK
@given(data=st.data())
def test_literal_hits_are_the_pattern(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text = data.draw(texts)
    start = data.draw(st.integers(0, len(text)))
    pattern = text[start : start + data.draw(st.integers(1, 5))]
    exact = find_all(text, Query(pattern, ignore_case=False)).ranges
    assert all(text[a:b] == pattern for a, b in exact)
    assert len(exact) == (text.count(pattern) if pattern else 0)
    folded = find_all(text, Query(pattern, ignore_case=True)).ranges
    assert len(folded) >= bool(pattern)
    assert all(b - a == len(pattern) for a, b in folded)


def test_regular_expressions_match_line_by_line() -> None:
    text = "One boat\nTwo boats\nthree"
    assert found(text, Query(r"^\w+", regex=True)) == ["One", "Two", "three"]
    assert found(text, Query(r"Boats?$", regex=True, ignore_case=True)) == ["boat", "boats"]
    assert found(text, Query(r"\p{Lu}\w+", regex=True)) == ["One", "Two"]
    assert found(text, Query(r"x*", regex=True)) == []


def test_the_number_of_hits_is_bounded() -> None:
    for query in (Query("a"), Query("a", regex=True)):
        assert find_all("a" * 10, query, limit=4) == Hits([(n, n + 1) for n in range(4)], True)
        assert not find_all("a" * 4, query, limit=4).truncated


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("(", "not a regular expression: missing )"),
        ("[", "not a regular expression: unterminated character set"),
        ("a**", "not a regular expression"),
        ("\\", "not a regular expression"),
        ("a" * 2000, "longer than 1000"),
        ("(?R)", "calls itself"),
        ("(a)(?1)", "calls itself"),
        ("(?:" + "a" * 300 + "){100}", "repeats repeats too often"),
        ("(((a{100}){100}){100}){100}", "repeats repeats too often"),
        ("(?:a?){10000}a{10000}[(]{9}", "repeats repeats too often"),
    ],
)
def test_bad_expressions_are_refused_in_one_line(pattern: str, complaint: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        find_all("text", Query(pattern, regex=True))
    assert complaint in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("pattern", [r"[({]{20}\({3}", r".{0,5000}foo.{0,5000}", r"\d{4}-\d{2}"])
def test_ordinary_repeats_are_fine(pattern: str) -> None:
    assert find_all("2024-01 foo", Query(pattern, regex=True)).truncated is False


def test_an_endless_search_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.text.search.TIMEOUT", 0.05)
    with pytest.raises(AnnotatorError, match="took longer"):
        find_all("a" * 5000, Query("(a+)+b", regex=True))
