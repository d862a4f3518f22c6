"""What the untrained claim ranking is worth on the development sentences: F1 and average precision.

    python -m benchmarks.claims_dev [--checkworthiness FILE.jsonl] [--entities] [--show SET SPLIT]
    python -m benchmarks.claims_dev --weights

The sentences in ``benchmarks/data`` were written for the project; the weights were chosen on the
half called ``tune``; ``debate_fresh`` was written after that, ``debate_second`` and ``news_fresh``
by somebody else again, and no weight was chosen on them.
``--checkworthiness`` takes FactBench's sentences (``sentence``, ``checkworthy``), which are not
part of the project.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from annotator.domain.entity import Entity
from annotator.suggest.base import Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.claims.features import MEANINGS
from annotator.suggest.claims.lexicon import GROUPS, phrases_of
from annotator.suggest.claims.weights import SURE, THRESHOLD, WEIGHTS

DATA = Path(__file__).parent / "data"
SETS = (
    "debate",
    "debate_hard",
    "debate_older",
    "debate_fresh",
    "debate_second",
    "news",
    "news_fresh",
)


class Example(NamedTuple):
    """A sentence, whether it is check-worthy, and the half it is in."""

    text: str
    check_worthy: bool
    split: str


def read_own(name: str) -> list[Example]:
    """Read a set of this folder."""
    lines = (DATA / f"claims_{name}.jsonl").read_text("utf-8").splitlines()
    return [Example(**json.loads(line)) for line in lines]


def read_factbench(path: Path) -> list[Example]:
    """Read FactBench's sentences; "other" is left out, since its readers could not say either."""
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Example(record["sentence"], record["checkworthy"] == "yes", "all")
        for record in records
        if record["checkworthy"] != "other"
    ]


def recognise(sentences: list[str]) -> list[list[Entity]]:
    """Return the entities of each sentence by the default pipeline."""
    from annotator.nlp.paragraphs import readable
    from annotator.nlp.pipeline import Pipeline

    found = Pipeline().entities([readable(sentence) for sentence in sentences])
    return [[Entity(*entity) for entity in entities] for entities in found]


def score_of(sentence: str, entities: list[Entity] | None) -> float:
    """Return the highest score of a candidate in a sentence given as a text; 0 without one."""
    found = ClaimSuggester(threshold=0).suggest(Text(sentence, entities=entities)).spans
    return max((span.score for span in found), default=0.0)


def f1(examples: list[Example], scores: list[float]) -> tuple[float, float, float]:
    """Return precision, recall and F1 at the default threshold."""
    told = [score >= THRESHOLD for score in scores]
    hits = sum(a and b.check_worthy for a, b in zip(told, examples, strict=True))
    precision = hits / max(1, sum(told))
    recall = hits / max(1, sum(example.check_worthy for example in examples))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def average_precision(examples: list[Example], scores: list[float]) -> float:
    """Return the mean of the precisions at each check-worthy sentence, best score first."""
    ranked = sorted(zip(scores, examples, strict=True), key=lambda pair: -pair[0])
    hits = 0
    total = 0.0
    for rank, (_, example) in enumerate(ranked, 1):
        if example.check_worthy:
            hits += 1
            total += hits / rank
    return total / max(1, hits)


def sure(examples: list[Example], scores: list[float]) -> tuple[int, float]:
    """Return how many sentences are called check-worthy for sure, and the share that are."""
    told = [one for one, score in zip(examples, scores, strict=True) if score >= SURE]
    return len(told), sum(one.check_worthy for one in told) / max(1, len(told))


def report(name: str, examples: list[Example], *, with_entities: bool) -> None:
    """Print one row."""
    texts = [example.text for example in examples]
    entities = recognise(texts) if with_entities else [None] * len(texts)
    scores = [score_of(*pair) for pair in zip(texts, entities, strict=True)]
    precision, recall, both = f1(examples, scores)
    ranked = average_precision(examples, scores)
    number, certain = sure(examples, scores)
    share = sum(example.check_worthy for example in examples)
    print(
        f"{name:22} {len(examples):5} {share:13} {precision:10.3f} {recall:7.3f} {both:6.3f}"
        f" {ranked:6.3f} {number:5} {certain:10.3f}"
    )


def show(examples: Iterable[Example]) -> None:
    """Print the sentences that the threshold puts on the wrong side, with scores and reasons."""
    for example in examples:
        found = ClaimSuggester(threshold=0).suggest(Text(example.text)).spans
        best = max(found, key=lambda span: span.score, default=None)
        score = best.score if best else 0.0
        if (score >= THRESHOLD) != example.check_worthy:
            sign = "+" if example.check_worthy else "-"
            print(f"{sign} {score:.2f} {example.text} {best.reasons if best else ''}")


def weights_table() -> str:
    """Return the weights as the table of the docs page."""
    lines = ["| feature | points | counted up to | found in (for example) |", "|---|--:|--:|---|"]
    for name, weight in WEIGHTS.items():
        examples = ", ".join(phrases_of(name)[:4]) if name in GROUPS else MEANINGS[name]
        lines.append(f"| `{name}` | {weight.points:+g} | {weight.most} | {examples} |")
    return "\n".join(lines)


def measure_speed(examples: list[Example]) -> float:
    """Return microseconds a word, sentence splitting included, the best of five."""
    article = "\n\n".join(example.text for example in examples)
    words = len(article.split())
    suggester = ClaimSuggester()
    best = float("inf")
    for _ in range(5):
        begin = time.process_time()
        suggester.suggest(Text(article))
        best = min(best, time.process_time() - begin)
    return best / words * 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkworthiness", type=Path)
    parser.add_argument("--show", nargs=2, metavar=("SET", "SPLIT"))
    parser.add_argument("--entities", action="store_true", help="with the default pipeline's")
    parser.add_argument("--weights", action="store_true", help="print the table of the docs page")
    given = parser.parse_args()
    if given.weights:
        print(weights_table())
        return
    if given.show:
        show(one for one in read_own(given.show[0]) if one.split == given.show[1])
        return
    options = {"with_entities": given.entities}
    print(f"{'set':22} {'sents':>5} {'check-worthy':>13} {'precision':>10} {'recall':>7}", end="")
    print(f" {'F1':>6} {'AP':>6} {'sure':>5} {'of these':>10}")
    for name in SETS:
        examples = read_own(name)
        for split in ("tune", "held-out"):
            half = [one for one in examples if one.split == split]
            if half:
                report(f"{name}, {split}", half, **options)
    if given.checkworthiness:
        report("FactBench sentences", read_factbench(given.checkworthiness), **options)
    print(f"\n{measure_speed(read_own('debate') + read_own('news')):.1f} us a word")


if __name__ == "__main__":
    main()
