"""Names of keys, held against what Textual makes of what terminals send."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from annotator.keys.names import KEY_NAMES, key_name, parse_key, parse_sequence, split_key

from .plain_terminal import arrived, sent

PRINTABLE_ASCII = [chr(code) for code in range(0x21, 0x7F)]
CONTROL_KEYS = [f"ctrl+{c}" for c in "abcdefgjklnopqrstuvwxyz\\]^_"] + ["ctrl+space"]
ARROWS = ("up", "down", "left", "right", "home", "end")


@pytest.mark.parametrize(
    "key",
    [
        *PRINTABLE_ASCII,
        *"éÄßж漢",
        *KEY_NAMES,
        *CONTROL_KEYS,
        *(f"{modifier}+{arrow}" for modifier in ("ctrl", "shift", "alt") for arrow in ARROWS),
        *("shift+tab", "ctrl+pageup", "ctrl+pagedown", "ctrl+delete"),
        *(f"alt+{c}" for c in string.ascii_letters if c not in "bfO"),
    ],
)
def test_what_a_plain_terminal_sends_arrives_under_the_name_that_keymaps_use(key: str) -> None:
    assert parse_key(key) == key
    assert arrived(sent(key)) == [key]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("\x1b[97;2;65u", "A"),
        ("\x1b[44;2;60u", "<"),
        ("\x1b[44;4u", "alt+<"),
        ("\x1b[46;4u", "alt+>"),
        ("\x1b[102;3u", "alt+f"),
        ("\x1b[102;4u", "alt+F"),
        ("\x1b[47;5u", "ctrl+_"),
        ("\x1b[45;6u", "ctrl+_"),
        ("\x1b[32;5u", "ctrl+space"),
        ("\x1b[115;5u", "ctrl+s"),
        ("\x1b[115;6u", "ctrl+s"),
        ("\x1b[105;5u", "tab"),
        ("\x1b[109;5u", "enter"),
        ("\x1b[104;5u", "backspace"),
        ("\x1b[32;2;32u", "space"),
        ("\x1b[9;2u", "shift+tab"),
        ("\x1b[57441;2u", ""),
        ("\x1b[57442;5u", ""),
        ("\x1b[57358u", ""),
        ("\x1b[57400;;49u", "1"),
    ],
)
def test_a_kitty_terminal_gives_the_same_names(data: str, name: str) -> None:
    assert arrived(data) == [name]


@pytest.mark.parametrize("character", PRINTABLE_ASCII)
def test_punctuation_that_textual_spells_out_is_itself_behind_alt(character: str) -> None:
    assert key_name(f"alt+{_character_to_key(character)}") == f"alt+{character}"


def test_the_left_arrow_is_not_taken_for_a_modifier_of_the_left_hand() -> None:
    assert key_name("left") == "left"
    assert key_name("left_shift") == ""


@given(st.text(max_size=12))
def test_a_name_that_is_accepted_stays_as_it_is(text: str) -> None:
    try:
        name = parse_key(text)
    except ValueError:
        return
    assert parse_key(name) == name


@given(
    st.lists(st.sampled_from(["ctrl", "alt", "shift"]), unique=True),
    st.sampled_from([*KEY_NAMES, *PRINTABLE_ASCII]),
)
def test_an_event_and_a_file_agree_on_every_key(modifiers: list[str], base: str) -> None:
    spelled = "+".join([*modifiers, base])
    assert split_key(spelled) == (modifiers, base)
    try:
        name = parse_key(spelled)
    except ValueError:
        return
    event = "+".join([*sorted(modifiers), _character_to_key(base) if len(base) == 1 else base])
    assert key_name(event) == name


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("esc", "'escape'"),
        ("PageUp", "'pageup'"),
        ("question_mark", "'?'"),
        ("shift+a", "'A'"),
        ("shift+1", "'!'"),
        ("ctrl+i", "'tab'"),
        ("ctrl+m", "'enter'"),
        ("ctrl+h", "'backspace'"),
        ("ctrl+ctrl+x", "twice"),
        ("page", "'pageup'"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        parse_key(text)
    assert repr(text) in str(raised.value)
    assert advice in str(raised.value)


def test_sequences_are_split_at_blanks() -> None:
    assert parse_sequence("ctrl+x  ctrl+S") == ("ctrl+x", "ctrl+s")
    with pytest.raises(ValueError, match="no key"):
        parse_sequence("  ")
