"""Drive a terminal program in a real pseudo-terminal and see every frame that it paints.

The terminal says that it supports synchronised output (DEC private mode 2026) when it is asked,
so a Textual program brackets each frame, and the time at which a frame is complete is known
exactly: it is when the last byte of the closing sequence was read. Nothing sleeps; every wait is
a wait for output with a limit.

CPU time and memory come from ``/proc`` and so need Linux; without it they are 0.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.xterm import FrameScanner, key_bytes


class ProgramEndedError(Exception):
    """The program closed its terminal while something was awaited."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a program did after one stimulus.

    Attributes:
        first: seconds until the first frame was complete.
        last: seconds until the last frame was complete.
        frames: how many frames came.
        size: bytes written in all.
        cpu: seconds of CPU time of the program's own process.
    """

    first: float
    last: float
    frames: int
    size: int
    cpu: float


class Terminal:
    """A program that runs in a pseudo-terminal of its own.

    Args:
        argv: the program and its arguments; the program is looked up on the path.
        columns, rows: size of the terminal in cells.
        env: what the program's environment has besides, or instead of, this process's.
        cwd: the program's working folder.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.output = bytearray()
        """Everything written since the last stimulus."""
        self.exit_code: int | None = None
        """Exit status once the program has been waited for; negative for a signal."""
        self._scanner = FrameScanner()
        self.started = time.perf_counter()
        """Time of the start (``time.perf_counter``)."""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(argv, columns, rows, env or {}, cwd)
        # The child sets its size as well: whichever is first, it starts with the right one.
        self.set_size(columns, rows)
        os.set_blocking(self._fd, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def frames(self) -> int:
        """Frames completed since the start."""
        return self._scanner.frames

    @property
    def in_frame(self) -> bool:
        """Whether a frame has begun and is not complete: the screen is half drawn."""
        return self._scanner.in_frame

    def received(self, data: bytes) -> None:
        """Take note of output; for subclasses that draw it."""

    def read(self, timeout: float) -> bytes:
        """Read what the program has written, and answer what it asks.

        Args:
            timeout: seconds to wait for output when there is none.

        Returns:
            The bytes; empty when none came in time.

        Raises:
            ProgramEndedError: the program has closed the terminal.
        """
        if not select.select([self._fd], [], [], max(0.0, timeout))[0]:
            return b""
        try:
            data = os.read(self._fd, 1 << 20)
        except OSError:  # Linux says EIO where others say end of file
            data = b""
        if not data:
            tail = bytes(self.output[-3000:]).decode(errors="replace")
            raise ProgramEndedError(f"the program ended; its last words:\n{tail}")
        self.output += data
        if answer := self._scanner.feed(data):
            os.write(self._fd, answer)
        self.received(data)
        return data

    def wait_until(self, condition: Callable[[], bool], timeout: float = 30.0) -> float:
        """Read until a condition holds.

        Args:
            condition: asked after each read.
            timeout: seconds to wait at most.

        Returns:
            The seconds since the program's start.

        Raises:
            TimeoutError: the condition did not come true in time.
            ProgramEndedError: the program ended before.
        """
        limit = time.perf_counter() + timeout
        while not condition():
            left = limit - time.perf_counter()
            if left <= 0:
                raise TimeoutError(f"not in {timeout} s; last output {bytes(self.output[-500:])!r}")
            self.read(left)
        return time.perf_counter() - self.started

    def wait_for_output(self, marker: bytes, timeout: float = 30.0) -> float:
        """Read until the output since the last stimulus holds ``marker``; see ``wait_until``."""
        return self.wait_until(lambda: marker in self.output, timeout)

    def settle(self, quiet: float = 0.2, timeout: float = 60.0) -> None:
        """Read until the program is at rest: silent and without use of CPU for ``quiet`` seconds.

        Raises:
            TimeoutError: it did not come to rest in ``timeout`` seconds.
        """
        limit = time.perf_counter() + timeout
        busy = self.cpu()
        while time.perf_counter() < limit:
            if self.read(quiet):
                continue
            now = self.cpu()
            if now - busy < _IDLE_CPU:
                self.output.clear()
                return
            busy = now
        raise TimeoutError(f"the program was not at rest in {timeout} s")

    def press(self, *keys: str) -> None:
        """Type keys and wait for nothing."""
        os.write(self._fd, b"".join(key_bytes(key) for key in keys))

    def send(self, data: bytes) -> None:
        """Send raw bytes, as a terminal would."""
        os.write(self._fd, data)

    def key(self, key: str, *, quiet: float = 0.06, timeout: float = 30.0) -> Reaction:
        """Type one key into a program at rest and watch what it paints.

        Args:
            key: see ``xterm.key_bytes``.
            quiet: seconds of silence, without use of CPU, after which no more is expected.
            timeout: seconds to wait for the first frame.

        Raises:
            TimeoutError: no frame came.
        """
        return self._react(lambda: self.press(key), quiet, timeout)

    def resize(
        self, columns: int, rows: int, *, quiet: float = 0.25, timeout: float = 60.0
    ) -> Reaction:
        """Give the terminal another size and watch what the program paints; as for ``key``."""
        return self._react(lambda: self.set_size(columns, rows), quiet, timeout)

    def _react(self, stimulate: Callable[[], None], quiet: float, timeout: float) -> Reaction:
        self.output.clear()
        frames, cpu = self.frames, self.cpu()
        first = last = 0.0
        busy = cpu
        begun = time.perf_counter()
        stimulate()
        while True:
            seen = self.frames
            data = self.read(quiet if self.frames > frames else timeout)
            now = time.perf_counter() - begun
            if self.frames > seen:
                last = now
                first = first or now
            if data:
                continue
            if self.frames == frames:
                raise TimeoutError(f"no frame in {timeout} s")
            used = self.cpu()
            if used - busy < _IDLE_CPU:
                break
            busy = used  # it still computes: another frame may come
        return Reaction(first, last, self.frames - frames, len(self.output), self.cpu() - cpu)

    def set_size(self, columns: int, rows: int) -> None:
        """Give the terminal another size in cells and wait for nothing."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    def cpu(self) -> float:
        """Return the CPU seconds that the program's process has used, to the microsecond."""
        total = 0
        for path in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            try:
                total += int(path.read_text().split()[0])
            except (OSError, IndexError):  # the thread has just ended
                continue
        return total / 1e9

    def memory(self) -> tuple[float, float]:
        """Return the process's resident memory now and at its highest, in bytes."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0.0, 0.0
        found = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+)", status))
        return int(found.get("VmRSS", 0)) * 1024.0, int(found.get("VmHWM", 0)) * 1024.0

    def forget_peak(self) -> None:
        """Let the highest resident memory be counted from now on."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def wait_for_end(self, timeout: float = 30.0) -> int:
        """Read until the program ends of its own accord; return its exit status.

        Raises:
            TimeoutError: it did not end in time.
        """
        with contextlib.suppress(ProgramEndedError):
            self.wait_until(lambda: False, timeout)
        return self._reap()

    def kill(self) -> None:
        """Kill the program as ``kill -9`` does: it gets no chance to tidy up."""
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()

    def _reap(self) -> int:
        if self.exit_code is None:
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.exit_code

    def close(self) -> None:
        """Kill the program if it still runs, and close the terminal."""
        if self._fd >= 0:
            self.kill()
            os.close(self._fd)
            self._fd = -1


_IDLE_CPU = 0.003
"""Seconds of CPU time within one quiet interval below which a program counts as at rest."""

_UNWANTED = ("NO_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM", "PYTHONDONTWRITEBYTECODE")
"""Variables that would change what a program paints or how fast it starts."""


def _become(
    argv: Sequence[str], columns: int, rows: int, env: Mapping[str, str], cwd: Path | None
) -> None:
    """Turn the forked child into the program; never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in _UNWANTED and not name.startswith("TEXTUAL")
        }
        if cwd is not None:
            os.chdir(cwd)
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        os.execvpe(argv[0], list(argv), {**kept, **terminal, **env})
    except (OSError, ValueError) as error:
        os.write(2, f"cannot start {argv[0]}: {error}\r\n".encode())
    finally:
        os._exit(127)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return quantile(values, 0.5)
