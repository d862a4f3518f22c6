"""Rows of a benchmark's report, and their Markdown table."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.harness import Reaction, median, quantile


@dataclass(frozen=True, slots=True)
class Sample:
    """Figures of one program, one a round.

    Attributes:
        values: seconds, or bytes.
        frames: how many frames each stimulus caused; empty where that means nothing.
        cpu: seconds of CPU time that each took; empty where not measured.
    """

    values: Sequence[float]
    frames: Sequence[int] = ()
    cpu: Sequence[float] = ()

    @classmethod
    def of(cls, reactions: Sequence[Reaction], last: bool = False) -> Sample:
        """Return the times to the first frame, or to the last."""
        return cls(
            [r.last if last else r.first for r in reactions],
            [r.frames for r in reactions],
            [r.cpu for r in reactions],
        )

    @property
    def p95(self) -> float:
        """The value that 19 of 20 do not exceed."""
        return quantile(self.values, 0.95)


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison.

    Attributes:
        name: what was measured.
        floor: what it is compared with, measured in the same rounds.
        found: what the program under test did.
        limit: the highest ratio that is good; None where nothing was promised.
        by: whether the ratio is of medians, round by round, or of 95th percentiles.
        unit: of the values as they are printed.
        frames: the number of frames that every stimulus must cause; None for any.
    """

    name: str
    floor: Sample
    found: Sample
    limit: float | None = None
    by: Literal["median", "p95"] = "median"
    unit: Literal["ms", "MB"] = "ms"
    frames: int | None = None

    @property
    def paired(self) -> float:
        """Median of the ratios of each round."""
        return paired_ratio(self.found.values, self.floor.values)

    @property
    def ratio(self) -> float:
        """The ratio that the limit is about."""
        return self.found.p95 / self.floor.p95 if self.by == "p95" else self.paired

    @property
    def met(self) -> bool:
        """Whether the ratio keeps to the limit and the frames are as many as they must be."""
        good = self.limit is None or self.ratio <= self.limit
        return good and (self.frames is None or set(self.found.frames) == {self.frames})

    def cells(self) -> list[str]:
        """Return the columns of the report."""
        scale = 1e3 if self.unit == "ms" else 1e-6

        def show(value: float) -> str:
            return f"{value * scale:.1f}"

        limit = "" if self.limit is None else f"{self.limit:.2f} ({self.by})"
        frames = sorted(set(self.found.frames))
        return [
            self.name,
            show(median(self.floor.values)),
            show(median(self.found.values)),
            show(self.found.p95),
            f"{self.paired:.2f}",
            f"{self.found.p95 / self.floor.p95:.2f}",
            f"{paired_ratio(self.found.cpu, self.floor.cpu):.2f}" if self.found.cpu else "",
            limit,
            " ".join(map(str, frames)),
            "" if self.limit is None and self.frames is None else "yes" if self.met else "**no**",
        ]


def paired_ratio(found: Sequence[float], floor: Sequence[float]) -> float:
    """Return the median of the ratios of values of the same round."""
    return median([one / other for one, other in zip(found, floor, strict=True) if other])


HEADINGS = (
    "what", "floor", "median", "p95", "ratio", "ratio of p95", "CPU ratio", "limit", "frames",
    "met",
)  # fmt: skip


def print_report(rows: Iterable[Row]) -> None:
    """Print the rows as a Markdown table; times in milliseconds, memory in megabytes."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    python = platform.python_version()
    print(f"Python {python}, {os.cpu_count()} cores, load {load}, {sys.platform}\n")
    print("| " + " | ".join(HEADINGS) + " |")
    print("|---" + "|--:" * (len(HEADINGS) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row.cells()) + " |")
