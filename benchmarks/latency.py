"""How fast the program answers, as ratios against the least that a Textual program can do.

Drives ``python -m annotator`` in a real pseudo-terminal, side by side with ``trivial_app.py``: in
each round every program gets the same stimulus in turn, so that a busy moment of the machine
meets all of them. Prints one Markdown table and exits with 1 where ``--check`` finds a limit
missed.

    python -m benchmarks.latency
    python -m benchmarks.latency --rounds 10 --starts 3 --check
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benchmarks.documents import (
    ANNOTATOR,
    CHINESE,
    LARGE,
    LINE,
    MARKER,
    MIXED,
    SMALL,
    Case,
    write_case,
)
from benchmarks.harness import Reaction, Terminal
from benchmarks.report import Row, Sample, print_report
from benchmarks.trivial_app import MARKER as TRIVIAL_MARKER

T = TypeVar("T")
HERE = Path(__file__).resolve().parent
AFTER_SAVE = 1.3
"""Seconds at rest by which the program has begun to write its YAML: it waits for one second."""
SIZES = ((100, 30), (120, 40), (80, 24), (120, 40))
TEXT_BYTES = LARGE.size


@dataclass(frozen=True, slots=True)
class Program:
    """Something to start and to measure.

    Attributes:
        name: how the report names it.
        argv: its command line.
        marker: a word that its first full frame paints.
        env: its environment besides this process's.
    """

    name: str
    argv: tuple[str, ...]
    marker: str
    env: dict[str, str] = field(default_factory=dict)

    def start(self) -> tuple[Terminal, float]:
        """Start it; return its terminal and the seconds until the marker was painted."""
        terminal = Terminal(self.argv, env=self.env)
        try:
            return terminal, terminal.wait_for_output(self.marker.encode(), timeout=120)
        except BaseException:
            terminal.close()
            raise


@dataclass(slots=True)
class Bench:
    """The programs to compare and how often to ask each.

    Attributes:
        trivial: the floor.
        cases: the program under test, by the article that it opens.
        loading: the program under test with its pipeline, on the small article.
        rounds: stimuli of each kind.
        starts: times that each program is started.
        rows: the report so far.
    """

    trivial: Program
    cases: dict[Case, Program]
    loading: Program
    rounds: int
    starts: int
    rows: list[Row] = field(default_factory=list)

    def run(self) -> None:
        """Measure everything."""
        self.measure_starts()
        running = {program.name: program.start()[0] for program in self.programs}
        try:
            for terminal in running.values():
                terminal.settle()
            self.measure_keys(running)
            self.measure_pages(running)
            self.measure_tagging(running)
            self.measure_resizes(running)
            self.measure_memory(running)
        finally:
            for terminal in running.values():
                terminal.close()
        self.measure_keys_while_loading()

    @property
    def programs(self) -> list[Program]:
        """The floor and the program under test with each article."""
        return [self.trivial, *self.cases.values()]

    def named(self, case: Case) -> str:
        """Return the name that the report gives a case."""
        return self.cases[case].name

    def measure_starts(self) -> None:
        """From the start of the process to the frame that shows the text."""
        programs = [self.trivial, *(self.cases[case] for case in (SMALL, LARGE))]
        times: dict[str, list[float]] = {program.name: [] for program in programs}
        cpu: dict[str, list[float]] = {program.name: [] for program in programs}
        for number in range(self.starts + 1):
            for program in rotated(programs, number):
                terminal, seconds = program.start()
                used = terminal.cpu()
                terminal.close()
                if number:  # the first round only warms the disk cache
                    times[program.name].append(seconds)
                    cpu[program.name].append(used)
        floor, small, large = (
            Sample(times[program.name], cpu=cpu[program.name]) for program in programs
        )
        self.rows.append(Row("first paint, 5 KB", floor, small, limit=1.25))
        self.rows.append(Row("first paint, 10 MB and 50,000 spans", floor, large))

    def react(
        self, running: dict[str, Terminal], keys: dict[str, Sequence[str]], rounds: int
    ) -> dict[str, Sample]:
        """Press keys in every program in turn and return what each did.

        Args:
            running: terminals by name.
            keys: for each program, the keys to go through, one a round, again and again.
            rounds: how many rounds are counted; a few more warm up.
        """
        reactions: dict[str, list[Reaction]] = {name: [] for name in keys}
        warm_up = 4
        for number in range(rounds + warm_up):
            for name, cycle in rotated(list(keys.items()), number):
                reaction = running[name].key(cycle[number % len(cycle)])
                if number >= warm_up:
                    reactions[name].append(reaction)
        return {name: Sample.of(found) for name, found in reactions.items()}

    def measure_keys(self, running: dict[str, Terminal]) -> None:
        """One step of the cursor, against one line repainted."""
        found = self.react(running, dict.fromkeys(running, ("right",)), self.rounds)
        floor, small = found[self.trivial.name], found[self.named(SMALL)]
        self.rows.append(Row("cursor key, 5 KB", floor, small, limit=2, by="p95", frames=1))
        for case in self.cases:
            if case is SMALL:
                continue
            name = f"cursor key, {self.named(case)}"
            self.rows.append(Row(name, floor, found[self.named(case)], limit=2, by="p95", frames=1))
        self.rows.append(
            Row("cursor key, 10 MB against 5 KB", small, found[self.named(LARGE)], limit=1.2)
        )

    def measure_pages(self, running: dict[str, Terminal]) -> None:
        """A page up or down, against the whole screen repainted."""
        there_and_back = ("pagedown", "pageup")
        keys: dict[str, Sequence[str]] = dict.fromkeys(running, ("pagedown",))
        keys[self.trivial.name] = ("f",)
        keys[self.named(SMALL)] = there_and_back  # it has hardly two pages
        found = self.react(running, keys, self.rounds)
        floor, small = found[self.trivial.name], found[self.named(SMALL)]
        for case in self.cases:
            name = f"page scroll, {self.named(case)}"
            self.rows.append(Row(name, floor, found[self.named(case)], limit=3))
        again = self.react(
            running,
            {self.named(SMALL): there_and_back, self.named(LARGE): there_and_back},
            self.rounds,
        )
        small, large = again[self.named(SMALL)], again[self.named(LARGE)]
        self.rows.append(Row("page scroll, 10 MB against 5 KB", small, large, limit=1.2))

    def measure_tagging(self, running: dict[str, Terminal]) -> None:
        """A claim tagged, its journal line written, against a cursor key of the same program."""
        for case in (SMALL, LARGE):
            terminal = running[self.named(case)]
            steps, tags, undos = [], [], []
            for _ in range(self.rounds // 2 + 1):
                steps.append(terminal.key("right", quiet=0.1))
                tags.append(terminal.key("c", quiet=0.1))
                undos.append(terminal.key("u", quiet=0.1))
                terminal.settle(quiet=AFTER_SAVE)  # no save may fall into the next key
            step = Sample.of(steps[1:])
            name = self.named(case)
            self.rows.append(Row(f"tag a claim, {name}", step, Sample.of(tags[1:]), limit=2))
            self.rows.append(Row(f"undo, {name}", step, Sample.of(undos[1:])))

    def measure_resizes(self, running: dict[str, Terminal]) -> None:
        """Another size of the terminal: to the first frame, and to the last."""
        reactions: dict[str, list[Reaction]] = {name: [] for name in running}
        for number in range(max(8, self.rounds // 3)):
            for name, terminal in rotated(list(running.items()), number):
                terminal.settle(quiet=0.1)
                reactions[name].append(terminal.resize(*SIZES[number % len(SIZES)]))
        floor = reactions[self.trivial.name]
        for case in self.cases:
            found = reactions[self.named(case)]
            for last in (False, True):
                name = f"resize to the {'last' if last else 'first'} frame, {self.named(case)}"
                limit = 3 if last and case is not SMALL else None
                self.rows.append(
                    Row(name, Sample.of(floor, last), Sample.of(found, last), limit=limit)
                )

    def measure_memory(self, running: dict[str, Terminal]) -> None:
        """Resident memory after all of the above, and at its highest while the YAML is written."""
        base = running[self.trivial.name].memory()[0]
        for case in self.cases:
            terminal = running[self.named(case)]
            at_rest = terminal.memory()[0]
            terminal.forget_peak()
            terminal.key("c")
            terminal.settle(quiet=AFTER_SAVE)
            for what, here in (("at rest", at_rest), ("during a save", terminal.memory()[1])):
                row = Row(
                    f"memory {what}, {self.named(case)}",
                    Sample([base]),
                    Sample([here]),
                    unit="MB",
                    limit=None if case is SMALL else (base + 6 * TEXT_BYTES) / base,
                )
                self.rows.append(row)

    def measure_keys_while_loading(self) -> None:
        """Cursor keys from the first paint on while the pipeline loads, against quiet ones."""
        quiet: list[Reaction] = []
        loading: list[Reaction] = []
        for _ in range(max(1, self.starts // 3)):
            for program, reactions in ((self.cases[SMALL], quiet), (self.loading, loading)):
                with tempfile.TemporaryDirectory() as cache:
                    forget_caret(Path(program.argv[3]))
                    fresh = Program(
                        program.name,
                        program.argv,
                        program.marker,
                        {**program.env, "XDG_CACHE_HOME": cache},
                    )
                    terminal = fresh.start()[0]
                    with terminal:
                        reactions += [terminal.key("right", quiet=0.02) for _ in range(80)]
        row = Row(
            "cursor key while the pipeline loads, against quiet",
            Sample.of(quiet),
            Sample.of(loading),
            limit=2,
            by="p95",
        )
        self.rows.append(row)


def rotated(items: Sequence[T], number: int) -> Sequence[T]:
    """Return the items in turn from another one each round: no place in the row is favoured."""
    first = number % len(items)
    return [*items[first:], *items[:first]]


def forget_caret(article: Path) -> None:
    """Let the next start show the article from its first line, where the marker is."""
    shutil.rmtree(article.parents[1] / ".annotator", ignore_errors=True)


def annotator(article: Path, name: str, home: Path, *options: str) -> Program:
    """Return the program under test with one article open."""
    argv = (sys.executable, "-m", "annotator", str(article), "--annotator", ANNOTATOR, *options)
    folders = {
        f"XDG_{kind}_HOME": str(home / kind.lower())
        for kind in ("CONFIG", "CACHE", "DATA", "STATE")
    }
    source = str(HERE.parent / "src")
    return Program(name, argv, MARKER, {"HOME": str(home), "PYTHONPATH": source, **folders})


def main() -> int:
    """Measure as the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60, help="keys of each kind (default 60)")
    parser.add_argument("--starts", type=int, default=9, help="starts of each program (default 9)")
    parser.add_argument("--all", action="store_true", help="also mixed, CJK and one long line")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is missed")
    options = parser.parse_args()
    cases = {SMALL: "5 KB", LARGE: "10 MB"}
    if options.all:
        cases |= {MIXED: "10 MB mixed", CHINESE: "10 MB Chinese", LINE: "10 MB in one line"}
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        root = Path(folder)
        articles = {case: write_case(case, root) for case in cases}
        home = root / "home"
        home.mkdir()
        bench = Bench(
            Program("trivial", (sys.executable, str(HERE / "trivial_app.py")), TRIVIAL_MARKER),
            {
                case: annotator(articles[case], name, home, "--no-pipeline")
                for case, name in cases.items()
            },
            annotator(articles[SMALL], "5 KB, pipeline", home),
            options.rounds,
            options.starts,
        )
        bench.run()
    print_report(bench.rows)
    missed = [row.name for row in bench.rows if not row.met]
    if missed:
        print(f"\nmissed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed and options.check else 0


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    raise SystemExit(main())
