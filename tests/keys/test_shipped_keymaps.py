"""The keymaps that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.scheme import Scheme
from annotator.keys.cheatsheet import as_yaml
from annotator.keys.keymap import SHIPPED_KEYMAPS, Keymap, default_keymap
from annotator.keys.registry import COMMANDS, CONTEXTS
from annotator.keys.resolver import KeyResolver, Resolution

from .plain_terminal import arrived, sent

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("name", SHIPPED_KEYMAPS)


def test_the_default_file_says_what_the_registry_says(shipped: dict[str, Keymap]) -> None:
    assert shipped["default"] == default_keymap()


@EACH
def test_a_file_is_what_keys_list_prints(name: str, shipped: dict[str, Keymap]) -> None:
    text = (ROOT / "keymaps" / f"{name}.yaml").read_text(encoding="utf-8")
    assert text == as_yaml(shipped[name])


def test_no_other_file_lies_beside_them() -> None:
    found = {path.name for path in (ROOT / "keymaps").iterdir()}
    assert found == {f"{name}.yaml" for name in SHIPPED_KEYMAPS}


@EACH
def test_a_plain_terminal_runs_the_command_that_the_keymap_names(
    name: str, shipped: dict[str, Keymap], scheme: Scheme
) -> None:
    """Textual loses alt before punctuation and reads alt+f as ctrl+right: it must not matter."""
    keymap = shipped[name]
    wrong = []
    for context in CONTEXTS:
        for keys, command in keymap.active(context).items():
            resolver = KeyResolver(keymap, scheme)
            result = Resolution("unknown")
            for key in keys:
                for read in arrived(sent(key)):
                    result = resolver.feed(context, read)
            expected = "pending" if command == "count" else "command"
            if result.kind != expected or (expected == "command" and result.command != command):
                wrong.append((context, keys, command, result))
    assert wrong == []


@EACH
def test_an_essential_command_needs_no_modifier(name: str, shipped: dict[str, Keymap]) -> None:
    """Or it is one that the keymap's own editor has on a modifier and every terminal sends."""
    keymap = shipped[name]
    for command in COMMANDS.values():
        if command.essential:
            assert any("+" not in keys for keys in keymap.keys_of(command.id)), command.id


@EACH
def test_plain_letters_of_labels_begin_nothing_else(name: str, shipped: dict[str, Keymap]) -> None:
    assert {keys[0] for keys in shipped[name].active("article")}.isdisjoint("cpf")


def test_vim_counts_by_digits_and_sets_values_behind_a_comma(shipped: dict[str, Keymap]) -> None:
    assert shipped["vim"].digits == "count"
    assert [shipped["vim"].keys_of(f"value.{n}") for n in (1, 9)] == [(", 1",), (", 9",)]
