"""A terminal program under test: type keys, read its screen, count its frames.

Nothing here sleeps: a wait reads the program's output until what it waits for is on the screen.
The screen is only looked at between two frames, as a terminal with synchronised output would
show it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte
from pyte.screens import Char

from benchmarks.harness import Terminal


class PtyApp(Terminal):
    """A program in a pseudo-terminal whose screen can be read.

    Args:
        argv, columns, rows, env, cwd: see ``harness.Terminal``.
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
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        super().__init__(argv, columns=columns, rows=rows, env=env, cwd=cwd)

    @classmethod
    def annotator(
        cls, *arguments: str | Path, home: Path, columns: int = 120, rows: int = 40
    ) -> PtyApp:
        """Start ``annotator`` as a user without any files of their own.

        Args:
            arguments: of the command line.
            home: an empty folder that stands for the user's home; also the working folder.
            columns, rows: size of the terminal in cells.
        """
        spec = importlib.util.find_spec("annotator")
        assert spec is not None
        assert spec.origin is not None
        source = str(Path(spec.origin).parents[1])
        return cls(
            [sys.executable, "-m", "annotator", *map(str, arguments)],
            columns=columns,
            rows=rows,
            env=home_environment(home) | {"PYTHONPATH": source},
            cwd=home,
        )

    def received(self, data: bytes) -> None:
        """Draw output on the screen."""
        self._stream.feed(data)

    def resize_to(self, columns: int, rows: int) -> None:
        """Change the terminal's size and wait for nothing."""
        self._screen.resize(rows, columns)
        self.set_size(columns, rows)

    @property
    def rows(self) -> list[str]:
        """The screen's rows as plain text, each as wide as the screen."""
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The screen as plain text, without blanks at the ends of rows."""
        return "\n".join(row.rstrip() for row in self.rows)

    def cell(self, column: int, row: int) -> Char:
        """Return the character, colours and attributes of one cell; both counted from 0."""
        return self._screen.buffer[row][column]

    def wait_for(self, text: str, timeout: float = 30.0) -> None:
        """Read until the screen shows a text, on one row.

        Raises:
            AssertionError: it did not come in time; shows the screen.
            harness.ProgramEndedError: the program ended before.
        """
        self.wait_for_screen(lambda: text in self.text, f"{text!r}", timeout)

    def wait_for_gone(self, text: str, timeout: float = 30.0) -> None:
        """Read until the screen no longer shows a text; raises as ``wait_for``."""
        self.wait_for_screen(lambda: text not in self.text, f"a screen without {text!r}", timeout)

    def wait_for_screen(
        self, condition: Callable[[], bool], what: str, timeout: float = 30.0
    ) -> None:
        """Read until a condition holds between two frames.

        Args:
            condition: looks at ``rows``, ``text`` or ``cell``.
            what: names it in the error.
            timeout: seconds to wait at most.

        Raises:
            AssertionError: it did not come true in time; shows the screen.
            harness.ProgramEndedError: the program ended before.
        """
        try:
            self.wait_until(lambda: not self.in_frame and condition(), timeout)
        except TimeoutError:
            raise AssertionError(f"no {what} in {timeout} s; the screen:\n{self.text}") from None

    def frames_for(self, key: str, quiet: float = 0.1) -> int:
        """Return how many frames the program, once at rest, paints for one key.

        Args:
            key: see ``xterm.key_bytes``.
            quiet: seconds of rest after which no further frame is expected.
        """
        self.settle()
        return self.key(key, quiet=quiet).frames


def home_environment(home: Path) -> dict[str, str]:
    """Return variables that make ``home`` the user's home, with nothing configured."""
    folders = {
        f"XDG_{kind}_HOME": str(home / f".{kind.lower()}")
        for kind in ("CONFIG", "CACHE", "DATA", "STATE")
    }
    return {"HOME": str(home), "PATH": os.environ.get("PATH", ""), **folders}
