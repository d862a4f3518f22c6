"""How well a suggester tells check-worthy sentences from others, and ranks them."""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.entity import Entity
from annotator.domain.errors import AnnotatorError
from annotator.suggest.base import Suggester, Text
from benchmarks.harness import median, quantile
from benchmarks.scoring import average_precision, best_f1, decided, half_and_half
from benchmarks.tables import MET, MISSED, print_table, verdict

CLAIM = "claim"
WORTHY = "check-worthy"
GOALS = (0.72, 0.80)
"""F1 at the default threshold and average precision that were promised, on halves."""
SEED = 20250611
RESAMPLES = 200


def recognise(texts: Sequence[str]) -> list[list[Entity]]:
    """Return the entities of short texts by the default pipeline.

    Raises:
        AnnotatorError: there is no pipeline.
    """
    from annotator.nlp.paragraphs import readable
    from annotator.nlp.pipeline import Pipeline

    found = Pipeline().entities([readable(text) for text in texts])
    return [[Entity(*entity) for entity in entities] for entities in found]


def rate(suggester: Suggester, ranker: Suggester, text: Text) -> tuple[float, bool]:
    """Return the score of a text's best claim, and whether one is called check-worthy.

    Args:
        suggester: decides. A claim that says nothing of its worth counts as check-worthy.
        ranker: gives the score: the same one with a threshold of 0, so that what it would not
            propose is ranked too. A text that has no claim even then has the score 0.
        text: one sentence.
    """
    scores = [one.score for one in ranker.suggest(text).spans if one.label == CLAIM]
    worthy = any(
        one.attributes.get("worthiness", WORTHY) == WORTHY
        for one in suggester.suggest(text).spans
        if one.label == CLAIM
    )
    return max(scores, default=0.0), worthy


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well some sentences were ranked.

    Attributes:
        f1: at the suggester's own threshold.
        best: the best F1 that any threshold reaches.
        at: that threshold.
        ap: average precision.
    """

    f1: float
    best: float
    at: float
    ap: float

    @classmethod
    def of(cls, rated: Sequence[tuple[float, bool]], truths: Sequence[bool]) -> Ranking:
        """Measure scores and decisions against the truth."""
        scores = [score for score, _ in rated]
        best, at = best_f1(scores, truths)
        counts = decided([decision for _, decision in rated], truths)
        return cls(counts.f1, best, at, average_precision(scores, truths))


def spread(values: Sequence[float]) -> str:
    """Return the median with the 5th and 95th percentile."""
    low, high = quantile(values, 0.05), quantile(values, 0.95)
    return f"{median(values):.3f} ({low:.2f}–{high:.2f})"


def halves(
    rated: Sequence[tuple[float, bool]], truths: Sequence[bool], seed: int = SEED
) -> list[Ranking]:
    """Return how well balanced halves are ranked, drawn again and again."""
    draw = random.Random(seed)
    rankings = []
    for _ in range(RESAMPLES):
        places = half_and_half(truths, draw)
        rankings.append(Ranking.of([rated[p] for p in places], [truths[p] for p in places]))
    return rankings


def rows_of(
    name: str, rated: Sequence[tuple[float, bool]], truths: Sequence[bool]
) -> list[list[str]]:
    """Return the table's rows for balanced halves and for the whole file."""
    drawn = halves(rated, truths)
    f1, best, ap = ([getattr(one, key) for one in drawn] for key in ("f1", "best", "ap"))
    verdicts = [verdict(median(f1), GOALS[0]), verdict(median(ap), GOALS[1])]
    balanced = [
        f"{name}, halves",
        str(2 * min(sum(truths), len(truths) - sum(truths))),
        spread(f1),
        spread(best),
        f"{median([one.at for one in drawn]):.3f}",
        spread(ap),
        " / ".join(f"{goal:.2f}" for goal in GOALS),
        MISSED if MISSED in verdicts else MET,
    ]
    whole = Ranking.of(rated, truths)
    figures = (f"{value:.3f}" for value in (whole.f1, whole.best, whole.at, whole.ap))
    return [balanced, [f"{name}, as it is", str(len(truths)), *figures, "", ""]]


def evaluate_claims(
    records: Sequence[Mapping[str, str]], suggester: Suggester, ranker: Suggester
) -> bool:
    """Print how sentences are ranked; return whether no promise is broken.

    With entities, where the suggester wants them and a pipeline is installed, the promise is about
    that row.

    Args:
        records: each with a ``sentence`` and whether it is ``checkworthy``: ``yes`` or a reason
            why not.
        suggester: decides, at its own threshold.
        ranker: the same at a threshold of 0.
    """
    sentences = [record["sentence"] for record in records]
    truths = [record["checkworthy"] == "yes" for record in records]
    # One who calls every sentence check-worthy: any suggester must beat this floor.
    rows = rows_of("everything", [(1.0, True)] * len(truths), truths)
    texts = [Text(sentence) for sentence in sentences]
    rows += rows_of("without entities", [rate(suggester, ranker, one) for one in texts], truths)
    if suggester.needs_entities:
        try:
            entities = recognise(sentences)
        except AnnotatorError as error:
            print(f"claims with entities are left out: {error}", file=sys.stderr)
        else:
            pairs = zip(sentences, entities, strict=True)
            texts = [Text(sentence, entities=found) for sentence, found in pairs]
            rated = [rate(suggester, ranker, one) for one in texts]
            rows += rows_of("with entities", rated, truths)
    print(f"## Check-worthy sentences: {suggester.name} {suggester.version}\n")
    print(
        f"{sum(truths)} of {len(truths)} sentences are check-worthy. Halves: all of the rarer class"
        f" and as many of the other, drawn {RESAMPLES} times from the seed {SEED}; median, and 5 %"
        " to 95 %, which leaves out that the rarer class is itself a small sample. The best F1 is"
        " chosen on the same sentences: a bound.\n"
    )
    headings = ("sentences", "F1", "best F1", "at", "average precision", "goal F1 / AP", "met")
    print_table(("what", *headings), rows)
    return rows[-2][-1] != MISSED
