"""How far a long command is, for those who watch it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..domain.progress_lines import AS_LINES, PROGRESS, VARIABLE

_AFTER = 1.0
"""Seconds before anything is shown."""
_EVERY = 0.2


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many of how many (0: unknown) are done.

    On a terminal, one line on stderr follows that from the first second on; a program that asks
    for it (see ``domain/progress_lines``) gets lines of their own.

    Args:
        what: what is counted, in the plural.
    """
    stream = sys.stderr
    as_lines = os.environ.get(VARIABLE) == AS_LINES
    if stream is None or not (as_lines or stream.isatty()):
        yield lambda _done, _total: None
        return
    before, behind = (PROGRESS, "\n") if as_lines else ("\r\x1b[K", "")
    shown = False
    due = time.monotonic() + _AFTER

    def progress(done: int, total: int) -> None:
        nonlocal shown, due
        now = time.monotonic()
        if now >= due:
            due = now + _EVERY
            shown = not as_lines
            stream.write(f"{before}{done}{f' of {total}' if total else ''} {what}{behind}")
            stream.flush()

    try:
        yield progress
    finally:
        if shown:
            stream.write("\r\x1b[K")
            stream.flush()
