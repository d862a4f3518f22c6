"""The ranking stays as good on the development sentences as benchmarks/claims_dev.py says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.suggest.base import Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.claims.weights import THRESHOLD

DATA = Path(__file__).parents[3] / "benchmarks" / "data"


def ranked(name: str) -> list[tuple[float, bool]]:
    """Return score and truth of a set's sentences, the best score first."""
    suggester = ClaimSuggester(threshold=0)
    pairs = []
    for line in (DATA / f"claims_{name}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        spans = suggester.suggest(Text(record["text"])).spans
        pairs.append((max((span.score for span in spans), default=0.0), record["check_worthy"]))
    return sorted(pairs, key=lambda pair: -pair[0])


def f1(pairs: list[tuple[float, bool]]) -> float:
    hits = sum(truth for score, truth in pairs if score >= THRESHOLD)
    told = sum(score >= THRESHOLD for score, _ in pairs)
    return 2 * hits / (told + sum(truth for _, truth in pairs))


def average_precision(pairs: list[tuple[float, bool]]) -> float:
    at = [rank for rank, (_, truth) in enumerate(pairs, 1) if truth]
    return sum(place / rank for place, rank in enumerate(at, 1)) / len(at)


@pytest.mark.parametrize(
    ("name", "least_f1", "least_precision"),
    [
        ("debate", 0.93, 0.97),
        ("debate_hard", 0.76, 0.80),
        ("debate_older", 0.84, 0.92),
        ("debate_fresh", 0.82, 0.91),
        ("news", 0.92, 0.96),
    ],
)
def test_worth_on_development_sentences(name: str, least_f1: float, least_precision: float) -> None:
    pairs = ranked(name)
    assert f1(pairs) >= least_f1
    assert average_precision(pairs) >= least_precision
