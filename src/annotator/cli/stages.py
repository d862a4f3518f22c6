"""The progress of a command that works in several stages, on one line that is drawn over."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from .output import safe

_BAR = 20
"""Cells of the bar."""
_FIRST = 1.0
"""Seconds before anything is shown."""
_REDRAW = 0.1
"""Seconds between two pictures."""


class Stages:
    """Shows which stage is how far; nothing where stderr is no terminal or all is done at once.

    Args:
        stream: where to; stderr.
        clock: seconds that only rise.
    """

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._begun = clock()
        self._next = self._begun + _FIRST
        self._live = self._stream is not None and self._stream.isatty()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, if it is time to.

        Args:
            stage: what is being done.
            done, total: steps that are done and that there are.
        """
        now = self._clock()
        if not self._live or now < self._next:
            return
        self._next = now + _REDRAW
        full = _BAR * done // max(total, 1)
        bar = f"[{'#' * full}{'.' * (_BAR - full)}] "
        counted = f" {done:,} of {total:,}" if total > 1 else ""
        line = f"{bar}{stage}{counted}  {now - self._begun:.0f} s"
        self._stream.write(f"\r\x1b[K{safe(line)[: shutil.get_terminal_size().columns - 1]}")
        self._stream.flush()
        self._shown = True
