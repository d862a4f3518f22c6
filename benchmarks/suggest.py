"""What the shipped suggesters are worth: slots, chatter, check-worthy sentences, speed.

Prints Markdown tables. The texts are not in the repository; ``--data`` names the folder that has
``factbench_dev.jsonl`` (chatbot answers; the labels are in ``benchmarks/data``, made by hand as
``docs/labelling-slots-and-chatter.md`` says: slots and chatter in a random sample, slots alone in
the others) and ``sentence_checkworthiness_dev.jsonl``.

    python -m benchmarks.suggest --data FOLDER            # every table
    python -m benchmarks.suggest --data FOLDER --errors   # also each false and each missed span
    python -m benchmarks.suggest --data FOLDER --scan     # also counts on the unlabelled answers
    python -m benchmarks.suggest --data FOLDER --show placeholders.xyz  # what a rule finds in them
    python -m benchmarks.suggest --only speed             # needs no data
    python -m benchmarks.suggest --data FOLDER --check    # exit status 1 where a goal is missed

A proposed and a labelled span match if they are of one family and their intersection is at least
half of their union; each is matched once. The interval beside a share is Wilson's at 95 %: a goal
within it is met on this data and *uncertain* on other.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from annotator.domain.errors import AnnotatorError
from annotator.suggest.base import Suggester, Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.registry import load_suggester
from benchmarks.claims import evaluate_claims
from benchmarks.harness import median
from benchmarks.labels import SAMPLE, WIDER, join, others, read_jsonl
from benchmarks.news import articles
from benchmarks.spans import evaluate_spans, scan
from benchmarks.tables import MISSED, print_table, verdict

ANSWERS = "factbench_dev.jsonl"
SENTENCES = "sentence_checkworthiness_dev.jsonl"
SPEED_GOAL = 5.0
"""Megabytes of UTF-8 a second of one core."""
SPEED_BYTES = 5_000_000
SECTIONS = ("spans", "claims", "speed")


def timed(work: Callable[[], object], rounds: int) -> float:
    """Return the median seconds of CPU time of some runs."""
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return median(seconds)


def propose(suggesters: Sequence[Suggester], texts: Sequence[str]) -> int:
    """Ask every suggester about every text; return how many spans were proposed."""
    count = 0
    for text in texts:
        shared = Text(text)
        count += sum(len(suggester.suggest(shared).spans) for suggester in suggesters)
    return count


def evaluate_speed(suggesters: Sequence[Suggester], size: int, rounds: int) -> bool:
    """Print megabytes and words a second of CPU time; return whether no promise is broken.

    Args:
        suggesters: measured one by one, then together.
        size: bytes of UTF-8 of the texts.
        rounds: runs of each, of which the median counts.
    """
    texts = articles(size)
    whole = "\n".join(texts)
    megabytes, words = len(whole.encode()) / 1e6, len(whole.split())
    together = " + ".join(one.name for one in suggesters)
    cases = [(one.name, [one], texts) for one in suggesters]
    cases.append((together, list(suggesters), texts))
    cases.append((f"{together}, all in one text", list(suggesters), [whole]))
    rows = []
    for name, asked, given in cases:
        count = propose(asked, given)  # also loads the rules
        seconds = timed(partial(propose, asked, given), rounds)
        speed = megabytes / seconds
        figures = [f"{seconds:.2f}", f"{speed:.2f}", f"{words / seconds:,.0f}", f"{count:,}"]
        rows.append([name, *figures, f"{SPEED_GOAL:.0f}", verdict(speed, SPEED_GOAL)])
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    print("## Speed of one core, in CPU time\n")
    print(
        f"{megabytes:.1f} MB and {words:,} words of generated news in {len(texts):,} articles;"
        f" median of {rounds}. Python {platform.python_version()}, {os.cpu_count()} cores,"
        f" load {load}.\n"
    )
    print_table(("suggester", "s", "MB/s", "words/s", "spans", "goal MB/s", "met"), rows)
    return all(row[-1] != MISSED for row in rows)


def data_file(folder: Path | None, name: str) -> Path:
    """Return a file of the data folder.

    Raises:
        AnnotatorError: no folder was named, or the file is not in it.
    """
    hint = f"pass --data FOLDER, a folder with {ANSWERS} and {SENTENCES}; only speed needs none"
    if folder is None:
        raise AnnotatorError("the texts to measure on are not in the repository", hint)
    if not (folder / name).is_file():
        raise AnnotatorError(f"{folder} has no {name}", hint)
    return folder / name


def run(options: argparse.Namespace) -> Iterator[bool]:
    """Print the sections that were asked for; yield for each whether its promises are kept."""
    only = set(options.only or SECTIONS)
    if "spans" in only:
        texts = [record["response"] for record in read_jsonl(data_file(options.data, ANSWERS))]
        labelled = join(read_jsonl(SAMPLE), texts)
        wider = others(texts, labelled, join(read_jsonl(WIDER), texts))
        suggester = load_suggester("placeholders")
        yield evaluate_spans(labelled, suggester, options.errors)
        yield evaluate_spans(wider, suggester, options.errors, families=["slots"])
        if options.scan or options.show:
            scan(texts, {one.record for one in labelled}, suggester, options.show)
    if "claims" in only:
        records = read_jsonl(data_file(options.data, SENTENCES))
        yield evaluate_claims(records, load_suggester("claims"), ClaimSuggester(threshold=0))
    if "speed" in only:
        suggesters = [load_suggester("placeholders"), load_suggester("furniture")]
        yield evaluate_speed(suggesters, options.bytes, options.rounds)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 with ``--check`` when a promise is not kept, 2 without data."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="folder with the texts")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="may be repeated")
    parser.add_argument("--errors", action="store_true", help="print false and missed spans")
    parser.add_argument("--scan", action="store_true", help="count proposals elsewhere, by rule")
    parser.add_argument("--show", metavar="RULE", help="scan, and print what this rule proposes")
    parser.add_argument("--bytes", type=int, default=SPEED_BYTES, help="of the text to time")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each timing")
    parser.add_argument("--check", action="store_true", help="exit status 1 where a goal is missed")
    options = parser.parse_args(arguments)
    try:
        kept = list(run(options))
    except AnnotatorError as error:
        print(f"suggest: {error}", file=sys.stderr)
        return 2
    return int(options.check and not all(kept))


if __name__ == "__main__":
    raise SystemExit(main())
