"""How far a long command is: a line drawn over and over on a terminal, else one now and then."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from .output import safe

_REDRAW = 0.1
"""Seconds between two pictures on a terminal."""
_LINE = 5.0
"""Seconds between two lines where there is no terminal."""
_BAR = 20
"""Cells of the bar."""


class Progress:
    """Progress through a known number of things, with a rate and the time left.

    Args:
        total: how many there are.
        things: what they are called, in the plural: ``documents``.
        measure: what the rate counts: ``words``.
        stream: where to; stderr.
        clock: seconds that only rise.
    """

    def __init__(
        self,
        total: int,
        things: str,
        measure: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.total = total
        self.things = things
        self.measure = measure
        self.done = 0
        self.worked = 0
        self.measured = 0
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._begun = clock()
        self._live = self._stream is not None and self._stream.isatty()
        self._next = self._begun if self._live else self._begun + _LINE
        self._shown = False
        self._last = ""

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._begun

    @property
    def rate(self) -> float:
        """How much was measured a second."""
        return self.measured / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds that the rest will take if each takes as long as those that took any; or None.

        Things that were done already when they were come to cost nothing, and tell nothing about
        the others.
        """
        if not self.worked:
            return None
        return self.seconds / self.worked * (self.total - self.done)

    def advance(self, measured: int = 0) -> None:
        """Count one more thing as done.

        Args:
            measured: how much it held; 0 for a thing on which nothing had to be done.
        """
        self.done += 1
        self.worked += measured > 0
        self.measured += measured
        self.tick()

    def tick(self) -> None:
        """Show how far it is, if it is time to."""
        now = self._clock()
        if now >= self._next:
            self._next = now + (_REDRAW if self._live else _LINE)
            self._show()

    def say(self, text: str) -> None:
        """Write a line that stays, above the one that moves."""
        if self._stream is None:
            return
        self._clear()
        self._stream.write(f"{safe(text)}\n")
        self._stream.flush()
        self._next = min(self._next, self._clock()) if self._live else self._next

    def finish(self) -> None:
        """Take the moving line away."""
        self._clear()

    def line(self, width: int) -> str:
        """Return how far it is, in one line.

        Args:
            width: most cells; a bar is drawn where there is room.
        """
        parts = [f"{self.done:,} of {self.total:,} {self.things}"]
        if self.measured:
            parts.append(f"{self.rate:,.0f} {self.measure}/s")
        if self.seconds_left is not None:
            parts.append(f"{_duration(self.seconds_left)} left")
        told = "  ".join(parts)
        if width < len(told) + _BAR + 3:
            return told[:width]
        full = _BAR * self.done // self.total if self.total else _BAR
        return f"[{'#' * full}{'.' * (_BAR - full)}] {told}"

    def _show(self) -> None:
        if self._stream is None:
            return
        if self._live:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r\x1b[K{self.line(width)}")
            self._shown = True
        elif (line := self.line(1000)) != self._last:
            self._last = line
            self._stream.write(f"{line}\n")
        self._stream.flush()

    def _clear(self) -> None:
        if self._shown and self._stream is not None:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
