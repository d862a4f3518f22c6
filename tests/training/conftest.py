"""What the tests of training share."""

from __future__ import annotations

import pytest

from annotator.training.examples import LabelledSentence
from benchmarks.debate_sentences import generate


@pytest.fixture(scope="session")
def debates() -> list[LabelledSentence]:
    """Three hundred sentences of ten debates, some labels wrong."""
    return [
        LabelledSentence(one.text, one.positive, f"debates/{one.debate}.txt")
        for one in generate(300, seed=3, debates=10)
    ]
