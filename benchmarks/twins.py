"""How long it takes to look for missed twins in a corpus, as the command and as the app do it.

python -m benchmarks.twins

2,000 made-up articles of about 5 KB, half of them annotated, each with its sentences and slots
tagged. ``one document's spans`` is what the app does when it is asked (start of a process
included); ``every span`` is `annotator twins PROJECT`, which reads all sets first.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from benchmarks.harness import median
from benchmarks.news import articles

SIZE = 5_000
"""Code points of an article, about."""
SPANS = 50
"""Spans of an annotated article, at most."""
_TAGGED = re.compile(r"\[[^\]\n]{2,40}\]|[A-Z][^.\n\[\]]{20,200}\.")


def write_corpus(folder: Path, count: int) -> tuple[int, int]:
    """Write articles, and annotations of every other one; return code points and spans."""
    length = spans = 0
    texts = articles(count * (SIZE + 500))[:count]
    sets = folder / "annotations" / "ada"
    sets.mkdir(parents=True)
    for number, text in enumerate(texts):
        whole = f"{text}\nIt began at [insert time] and took [XX] hours.\n"
        name = f"{number:05}.txt"
        (folder / name).write_text(whole, encoding="utf-8")
        length += len(whole)
        if number % 2:
            continue
        found = [
            Span(
                id=f"s{at.start()}",
                label="placeholder" if at[0].startswith("[") else "claim",
                start=at.start(),
                end=at.end(),
                quote=at[0],
            )
            for at in list(_TAGGED.finditer(whole))[-SPANS:]
        ]
        spans += len(found)
        ref = DocumentRef(name, text_sha256(whole), len(whole))
        own = AnnotationSet(ref, "ada", "claims-and-placeholders/1", spans=found)
        (sets / f"{name}.yaml").write_text(dump_set(own), encoding="utf-8")
    return length, spans


def seconds(*arguments: str) -> tuple[float, float, int]:
    """Run `annotator twins ARGUMENTS`; return seconds, CPU seconds and twins."""
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "twins", *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    wall, after = time.perf_counter() - begun, os.times()
    if done.returncode != 1:
        sys.exit(done.stderr)
    return wall, sum(after[2:4]) - sum(before[2:4]), done.stdout.count("\n")


def read_all(project: Path) -> float:
    """Read all texts, and all sets as the program reads them; return seconds."""
    begun = time.perf_counter()
    for path in sorted(project.rglob("*")):
        if path.suffix == ".txt":
            path.read_bytes().decode("utf-8")
        elif path.suffix == ".yaml":
            load_set(path.read_bytes(), path.name)
    return time.perf_counter() - begun


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        length, spans = write_corpus(Path(name), arguments.documents)
        print(f"{arguments.documents:,} documents, {length:,} code points, {spans:,} spans\n")
        bare = median([read_all(Path(name)) for _ in range(arguments.rounds)])
        print("| looked for | seconds | CPU seconds | times a bare reading of the files | twins |")
        print("|---|--:|--:|--:|--:|")
        for title, more in (
            ("one document's spans", ["--document", "00000.txt"]),
            ("every span", []),
        ):
            runs = [seconds(name, "--annotator", "ada", *more) for _ in range(arguments.rounds)]
            wall, cpu = median([one[0] for one in runs]), median([one[1] for one in runs])
            print(f"| {title} | {wall:.1f} | {cpu:.1f} | {wall / bare:.1f} | {runs[0][2]:,} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
