"""How long `annotator agree` takes: 1,000 documents of 5 KB, 3 annotators, 30 spans a set.

    python -m benchmarks.agreement [--documents 1000] [--annotators 3] [--spans 30] [--draws 1000]

Prints a Markdown table: reading and comparing, adding up, what the bootstrap adds, and the whole
command in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.quality.agreement.bootstrap import Bootstrap
from annotator.quality.agreement.counting import Wanted
from annotator.quality.agreement.report import build_report
from annotator.session.agreement import count_project
from annotator.store.project import open_project
from annotator.store.yaml_emitter import dump_set
from annotator.text.quotes import context
from benchmarks.documents import CREATED, SCHEME, Case, make_text
from benchmarks.tables import print_table

LABELS = ("claim", "placeholder")
VALUES = ("check-worthy", "unimportant", "not-checkable")
T = TypeVar("T")


def drawn(rng: random.Random, length: int, number: int) -> list[tuple[str, int, int]]:
    """Return spans in any order: long claims, short slots, some nested."""
    found = []
    for _ in range(number):
        label = rng.choice(LABELS)
        start = rng.randrange(length - 130)
        found.append(
            (label, start, start + rng.randint(*((40, 120) if label == "claim" else (4, 20))))
        )
    return found


def own_view(
    rng: random.Random, base: list[tuple[str, int, int]], length: int
) -> list[tuple[str, int, int]]:
    """Return what one annotator makes of it: four in ten alike, others moved, renamed or lost."""
    found = []
    for label, start, end in base:
        luck = rng.random()
        if luck < 0.6:
            found.append((label, start, end))
        elif luck < 0.8:
            found.append((label, max(0, start - rng.randint(0, 9)), end + rng.randint(0, 5)))
        elif luck < 0.9:
            found.append((rng.choice(LABELS), start, end))
    return [row for row in found if row[2] <= length]


def write_project(folder: Path, documents: int, annotators: int, spans: int) -> None:
    """Write texts and sets; the same for the same numbers."""
    (folder / "annotator.yaml").write_text(f"scheme: {SCHEME}\n", encoding="ascii")
    (folder / "articles").mkdir()
    for number in range(documents):
        rng = random.Random(number)
        text = make_text(Case("d", "plain", 5_000, 0), seed=number)
        name = f"articles/d{number:05}.txt"
        (folder / name).write_bytes(text.encode())
        base = drawn(rng, len(text), spans)
        for place in range(annotators):
            annotator = f"annotator{place + 1}"
            made = []
            for at, (label, start, end) in enumerate(own_view(rng, base, len(text))):
                prefix, suffix = context(text, start, end)
                attributes = {"worthiness": rng.choice(VALUES)} if label == "claim" else {}
                span = Span(
                    id=f"s{at}",
                    label=label,
                    start=start,
                    end=end,
                    quote=text[start:end],
                    prefix=prefix,
                    suffix=suffix,
                    attributes=attributes,
                    created=CREATED,
                    by=annotator,
                )
                made.append(span)
            reference = DocumentRef(name, text_sha256(text), len(text))
            found = AnnotationSet(reference, annotator, f"{SCHEME}/1", status="done", spans=made)
            path = folder / "annotations" / annotator / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dump_set(found), encoding="utf-8")


class Seconds(NamedTuple):
    """How long something took: by the clock, and by the processors."""

    clock: float
    cpu: float

    def __sub__(self, other: Seconds) -> Seconds:
        return Seconds(self.clock - other.clock, self.cpu - other.cpu)


def timed(work: Callable[[], T]) -> tuple[Seconds, T]:
    """Return the seconds that something takes, its child processes too, and what it gives."""
    begun, used = time.perf_counter(), os.times()
    done = work()
    spent = sum(now - then for now, then in zip(os.times()[:4], used[:4], strict=True))
    return Seconds(time.perf_counter() - begun, spent), done


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--annotators", type=int, default=3)
    parser.add_argument("--spans", type=int, default=30)
    parser.add_argument("--draws", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder, asked.documents, asked.annotators, asked.spans)
        project = open_project(folder)
        names = project.annotators()
        import numpy  # noqa: F401, ICN001 - its import is no part of what the bootstrap takes

        reading, (counted, _) = timed(lambda: count_project(project, names, Wanted(project.scheme)))
        adding, _ = timed(lambda: build_report(names, counted))
        drawing, _ = timed(lambda: build_report(names, counted, (), Bootstrap(asked.draws)))
        command = [
            sys.executable,
            "-m",
            "annotator",
            "agree",
            name,
            "--bootstrap",
            str(asked.draws),
        ]
        whole, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    print(
        f"{asked.documents:,} documents, {asked.annotators} annotators, "
        f"{asked.spans} spans a set, {asked.draws:,} draws\n"
    )
    rows = [
        [what, f"{seconds.clock:.2f}", f"{seconds.cpu:.2f}"]
        for what, seconds in (
            ("read the sets and compare each document", reading),
            ("add up, all pairs and labels", adding),
            ("bootstrap", drawing - adding),
            ("the whole command, with the bootstrap", whole),
        )
    ]
    print_table(["what", "seconds", "by CPU, s"], rows)
    print(f"The bootstrap is {(drawing - adding).cpu / whole.cpu:.0%} of the whole.")


if __name__ == "__main__":
    main()
