"""Where one stands in a list, whatever happens to the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.widgets import cells, plain

from annotator.tui.row_model import Row, RowState, row_parts


def rows(*keys: str) -> list[Row]:
    """Return a row for each key; one that begins with ``#`` is a heading."""
    return [Row(key, ((key, ""),), selectable=not key.startswith("#")) for key in keys]


KEYS = st.lists(st.sampled_from([*"abcdefghij", "#x", "#y"]), unique=True, max_size=12)
MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["by", "page", "to", "scroll", "resize"]), st.integers(-9, 9)),
        st.tuples(st.just("set"), KEYS),
    ),
    max_size=12,
)


@given(KEYS, st.integers(1, 6), MOVES)
def test_the_highlight_is_a_row_that_can_be_highlighted(
    keys: list[str], height: int, moves: list[tuple[str, int | list[str]]]
) -> None:
    state = RowState(rows(*keys), height)
    for kind, value in moves:
        if isinstance(value, list):
            state.set_rows(rows(*value))
        elif kind == "by":
            state.move_by(value)
        elif kind == "page":
            state.page(value)
        elif kind == "to":
            state.move_to(value)
        elif kind == "scroll":
            state.scroll_by(value)
        else:
            state.resize(max(1, abs(value)))
        can_be = [i for i, row in enumerate(state.rows) if row.selectable]
        assert (state.highlighted is not None) == bool(can_be)
        assert state.highlighted is None or state.highlighted in can_be
        assert 0 <= state.top <= state.last_top
        if kind in ("by", "page", "to", "set") and state.highlighted is not None:
            assert state.top <= state.highlighted < state.top + state.height


@given(KEYS, KEYS)
def test_the_highlight_stays_on_its_row_when_rows_come_and_go(
    before: list[str], after: list[str]
) -> None:
    for start in range(len(before)):
        state = RowState(rows(*before), 5)
        state.move_to(start)
        held = state.row
        state.set_rows(rows(*after))
        if held is not None and held.key in after:
            assert state.row is not None
            assert state.row.key == held.key


def test_a_gone_row_leaves_the_highlight_at_its_place() -> None:
    state = RowState(rows("a", "b", "c"), 5)
    state.move_to(1)
    state.set_rows(rows("a", "c"))
    assert state.highlighted == 1
    state.set_rows(rows("a"))
    assert state.highlighted == 0


def test_moving_up_passes_over_headings_and_shows_the_first_one() -> None:
    state = RowState(rows("#1", "a", "#2", "b", "c", "d"), 3)
    state.move_to(5)
    state.move_by(-1)
    state.move_by(-1)
    assert state.highlighted == 3
    state.move_by(-1)
    assert (state.highlighted, state.top) == (1, 0)
    state.move_by(-1)
    assert state.highlighted == 1


class Million(Sequence[Row]):
    """A list that can count the rows it was asked for."""

    def __init__(self) -> None:
        self.made = 0

    def __len__(self) -> int:
        return 1_000_000

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        assert isinstance(index, int)
        self.made += 1
        return Row(str(index), ((f"row {index}", ""),))

    def index_of(self, key: str) -> int | None:
        return int(key) if key.isdigit() and int(key) < len(self) else None


def test_of_a_million_rows_only_those_needed_are_made() -> None:
    million = Million()
    state = RowState(million, 20)
    state.move_to(700_000)
    state.page(2)
    state.set_rows(million)
    state.highlight(3, centre=True)
    assert state.highlighted == 3
    assert million.made < 200


def test_the_thumb_reaches_both_ends() -> None:
    state = RowState(rows(*"abcdefghijklmnopqrst"), 5)
    assert state.thumb() == range(1)
    state.scroll_by(100)
    assert state.thumb() == range(4, 5)
    assert list(RowState(rows("a"), 5).thumb()) == []


LONG = Row("k", (("A name that is too long", ""),))
TREE = Row("k", (("Kim", ""),), depth=1, foldable=True, folded=True, right="×3")


@pytest.mark.parametrize(
    ("row", "width", "expected"),
    [
        (TREE, 24, "   ▸ Kim             ×3 "),
        (LONG._replace(right="in slot"), 24, " A name that i… in slot "),
        (LONG._replace(right="check-worthy"), 24, " A name that is too long"),
        (Row("k", (("now", "strong"),), marker="●"), 10, " ● now    "),
    ],
)
def test_rows_as_text(row: Row, width: int, expected: str) -> None:
    assert plain(row_parts(row, width)) == expected


def test_the_highlight_is_a_mark_and_not_only_a_colour() -> None:
    parts = row_parts(TREE, 24, "cursor")
    assert plain(parts).startswith("▌")
    assert all(role == "cursor" or role.endswith("|cursor") for _, role in parts)


@given(st.text(max_size=40), st.text(max_size=20), st.integers(0, 3), st.integers(0, 50))
def test_a_row_is_as_wide_as_its_list(text: str, right: str, depth: int, width: int) -> None:
    row = Row("k", ((text, ""),), depth=depth, right=right, foldable=depth == 1)
    assert cells(row_parts(row, width, "cursor")) == width
