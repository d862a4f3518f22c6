"""A process that stands back is nice, and takes short turns where the system knows of them."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.nlp.priority import NICENESS, SLICE

_PROGRAM = """
import os
from pathlib import Path
from annotator.nlp.priority import stand_back
stand_back()
print(os.getpriority(os.PRIO_PROCESS, 0))
found = Path("/proc/self/sched")
print(found.read_text() if found.exists() else "")
"""


def after_standing_back() -> tuple[int, str]:
    """Return the niceness of a process that stood back, and what the scheduler knows of it."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    niceness, _, known = done.stdout.partition("\n")
    return int(niceness), known


def test_it_is_nice() -> None:
    assert after_standing_back()[0] >= NICENESS


def test_its_turns_are_short() -> None:
    linux = re.match(r"(\d+)\.(\d+)", platform.release()) if sys.platform == "linux" else None
    if linux is None or (int(linux[1]), int(linux[2])) < (6, 12):
        pytest.skip("slices can be asked for from Linux 6.12 on")
    before = Path("/proc/self/sched")
    if not before.exists() or "se.slice" not in before.read_text():
        pytest.skip("this system does not tell of slices")
    found = re.search(r"^se\.slice\s*:\s*(\d+)", after_standing_back()[1], re.MULTILINE)
    assert found is not None
    assert int(found[1]) == SLICE
