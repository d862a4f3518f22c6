"""A pipe that ends a worker when its parent is gone, however either of them came to that.

That its input ends tells only a worker that reads, and not one whose code never comes back. The
pipe's other end is held by the parent alone, so the system closes it with the parent, even where
that was killed. Linux could also send a signal when the parent ends (``prctl(2)``), but means
with it the thread that started the worker.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading

VARIABLE = "ANNOTATOR_LIFELINE"
"""Variable of the environment with the number of the pipe's end that the worker has."""


def end_with_parent() -> None:
    """End this process as soon as its parent is gone; without a lifeline do nothing.

    A thread of its own waits for that. On Linux the system sends a signal as well (``O_ASYNC``,
    fcntl(2)), since compiled code that never comes back lets no thread run either.
    """
    try:
        lifeline = int(os.environ.pop(VARIABLE))
    except (KeyError, ValueError):
        return
    threading.Thread(target=_wait, args=(lifeline,), name="lifeline", daemon=True).start()
    with contextlib.suppress(OSError):
        os.set_inheritable(lifeline, False)
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
        fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)


def _wait(lifeline: int) -> None:
    with contextlib.suppress(OSError):
        os.read(lifeline, 1)
    os._exit(0)  # the main thread may never look for what a softer end would tell it
