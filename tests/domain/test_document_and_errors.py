"""Text hashes, and errors as people read them."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.document import Document, text_sha256
from annotator.domain.errors import AnnotatorError, InvalidFileError, Problem, Source


@given(st.text(st.characters(codec="utf-8")))
def test_the_hash_is_that_of_the_utf_8_file(text: str) -> None:
    assert text_sha256(text) == hashlib.sha256(text.encode()).hexdigest()


def test_lone_surrogates_have_a_hash_of_their_own() -> None:
    assert len({text_sha256(text) for text in ("\ud800", "\ud801", "\\ud800", "?", "")}) == 5


def test_a_document_counts_code_points() -> None:
    document = Document.of("d", "a\r\n\U0001f600e\u0301")
    assert document.length == 6
    assert document.sha256 == text_sha256(document.text)


def test_errors_are_one_line_with_what_to_do() -> None:
    assert str(AnnotatorError("no such file", "check the name")) == "no such file (check the name)"
    assert str(AnnotatorError("no such file")) == "no such file"


def test_problems_name_file_line_and_key_where_there_are_any() -> None:
    source = Source("s.yaml", {(): 1, ("labels",): 4, ("labels", "a", 0): 6})
    assert str(source.problem(("labels", "a", 0, "x"), "odd")) == "s.yaml:6: labels.a.0.x: odd"
    assert str(source.problem(("labels", "b"), "odd")) == "s.yaml:4: labels.b: odd"
    assert str(source.problem((), "odd")) == "s.yaml:1: odd"
    assert str(Source("s.yaml", {}).problem(("a",), "odd")) == "s.yaml: a: odd"
    error = InvalidFileError([Problem("f", 2, "", "m"), Problem("f", 3, "", "n")])
    assert str(error) == "f:2: m (and 1 more)"
