"""Whether the time that a function takes grows in line with its input."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")

TIMES = 16
MOST = 3 * TIMES
"""What grows with the square of its input takes `TIMES` squared as long, 256 times."""
FLOOR = 0.005
"""Seconds added to both sides, below which clocks and caches are no judge."""
ATTEMPTS = 5


def _seconds(work: Callable[[], object]) -> float:
    begin = process_time()
    work()
    return process_time() - begin + FLOOR


def assert_grows_in_line(work: Callable[[T], object], make: Callable[[int], T], small: int) -> None:
    """Assert that input `TIMES` as long takes at most `MOST` times as long.

    A busy machine can make any one measurement slow, and never one fast: what grows too fast
    fails every attempt, what does not needs to pass one.

    Args:
        work: What is measured, in seconds of the process.
        make: Makes the input from its size.
        small: The smaller size.
    """
    short, long = make(small), make(TIMES * small)
    ratios: list[float] = []
    while len(ratios) < ATTEMPTS:
        base = min(_seconds(lambda: work(short)) for _ in range(2))
        ratios.append(_seconds(lambda: work(long)) / base)
        if ratios[-1] < MOST:
            return
    raise AssertionError(f"{TIMES} times the input takes {min(ratios):.0f} times as long")
