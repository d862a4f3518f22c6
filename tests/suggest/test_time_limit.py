"""The end to code that never comes to one, and that it leaves nothing behind."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any

import pytest

from annotator.suggest.running import time_limit as module
from annotator.suggest.running.time_limit import OverTimeError, time_limit


def forever() -> None:
    while True:
        pass


def armed() -> tuple[object, float]:
    return signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)[0]


def test_it_ends_a_loop_and_leaves_no_timer_behind() -> None:
    before = armed()
    with pytest.raises(OverTimeError), time_limit(0.01):
        forever()
    assert armed() == before


def test_an_alarm_at_any_line_of_the_limit_itself_leaves_no_timer_behind() -> None:
    """Such a timer would interrupt whatever comes later, as an answer that is being written."""
    before = armed()
    lines = 0

    def alarm(frame: FrameType, event: str, _what: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != module.__file__ or frame.f_code.co_name == "_over":
            return None
        if event == "line" and signal.getsignal(signal.SIGALRM) is not before[0]:
            lines += 1
            handler = signal.getsignal(signal.SIGALRM)
            assert callable(handler)
            handler(signal.SIGALRM, frame)  # as the interpreter calls it between two lines
        return alarm

    tracing = sys.gettrace()
    sys.settrace(alarm)
    try:
        with time_limit(600):
            pass
    except OverTimeError:
        pass
    finally:
        sys.settrace(tracing)
        after = armed()
        signal.setitimer(signal.ITIMER_REAL, 0)
    assert lines > 2
    assert after == before
