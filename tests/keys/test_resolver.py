"""Keys one after the other, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.scheme import Label, Scheme
from annotator.keys.keymap import SHIPPED_KEYMAPS, Keymap, default_keymap
from annotator.keys.registry import COMMANDS, CONTEXTS
from annotator.keys.resolver import KeyResolver, Resolution

from .conftest import read_keymap

KEYMAPS = {name: read_keymap(name) for name in SHIPPED_KEYMAPS}
LABELS = {name: Label(name, key) for name, key in (("claim", "c"), ("repeat", "p"))}
SCHEME = Scheme("labels", 1, LABELS)
KEYS = sorted({key for k in KEYMAPS.values() for c in CONTEXTS for s in k.active(c) for key in s})


def resolver_of(name: str = "default") -> KeyResolver:
    return KeyResolver(KEYMAPS[name], SCHEME)


def feed(
    resolver: KeyResolver, keys: Iterable[str], context: str = "article", values: int = 0
) -> Resolution:
    result = Resolution("unknown")
    for key in keys:
        result = resolver.feed(context, key, on_span_values=values)
    return result


def bindings() -> list[tuple[str, str, tuple[str, ...], str]]:
    return [
        (name, context, keys, command)
        for name, keymap in KEYMAPS.items()
        for context in CONTEXTS
        for keys, command in keymap.active(context).items()
        if command != "count"
    ]


@settings(max_examples=60)
@given(st.sampled_from(bindings()), st.integers(1, 999_999_999))
def test_every_binding_runs_its_command_with_the_count_it_takes(
    binding: tuple[str, str, tuple[str, ...], str], count: int
) -> None:
    name, context, keys, command = binding
    resolver = resolver_of(name)
    assert feed(resolver, keys, context) == Resolution("command", command)
    typed = [*str(count), *keys]
    if keys[0] == "0":
        assert feed(resolver, typed, context).kind == "pending"
    elif "escape" in keys or command in ("select.clear", "list.close"):
        assert feed(resolver, typed, context) == Resolution("pending")
    else:
        expected = count if COMMANDS[command].counted else None
        assert feed(resolver, typed, context) == Resolution("command", command, count=expected)
        assert resolver.pending == ""


@settings(max_examples=60)
@given(
    st.sampled_from(SHIPPED_KEYMAPS),
    st.lists(st.tuples(st.sampled_from([*CONTEXTS, "form"]), st.sampled_from(KEYS))),
    st.integers(0, 9),
)
def test_only_an_unfinished_command_leaves_something_behind(
    name: str, presses: list[tuple[str, str]], values: int
) -> None:
    resolver = resolver_of(name)
    for context, key in presses:
        result = resolver.feed(context, key, on_span_values=values)
        assert resolver.pending == (result.pending if result.kind == "pending" else "")
        assert (result.kind == "command") == bool(result.command)
        if result.kind == "pending" and result.pending:
            following = resolver.choices(context)
            assert following
            assert key != "escape"
    assert resolver.feed(presses[-1][0] if presses else "article", "escape").pending in (
        "",
        "escape",
    )
    assert resolver.pending == ""


def test_digits_set_values_only_as_far_as_there_are_values() -> None:
    resolver = resolver_of()
    assert feed(resolver, "3", values=3) == Resolution("command", "value.3")
    assert feed(resolver, "4w", values=3) == Resolution("command", "move.word-next", count=4)
    assert feed(resolver, "13w", values=0) == Resolution("command", "move.word-next", count=13)
    assert feed(resolver, "42w", values=3) == Resolution("command", "move.word-next", count=42)
    assert feed(resolver, "3", context="list", values=3).kind == "pending"


def test_the_count_command_makes_the_next_digits_a_count() -> None:
    resolver = resolver_of()
    assert resolver.feed("article", "#").pending == "count"
    assert feed(resolver, "3w", values=3) == Resolution("command", "move.word-next", count=3)
    assert feed(resolver, "#05w", values=9) == Resolution("command", "move.word-next", count=5)
    assert feed(resolver, "#w", values=9) == Resolution("command", "move.word-next")


def test_digits_are_always_counts_where_the_keymap_says_so() -> None:
    resolver = resolver_of("vim")
    assert feed(resolver, "3w", values=3) == Resolution("command", "move.word-next", count=3)
    assert feed(resolver, ",3", values=3) == Resolution("command", "value.3")
    assert feed(resolver, "0") == Resolution("command", "move.line-start")
    assert feed(resolver, "10w") == Resolution("command", "move.word-next", count=10)
    assert feed(resolver, "2gt") == Resolution("command", "document.next", count=2)


def test_a_count_stops_growing() -> None:
    assert feed(resolver_of(), "9" * 5000 + "w").count == 999_999_999


def test_label_keys_tag_and_name_their_label() -> None:
    resolver = resolver_of()
    assert feed(resolver, "c") == Resolution("command", "tag.claim", "claim")
    assert feed(resolver, "p") == Resolution("command", "tag.repeat", "repeat")
    assert feed(resolver, ".") == Resolution("command", "tag.repeat")
    assert feed(resolver, "5c") == Resolution("command", "tag.claim", "claim")
    assert feed(resolver, "c", context="list").kind == "unknown"
    assert feed(resolver_of("vim"), "gc").kind == "unknown"


def test_the_label_wins_where_a_command_has_its_key() -> None:
    scheme = Scheme("labels", 1, {"word": Label("word", "w")})
    assert KeyResolver(default_keymap(), scheme).feed("article", "w").label == "word"


def test_escape_drops_what_was_typed_and_only_then_clears() -> None:
    resolver = resolver_of("emacs")
    for start in (["ctrl+x"], ["ctrl+u"], ["ctrl+u", "4"], ["7"]):
        for cancel in ("escape", "ctrl+g"):
            feed(resolver, start)
            assert resolver.pending
            assert resolver.feed("article", cancel) == Resolution("pending")
            assert resolver.feed("article", cancel) == Resolution("command", "select.clear")


def test_a_key_that_clears_can_still_be_the_end_of_a_sequence() -> None:
    keymap = Keymap(
        "odd", "", "count", {"article": {("x",): "select.clear", ("g", "x"): "jump.back"}}
    )
    resolver = KeyResolver(keymap, SCHEME)
    assert feed(resolver, "gx") == Resolution("command", "jump.back")
    assert feed(resolver, "3x") == Resolution("pending")
    feed(resolver, "g")
    assert feed(resolver, ["escape"]) == Resolution("pending")
    assert resolver.pending == ""


def test_keys_that_lead_nowhere_are_named() -> None:
    result = feed(resolver_of("emacs"), ["3", "ctrl+x", "%"])
    assert result == Resolution("unknown", pending="3 ctrl+x %")


def test_a_modifier_alone_does_not_end_a_sequence() -> None:
    resolver = resolver_of("vim")
    assert resolver.feed("article", "g").pending == "g"
    assert resolver.feed("article", "") == Resolution("pending", pending="g")
    assert resolver.feed("article", "T") == Resolution("command", "document.previous")


def test_another_context_begins_anew() -> None:
    resolver = resolver_of("vim")
    resolver.feed("article", "g")
    assert resolver.feed("list", "j") == Resolution("command", "list.down")
    assert resolver.feed("form", "f1") == Resolution("command", "app.help")


def test_choices_name_what_can_follow() -> None:
    resolver = resolver_of("emacs")
    resolver.feed("list", "ctrl+x")
    following = dict(resolver.choices("list"))
    assert following["ctrl+s"] == "file.save"
    assert "ctrl+x" not in following
    resolver.reset()
    assert dict(resolver.choices("article"))["ctrl+x"] == ""


@pytest.mark.parametrize("context", CONTEXTS)
def test_what_holds_everywhere_holds_in_each_context(context: str) -> None:
    keymap: Keymap = default_keymap()
    resolver = KeyResolver(keymap, SCHEME)
    for keys, command in keymap.bindings["global"].items():
        assert feed(resolver, keys, context) == Resolution("command", command)
