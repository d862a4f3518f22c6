"""How long a million spans take to another format, against reading their YAML alone.

python -m benchmarks.formats           # the two that keep to a limit
python -m benchmarks.formats --all --spans 100000 --rounds 1

Everything runs in this process, one after the other: "read" is the text and the YAML of every
document, as any use of them needs; "export" is that and all the rest, to a file on disk.
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from annotator.formats.registry import SHIPPED, load_format
from annotator.formats.targets import FileTarget, FolderTarget
from annotator.session.exporting import export_project
from annotator.session.importing import ImportRequest, import_file
from annotator.store.project import Project, open_project
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from benchmarks.documents import ANNOTATOR, SCHEME, Case, make_set, make_text

LIMIT = 0.6
PROMISED = ("prodigy", "csv")
"""The formats that keep to the limit; the others are measured so that a slow one shows."""
OPTIONS = {"conll": {"overlaps": "longest"}}
"""Without these a format refuses overlapping spans."""
SPANS_A_DOCUMENT = 1000
POOL = 20
"""Different documents; the others are the same ones under other names."""


def write_project(root: Path, spans: int) -> None:
    """Write documents of 1,000 spans and 100 KB each until there are enough."""
    pool = []
    for seed in range(min(POOL, max(1, spans // SPANS_A_DOCUMENT))):
        case = Case(f"d{seed}", "plain", 100_000, SPANS_A_DOCUMENT)
        text = make_text(case, seed)
        pool.append((case.name, text, dump_set(make_set(case, text))))
    (root / "articles").mkdir(parents=True)
    annotations = root / "annotations" / ANNOTATOR / "articles"
    annotations.mkdir(parents=True)
    for number in range(max(1, spans // SPANS_A_DOCUMENT)):
        name, text, yaml = pool[number % len(pool)]
        new = f"{name}-{number}"
        (root / "articles" / f"{new}.txt").write_text(text, encoding="utf-8")
        yaml = yaml.replace(f"id: articles/{name}.txt", f"id: articles/{new}.txt", 1)
        (annotations / f"{new}.txt.yaml").write_text(yaml, encoding="utf-8")
    (root / "annotator.yaml").write_text(f"scheme: {SCHEME}\n", encoding="utf-8")


def read_all(project: Project) -> int:
    """Read every text and every annotation file; return the number of spans."""
    count = 0
    for entry in project.documents:
        project.load_document(entry)
        path = project.paths(entry, ANNOTATOR).annotations
        count += len(load_set(path.read_bytes(), str(path)).annotations.spans)
    return count


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of CPU time that some work takes; other programs do not change that."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def memory() -> float:
    """Return the most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Row(NamedTuple):
    """What one format costs, in CPU seconds; the best of some rounds.

    Attributes:
        read: reading the project alone.
        write: the export, which reads the project too.
        take: the import of what was written; 0 where nobody can read it.
    """

    read: float
    write: float
    take: float


def measure(project: Project, name: str, folder: Path, rounds: int, *, take: bool) -> Row:
    """Export to a format, and import that, some times; return the round of the best ratio."""
    format_ = load_format(name)
    options = OPTIONS.get(name, {})
    found = []
    for number in range(rounds):
        out = folder / f"{name}-{number}{format_.extensions[0]}"
        target = (FileTarget if format_.output == "file" else FolderTarget)(out)
        read = timed(lambda: read_all(project))
        write = timed(lambda: export_project(project, format_, target, options=options))  # noqa: B023
        request = ImportRequest(path=out, format=format_, into=folder / f"in-{name}-{number}")
        readable = take and format_.read is not None
        found.append(Row(read, write, timed(lambda: import_file(request)) if readable else 0))  # noqa: B023
    return max(found, key=lambda row: row.read / row.write)


def main() -> int:
    """Measure and print; return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--spans", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="the best ratio of these counts")
    parser.add_argument("--formats", nargs="+", default=list(PROMISED))
    parser.add_argument("--import", action="store_true", dest="also_import")
    parser.add_argument("--all", action="store_true", help="every format, out and in")
    options = parser.parse_args()
    names = list(SHIPPED) if options.all else options.formats
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        write_project(root, options.spans)
        project = open_project(root, annotator=ANNOTATOR)
        count = read_all(project)
        print(f"{count:,} spans in {len(project.documents):,} documents, {memory():.0f} MB\n")
        print("| what | CPU s | µs a span | speed against reading | limit | met |")
        print("|---|--:|--:|--:|--:|---|")
        for name in names:
            row = measure(
                project, name, Path(folder), options.rounds, take=options.also_import or options.all
            )
            limit, met = "", ""
            if name in PROMISED:
                kept = kept and row.read / row.write >= LIMIT
                limit, met = str(LIMIT), "yes" if row.read / row.write >= LIMIT else "**no**"
            for what, seconds, *more in (
                (f"read for {name}", row.read, "", ""),
                (f"export to {name}", row.write, limit, met),
                (f"import from {name}", row.take, "", ""),
            ):
                if seconds:
                    cells = (
                        what,
                        f"{seconds:.2f}",
                        f"{seconds / count * 1e6:.1f}",
                        f"{row.read / seconds:.2f}",
                        *more,
                    )
                    print(f"| {' | '.join(cells)} |", flush=True)
        print(f"\nmost memory: {memory():.0f} MB")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
