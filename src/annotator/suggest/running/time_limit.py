"""An end to what would never come to one: code of somebody else, asked or loaded."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self

_AGAIN = 1.0
"""Seconds after which code that took no notice is told again."""


class OverTimeError(BaseException):
    """The time is over.

    No ``Exception``, so that a loop which goes on after every exception ends too.
    """


class time_limit:  # noqa: N801 - a context manager, named as those of contextlib are
    """Raise :class:`OverTimeError` within the block once it has taken too long.

    It is a signal that interrupts, so this has no effect outside the main thread, on systems
    without interval timers, and within a call of compiled code that looks for no signals. What
    begins and ends the limit is not interrupted itself: a timer that is left behind would
    interrupt whatever comes later.

    Args:
        seconds: of the clock, above 0.
    """

    def __init__(self, seconds: float) -> None:
        in_main = threading.current_thread() is threading.main_thread()
        self._works = in_main and hasattr(signal, "setitimer")
        self._seconds = seconds

    def __enter__(self) -> Self:
        if self._works:
            self._before = signal.signal(signal.SIGALRM, _over)
            signal.setitimer(signal.ITIMER_REAL, self._seconds, min(self._seconds, _AGAIN))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)


def _over(_number: int, frame: FrameType | None) -> None:
    if frame is None or frame.f_globals is not globals():
        raise OverTimeError
