"""spaCy's own text classifier on the same folds, to see what the linear model is worth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from .examples import LabelledSentence, Progress
from .held_out import judge_held_out
from .rows import Floats, Integers
from .scores import Scores

Kind = Literal["bow", "ensemble"]

_BOW = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "length": 262144,
    "ngram_size": 2,
    "no_output_layer": False,
}
_BATCH = 64
_EPOCHS: dict[Kind, int] = {"bow": 10, "ensemble": 5}


def cross_validate_textcat(
    examples: Sequence[LabelledSentence],
    folds: Sequence[Sequence[int]],
    kind: Kind = "bow",
    seed: int = 0,
    progress: Progress | None = None,
) -> Scores:
    """Judge spaCy's text classifier by whole documents that are held out.

    Args:
        examples: the sentences.
        folds: places of each fold's sentences, see ``examples.split_documents``.
        kind: ``bow`` for words and pairs of words, ``ensemble`` for spaCy's default, which adds
            a small neural network.
        seed: of weights and order.
        progress: is told which fold and round is being done.
    """
    truths = np.array([example.positive for example in examples], np.float64)
    places = [np.array(fold, np.intp) for fold in folds]
    log_odds = np.zeros((1, len(examples)))
    for number, fold in enumerate(places):
        rest = np.concatenate([*places[:number], *places[number + 1 :]])

        def tell(epoch: int, number: int = number) -> None:
            if progress is not None:
                epochs = _EPOCHS[kind]
                done, total = number * epochs + epoch, len(places) * epochs
                progress(f"spaCy's text classifier ({kind})", done, total)

        log_odds[0, fold] = _fit_and_score(examples, rest, fold, kind, seed, tell)
    return judge_held_out(log_odds, truths, places).scores


def _fit_and_score(
    examples: Sequence[LabelledSentence],
    train: Integers,
    test: Integers,
    kind: Kind,
    seed: int,
    tell: Any,
) -> Floats:
    """Return the log odds that a classifier trained on some sentences gives to others."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("textcat", config={"model": _BOW} if kind == "bow" else {})
    pairs = []
    for place in train.tolist():
        one = examples[place]
        cats = {"yes": float(one.positive), "no": float(not one.positive)}
        pairs.append(Example.from_dict(pipeline.make_doc(one.text), {"cats": cats}))
    optimizer = pipeline.initialize(lambda: pairs)
    dice = random.Random(seed)  # noqa: S311 - no secret
    for epoch in range(_EPOCHS[kind]):
        tell(epoch)
        dice.shuffle(pairs)
        for at in range(0, len(pairs), _BATCH):
            pipeline.update(pairs[at : at + _BATCH], sgd=optimizer, drop=0.2)
    texts = [examples[place].text for place in test.tolist()]
    scores = np.array([doc.cats["yes"] for doc in pipeline.pipe(texts)], np.float64)
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    result: Floats = np.log(clipped / (1 - clipped))
    return result
