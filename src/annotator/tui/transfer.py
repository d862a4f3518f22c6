"""An export or import that runs beside the app, in a process of its own.

A process, since some formats load spaCy, which would hold up keys for seconds in a thread.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

from ..domain.progress_lines import AS_LINES, PROGRESS, VARIABLE

_LOOK = 0.2
"""Seconds after which it is seen that nobody wants the result any more."""
_PATIENCE = 5.0
"""Seconds that a process which was told to stop has to clear away what it wrote."""


class Transfer:
    """One command of the command line, run to its end.

    Args:
        arguments: of ``annotator``.
        begun: what is said while it runs: ``exporting to x.csv…``.
        changed: is told :attr:`message` when that changes; from the thread that runs it.

    Attributes:
        message: what is under way, and how far.
        stopped: whether somebody stopped it.
    """

    def __init__(
        self, arguments: Sequence[str], begun: str, changed: Callable[[str], None]
    ) -> None:
        self.begun = begun
        self.message = begun
        self.stopped = False
        self._changed = changed
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "annotator", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, VARIABLE: AS_LINES},
        )

    def run(self, is_wanted: Callable[[], bool]) -> tuple[list[str], int]:
        """Wait for the end; for a thread.

        Args:
            is_wanted: whether somebody still waits; else the command is stopped.

        Returns:
            The lines that the command wrote, and its exit status.
        """
        assert self._process.stderr is not None
        fd = self._process.stderr.fileno()
        said: list[str] = []
        rest = b""
        while True:
            if not is_wanted():
                self.stop()
            if not select.select([fd], [], [], _LOOK)[0]:
                continue
            data = os.read(fd, 1 << 16)
            *lines, rest = (rest + data).split(b"\n")
            for line in [*lines, *([] if data else [rest])]:
                self._take(line.decode("utf-8", "replace").strip(), said)
            if not data:
                break
        self._process.stderr.close()
        return said, self._process.wait()

    def stop(self) -> None:
        """Have the command clear away what it wrote, and end."""
        if self.stopped:
            return
        self.stopped = True
        # As Ctrl+C on the command line, which leaves nothing half done.
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _take(self, line: str, said: list[str]) -> None:
        if line.startswith(PROGRESS):
            self.message = f"{self.begun} {line.removeprefix(PROGRESS)}"
            self._changed(self.message)
        elif line:
            said.append(line)
