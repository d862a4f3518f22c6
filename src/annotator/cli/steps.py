"""How far a long command is, for those who watch it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AFTER = 1.0
"""Seconds before anything is shown."""
_EVERY = 0.2


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many of how many (0: unknown) are done.

    On a terminal, one line on stderr follows that from the first second on.

    Args:
        what: what is counted, in the plural.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield lambda _done, _total: None
        return
    shown = False
    due = time.monotonic() + _AFTER

    def progress(done: int, total: int) -> None:
        nonlocal shown, due
        now = time.monotonic()
        if now >= due:
            due = now + _EVERY
            shown = True
            stream.write(f"\r\x1b[K{done}{f' of {total}' if total else ''} {what}")
            stream.flush()

    try:
        yield progress
    finally:
        if shown:
            stream.write("\r\x1b[K")
            stream.flush()
