"""Training as a whole: honest scores, the same every time."""

from __future__ import annotations

import random
import string

import numpy as np
import pytest

from annotator.training.examples import LabelledSentence, split_documents
from annotator.training.held_out import judge_held_out
from annotator.training.linear import Corpus
from annotator.training.scores import judge
from annotator.training.train import held_out_log_odds, train


def ignore(stage: str, done: int, total: int) -> None:
    """Take progress and do nothing."""


@pytest.mark.slow
def test_the_same_examples_and_seed_give_the_same_model(debates: list[LabelledSentence]) -> None:
    first, second = train(debates, 7), train(debates, 7)
    assert first.model.to_json() == second.model.to_json()
    assert first[1:] == second[1:]


def test_no_label_of_a_fold_moves_what_is_said_of_that_fold(
    debates: list[LabelledSentence],
) -> None:
    folds = [np.array(fold, np.intp) for fold in split_documents(debates, 0)]
    texts, labels = [one.text for one in debates], [one.positive for one in debates]
    turned = [label ^ (place in folds[0]) for place, label in enumerate(labels)]
    first, second = (
        held_out_log_odds(Corpus(texts, some), folds, ignore) for some in (labels, turned)
    )
    np.testing.assert_array_equal(first[:, folds[0]], second[:, folds[0]])
    assert (first[:, folds[1]] != second[:, folds[1]]).all()
    truths, others = (np.array(some, np.float64) for some in (labels, turned))
    judged, again = (judge_held_out(first, some, folds) for some in (truths, others))
    np.testing.assert_array_equal(judged.probabilities[folds[0]], again.probabilities[folds[0]])
    np.testing.assert_array_equal(judged.taken[folds[0]], again.taken[folds[0]])


def test_what_is_learned_from_a_document_does_not_help_to_score_it() -> None:
    # Each document marks its sentences by words of its own. Who has seen it knows every label,
    # who has not knows none.
    dice = random.Random(1)
    marks = {
        (document, positive): "".join(dice.choices(string.ascii_lowercase, k=9))
        for document in range(10)
        for positive in (True, False)
    }
    examples = [
        LabelledSentence(mark, positive, str(document))
        for (document, positive), mark in marks.items()
        for _ in range(8)
    ]
    found = train(examples, 0)
    assert found.scores is not None
    assert found.scores.average_precision < 0.65
    scores = np.array(found.model.scores([one.text for one in examples]))
    truths = np.array([one.positive for one in examples], np.float64)
    assert judge(scores >= 0.5, scores, truths).average_precision > 0.99


@pytest.mark.slow
def test_the_curve_climbs_in_documents_and_ends_at_the_scores(
    debates: list[LabelledSentence],
) -> None:
    found = train(debates)
    documents = [point.documents for point in found.curve]
    sentences = [point.sentences for point in found.curve]
    assert documents == sorted(set(documents))
    assert sentences == sorted(set(sentences))
    assert (documents[-1], sentences[-1]) == (8, 240)
    assert found.scores == found.curve[-1].scores
    assert all(point.scores.sentences == len(debates) for point in found.curve)


@pytest.mark.slow
def test_labels_that_were_turned_round_are_among_the_first_mistakes(
    debates: list[LabelledSentence],
) -> None:
    wrong = [place for place, one in enumerate(debates) if "thank you" in one.text.lower()]
    assert wrong
    spoilt = list(debates)
    spoilt[wrong[0]] = debates[wrong[0]]._replace(positive=True)
    found = train(spoilt)
    assert wrong[0] in [mistake.place for mistake in found.mistakes[:10]]
    surprises = [abs(one.probability - spoilt[one.place].positive) for one in found.mistakes]
    assert surprises == sorted(surprises, reverse=True)


@pytest.mark.slow
def test_it_beats_taking_every_sentence(debates: list[LabelledSentence]) -> None:
    found = train(debates)
    assert found.scores is not None
    assert found.scores.f1 > found.scores.all_f1 + 0.1
    assert found.untrained is not None
    assert found.untrained.recall < 1 > found.untrained.precision
    assert found.scores.average_precision > 0.8


def test_a_single_document_gives_a_model_and_no_scores(debates: list[LabelledSentence]) -> None:
    found = train([one._replace(document="one.txt") for one in debates])
    assert (found.folds, found.scores, found.untrained, found.curve) == (1, None, None, ())
    worth, not_worth = found.model.scores(
        ["Unemployment has doubled since 1992.", "Thank you very much."]
    )
    assert worth > 0.5 > not_worth


def test_progress_is_told_of_every_stage(debates: list[LabelledSentence]) -> None:
    told: list[tuple[str, int, int]] = []
    train(debates[:100], 0, lambda stage, done, total: told.append((stage, done, total)))
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == [
        "reading sentences",
        "cross-validating",
        "learning curve",
        "fitting on everything",
    ]
    assert all(0 <= done < total for _, done, total in told)
