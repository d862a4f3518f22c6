"""How long an annotation file takes to write and to read, beside PyYAML and JSON in C.

python -m benchmarks.yaml_speed
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable
from typing import TypeVar

import yaml

from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from benchmarks.documents import CHINESE, LARGE, MIXED, Case, make_set, make_text
from benchmarks.harness import median

T = TypeVar("T")
LIMIT = 10
"""Times as fast as PyYAML's C loader that the canonical form is read."""


def timed(work: Callable[[], T], rounds: int) -> tuple[float, T]:
    """Return the median seconds of some runs, and the result."""
    times = []
    for _ in range(rounds):
        gc.collect()
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
    return median(times), result


def measure(case: Case, rounds: int) -> bool:
    """Print the rows of one article; return whether the promise is kept."""
    annotations = make_set(case, make_text(case))
    count = len(annotations.spans)
    write, text = timed(lambda: dump_set(annotations), rounds)
    data = text.encode()
    read, loaded = timed(lambda: load_set(data, "benchmark.yaml"), rounds)
    if dump_set(loaded.annotations) != text:
        raise AssertionError("what was read is not what was written")
    yaml_read, plain = timed(lambda: yaml.load(data, Loader=yaml.CSafeLoader), 1)
    yaml_write, other = timed(lambda: yaml.dump(plain, Dumper=yaml.CSafeDumper), 1)
    # PyYAML wraps lines and sorts keys: not our form, so the general reader has to take it.
    fallback, _ = timed(lambda: load_set(other, "benchmark.yaml"), 1)
    json_write, document = timed(lambda: json.dumps(plain, ensure_ascii=False), rounds)
    json_read, _ = timed(lambda: json.loads(document), rounds)
    figures = (
        ("written", write, json_write),
        ("written by PyYAML", yaml_write, json_write),
        ("read", read, json_read),
        ("read by PyYAML", yaml_read, json_read),
        ("read, not in canonical form", fallback, json_read),
    )
    for name, seconds, floor in figures:
        row = (f"{case.name}, {name}", seconds * 1e3, seconds / count * 1e6, seconds / floor)
        print("| {} | {:.0f} | {:.1f} | {:.1f} |".format(*row))
    times = yaml_read / read
    print(f"\nread {times:.0f} times as fast as by PyYAML's C loader; the promise is {LIMIT}\n")
    return times >= LIMIT


def main() -> int:
    """Measure and print; return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--all", action="store_true", help="also mixed scripts and Chinese")
    options = parser.parse_args()
    print(f"{LARGE.spans:,} spans a file\n")
    print("| what | ms | µs a span | against the same data as JSON |\n|---|--:|--:|--:|")
    cases = (LARGE, MIXED, CHINESE) if options.all else (LARGE,)
    kept = [measure(case, options.rounds) for case in cases]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    raise SystemExit(main())
