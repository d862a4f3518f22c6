"""A trained model scores, explains itself, and is read back only if it is whole."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError
from annotator.suggest.trained_claims.model import COMPONENT, MODEL_FILE, ClaimModel, load
from annotator.training.linear import Corpus, Settings
from annotator.training.scores import AS_FITTED
from benchmarks.debate_sentences import generate

VOCABULARY = (
    "Unemployment",
    "has",
    "fallen",
    "by",
    "5",
    "percent",
    "in",
    "Ohio",
    ".",
    "I",
    "should",
)
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


def test_it_scores_as_the_fit_did() -> None:
    sentences = generate(120, seed=9)
    corpus = Corpus([one.text for one in sentences], [one.positive for one in sentences])
    for settings in (Settings("idf", 0.3), Settings("ratio", 1.0)):
        model = corpus.model(settings, AS_FITTED)
        whole = np.arange(corpus.rows.height)
        decided = next(corpus.path(whole, whole, (settings,)))
        for sentence, expected in zip(sentences, decided, strict=True):
            assert model.log_odds(sentence.text) == pytest.approx(expected, abs=1e-9)


@given(WORDS)
def test_what_it_explains_adds_up_to_what_it_says(model: ClaimModel, sentence: str) -> None:
    told = model.explain(sentence, 10_000)
    assert model.bias + sum(one.weight for one in told) == pytest.approx(model.log_odds(sentence))
    weights = [abs(one.weight) for one in told]
    assert weights == sorted(weights, reverse=True)


@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=4))
def test_scores_are_probabilities_for_any_text(model: ClaimModel, sentences: list[str]) -> None:
    scores = model.scores(sentences)
    assert len(scores) == len(sentences)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_an_extreme_model_does_not_overflow() -> None:
    empty: list[dict[str, tuple[float, float]]] = [{}, {}, {}, {}, {}]
    assert ClaimModel(frozenset(), empty, 1e6).scores(["a"]) == [1.0]
    assert ClaimModel(frozenset(), empty, -1e6).scores(["a"]) == pytest.approx([0.0])


def test_what_was_saved_is_read_back(model: ClaimModel, tmp_path: Path) -> None:
    folder = save(model.to_json(), tmp_path)
    texts = [one.text for one in generate(50, seed=10)]
    assert load(folder).scores(texts) == pytest.approx(model.scores(texts), abs=1e-4)
    assert load(folder).to_json() == model.to_json()


def save(data: Any, folder: Path) -> Path:
    """Write data where a model is looked for; return the model's folder."""
    path = folder / COMPONENT / MODEL_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "something/1"}, "not of the format"),
        ({"recipe": 0}, "made by another version"),
        ({"bias": None}, "damaged"),
        ({"bias": math.nan}, "not a finite number"),
        ({"frequent": 3}, "damaged"),
        ({"blocks": {}}, "damaged"),
    ],
)
def test_a_model_that_is_not_whole_is_refused(
    model: ClaimModel, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    folder = save({**model.to_json(), **change}, tmp_path)
    with pytest.raises(AnnotatorError, match=f"{message}.*annotator train"):
        load(folder)


def test_lists_of_unlike_length_are_refused(model: ClaimModel, tmp_path: Path) -> None:
    data = model.to_json()
    data["blocks"]["word"]["weights"].pop()
    with pytest.raises(AnnotatorError, match="unlike length"):
        load(save(data, tmp_path))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"no claim model in .*No such file"):
        load(tmp_path)
    broken: list[Any] = [[], 3, "text", None]
    for data in broken:
        with pytest.raises(AnnotatorError, match="is no claim model"):
            load(save(data, tmp_path))


def test_features_of_scale_zero_are_not_kept() -> None:
    sentences = generate(60, seed=11)
    corpus = Corpus([one.text for one in sentences], [one.positive for one in sentences])
    model = corpus.model(Settings("ratio", 1.0), AS_FITTED)
    assert all(scale for known in model.weights for scale, _ in known.values())
    assert 0 < model.size <= len(corpus.rows.names)
