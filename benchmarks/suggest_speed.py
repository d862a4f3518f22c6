"""Words a second of `annotator suggest` beside the shipped pipeline's own `nlp.pipe`.

python -m benchmarks.suggest_speed

The floor is what somebody would write who knows spaCy: every component, the default batch size, one
process, whole articles. Beside it the whole of `suggest` runs: reading the files, entities, all
suggesters, writing the sets; on one core with one worker, and on two with two. Loading is in none
of them. In each round the three run one after the other, and a figure is the median of the rounds'
ratios. ``by CPU`` is the same with the CPU time of all processes, times the cores: what is to be
expected where nothing else runs, and what a busy machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.harness import median
from benchmarks.news import articles

WORDS_FLOOR, ONE, TWO = "nlp.pipe", "suggest, one core", "suggest, two cores"
LIMITS = {ONE: 1.7, TWO: 3.5}
_TICKS = os.sysconf("SC_CLK_TCK")


def write_corpus(root: Path, texts: list[str]) -> None:
    """Write a project with a file a text."""
    root.mkdir()
    for number, text in enumerate(texts):
        (root / f"{number:04}.txt").write_text(text, encoding="utf-8")
    (root / "annotator.yaml").write_text("scheme: claims-and-placeholders\n", encoding="utf-8")


def read_texts(source: Path) -> list[str]:
    """Return the texts of a folder, or of the records of a .jsonl file."""
    if source.suffix == ".jsonl":
        with source.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines if line.strip()]
    return [path.read_text("utf-8") for path in sorted(source.rglob("*.txt"))]


def texts_of(root: Path) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(root.glob("*.txt"))]


def run_pipe(root: Path) -> Iterator[Callable[[], float]]:
    """Yield what reads all texts once by the default pipeline; it returns the CPU seconds."""
    import spacy

    from annotator.nlp.info import pipeline_info

    texts = texts_of(root)
    language = spacy.load(pipeline_info().name)
    list(language.pipe(texts[:2]))

    def work() -> float:
        before = time.process_time()
        for _ in language.pipe(texts):
            pass
        return time.process_time() - before

    yield work


def run_suggest(root: Path, jobs: int) -> Iterator[Callable[[], float]]:
    """Yield what does the whole of `annotator suggest` once; it returns the CPU seconds."""
    from annotator.nlp.info import pipeline_info
    from annotator.store.project import open_project
    from annotator.suggest.choice import setup_of
    from annotator.suggest.running.corpus_run import CorpusRun
    from annotator.suggest.running.pool import SuggestPool

    project = open_project(root)
    pipeline = pipeline_info()
    with SuggestPool(setup_of(project), pipeline.name, jobs) as pool:
        names = [member.name for member in pool.members]
        text = texts_of(root)[0]
        for _ in range(2 * jobs):
            request = {"text": text, "entities": None, "read": True, "names": names}
            pool.give([request])
        while pool.busy:
            pool.wait(1)

        def work() -> float:
            shutil.rmtree(root / "annotations", ignore_errors=True)
            pids = [os.getpid(), *pool.pids]
            with tempfile.TemporaryDirectory() as cache:
                before = sum(map(cpu_of, pids))
                run = CorpusRun(project, pool, pipeline, Path(cache))
                for outcome in run.outcomes():
                    if outcome is not None and outcome.problems:
                        raise AssertionError(outcome.problems)
                return sum(map(cpu_of, pids)) - before

        yield work


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def serve(kind: str, root: Path, cores: int) -> None:
    """Be one of the programs: do the work whenever a line comes, tell seconds and CPU seconds."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    for work in run_pipe(root) if kind == WORDS_FLOOR else run_suggest(root, cores):
        print(flush=True)
        for _ in sys.stdin:
            begun = time.perf_counter()
            cpu = work()
            print(json.dumps([time.perf_counter() - begun, cpu]), flush=True)


class Program:
    """One of the programs, in a process of its own, loaded and warm."""

    def __init__(self, kind: str, root: Path, cores: int) -> None:
        words = [sys.executable, "-m", "benchmarks.suggest_speed", "--serve", kind]
        self._process = subprocess.Popen(
            [*words, "--cores", str(cores), "--corpus", str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a program to measure ended early")
        return line

    def run(self) -> tuple[float, float]:
        """Return the seconds and the CPU seconds of one run."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        seconds, cpu = json.loads(self._line())
        return seconds, cpu

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def compare(root: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Return seconds and CPU seconds of each program in each round."""
    cores = {WORDS_FLOOR: 1, ONE: 1, TWO: 2}
    if len(os.sched_getaffinity(0)) < 2:
        del cores[TWO]
    roots = {}
    for kind in cores:
        roots[kind] = root / kind.replace(" ", "-")
        shutil.copytree(root / "corpus", roots[kind])
    programs = {kind: Program(kind, roots[kind], n) for kind, n in cores.items()}
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in cores}
    for _ in range(rounds):
        for kind, program in programs.items():
            found[kind].append(program.run())
    for program in programs.values():
        program.close()
    return found


def report(found: dict[str, list[tuple[float, float]]], words: int) -> bool:
    """Print the table; return whether every limit was kept."""
    floor = found[WORDS_FLOOR]
    print("| what | words/s | times the floor | by CPU | at least | met |")
    print("|---|--:|--:|--:|--:|--:|")
    good = True
    for kind, runs in found.items():
        workers = 2 if kind == TWO else 1
        rate = words / median([seconds for seconds, _ in runs])
        ratio = median([slow / fast for (slow, _), (fast, _) in zip(floor, runs, strict=True)])
        by_cpu = median([slow / fast for (_, slow), (_, fast) in zip(floor, runs, strict=True)])
        limit = LIMITS.get(kind)
        met = limit is None or ratio >= limit
        good = good and met
        told = "" if limit is None else f"{limit} | {'yes' if met else '**no**'}"
        cells = f"{rate:,.0f} | {ratio:.2f} | {by_cpu * workers:.2f}"
        print(f"| {kind} | {cells} | {told or ' | '} |")
    return good


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--documents", type=int, default=120)
    parser.add_argument("--texts", type=Path, help="a folder of .txt, or a .jsonl, instead")
    parser.add_argument(
        "--check", action="store_true", help="exit status 1 where a limit is missed"
    )
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--cores", type=int, default=1, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, options.corpus, options.cores)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.texts:
            texts = read_texts(options.texts)[: options.documents]
        else:
            texts = articles(5_000 * options.documents)[: options.documents]
        write_corpus(Path(folder) / "corpus", texts)
        words = sum(len(text.split()) for text in texts)
        load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
        print(f"{len(texts)} documents, {words:,} words, {options.rounds} rounds, load {load}\n")
        good = report(compare(Path(folder), options.rounds), words)
    return 1 if options.check and not good else 0


if __name__ == "__main__":
    sys.exit(main())
