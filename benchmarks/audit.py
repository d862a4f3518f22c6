"""How long `annotator audit` takes: cold for one article, and for each hundred more.

python -m benchmarks.audit

Everything runs as a person runs it: a process of its own from a shell, with the file caches warm
and no spaCy. ``one article`` is a bare article of about 5 KB; ``a hundred more`` is what a folder
of 200 takes beyond a folder of 100, so that start and rules are in neither. ``by CPU`` is the CPU
time of all processes together, over as many processors as the command uses for it: what is to be
expected where nothing else runs, and what a busy machine disturbs least. The floor is
`annotator --version`: what a start costs before there is anything to audit.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.harness import median
from benchmarks.news import articles

SIZE = 5_000
"""Code points of an article, about."""
LIMITS = {"one article": 1.5, "a hundred more": 1.0}
"""Seconds."""


def open_articles(count: int) -> list[str]:
    """Return articles, each ended by a slot that nobody filled."""
    texts = articles(count * (SIZE + 500))[:count]
    return [f"{text}\nIt began at [insert time {n}].\n" for n, text in enumerate(texts)]


def seconds(*arguments: str) -> tuple[float, float]:
    """Run `annotator ARGUMENTS`; return seconds and CPU seconds."""
    before = os.times()
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    wall, after = time.perf_counter() - begun, os.times()
    # Every article is open, so status 1 with nothing said is a failure of another kind.
    if done.returncode != int("audit" in arguments) or not done.stdout:
        sys.exit(done.stderr)
    return wall, sum(after[2:4]) - sum(before[2:4])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, metavar="N")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is missed")
    arguments = parser.parse_args()
    texts = open_articles(200)
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ("floor", *LIMITS)}
    with tempfile.TemporaryDirectory() as name:
        one, hundred, more = (Path(name, folder) for folder in ("one", "hundred", "more"))
        for folder, count in ((one, 1), (hundred, 100), (more, 200)):
            folder.mkdir()
            for number, text in enumerate(texts[:count]):
                (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
        seconds("audit", str(one))
        for _ in range(arguments.rounds):
            rows["floor"].append(seconds("--version"))
            rows["one article"].append(seconds("audit", str(one)))
            small, large = seconds("audit", str(hundred)), seconds("audit", str(more))
            rows["a hundred more"].append((large[0] - small[0], large[1] - small[1]))
    processors = len(os.sched_getaffinity(0))
    print(f"{processors} processors, {arguments.rounds} rounds, medians\n")
    print("| | seconds | by CPU, s | ratio to the floor | limit, s |")
    print("|---|---:|---:|---:|---:|")
    missed = False
    for label, found in rows.items():
        wall, cpu = (median([one[place] for one in found]) for place in (0, 1))
        cpu /= processors if label == "a hundred more" else 1
        ratio = median([a[0] / b[0] for a, b in zip(found, rows["floor"], strict=True)])
        limit = LIMITS.get(label)
        missed |= limit is not None and wall > limit
        print(f"| {label} | {wall:.2f} | {cpu:.2f} | {ratio:.1f} | {limit or ''} |")
    return int(missed and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
