"""From labelled sentences to a claim model and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ..suggest.claims.features import features
from ..suggest.claims.scoring import score
from ..suggest.claims.weights import THRESHOLD
from ..suggest.trained_claims.model import ClaimModel
from .examples import LabelledSentence, Progress, check_enough, shrink, split_documents
from .held_out import Judgement, judge_held_out
from .linear import GRID, UNTUNED, Corpus, Settings
from .rows import Floats, Integers
from .scores import AS_FITTED, Scores, judge

SHARES = (0.1, 0.2, 0.4, 0.7)
"""Shares of the documents that the learning curve is made with, beside all of them."""


class CurvePoint(NamedTuple):
    """What a model is worth that learned from fewer documents.

    Attributes:
        documents, sentences: how many it learned from, the mean of the folds.
        scores: on the held-out documents, which are the same for every point.
    """

    documents: int
    sentences: int
    scores: Scores


class Mistake(NamedTuple):
    """A sentence that the model judges otherwise than its label.

    Attributes:
        place: of the example.
        probability: what a model that never saw the document gives it.
    """

    place: int
    probability: float


class Trained(NamedTuple):
    """A fitted model and what held-out documents say of it.

    Attributes:
        model: fitted on all examples.
        settings: how it was fitted.
        folds: how many parts the documents were dealt into; 1 when nothing could be held out.
        scores: None when nothing could be held out; so is what follows from it.
        untrained: what the untrained suggester is worth on the same sentences.
        curve: from few documents to many.
        mistakes: the most confidently wrong first.
        threshold: probability from which on a sentence is taken.
    """

    model: ClaimModel
    settings: Settings
    folds: int
    scores: Scores | None
    untrained: Scores | None
    curve: tuple[CurvePoint, ...]
    mistakes: tuple[Mistake, ...]
    threshold: float


def train(
    examples: Sequence[LabelledSentence], seed: int = 0, progress: Progress | None = None
) -> Trained:
    """Fit and judge a claim model; the same for the same examples and seed.

    Args:
        examples: the sentences.
        seed: of the dealing of documents into folds and of the learning curve.
        progress: is told what is being done.

    Raises:
        AnnotatorError: there is too little to learn from.
    """
    check_enough(examples)
    tell = progress or _silent
    tell("reading sentences", 0, 1)
    corpus = Corpus([one.text for one in examples], [one.positive for one in examples])
    folds = [np.array(fold, np.intp) for fold in split_documents(examples, seed)]
    if len(folds) == 1:
        model = corpus.model(UNTUNED, AS_FITTED)
        return Trained(model, UNTUNED, 1, None, None, (), (), AS_FITTED.threshold)
    judgement = judge_held_out(held_out_log_odds(corpus, folds, tell), corpus.truths, folds)
    settings = GRID[judgement.chosen]
    curve = _learning_curve(corpus, examples, folds, settings, seed, tell)
    count = round(len(examples) * (1 - 1 / len(folds)))
    documents = round(len({one.document for one in examples}) * (1 - 1 / len(folds)))
    curve.append(CurvePoint(documents, count, judgement.scores))
    tell("fitting on everything", 0, 1)
    return Trained(
        corpus.model(settings, judgement.calibration),
        settings,
        len(folds),
        judgement.scores,
        _untrained(examples, corpus.truths),
        tuple(curve),
        _mistakes(judgement, corpus.truths),
        judgement.calibration.threshold,
    )


def held_out_log_odds(corpus: Corpus, folds: Sequence[Integers], tell: Progress) -> Floats:
    """Score each fold by models that learned from the others, fitted in every way of ``GRID``.

    Args:
        corpus: the sentences.
        folds: the places of each fold's.
        tell: is told which fit is being done.

    Returns:
        Log odds; shape ``(ways, sentences)``.
    """
    log_odds = np.zeros((len(GRID), corpus.rows.height))
    for number, fold in enumerate(folds):
        rest = _others(folds, number)
        for way, decided in enumerate(corpus.path(rest, fold)):
            tell("cross-validating", number * len(GRID) + way, len(folds) * len(GRID))
            log_odds[way, fold] = decided
    return log_odds


def _learning_curve(
    corpus: Corpus,
    examples: Sequence[LabelledSentence],
    folds: Sequence[Integers],
    settings: Settings,
    seed: int,
    tell: Progress,
) -> list[CurvePoint]:
    curve: list[CurvePoint] = []
    for step, share in enumerate(SHARES):
        log_odds = np.zeros((1, corpus.rows.height))
        sizes: list[tuple[int, int]] = []
        for number, fold in enumerate(folds):
            tell("learning curve", step * len(folds) + number, len(SHARES) * len(folds))
            part = np.array(
                shrink(examples, _others(folds, number).tolist(), share, seed + number), np.intp
            )
            if len(np.unique(corpus.truths[part])) < 2:
                break
            sizes.append((len({examples[place].document for place in part}), len(part)))
            log_odds[0, fold] = next(corpus.path(part, fold, (settings,)))
        else:
            documents, count = (round(mean) for mean in np.mean(sizes, axis=0).tolist())
            if not curve or documents > curve[-1].documents:
                scores = judge_held_out(log_odds, corpus.truths, folds).scores
                curve.append(CurvePoint(documents, count, scores))
    return curve


def _untrained(examples: Sequence[LabelledSentence], truths: Floats) -> Scores:
    """Return what the untrained suggester makes of the same sentences, entities apart."""
    scores = np.array([score(features(example.text)).score for example in examples])
    return judge(scores >= THRESHOLD, scores, truths)


def _mistakes(judgement: Judgement, truths: Floats) -> tuple[Mistake, ...]:
    wrong = np.flatnonzero(judgement.taken != truths)
    surprise = np.abs(judgement.probabilities - truths)[wrong]
    ordered = wrong[np.argsort(-surprise, kind="stable")]
    return tuple(Mistake(int(place), float(judgement.probabilities[place])) for place in ordered)


def _others(folds: Sequence[Integers], number: int) -> Integers:
    others: Integers = np.sort(np.concatenate([*folds[:number], *folds[number + 1 :]]))
    return others


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""
