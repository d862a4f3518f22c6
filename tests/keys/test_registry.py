"""The registry of commands keeps its own promises."""

from __future__ import annotations

import re

import pytest

from annotator.domain.scheme import Scheme
from annotator.keys.keymap import Keymap, check_labels
from annotator.keys.names import parse_sequence
from annotator.keys.registry import COMMANDS, Command

EVERY = pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))


@EVERY
def test_texts_fit_where_they_are_shown(command: Command) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9]+(-[a-z]+)*)?", command.id)
    assert len(command.hint) <= 12
    assert len(command.description) <= 60
    assert command.description[0].isupper()
    assert not command.description.endswith(".")


@EVERY
def test_default_keys_are_written_as_a_keymap_file_would(command: Command) -> None:
    for keys in command.keys:
        assert " ".join(parse_sequence(keys)) == keys


def test_a_hint_or_text_belongs_to_one_command_of_a_context() -> None:
    seen: dict[tuple[str, str], str] = {}
    for command in COMMANDS.values():
        for context in command.contexts:
            other = seen.setdefault((context, command.description), command.id)
            assert other == command.id


def test_every_essential_command_has_a_default_key() -> None:
    assert [c.id for c in COMMANDS.values() if c.essential and not c.keys] == []


@pytest.mark.parametrize("name", ["default", "vim", "emacs"])
def test_label_keys_of_the_default_scheme_are_free(
    name: str, shipped: dict[str, Keymap], scheme: Scheme
) -> None:

    assert check_labels(shipped[name], scheme) == []
