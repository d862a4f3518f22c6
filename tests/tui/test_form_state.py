"""The form over a scheme's attributes: what keys set, what is saved, what it looks like."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples import SCHEME
from support.widgets import cells, plain

from annotator.domain.scheme import Attribute
from annotator.domain.span import Value
from annotator.tui.form_state import FormState

CLAIM = SCHEME.labels["claim"].attributes
WIDTH = 70


def form(
    values: Mapping[str, Value] | None = None, start: str | None = None, note: str | None = ""
) -> FormState:
    return FormState(CLAIM, values or {}, note=note, start=start)


def typed(state: FormState, *keys: str) -> FormState:
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else ""
        state.press(key, character, WIDTH)
    return state


def saved(state: FormState) -> dict[str, Value]:
    result = state.result()
    assert result is not None
    return result.attributes


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("2", {"worth": "low"}),
        ("2 2", {}),
        ("right", {"worth": "high"}),
        ("left", {"worth": "none"}),
        ("right right", {"worth": "low"}),
        ("n", {"worth": "none"}),
        ("1 delete", {}),
        ("9", {}),
        ("tab 1 3", {"kinds": ["number", "cause"]}),
        ("tab 1 3 1", {"kinds": ["cause"]}),
        ("tab space right right space", {"kinds": ["number", "cause"]}),
        ("tab c space", {"kinds": ["cause"]}),
        ("tab tab O p", {"claimer": "Op"}),
        ("tab tab 2", {"claimer": "2"}),
        ("tab tab tab tab a ctrl+j b space ctrl+j ctrl+j c", {"evidence": ["a", "b", "c"]}),
        ("tab tab tab tab tab 4", {"share": 4}),
        ("tab tab tab tab tab - 0 . 5", {"share": -0.5}),
        ("tab tab tab tab tab tab y", {"quoted": True}),
        ("tab tab tab tab tab tab 2", {"quoted": False}),
        ("shift+tab shift+tab 1", {"quoted": True}),
        ("down 1 up 3", {"worth": "none", "kinds": ["number"]}),
    ],
)
def test_keys_set_values(keys: str, expected: dict[str, Value]) -> None:
    assert saved(typed(form(), *keys.split())) == expected


FULL: dict[str, Value] = {
    "evidence": ["log book", "radio"],
    "worth": "high",
    "mood": {"odd": [1, 2]},
    "quoted": False,
    "share": 0.25,
    "claimer": "the operator",
    "kinds": ["quote"],
}


def test_an_untouched_form_gives_back_what_it_got_in_the_same_order() -> None:
    state = form(FULL, note="look again\nsoon")
    result = state.result()
    assert result is not None
    assert result.attributes == FULL
    assert list(result.attributes) == list(FULL)
    assert result.note == "look again\nsoon"


def test_a_form_without_a_note_field_keeps_the_note_out() -> None:
    assert [field.name for field in form(note=None).fields][-1] == "quoted"


def test_values_that_the_scheme_does_not_allow_are_kept_until_they_are_changed() -> None:
    state = form({"worth": "middling", "kinds": ["rumour", "quote"]})
    assert saved(state) == {"worth": "middling", "kinds": ["quote", "rumour"]}
    assert saved(typed(state, "1")) == {"worth": "high", "kinds": ["quote", "rumour"]}


@pytest.mark.parametrize("text", ["many", "nan", "inf", "1e999", "0x10", "--1"])
def test_what_is_no_number_is_told_where_it_stands(text: str) -> None:
    state = typed(form(start="share"), *text)
    state.at = 0
    assert state.result() is None
    assert state.current is not None
    assert state.current.name == "share"
    assert "not a number" in state.current.complaint
    typed(state, *["backspace"] * len(text), "7")
    assert state.current.complaint == ""
    assert saved(state) == {"share": 7}


def test_up_and_down_move_within_several_lines_first() -> None:
    state = typed(form({"evidence": ["a", "b"]}, start="evidence"), "up", "x")
    assert saved(state)["evidence"] == ["ax", "b"]
    typed(state, "up")
    assert state.current is not None
    assert state.current.name == "verdict"


def test_it_begins_where_it_is_told_to() -> None:
    assert form(start="note").at == len(CLAIM)
    assert form(start="gone").at == 0


def lines(state: FormState, width: int) -> list[str]:
    return [plain(line.parts).rstrip() for line in state.lines(width)]


def test_what_it_looks_like() -> None:
    state = form({"worth": "high", "kinds": ["number", "cause"], "quoted": True}, start="kinds")
    assert lines(state, 60) == [
        " worth     high",
        "▌kinds     1 ■ number  2 □ quote  3 ■ cause",
        " claimer   –",
        " verdict   unset",
        " evidence  –",
        " share     –",
        " quoted    yes",
        " note      –",
    ]


def test_on_a_narrow_screen_values_stand_under_their_names() -> None:
    state = form({"worth": "high"})
    assert lines(state, 30)[:5] == [
        "▌worth",
        "▌  1 ● high  2 ○ low",
        "▌  3 ○ none",
        " kinds",
        "   –",
    ]


def test_what_is_chosen_can_be_told_without_colours() -> None:
    text = lines(form({"worth": "low"}), 60)[0]
    assert "2 ● low" in text
    assert "1 ○ high" in text


ACTIONS = ("space", "tab", "shift+tab", "up", "down", "left", "right", "delete", "ctrl+j")
KEYS = st.lists(st.sampled_from([*"1239acx", *ACTIONS]), max_size=25)


@given(KEYS, st.integers(20, 90))
def test_lines_are_as_wide_as_the_form_and_one_must_show(keys: list[str], width: int) -> None:
    state = typed(form({"worth": "high"}), *keys)
    found = state.lines(width)
    assert all(cells(line.parts) == width for line in found)
    assert any(line.must_show for line in found)
    assert all(line.place == state.at for line in found if line.must_show)
    assert len(found) <= state.tallest(width)


@given(KEYS)
def test_whatever_was_typed_is_what_the_scheme_allows(keys: list[str]) -> None:
    result = typed(form(), *keys).result()
    if result is not None:
        for name, value in result.attributes.items():
            assert CLAIM[name].complaint(value) == ""


def test_more_values_than_digits() -> None:
    values = tuple(f"v{n}" for n in range(12))
    state = FormState({"many": Attribute("many", "choice", values)}, {}, note=None)
    typed(state, *["right"] * 12)
    assert saved(state) == {"many": "v11"}
    typed(state, "right")
    assert saved(state) == {"many": "v0"}


def test_a_label_without_attributes_has_only_its_note() -> None:
    state = FormState({}, {}, note="x")
    assert [field.name for field in state.fields] == ["note"]
    nothing = FormState({}, {"a": 1}, note=None)
    assert not nothing.press("tab", "", WIDTH)
    assert saved(nothing) == {"a": 1}
    assert nothing.tallest(40) == 0
