"""Editing a short text with keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.widgets import cells, plain

from annotator.text.graphemes import snap
from annotator.tui.text_edit import LONGEST, TextEdit

ALPHABET = st.sampled_from("ab \n\t漢e\u0301👩🏽\u200d\x1b")
MOVES = ("left", "right", "home", "end", "ctrl+left", "ctrl+right", "up", "down")
CHANGES = ("backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+j")
KEYS = st.lists(st.sampled_from([*MOVES, *CHANGES]) | ALPHABET, max_size=25)


@given(st.text(ALPHABET, max_size=30), KEYS, st.booleans(), st.integers(4, 20))
def test_the_caret_stays_on_a_grapheme_and_in_view(
    text: str, keys: list[str], multiline: bool, width: int
) -> None:
    edit = TextEdit(text, multiline=multiline)
    for key in keys:
        if key in ("up", "down"):
            edit.vertical(-1 if key == "up" else 1, width)
        else:
            edit.press(key, key if len(key) == 1 else "")
        assert 0 <= edit.caret <= len(edit.text)
        assert edit.caret in (snap(edit.text, edit.caret), len(edit.text))
        lines = edit.lines(width)
        carets = [role for line in lines for _, role in line if role.startswith("caret")]
        assert len(carets) == 1
        for number, line in enumerate(lines):
            has_caret = any(role.startswith("caret") for _, role in line)
            assert has_caret == (number == edit.caret_line(width))
            if has_caret:
                at = next(i for i, (_, role) in enumerate(line) if role.startswith("caret"))
                assert cells(line[: at + 1]) <= max(width, 3)


def typed(text: str, *keys: str, multiline: bool = False) -> tuple[str, int]:
    edit = TextEdit(text, multiline=multiline)
    for key in keys:
        edit.press(key, key if len(key) == 1 else "")
    return edit.text, edit.caret


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["x"], ("one two.x", 9)),
        (["home", "x"], ("xone two.", 1)),
        (["ctrl+w"], ("one ", 4)),
        (["ctrl+left", "ctrl+left", "ctrl+k"], ("", 0)),
        (["ctrl+left", "ctrl+u"], ("two.", 0)),
        (["home", "ctrl+right", "delete"], ("onetwo.", 3)),
        (["home", "delete", "end", "backspace"], ("ne two", 6)),
        (["home", "backspace", "left"], ("one two.", 0)),
    ],
)
def test_keys(keys: list[str], expected: tuple[str, int]) -> None:
    assert typed("one two.", *keys) == expected


def test_graphemes_go_as_a_whole() -> None:
    assert typed("a👩🏽‍🚀", "backspace") == ("a", 1)
    assert typed("e\u0301x", "left", "left", "delete") == ("x", 0)


def test_newlines_only_where_they_are_wanted() -> None:
    assert typed("a", "ctrl+j") == ("a", 1)
    assert typed("a", "ctrl+j", "b", multiline=True) == ("a\nb", 3)
    one, many = TextEdit(), TextEdit(multiline=True)
    for edit in (one, many):
        edit.insert("a\r\nb\rc\n")
    assert one.text == "a b c"
    assert many.text == "a\nb\nc\n"


def test_keys_that_mean_nothing_are_left_to_others() -> None:
    edit = TextEdit("a")
    assert not edit.press("enter", "\r")
    assert not edit.press("f2")
    assert not edit.press("alt+x", "x")
    assert edit.text == "a"


def test_a_flood_of_pasted_text_is_cut() -> None:
    edit = TextEdit("x" * (LONGEST - 2))
    edit.insert("y" * 1000)
    assert len(edit.text) == LONGEST
    assert edit.caret == LONGEST


def test_up_and_down_keep_the_column_and_say_when_there_is_no_further_line() -> None:
    edit = TextEdit("abcd\nx\nabcd", multiline=True)
    edit.caret = 3
    assert edit.vertical(1, 20)
    assert edit.caret == 6
    assert edit.vertical(-1, 20)
    assert edit.caret == 1
    assert not edit.vertical(-1, 20)


def test_what_is_drawn_is_visible_and_literal() -> None:
    text = plain(TextEdit("[b]\x1b[31m\u202e").lines(40, caret=False)[0])
    assert text.startswith("[b]")
    assert "\x1b" not in text
    assert "\u202e" not in text
