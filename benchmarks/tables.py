"""Markdown tables with shares, their intervals, and whether a goal is met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.scoring import Counts, wilson

MET = "yes"
MISSED = "**no**"
UNCERTAIN = "uncertain"


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> None:
    """Print a Markdown table whose first ``left`` columns are text, the others numbers."""
    print("| " + " | ".join(headings) + " |")
    print("|" + "---|" * left + "--:|" * (len(headings) - left))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def share(part: int, whole: int) -> str:
    """Return a share with its interval, or a dash where there is nothing to share."""
    if not whole:
        return "–"
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({low:.2f}–{high:.2f})"


def count_cells(counts: Counts) -> list[str]:
    """Return six columns: true, false, missed, precision, recall, F1."""
    return [
        str(counts.true),
        str(counts.false),
        str(counts.missed),
        share(counts.true, counts.true + counts.false),
        share(counts.true, counts.true + counts.missed),
        "–" if counts == Counts() else f"{counts.f1:.3f}",
    ]


def verdict(value: float, goal: float, low: float | None = None) -> str:
    """Return whether a goal is met: :data:`MET`, :data:`MISSED` or :data:`UNCERTAIN`.

    Args:
        value: what was measured; NaN misses every goal.
        goal: the least that was promised.
        low: lower bound of the value's interval. Where it is below the goal, the goal is met here
            and may be missed on other data. None where there is no interval.
    """
    if not value >= goal:
        return MISSED
    return MET if low is None or low >= goal else UNCERTAIN
