"""A small model, trained once."""

from __future__ import annotations

import pytest

from annotator.suggest.trained_claims.model import ClaimModel
from annotator.training.linear import Corpus, Settings
from annotator.training.scores import Calibration
from benchmarks.debate_sentences import generate


@pytest.fixture(scope="session")
def model() -> ClaimModel:
    """What two hundred sentences of debates teach."""
    sentences = generate(200, seed=8)
    corpus = Corpus([one.text for one in sentences], [one.positive for one in sentences])
    return corpus.model(Settings("ratio", 1.0), Calibration(1.5, 0.2, 0.4))
