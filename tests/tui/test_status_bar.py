"""The status line says what matters most in whatever room there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.widgets import Host, cells, plain, screen_lines, settle

from annotator.tui.status_bar import StatusBar, StatusState, character_name, status_parts

STATE = StatusState(
    document="articles/ferry.txt",
    number=3,
    total=12,
    annotator="mira",
    status="in-progress",
    saved="saved",
    line=42,
    column=17,
    offset=1034,
    unit="sentence",
    unit_length=1440,
)


def line(state: StatusState, width: int) -> str:
    return plain(status_parts(state, width))


def test_everything_where_there_is_room() -> None:
    text = line(STATE._replace(pending="3", search=(3, 1700)), 120)
    assert text.startswith(" articles/ferry.txt  3/12  mira  in-progress  ✓ saved   ")
    assert text.endswith("   3  hit 3/1,700  sentence 1,440  42:17  @1034 ")


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, " articles/ferry.txt  3/12  mira  in-progress  ✓ saved     sentence 1,440  42:17 "),
        (60, " articles/ferry.txt  3/12  in-progress  ✓ saved       42:17 "),
        (40, " ferry.txt  3/12  ✓ saved         42:17 "),
        (24, " ferry.txt  ✓     42:17 "),
    ],
)
def test_what_matters_least_goes_first(width: int, expected: str) -> None:
    assert line(STATE, width) == expected


def test_the_review_tells_how_far_it_is() -> None:
    assert "review 12/31" in line(STATE._replace(review=(12, 31)), 100)
    assert "✓ review 31/31" in line(STATE._replace(review=(31, 31)), 100)
    assert "?12/31" in line(STATE._replace(review=(12, 31)), 30)


MESSAGE = STATE._replace(message="tagged claim: The ferry Aurora left Port Hale on Monday.")


def test_a_message_is_cropped_but_keeps_its_place() -> None:
    for width in range(30, 130):
        assert "tagged claim: The ferry" in line(MESSAGE, width)
    assert "tagged claim: The ferry Aurora left…" in line(MESSAGE, 80)


def test_severity_is_not_only_a_colour() -> None:
    assert " ! careful" in line(STATE._replace(message="careful", severity="warning"), 80)
    assert " ✗ no room" in line(STATE._replace(message="no room", severity="error"), 80)


def test_unsaved_work_is_said_at_every_width() -> None:
    unsaved = MESSAGE._replace(saved="unsaved")
    assert "● unsaved" in line(unsaved, 60)
    failed = STATE._replace(saved="failed", saved_detail="No space left on device", pending="3")
    assert "✗ not saved: No space left on device" in line(failed, 100)
    for width in range(20, 100):
        assert "✗" in line(failed, width)


def test_read_only_and_hits_and_selection() -> None:
    text = line(STATE._replace(read_only=True, search=(0, 5), search_truncated=True), 100)
    assert "READ-ONLY" in text
    assert "hits 5+" in text
    assert "no hit" in line(STATE._replace(search=(0, 0)), 100)
    text = line(STATE._replace(selection=23), 100)
    assert "selected 23" in text
    assert "sentence" not in text


def test_a_character_that_cannot_be_seen_is_named() -> None:
    assert "U+200B ZERO WIDTH SPACE" in line(STATE._replace(character="\u200b"), 120)
    assert "U+200B" in line(STATE._replace(character="\u200b", annotator=""), 70)
    assert character_name("\u202e") != ""
    for ordinary in ("", "a", "漢", "\n", "\r\n", " "):
        assert character_name(ordinary) == ""


STATES = st.builds(
    StatusState,
    document=st.text(max_size=40),
    number=st.integers(1, 10**7),
    total=st.integers(0, 10**7),
    annotator=st.text(max_size=30),
    status=st.sampled_from(["new", "flagged", "in-progress"]),
    saved=st.sampled_from(["", "saved", "unsaved", "failed"]),
    saved_detail=st.text(max_size=80),
    line=st.integers(1, 10**7),
    column=st.integers(1, 10**7),
    offset=st.integers(0, 10**8),
    unit=st.sampled_from(["", "sentence"]),
    unit_length=st.integers(0, 10**7),
    selection=st.integers(0, 10**7),
    character=st.text(max_size=2),
    pending=st.text(max_size=10),
    search=st.none() | st.tuples(st.integers(0, 9), st.integers(0, 10**5)),
    read_only=st.booleans(),
    message=st.text(max_size=200),
    severity=st.sampled_from(["information", "warning", "error"]),
)


@given(STATES, st.integers(4, 160))
def test_the_line_is_exactly_as_wide_as_the_screen(state: StatusState, width: int) -> None:
    assert cells(status_parts(state, width)) == width


async def test_a_change_costs_one_frame_and_no_layout_and_sameness_nothing() -> None:
    bar = StatusBar(STATE)
    app = Host(bar)
    async with app.run_test(size=(80, 3)) as pilot:
        await settle(pilot)
        frames, layouts = app.frames, bar._layout_updates
        bar.change(line=43, column=1, offset=1100, message="moved [bold]")
        await settle(pilot)
        assert app.frames == frames + 1
        assert bar._layout_updates == layouts
        assert "moved [bold]" in screen_lines(app)[0]
        bar.change(line=43)
        bar.show(bar.state)
        await settle(pilot)
        assert app.frames == frames + 1
