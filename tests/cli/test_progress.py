"""The progress line: what it says, and that it leaves nothing behind."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left_come_from_what_had_to_be_done() -> None:
    clock = Clock()
    progress = Progress(10, "documents", "words", Terminal(), clock)
    for _ in range(4):
        progress.advance()  # were current
    clock.now += 20
    assert progress.line(200) == "[########............] 4 of 10 documents"
    progress.advance(500)
    progress.advance(1500)
    assert progress.line(200).endswith("6 of 10 documents  100 words/s  0:40 left")
    clock.now += 36000
    assert progress.line(200).endswith("20:00:40 left")


@given(st.integers(0, 200), st.integers(0, 10**6), st.integers(0, 10**6))
def test_it_is_never_wider_than_the_terminal(width: int, done: int, total: int) -> None:
    progress = Progress(total, "documents", "words", Terminal(), Clock())
    progress.done = min(done, total)
    assert len(progress.line(width)) <= width


def test_on_a_terminal_one_line_is_drawn_over_and_then_gone() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(3, "documents", "words", stream, clock)
    for _ in range(3):
        progress.advance(10)
        clock.now += 1
    progress.say("0.txt: \x1b[31m\rodd")
    progress.tick()
    progress.finish()
    written = stream.getvalue()
    assert written.count("\r\x1b[K") == 6
    assert "0.txt: \\x1b[31m\\rodd\n" in written
    assert written.endswith("\r\x1b[K")


def test_elsewhere_a_line_comes_now_and_then() -> None:
    clock, stream = Clock(), io.StringIO()
    progress = Progress(100, "documents", "words", stream, clock)
    for _ in range(12):
        clock.now += 1
        progress.advance(10)
    progress.finish()
    assert stream.getvalue() == (
        "[#...................] 5 of 100 documents  10 words/s  1:35 left\n"
        "[##..................] 10 of 100 documents  10 words/s  1:30 left\n"
    )
