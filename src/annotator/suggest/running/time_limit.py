"""An end to what would never come to one: code of somebody else, asked or loaded."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 1.0
"""Seconds after which code that took no notice is told again."""


class OverTimeError(BaseException):
    """The time is over.

    No ``Exception``, so that a loop which goes on after every exception ends too.
    """


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`OverTimeError` within the block once it has taken too long.

    It is a signal that interrupts, so this has no effect outside the main thread, on systems
    without interval timers, and within a call of compiled code that looks for no signals.

    Args:
        seconds: of the clock, above 0.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _over)
    signal.setitimer(signal.ITIMER_REAL, seconds, min(seconds, _AGAIN))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _over(_number: int, _frame: FrameType | None) -> None:
    raise OverTimeError
