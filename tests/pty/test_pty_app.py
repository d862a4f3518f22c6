"""The pseudo-terminal driver itself: what it sees is what a terminal would show."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.harness import ProgramEndedError
from benchmarks.xterm import FRAME_END, FRAME_START, FrameScanner, key_bytes

from .pty_app import PtyApp

PROBE = Path(__file__).with_name("probe_app.py")
QUESTION = b"\x1b[?2026$p"
PIECES = st.sampled_from([FRAME_START, FRAME_END, QUESTION, b"text", b"\x1b[?2026", b"\x1b", b"l"])


@pytest.fixture
def own_probe() -> Iterator[PtyApp]:
    """A program to end."""
    with PtyApp([sys.executable, str(PROBE)], columns=60, rows=10) as app:
        app.wait_for("probe 60x10")
        yield app


@pytest.fixture(scope="module")
def shared_probe() -> Iterator[PtyApp]:
    with PtyApp([sys.executable, str(PROBE)], columns=60, rows=10) as app:
        yield app


@pytest.fixture
def probe(shared_probe: PtyApp) -> PtyApp:
    """A program to type into; the same one for all tests, as if it had just started."""
    shared_probe.wait_for("probe")
    shared_probe.resize_to(60, 10)
    shared_probe.press("0")
    shared_probe.wait_for("probe 60x10")
    shared_probe.wait_for("count 0")
    return shared_probe


@given(st.lists(PIECES), st.integers(1, 9))
def test_scanner_sees_the_same_however_reads_cut_the_output(pieces: list[bytes], size: int) -> None:
    stream = b"".join(pieces)
    whole, cut = FrameScanner(), FrameScanner()
    answer = whole.feed(stream)
    chunks = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert b"".join(cut.feed(chunk) for chunk in chunks) == answer
    assert (cut.frames, cut.in_frame) == (whole.frames, whole.in_frame)
    assert whole.frames == stream.count(FRAME_END)
    assert answer.count(b"$y") == stream.count(QUESTION)


def test_keys_are_sent_as_xterm_sends_them() -> None:
    assert key_bytes("c") == b"c"
    assert key_bytes("é") == "é".encode()
    assert key_bytes("ctrl+s") == b"\x13"
    assert key_bytes("alt+<") == b"\x1b<"
    assert key_bytes("shift+right") == b"\x1b[1;2C"
    with pytest.raises(ValueError, match="pgdn"):
        key_bytes("pgdn")


def test_screen_is_read_as_cells(probe: PtyApp) -> None:
    rows = probe.rows
    assert rows[0].rstrip() == "probe 60x10"
    assert rows[2].rstrip() == "漢字 and עברית end"
    assert probe.cell(0, 2).data == "漢"
    assert probe.cell(2, 2).data == "字"
    assert len(rows) == 10


def test_one_frame_and_two_frames_are_told_apart(probe: PtyApp) -> None:
    assert probe.frames_for("right") == 1
    assert "count 1" in probe.text
    assert probe.frames_for("t", quiet=0.5) == 2
    assert "count 3" in probe.text


def test_a_key_that_paints_nothing_is_reported(probe: PtyApp) -> None:
    probe.settle()
    with pytest.raises(TimeoutError):
        probe.key("z", timeout=0.3)


def test_keys_typed_at_once_all_arrive(probe: PtyApp) -> None:
    probe.press(*["right"] * 7)
    probe.wait_for("count 7")
    probe.wait_for_gone("count 6")


def test_resize_reaches_the_program(probe: PtyApp) -> None:
    probe.resize_to(44, 7)
    probe.wait_for("probe 44x7")
    assert len(probe.rows) == 7


def test_a_text_that_does_not_come_shows_the_screen(probe: PtyApp) -> None:
    with pytest.raises(AssertionError, match="probe 60x10"):
        probe.wait_for("nowhere", timeout=0.1)


def test_exit_status_is_the_programs_own(own_probe: PtyApp) -> None:
    own_probe.press("q")
    assert own_probe.wait_for_end() == 3


def test_kill_leaves_no_time_to_tidy_up(own_probe: PtyApp) -> None:
    own_probe.kill()
    assert own_probe.exit_code == -9


def test_a_failing_program_leaves_its_last_words(own_probe: PtyApp) -> None:
    own_probe.press("x")
    with pytest.raises(ProgramEndedError, match="asked to fail"):
        own_probe.wait_for("count 99")


def test_a_program_that_cannot_start_says_so(tmp_path: Path) -> None:
    with PtyApp([str(tmp_path / "missing")]) as app:
        with pytest.raises(ProgramEndedError, match="cannot start"):
            app.wait_for("anything")
        assert app.wait_for_end() == 127
