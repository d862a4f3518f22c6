"""How features are scaled."""

from __future__ import annotations

import math

import numpy as np
import pytest

from annotator.suggest.trained_claims.features import BLOCKS
from annotator.training.linear import Corpus, Settings, feature_scales
from annotator.training.rows import Floats, index_rows

WORDS = (("even", "yes"), ("even", "yes"), ("even", "no"), ("even", "no"), ("no", "rare"))
"""One sentence of six words or fewer a row; the first two are positive."""


def scales(weighting: str) -> dict[str, float]:
    """Return the scale of each word."""
    rows = index_rows([(list(words), *([] for _ in BLOCKS[1:])) for words in WORDS])
    truths: Floats = np.array([1.0, 1.0, 0.0, 0.0, 0.0])
    found = feature_scales(rows, truths, "idf" if weighting == "idf" else "ratio")
    return {name: float(scale) for (_, name), scale in zip(rows.names, found, strict=True)}


def test_inverse_document_frequency() -> None:
    assert scales("idf") == pytest.approx(
        {"even": math.log(6 / 5) + 1, "yes": math.log(6 / 3) + 1, "no": math.log(6 / 4) + 1}
    )


def test_the_ratio_is_that_of_shares_and_not_of_counts() -> None:
    # Smoothed counts with and without the label: even 3 and 3, yes 3 and 1, no 1 and 4.
    assert scales("ratio") == pytest.approx(
        {
            "even": abs(math.log(3 / 7) - math.log(3 / 8)),
            "yes": abs(math.log(3 / 7) - math.log(1 / 8)),
            "no": abs(math.log(1 / 7) - math.log(4 / 8)),
        }
    )


def test_a_feature_of_one_of_the_sentences_at_hand_does_not_count() -> None:
    texts = ["Zebras ran.", "Zebras ate.", "Lions ran.", "Lions ate."] * 2
    corpus = Corpus(texts, [True, True, False, False] * 2)
    train = np.array([0, 2, 3, 6, 7])
    rows = corpus.rows.take(train)
    found = feature_scales(rows, corpus.truths[train], "idf")
    names = {
        name: scale for (block, name), scale in zip(rows.names, found, strict=True) if not block
    }
    assert names["zebras"] == 0
    assert names["lions"] > 0


def test_stronger_fits_follow_the_labels_more_closely() -> None:
    # The untrained ranking sees nothing in such words, so all that is learned is in the features.
    texts = ["Xylo blorp.", "Xylo frim.", "Quadd blorp.", "Quadd frim."] * 5
    corpus = Corpus(texts, [True, True, False, False] * 5)
    assert np.ptp(corpus.columns[1]) == 0
    everything = np.arange(20)
    ways = [Settings("ratio", strength) for strength in (0.01, 0.1, 1.0)]
    spreads = [np.ptp(decided) for decided in corpus.path(everything, everything, ways)]
    assert spreads == sorted(spreads)
    assert spreads[0] < spreads[-1] / 2
