"""Missed twins: the same text, unlabelled or labelled differently."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.scheme import Label, Scheme
from annotator.domain.span import Span
from annotator.quality.twins import (
    INSTEAD_OF,
    OTHER_LABEL,
    UNLABELLED,
    TwinSearch,
    missed_twins,
)
from annotator.text.words import at_word_edges

SCHEME = Scheme(
    "s",
    1,
    {
        "name": Label("name", "n"),
        "slot": Label("slot", "s"),
        "furniture": Label("furniture", "f", furniture=True),
    },
)


def said(text: str, spans: Iterable[tuple[str, int, int]]) -> AnnotationSet:
    return AnnotationSet(
        DocumentRef("d", "h", len(text)),
        "ada",
        SCHEME.id,
        spans=[
            Span(id=f"s{n}", label=label, start=start, end=end, quote=text[start:end])
            for n, (label, start, end) in enumerate(spans)
        ],
    )


def places(text: str, spans: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, str]]:
    found = missed_twins(said(text, spans), text, SCHEME)
    for span in found.spans.values():
        assert text[span.start : span.end] == span.quote
    return [(s.label, s.start, str(s.origin["rule"])) for s in found.index]


def test_an_unlabelled_mention_is_a_twin_with_its_attributes() -> None:
    text = "Ada met Bo. Then Ada left, and Adaline stayed with ADA."
    annotations = said(text, [("name", 0, 3)])
    (span,) = missed_twins(annotations, text, SCHEME).spans.values()
    assert (span.label, span.start, span.quote) == ("name", 17, "Ada")
    assert span.origin["reasons"] == ["tagged name once elsewhere"]


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("At [XX] or [XX][YY]", "[XX]", 3),
        ("悉尼是悉尼", "悉尼", 0),
        ("x\U0001f680! \U0001f680!", "\U0001f680!", 1),
    ],
)
def test_brackets_ideographs_and_emoji_have_twins(text: str, quote: str, start: int) -> None:
    found = places(text, [("slot", start, start + len(quote))])
    assert found == [("slot", text.index(quote, start + 1), UNLABELLED)]


def test_the_usual_label_is_proposed_for_what_is_labelled_otherwise() -> None:
    text = "Ada Ada Ada"
    annotations = said(text, [("name", 0, 3), ("name", 4, 7), ("slot", 8, 11)])
    (span,) = missed_twins(annotations, text, SCHEME).spans.values()
    assert (span.label, span.start, span.origin["rule"]) == ("name", 8, OTHER_LABEL)
    assert span.origin[INSTEAD_OF] == "s2"
    assert places(text, [("name", 0, 3), ("slot", 4, 7)]) == [
        ("name", 8, UNLABELLED),
        ("slot", 8, UNLABELLED),
    ]


def test_a_mention_inside_a_longer_span_of_its_label_is_none() -> None:
    text = "Ada met Ada Byron"
    assert places(text, [("name", 0, 3), ("name", 8, 17)]) == []


def test_furniture_and_unknown_labels_have_no_twins() -> None:
    assert places("share share share", [("furniture", 0, 5), ("nope", 6, 11)]) == []


WORDS = st.lists(
    st.sampled_from(["Ada", "ada", "[X]", "悉尼", "x", "Ada-Bo", "é", "\U0001f680"]), max_size=12
)
JOINTS = st.sampled_from([" ", "", ".", "\r\n", "-"])


@settings(max_examples=150)
@given(st.data(), WORDS, JOINTS)
def test_every_mention_and_nothing_else_is_found(
    data: st.DataObject, words: list[str], joint: str
) -> None:
    text = joint.join(words)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 6)))
    quote = text[start:end]
    expected = {
        first
        for first in range(len(text))
        if text.startswith(quote, first) and at_word_edges(text, first, first + len(quote))
        if first + len(quote) <= start or first >= end
    }
    found = {at for _, at, _ in places(text, [("name", start, end)])}
    assert found == (expected if len(quote) > 1 else set())


@given(
    st.lists(
        st.text("ab [é", min_size=1, max_size=14)
        | st.integers(30, 34).map(lambda size: ("[a b" * 9)[:size]),
        max_size=6,
    ),
    st.text("ab [é", max_size=60) | st.text("ab [é", max_size=9).map(lambda t: "[a b" * 9 + t),
)
def test_every_mention_as_whole_words_is_found_however_quotes_begin(
    quotes: list[str], text: str
) -> None:
    spans = [Span(id=q, label="name", start=0, end=len(q), quote=q) for q in quotes]
    found = list(TwinSearch(spans, SCHEME).mentions(text))
    assert len(found) == len(set(found))
    assert set(found) == {
        (at, at + len(quote))
        for quote in quotes
        if len(quote) > 1
        for at in range(len(text))
        if text.startswith(quote, at) and at_word_edges(text, at, at + len(quote))
    }


def test_what_is_tagged_elsewhere_counts_and_not_what_the_text_has_most() -> None:
    text = "Ada Ada Ada"
    here = said(text, [("slot", 0, 3), ("slot", 4, 7)])
    search = TwinSearch(
        [Span(id="s", label="name", start=0, end=3, quote="Ada")], SCHEME, "in b.txt"
    )
    found = list(search.missed(here, text).index)
    assert [(s.start, s.label, s.origin["rule"]) for s in found] == [
        (0, "name", OTHER_LABEL), (4, "name", OTHER_LABEL), (8, "name", UNLABELLED),
    ]  # fmt: skip
    assert found[0].origin["reasons"] == ["slot here, name once in b.txt"]
    assert not TwinSearch([Span(id="s", label="furniture", start=0, end=3, quote="Ada")], SCHEME)
