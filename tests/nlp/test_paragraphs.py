"""Pieces for the recogniser: all of the text, in order, none too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.paragraphs import LIMIT, pieces, readable

TEXTS = st.text(st.sampled_from("ab. \n\t\r\u3000\U0001f600"), max_size=120)


@given(TEXTS, st.integers(2, 20))
def test_pieces_cover_everything_but_blanks_in_order(text: str, limit: int) -> None:
    behind = 0
    for start, end in pieces(text, limit):
        assert behind <= start < end <= len(text)
        assert not text[behind:start].strip()
        assert text[start:end].strip()
        assert end - start <= limit
        behind = end
    assert not text[behind:].strip()


def test_blank_lines_part_paragraphs_and_single_line_ends_do_not() -> None:
    text = "One line\nand the next.\r\n \t\r\n\nSecond."
    assert [text[a:b].strip() for a, b in pieces(text)] == ["One line\nand the next.", "Second."]


def test_a_long_paragraph_is_cut_behind_a_sentence() -> None:
    text = "A sentence of some length. " * 400
    found = [text[a:b] for a, b in pieces(text)]
    assert len(found) > 1
    assert all(piece.endswith(". ") for piece in found)


def test_a_line_without_blanks_is_cut_at_the_limit() -> None:
    assert pieces("x" * (2 * LIMIT + 1)) == [
        (0, LIMIT),
        (LIMIT, 2 * LIMIT),
        (2 * LIMIT, 2 * LIMIT + 1),
    ]


@given(st.text(st.characters(), max_size=40))
def test_readable_keeps_every_offset_and_can_be_encoded(text: str) -> None:
    mended = readable(text)
    mended.encode("utf-8")
    assert len(mended) == len(text)
    assert "\x00" not in mended


def test_readable_leaves_ordinary_text_alone() -> None:
    text = "Caf\u00e9\t\r\n \U0001f468\u200d\U0001f469 \u2028"
    assert readable(text) == text


def test_readable_takes_long_runs_of_marks_out_and_short_ones_not() -> None:
    assert readable("a " + "[" * 5000 + " b") == "a " + " " * 5000 + " b"
    ruler = "a " + "-" * 39 + " b"
    assert readable(ruler) == ruler
