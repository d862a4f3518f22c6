"""Makes a process that computes stand back behind one that a person waits for."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

NICENESS = 10
SLICE = 100_000
"""Nanoseconds at a time that the process asks for on one core."""

_SCHED_SETATTR = {"x86_64": 314, "aarch64": 274}
"""Number of the system call; neither Python nor the C library has a function for it."""
_ATTRIBUTES = struct.Struct("=IIQiIQQQ")
"""``struct sched_attr``: size, policy, flags, nice, priority, runtime, deadline, period."""


def stand_back() -> None:
    """Give this process a low priority, and on Linux short turns.

    Nice values alone do not keep keys fast: since Linux 6.6 a process that wakes up does not
    interrupt one that runs before that one's slice of about 3 ms is over, whatever its nice value
    is, and a key wakes three threads one after another. From 6.12 on a process can ask for
    shorter slices (``sched_setattr(2)``); older systems take no notice.
    """
    niceness = os.nice(NICENESS)
    number = _SCHED_SETATTR.get(platform.machine()) if sys.platform == "linux" else None
    if number is None or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return
    size = _ATTRIBUTES.size
    attributes = _ATTRIBUTES.pack(size, os.SCHED_OTHER, 0, niceness, 0, SLICE, 0, 0)
    # A refusal costs nothing but a little speed of the keys.
    ctypes.CDLL(None).syscall(number, 0, ctypes.create_string_buffer(attributes, size), 0)
