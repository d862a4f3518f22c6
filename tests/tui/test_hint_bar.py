"""The line of key hints."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples import SCHEME
from support.widgets import Host, cells, plain, screen_lines, settle

from annotator.domain.scheme import Attribute, Label, Scheme
from annotator.keys.keymap import default_keymap
from annotator.store.keymap_files import load_keymap
from annotator.tui.hint_bar import Hint, HintBar, Situation, hint_parts, hints_for

KEYMAP = default_keymap()


def line(hints: tuple[Hint, ...], width: int) -> str:
    return plain(hint_parts(hints, width)).rstrip()


def test_labels_come_first_and_help_stays_at_any_width() -> None:
    hints = hints_for(KEYMAP, SCHEME, Situation())
    assert line(hints, 40) == " c claim  g gap  space grow  ? help"
    for width in range(9, 200):
        assert line(hints, width).endswith("? help"), width


def test_on_a_span_digits_come_first() -> None:
    hints = hints_for(KEYMAP, SCHEME, Situation(label="claim"))
    assert line(hints, 80).startswith(" 1 high  2 low  3 none  enter attributes  d delete")


def test_values_have_the_keys_of_the_keymap() -> None:
    hints = hints_for(load_keymap("vim"), SCHEME, Situation(label="claim"))
    assert line(hints, 80).startswith(" , 1 high  , 2 low  , 3 none  enter attributes")


def test_many_values_are_summed_up() -> None:
    values = tuple(f"kind-{n}" for n in range(15))
    label = Label("slot", "s", attributes={"kind": Attribute("kind", "choice", values)})
    hints = hints_for(KEYMAP, Scheme("slots", 1, {"slot": label}), Situation(label="slot"))
    assert line(hints, 80).startswith(" 1…9 kind  enter")
    hints = hints_for(
        load_keymap("vim"), Scheme("slots", 1, {"slot": label}), Situation("article", "slot")
    )
    assert line(hints, 80).startswith(" , 1…9 kind  enter")


def test_while_selecting_and_in_lists() -> None:
    assert "esc clear" in line(hints_for(KEYMAP, SCHEME, Situation(selecting=True)), 100)
    assert line(hints_for(KEYMAP, SCHEME, Situation("list")), 80).startswith(
        " enter go there  space fold"
    )


def test_in_review_the_decisions_come_first() -> None:
    on_claim = hints_for(KEYMAP, SCHEME, Situation(label="claim", reviewing=True, candidates=True))
    assert line(on_claim, 80).startswith(" y accept  x reject  j candidate  1 high")
    on_link = line(hints_for(KEYMAP, SCHEME, Situation(reviewing=True, candidates=True)), 80)
    assert on_link.startswith(" y accept  x reject  j candidate  K other end")
    some = line(hints_for(KEYMAP, SCHEME, Situation(candidates=True)), 80)
    assert some.startswith(" j candidate  c claim")
    under = line(hints_for(KEYMAP, SCHEME, Situation(candidates=True, proposed=True)), 80)
    assert under.startswith(" y accept  x reject  j candidate  c claim")


HINTS = st.lists(st.tuples(st.text(max_size=6), st.text(max_size=12)), max_size=8).map(tuple)


@given(HINTS, st.integers(0, 80))
def test_the_line_is_as_wide_as_the_screen(hints: tuple[Hint, ...], width: int) -> None:
    assert cells(hint_parts(hints, width)) == width


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_hint_is_cut_in_two(width: int) -> None:
    hints = hints_for(KEYMAP, SCHEME, Situation())
    whole = {f"{key} {word}" for key, word in hints}
    assert set(line(hints, width).strip().split("  ")) <= whole


async def test_the_widget_repaints_only_what_differs() -> None:
    bar = HintBar((("q", "quit"),))
    app = Host(bar)
    async with app.run_test(size=(30, 2)) as pilot:
        await settle(pilot)
        frames = app.frames
        bar.show([("q", "quit")])
        await settle(pilot)
        assert app.frames == frames
        bar.show([("x", "[red]")])
        await settle(pilot)
        assert screen_lines(app)[0] == " x [red]"
