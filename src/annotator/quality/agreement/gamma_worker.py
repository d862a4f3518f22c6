"""The process that computes gamma: ``python -m annotator.quality.agreement.gamma_worker SEED``.

Reads one document a line, ``{"first": [[label, start, end], ...], "second": [...]}``, and answers
each with a line ``{"gamma": number}``. A process of its own, since what takes too long must be
ended, and the solver cannot be interrupted.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any, TextIO

SAMPLES = 30
"""Random continua drawn for the expected disorder."""


def main(lines: TextIO, answers: TextIO, seed: int) -> None:
    """Answer documents until there are no more.

    Args:
        lines: one document a line.
        answers: where the answers go.
        seed: of the random continua; set anew for each document.
    """
    import numpy as np
    from pygamma_agreement import CombinedCategoricalDissimilarity

    # It says for each solution that a faster solver is not installed.
    logging.disable(logging.WARNING)
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    for line in lines:
        np.random.seed(seed)  # noqa: NPY002 - the generator that pygamma-agreement draws from
        continuum = _continuum(json.loads(line))
        gamma = continuum.compute_gamma(dissimilarity, n_samples=SAMPLES).gamma
        answers.write(json.dumps({"gamma": float(gamma)}) + "\n")
        answers.flush()


def _continuum(document: dict[str, Any]) -> Any:
    from pyannote.core import Segment
    from pygamma_agreement import Continuum

    continuum = Continuum()
    for annotator, spans in document.items():
        for label, start, end in spans:
            continuum.add(annotator, Segment(start, end), label)
    return continuum


if __name__ == "__main__":
    main(sys.stdin, sys.stdout, int(sys.argv[1]))
