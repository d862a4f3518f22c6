"""Keymap files: what they may say, and what is answered when they say something else."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import InvalidFileError, Problem, Source
from annotator.domain.scheme import Label, Scheme
from annotator.keys.keymap import (
    Keymap,
    check_labels,
    default_keymap,
    free_label_keys,
    parse_keymap,
)
from annotator.keys.registry import COMMANDS, CONTEXTS
from annotator.store.located import load_located

from .conftest import read_keymap


def parsed(text: str) -> Keymap:
    return parse_keymap(*load_located(dedent(text), "mine.yaml"), read_keymap)


def problems_of(text: str) -> list[str]:
    with pytest.raises(InvalidFileError) as raised:
        parsed(text)
    return [str(problem) for problem in raised.value.problems]


def test_a_small_file_changes_what_it_names_and_keeps_the_rest() -> None:
    keymap = parsed("""
        name: mine
        description: my own
        keys:
          article:
            move.word-next: [alt+w, "g w"]
            jump.back: []
            select.word: "ctrl+/"
        """)
    default = default_keymap()
    assert (keymap.name, keymap.description, keymap.digits) == ("mine", "my own", "value-on-span")
    assert keymap.keys_of("move.word-next") == ("alt+w", "g w")
    assert keymap.keys_of("jump.back") == ()
    assert keymap.keys_of("select.word") == ("ctrl+_",)
    changed = {"move.word-next", "jump.back", "select.word"}
    for command in COMMANDS.keys() - changed:
        assert keymap.keys_of(command) == default.keys_of(command)


def test_a_file_can_inherit_from_vim_with_its_digits() -> None:
    keymap = parsed("{name: mine, inherits: vim, keys: {article: {move.left: [left]}}}")
    assert keymap.digits == "count"
    assert keymap.keys_of("move.left") == ("left",)
    assert keymap.keys_of("move.right") == ("l", "right")


def test_hints_name_the_keys_of_the_keymap() -> None:
    hint = "{candidate.next} goes on, {move.page-up} back; {0} and {no such} are no commands"
    plain = "; {0} and {no such} are no commands"
    assert default_keymap().named_in(hint) == f"j goes on, pgup back{plain}"
    keyless = parsed("name: mine\ninherits: default\nkeys: {article: {move.page-up: []}}\n")
    assert keyless.named_in(hint) == ""
    assert keyless.named_in("nothing to press") == "nothing to press"


def test_two_commands_on_one_key_are_both_named_with_their_lines() -> None:
    assert problems_of("""\
        name: mine
        keys:
          article:
            span.note: ctrl+n
            span.cycle: [O, ctrl+n]
            tag.identical: w
        """) == [
        (
            "mine.yaml:5: keys.article.span.cycle.1: "
            "'ctrl+n' is bound to both span.cycle and span.note (line 4)"
        ),
        (
            "mine.yaml:6: keys.article.tag.identical: "
            "'w' is bound to both tag.identical and move.word-next (inherited from default)"
        ),
    ]


def test_a_key_of_every_place_clashes_with_one_of_the_article() -> None:
    assert problems_of("{name: mine, keys: {global: {file.save: w}}}") == [
        (
            "mine.yaml:1: keys.global.file.save: "
            "'w' is bound to both file.save and move.word-next (inherited from default)"
        )
    ]


def test_article_and_list_may_use_the_same_key() -> None:
    parsed("{name: mine, keys: {list: {list.fold: w}}}")


def test_a_sequence_that_another_begins_can_never_be_typed() -> None:
    assert problems_of("""\
        name: mine
        keys:
          article:
            span.note: "ctrl+n ctrl+n x"
            span.cycle: ctrl+n ctrl+n
            tag.identical: w w
        """) == [
        (
            "mine.yaml:5: keys.article.span.cycle: "
            "'ctrl+n ctrl+n' (span.cycle) hides 'ctrl+n ctrl+n x', which is span.note (line 4)"
        ),
        (
            "mine.yaml:6: keys.article.tag.identical: "
            "'w w' (tag.identical) cannot be typed: 'w' is move.word-next (inherited from default)"
        ),
    ]


def test_every_problem_of_a_file_is_told_at_once_in_the_order_of_its_lines() -> None:
    assert problems_of("""\
        format: annotator-keymap/2
        name:
        inherits: nano
        digits: sometimes
        colour: red
        keys:
          artikel: {move.left: h}
          article:
            move.lefft: h
            list.up: k
            span.note: [esc, 7, "3 w", "g escape"]
            span.cycle:
            move.left: []
        """) == [
        "mine.yaml:1: format: expected annotator-keymap/1, found 'annotator-keymap/2'",
        "mine.yaml:2: name: missing",
        "mine.yaml:3: inherits: 'nano' is none of none, default, vim, emacs",
        "mine.yaml:4: digits: 'sometimes' is none of value-on-span, count",
        (
            "mine.yaml:5: colour: "
            "unknown key; expected format, name, description, inherits, digits, keys"
        ),
        "mine.yaml:7: keys.artikel: unknown context; expected global, article, list",
        (
            "mine.yaml:9: keys.article.move.lefft: "
            "unknown command 'move.lefft'; did you mean move.left?"
        ),
        "mine.yaml:10: keys.article.list.up: list.up belongs under list, not under article",
        (
            "mine.yaml:11: keys.article.span.note.0: "
            "span.note: unknown key 'esc'; did you mean 'escape'?"
        ),
        "mine.yaml:11: keys.article.span.note.1: span.note: 7 is not a key name; put it in quotes",
        (
            "mine.yaml:11: keys.article.span.note.2: "
            "span.note: '3 w' begins with a digit, and those are counts and values"
        ),
        (
            "mine.yaml:11: keys.article.span.note.3: "
            "span.note: 'g escape' cannot be typed: escape drops what was typed before it"
        ),
        "mine.yaml:12: keys.article.span.cycle: span.cycle: no key is written []",
        "mine.yaml:13: keys.article.move.left: the essential command move.left has no key",
    ]


def test_without_inheritance_every_essential_command_must_be_there() -> None:
    problems = problems_of("{name: bare, inherits: none, keys: {}}")
    essential = [command.id for command in COMMANDS.values() if command.essential]
    assert [problem.split()[-4] for problem in problems] == essential


@pytest.mark.parametrize("text", ["", "[]", "name", "name: x", "{name: x, keys: [a]}", "3"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    assert problems_of(text)


def test_zero_may_be_bound_since_no_count_begins_with_it() -> None:
    assert parsed("{name: x, keys: {article: {move.line-start: '0'}}}").keys_of("move.line-start")


KEYS = st.lists(st.sampled_from(["a", "b", "ctrl+x", "ctrl+x a", "ctrl+x b", "f9"]), max_size=2)
FREE = [c.id for c in COMMANDS.values() if not c.essential and c.id != "app.theme"]


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(FREE), max_size=4, unique=True))
    keys: dict[str, dict[str, list[str]]] = {context: {} for context in CONTEXTS}
    for name in names:
        keys[COMMANDS[name].contexts[0]][name] = draw(KEYS)
    return {"name": "drawn", "inherits": "default", "keys": keys}


@settings(max_examples=150)
@given(files())
def test_what_is_accepted_has_a_way_to_type_every_binding(data: dict[str, Any]) -> None:
    """Accepted: nothing hides another. Refused: each problem names both commands."""
    said = {name: keys for names in data["keys"].values() for name, keys in names.items()}
    try:
        keymap = parse_keymap(data, Source("drawn", {}))
    except InvalidFileError as error:
        for problem in error.problems:
            named = {word.strip("(),") for word in problem.message.split()} & COMMANDS.keys()
            itself = any(len(keys) > 1 for name, keys in said.items() if {name} == named)
            assert len(named) == 2 or itself, problem
        return
    for name, keys in said.items():
        assert sorted(set(keys)) == sorted(keymap.keys_of(name)[-len(set(keys)) :] if keys else [])
    for context in CONTEXTS:
        active = keymap.active(context)
        own = keymap.bindings[context]
        shared = own.keys() & keymap.bindings["global"].keys() if context != "global" else set()
        assert not shared
        for keys in active:
            assert not any(keys[:length] in active for length in range(1, len(keys)))


def scheme_with(**keys: str) -> Scheme:
    return Scheme("mine", 1, {name: Label(name, key) for name, key in keys.items()})


def test_a_label_on_a_key_that_is_taken_names_both_and_free_keys() -> None:
    scheme = scheme_with(person="M", date="d", done="D", one="1")
    source = Source("s.yaml", {("labels", "date", "key"): 7})
    found = check_labels(default_keymap(), scheme, source)
    assert [(p.line, p.key) for p in found] == [
        (7, "labels.date.key"),
        (0, "labels.done.key"),
        (0, "labels.one.key"),
    ]
    assert "'d' tags date but is span.delete (delete the span here)" in found[0].message
    assert "document.done" in found[1].message
    assert "digit" in found[2].message
    assert "free keys: c f p C F P Q R V" in found[0].message


def test_keys_that_are_proposed_are_free() -> None:
    for name in ("default", "vim", "emacs"):
        keymap = read_keymap(name)
        free = free_label_keys(keymap, scheme_with(person="M"))
        assert len(free) >= 5
        assert "M" not in free
        proposed = scheme_with(**{f"label{n}": key for n, key in enumerate(free)})
        assert check_labels(keymap, proposed) == []


def test_a_problem_knows_its_place() -> None:
    with pytest.raises(InvalidFileError) as raised:
        parsed("name: x\nkeys:\n  list:\n    list.up: nope\n")
    first = raised.value.problems[0]
    assert first == Problem("mine.yaml", 4, "keys.list.list.up", first.message)
