"""Keys on paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.scheme import Scheme
from annotator.keys import cheatsheet
from annotator.keys.keymap import DIGITS, SHIPPED_KEYMAPS, Keymap, parse_keymap
from annotator.keys.names import short
from annotator.keys.registry import COMMANDS
from annotator.store.located import load_located

from .conftest import read_keymap

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("name", SHIPPED_KEYMAPS)


@EACH
def test_json_is_one_object_for_each_command(name: str, shipped: dict[str, Keymap]) -> None:
    objects = json.loads(cheatsheet.as_json(shipped[name]))
    assert [found["id"] for found in objects] == list(COMMANDS)
    for found in objects:
        command = COMMANDS[found["id"]]
        assert found["context"] in command.contexts
        assert found["keys"] == list(shipped[name].keys_of(command.id))
        assert (found["description"], found["group"]) == (command.description, command.group)
        assert found["essential"] is command.essential
    first_values = next(found["keys"] for found in objects if found["id"] == "value.1")
    assert first_values == ([", 1"] if name == "vim" else ["1"])


@EACH
def test_text_has_every_command_with_all_its_keys(name: str, shipped: dict[str, Keymap]) -> None:
    lines = cheatsheet.as_text(shipped[name]).splitlines()
    for command in COMMANDS.values():
        if not command.id.startswith("value."):
            line = next(line for line in lines if line.endswith(f" {command.id}"))
            keys = ", ".join(shipped[name].keys_of(command.id))
            assert line.split(command.description)[0].strip() == keys


def test_label_keys_stand_first_under_tag(shipped: dict[str, Keymap], scheme: Scheme) -> None:
    found = cheatsheet.sections(shipped["default"], ("article", "global"), scheme)
    tag = next(section for section in found if section.title == "Tag")
    assert [row.keys[0] for row in tag.rows[:6]] == ["c", "C", "p", "P", "f", "F"]
    assert tag.rows[0].command == "tag.claim"
    assert [row.keys for row in tag.rows if row.command.startswith("value")] == [("1 … 9",)]


def test_sections_hold_what_can_be_done_in_a_place(shipped: dict[str, Keymap]) -> None:
    titles = [section.title for section in cheatsheet.sections(shipped["default"], ("list",))]
    assert titles == ["List"]
    everywhere = cheatsheet.sections(shipped["default"], ("global",))
    assert {row.command for section in everywhere for row in section.rows} == {
        command.id for command in COMMANDS.values() if "global" in command.contexts
    }


def test_the_page_of_keys_is_up_to_date(shipped: dict[str, Keymap]) -> None:
    """After a change: ``annotator keys list --markdown`` prints the tables."""
    page = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    assert cheatsheet.as_markdown([shipped[name] for name in SHIPPED_KEYMAPS]) in page


def test_markdown_cells_survive_bars_and_backticks(shipped: dict[str, Keymap]) -> None:
    keymap = Keymap("odd", "", "count", {"article": {("`",): "span.split", ("|",): "span.cycle"}})
    rows = cheatsheet.as_markdown([keymap]).splitlines()
    assert "| Split the span at the cursor | `` ` `` | `span.split` |" in rows
    assert any("| `\\|` |" in row for row in rows)
    wide = cheatsheet.as_markdown(list(shipped.values())).replace("\\|", "").splitlines()
    assert {row.count("|") for row in wide if row.startswith("| ")} == {len(shipped) + 3}


@settings(max_examples=60)
@given(
    st.sampled_from(SHIPPED_KEYMAPS),
    st.text(min_size=1),
    st.text(),
    st.sampled_from(DIGITS),
    st.characters(exclude_categories=("C", "Z", "Nd")),
)
def test_yaml_reads_back_as_the_same_keymap(
    name: str, title: str, description: str, digits: str, key: str
) -> None:
    old = read_keymap(name)
    bindings = {context: dict(commands) for context, commands in old.bindings.items()}
    bindings["article"].setdefault(("f9", key), "tag.identical")
    keymap = Keymap(title, description, "count" if digits == "count" else "value-on-span", bindings)
    text = cheatsheet.as_yaml(keymap)
    assert parse_keymap(*load_located(text, "written.yaml")) == keymap


@pytest.mark.parametrize("name", ["no", "on", "true", "null"])
def test_a_name_that_yaml_takes_for_something_else_is_quoted(name: str) -> None:
    text = cheatsheet.as_yaml(Keymap(name, "", "count", {}))
    assert yaml.safe_load(text)["name"] == name


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("ctrl+x ctrl+s", "^x ^s"),
        ("left", "←"),
        ("shift+pageup", "shift+pgup"),
        ("ctrl+alt+delete", "^alt+del"),
        ("+", "+"),
        ("ctrl++", "^+"),
        ("g g", "g g"),
    ],
)
def test_short_names_for_the_line_of_hints(keys: str, expected: str) -> None:
    assert short(keys) == expected


def test_a_keymap_without_keys_can_be_shown() -> None:
    empty = Keymap("empty", "", "count", {})
    assert "span.split" in cheatsheet.as_text(empty)
    assert json.loads(cheatsheet.as_json(empty))[0]["keys"] == []
