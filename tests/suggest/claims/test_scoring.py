"""From features to a score and its reasons."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.suggest.claims.features import Features, features
from annotator.suggest.claims.scoring import MOST_REASONS, score
from annotator.suggest.claims.tokens import tokenize
from annotator.suggest.claims.weights import LENGTHS, WEIGHTS

DOCS = Path(__file__).parents[3] / "docs" / "suggesters-claims.md"


def made(**values: float) -> Features:
    return Features(values, {name: f"<{name}>" for name in values}, tokenize(""))


def test_longer_sentences_score_more_for_the_same_evidence() -> None:
    scores = [score(made(past_event=1, words=most)).score for most, _ in LENGTHS]
    assert scores == sorted(set(scores))
    assert score(made(past_event=1, words=LENGTHS[-1][0] + 1)).score > scores[-1]


@pytest.mark.parametrize("name", WEIGHTS)
def test_each_feature_moves_the_score_by_the_sign_of_its_points(name: str) -> None:
    without, once = score(made(words=10)).score, score(made(words=10, **{name: 1})).score
    points = WEIGHTS[name].points
    assert (once > without, once < without) == (points > 0, points < 0)
    most = WEIGHTS[name].most
    assert score(made(words=10, **{name: most})) == score(made(words=10, **{name: most + 1}))


def test_reasons_name_the_evidence_the_strongest_first_and_one_objection() -> None:
    found = score(made(words=10, date=1, number=1, opinion=1, hedge=1))
    assert found.reasons == ("number: <number>", "date: <date>", "but opinion: <opinion>")


def test_there_are_only_so_many_reasons() -> None:
    everything = dict.fromkeys(WEIGHTS, 1.0)
    assert len(score(made(words=10, **everything)).reasons) == MOST_REASONS


def test_evidence_over_lines_becomes_one_line() -> None:
    found = score(features("Then the Bank\nof Ada\nLovelace closed."))
    assert not any("\n" in reason for reason in found.reasons)


def test_the_docs_page_has_the_points_as_they_are() -> None:
    page = DOCS.read_text("utf-8")
    rows = {line.split("|")[1].strip(" `"): line for line in page.split("\n") if line[:3] == "| `"}
    for name, weight in WEIGHTS.items():
        assert f"| {weight.points:+g} | {weight.most} |" in rows[name]
