"""How long a million spans take to another format, against reading their YAML alone.

python -m benchmarks.formats

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

from annotator.formats.registry import load_format
from annotator.formats.targets import FileTarget, FolderTarget
from annotator.session.exporting import export_project
from annotator.session.importing import ImportRequest, import_file
from annotator.store.project import Project, open_project
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set
from benchmarks.documents import ANNOTATOR, SCHEME, Case, make_set, make_text

LIMIT = 0.6
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


def main() -> int:
    """Measure and print; return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--spans", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="the best ratio of these counts")
    parser.add_argument("--formats", nargs="+", default=["prodigy", "csv"])
    parser.add_argument("--import", action="store_true", dest="also_import")
    options = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        write_project(root, options.spans)
        project = open_project(root, annotator=ANNOTATOR)
        count = read_all(project)
        print(f"{count:,} spans in {len(project.documents):,} documents, {memory():.0f} MB\n")
        print("| what | CPU s | µs a span | speed against reading | limit | met |")
        print("|---|--:|--:|--:|--:|---|")
        for name in options.formats:
            format_ = load_format(name)
            out = Path(folder) / f"out{format_.extensions[0]}"
            ratios: list[tuple[float, float, float]] = []
            for number in range(options.rounds):
                target = (
                    FileTarget(out)
                    if format_.output == "file"
                    else FolderTarget(Path(folder) / f"out-{name}-{number}")
                )
                read = timed(lambda: read_all(project))
                written = timed(lambda: export_project(project, format_, target))  # noqa: B023
                ratios.append((read / written, read, written))
            ratio, read, written = max(ratios)
            print(f"| read for {name} | {read:.2f} | {read / count * 1e6:.1f} | 1 | | |")
            met = ratio >= LIMIT
            kept = kept and met
            shown = "yes" if met else "**no**"
            print(f"| export to {name} | {written:.2f} | {written / count * 1e6:.1f} "
                  f"| {ratio:.2f} | {LIMIT} | {shown} |")  # fmt: skip
            if options.also_import:
                request = ImportRequest(path=out, format=format_, into=Path(folder) / f"in-{name}")
                took = timed(lambda: import_file(request))  # noqa: B023
                print(f"| import from {name} | {took:.2f} | {took / count * 1e6:.1f} "
                      f"| {read / took:.2f} | | |")  # fmt: skip
        print(f"\nmost memory: {memory():.0f} MB")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
