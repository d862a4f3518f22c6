"""What a start costs, import by import.

Prints, as Markdown, the time of a fresh interpreter that imports each stage of the program, and
the modules that take longest in the last stage. Modules that a start must not load are named.

    python -m benchmarks.startup
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness import median, quantile

SOURCE = Path(__file__).resolve().parents[1] / "src"
STAGES = {
    "bare interpreter": "pass",
    "textual.app": "import textual.app",
    "what the trivial app imports": "import textual.app, textual.scroll_view, textual.strip",
    "annotator --version": "import annotator.cli.main",
    "the app": "import annotator.cli.main, annotator.tui.app",
}
UNWANTED = (
    "filelock", "jsonschema", "multiprocessing", "numpy", "pydantic", "regex", "sentencex", "spacy",
    "wcwidth", "yaml", "annotator.formats.base", "annotator.store.span_places",
    "annotator.suggest.base", "annotator.text.alignment", "annotator.tui.actions.table",
)  # fmt: skip
"""Modules that are imported only by what needs them, since first paint is a budget."""
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


def environment() -> dict[str, str]:
    """Return this process's environment with the program on the path and byte code kept."""
    env = dict(os.environ, PYTHONPATH=str(SOURCE))
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def run(code: str, *options: str) -> str:
    """Run code in a fresh interpreter; return what it wrote to its error stream.

    Raises:
        SystemExit: it failed; shows why.
    """
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{code!r} failed:\n{done.stderr}")
    return done.stderr


def time_stages(rounds: int) -> dict[str, list[float]]:
    """Return the seconds that each stage took in each round, the stages taking turns."""
    times: dict[str, list[float]] = {name: [] for name in STAGES}
    for number in range(rounds + 1):
        for name, code in STAGES.items():
            begun = time.perf_counter()
            run(code)
            if number:  # the first round compiles and warms the disk cache
                times[name].append(time.perf_counter() - begun)
    return times


def import_costs(code: str) -> list[tuple[str, float, float]]:
    """Return the modules that code imports with their own and their whole seconds."""
    lines = run(code, "-X", "importtime").splitlines()
    found = (_IMPORT.match(line) for line in lines)
    return [(m[4], int(m[1]) / 1e6, int(m[2]) / 1e6) for m in found if m]


def by_package(costs: list[tuple[str, float, float]]) -> list[tuple[str, int, float]]:
    """Return each package's number of modules and own seconds, the dearest first.

    The program's own packages stand apart; the standard library is one.
    """
    found: dict[str, tuple[int, float]] = {}
    for module, own, _ in costs:
        parts = module.split(".")
        name = ".".join(parts[:2]) if parts[0] == "annotator" else parts[0]
        if parts[0] in sys.stdlib_module_names:
            name = "standard library"
        count, total = found.get(name, (0, 0.0))
        found[name] = count + 1, total + own
    ordered = sorted(found.items(), key=lambda item: -item[1][1])
    return [(name, count, total) for name, (count, total) in ordered]


def main() -> int:
    """Measure and print; return 1 when a start loads what it must not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--top", type=int, default=25, help="how many modules to list")
    options = parser.parse_args()
    times = time_stages(options.rounds)
    floor = times["what the trivial app imports"]
    print("| stage | median ms | p95 ms | against the trivial app's imports |")
    print("|---|--:|--:|--:|")
    for name, values in times.items():
        ratio = median([value / base for value, base in zip(values, floor, strict=True)])
        middle, high = median(values) * 1e3, quantile(values, 0.95) * 1e3
        print(f"| {name} | {middle:.1f} | {high:.1f} | {ratio:.2f} |")
    costs = import_costs(STAGES["the app"])
    print("\n| package | modules | ms |")
    print("|---|--:|--:|")
    for package, modules, own in by_package(costs):
        print(f"| `{package}` | {modules} | {own * 1e3:.1f} |")
    print("\n| module | itself ms | with what it imports ms |")
    print("|---|--:|--:|")
    for module, own, whole in sorted(costs, key=lambda cost: -cost[1])[: options.top]:
        print(f"| `{module}` | {own * 1e3:.1f} | {whole * 1e3:.1f} |")
    loaded = {module for module, _, _ in costs}
    unwanted = sorted(loaded & set(UNWANTED))
    print(f"\nloaded at start though unwanted: {', '.join(unwanted) or 'none'}")
    return 1 if unwanted else 0


if __name__ == "__main__":
    raise SystemExit(main())
