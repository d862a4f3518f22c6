"""What a model learns from: sentences with a label, each from one document. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..domain.errors import AnnotatorError

FEWEST = 20
"""Fewest sentences of each class that a model is fitted on."""

FOLDS = 5

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many steps of it are done, and how many there are."""


class LabelledSentence(NamedTuple):
    """A sentence that somebody judged.

    Attributes:
        text: the sentence.
        positive: whether it was found worth checking.
        document: which document it is from; sentences of one are never parted.
    """

    text: str
    positive: bool
    document: str


def check_enough(examples: Sequence[LabelledSentence]) -> None:
    """Make sure that there is something to learn from.

    Raises:
        AnnotatorError: there are too few sentences of a class; says how many are needed.
    """
    positives = sum(example.positive for example in examples)
    negatives = len(examples) - positives
    if positives < FEWEST or negatives < FEWEST:
        raise AnnotatorError(
            f"too little to learn from: {positives} sentences with the label and {negatives} "
            f"without, and at least {FEWEST} of each are needed",
            "tag more, and mark documents as done: their other sentences count as without",
        )


def split_documents(
    examples: Sequence[LabelledSentence], seed: int, folds: int = FOLDS
) -> list[list[int]]:
    """Deal whole documents into folds of about the same size and share of positives.

    Args:
        examples: sentences of any number of documents.
        seed: of the order in which documents of the same size are dealt.
        folds: how many at most; there are never more than documents that have both classes can
            fill.

    Returns:
        The places of the examples of each fold, ascending. A single list where there is but one
        document, or where some fold or what is left without it would lack a class: then nothing
        can be held out.
    """
    members: dict[str, list[int]] = {}
    for place, example in enumerate(examples):
        members.setdefault(example.document, []).append(place)
    for count in range(min(folds, len(members)), 1, -1):
        dealt = _deal(examples, list(members.values()), count, seed)
        if all(len({examples[place].positive for place in fold}) == 2 for fold in dealt):
            return [sorted(fold) for fold in dealt]
    return [list(range(len(examples)))]


def _deal(
    examples: Sequence[LabelledSentence], documents: list[list[int]], count: int, seed: int
) -> list[list[int]]:
    """Give each document, the largest first, to the fold that lacks most of what it holds."""
    order = documents.copy()
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret
    order.sort(key=len, reverse=True)
    positives = max(1, sum(example.positive for example in examples))
    negatives = max(1, len(examples) - positives)
    folds: list[list[int]] = [[] for _ in range(count)]
    filled = [(0.0, 0.0)] * count
    for document in order:
        yes = sum(examples[place].positive for place in document) / positives
        no = len(document) / negatives - yes * positives / negatives
        best = min(
            range(count),
            key=lambda fold: (
                (filled[fold][0] + yes) ** 2
                - filled[fold][0] ** 2
                + (filled[fold][1] + no) ** 2
                - filled[fold][1] ** 2
            ),
        )
        folds[best] += document
        filled[best] = filled[best][0] + yes, filled[best][1] + no
    return folds


def shrink(
    examples: Sequence[LabelledSentence], places: Sequence[int], share: float, seed: int
) -> list[int]:
    """Return the sentences of a share of the documents; a smaller share is part of a larger.

    Args:
        examples: all sentences.
        places: those to choose from.
        share: 0 to 1; at least one document is kept.
        seed: of the order in which documents are taken.
    """
    documents = sorted({examples[place].document for place in places})
    random.Random(seed).shuffle(documents)  # noqa: S311 - no secret
    kept = set(documents[: max(1, round(share * len(documents)))])
    return [place for place in places if examples[place].document in kept]
