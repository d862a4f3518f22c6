"""``annotator keys``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.keys.keymap import SHIPPED_KEYMAPS, default_keymap, parse_keymap
from annotator.keys.registry import COMMANDS
from annotator.store.located import load_located
from annotator.store.resources import user_config_dir

from .conftest import Cli

BROKEN = "name: mine\nkeys:\n  article:\n    span.note: w\n    span.nota: x\n"


def user_keymap(name: str, text: str) -> Path:
    folder = user_config_dir() / "keymaps"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_the_default_keymap_is_shown(arguments: tuple[str, ...], cli: Cli) -> None:
    outcome = cli("keys", *arguments)
    assert (outcome.status, outcome.err) == (0, "")
    for command in COMMANDS:
        assert command.startswith("value.") or f"  {command}\n" in outcome.out


@pytest.mark.parametrize("name", SHIPPED_KEYMAPS)
def test_json_has_one_object_for_each_command(name: str, cli: Cli) -> None:
    objects = cli("keys", "list", "--json", "--keymap", name).json
    assert [found["id"] for found in objects] == list(COMMANDS)
    assert {"id", "keys", "context", "description"} <= objects[0].keys()


def test_yaml_can_be_kept_as_a_keymap_of_ones_own(cli: Cli) -> None:
    text = cli("keys", "list", "--yaml").out
    assert parse_keymap(*load_located(text, "x")) == default_keymap()
    path = user_keymap("mine", text.replace("name: default", "name: mine"))
    assert cli("keys", "check", str(path)).status == 0
    assert cli("keys", "list", "--keymap", "mine").out.startswith("mine: ")


def test_markdown_has_a_column_for_each_keymap_or_for_the_one_asked_for(cli: Cli) -> None:
    assert "| does | default | vim | emacs | command |" in cli("keys", "list", "--markdown").out
    outcome = cli("keys", "list", "--markdown", "--keymap", "vim")
    assert "| does | vim | command |" in outcome.out


def test_label_keys_of_a_scheme_are_shown(cli: Cli) -> None:
    outcome = cli("keys", "list", "--scheme", "claims-and-placeholders")
    assert "Tag as claim" in outcome.out


def test_a_users_keymap_inherits_from_a_shipped_one(cli: Cli) -> None:
    user_keymap("mine", "{name: mine, inherits: vim, keys: {article: {span.note: f8}}}")
    objects = cli("keys", "list", "--json", "--keymap", "mine").json
    keys = {found["id"]: found["keys"] for found in objects}
    assert keys["span.note"] == ["f8"]
    assert keys["move.right"] == ["l", "right"]


def test_a_users_keymap_may_have_the_name_of_the_shipped_one_it_inherits_from(cli: Cli) -> None:
    user_keymap("vim", "{name: vim, inherits: vim, keys: {article: {span.note: f8}}}")
    outcome = cli("keys", "list", "--json", "--keymap", "vim")
    assert outcome.status == 0


def test_a_broken_keymap_is_refused_with_every_problem(cli: Cli) -> None:
    path = user_keymap("mine", BROKEN)
    outcome = cli("keys", "list", "--keymap", "mine")
    assert (outcome.status, outcome.out) == (2, "")
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("annotator: ")
    assert f"{path.name}:4: keys.article.span.note: " in lines[0]
    assert "span.note and move.word-next" in lines[0]


def test_an_unknown_keymap_is_one_line(cli: Cli) -> None:
    outcome = cli("keys", "list", "--keymap", "nano")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "nano" in outcome.err


def test_check_prints_each_problem_and_ends_with_1(cli: Cli) -> None:
    path = user_keymap("mine", BROKEN)
    outcome = cli("keys", "check", str(path))
    assert outcome.status == 1
    assert [line.split(": ")[0] for line in outcome.out.splitlines()] == [f"{path}:4", f"{path}:5"]
    problems = cli("keys", "check", str(path), "--json").json
    assert [(problem["line"], problem["key"]) for problem in problems] == [
        (4, "keys.article.span.note"),
        (5, "keys.article.span.nota"),
    ]
    assert {problem["file"] for problem in problems} == {str(path)}


def test_check_against_a_scheme_names_labels_without_a_key(cli: Cli) -> None:
    path = user_keymap("mine", "{name: mine, keys: {article: {span.note: c}}}")
    assert cli("keys", "check", str(path)).status == 0
    outcome = cli("keys", "check", str(path), "--scheme", "claims-and-placeholders")
    assert outcome.status == 1
    assert "'c' tags claim but is span.note" in outcome.out


@pytest.mark.parametrize("content", [b"\xff\xfe\xff", b"keys: [", b"name: x\nname: y\n", b"\0"])
def test_check_of_something_that_is_no_yaml_is_a_finding(
    content: bytes, tmp_path: Path, cli: Cli
) -> None:
    path = tmp_path / "keymap.yaml"
    path.write_bytes(content)
    outcome = cli("keys", "check", str(path))
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith(str(path))


@pytest.mark.parametrize("name", ["", "missing.yaml", "."])
def test_check_of_something_that_cannot_be_read_is_bad_input(
    name: str, tmp_path: Path, cli: Cli
) -> None:
    outcome = cli("keys", "check", str(tmp_path / name))
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)


def test_a_file_name_cannot_move_the_cursor(tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "x\x1b[2J\u202e\udc80.yaml"
    missing = cli("keys", "check", str(path))
    path.write_bytes(b"keys: [")
    broken = cli("keys", "check", str(path))
    for text in (missing.err, broken.out):
        assert "x\\x1b[2J\\u202e\\udc80.yaml" in text
        assert text.count("\n") == 1


def test_json_of_no_problems_is_an_empty_array(cli: Cli) -> None:
    path = user_keymap("mine", "{name: mine, keys: {}}")
    assert json.loads(cli("keys", "check", str(path), "--json").out) == []
