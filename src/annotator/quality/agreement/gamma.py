"""Gamma: categorising and placing spans in one measure, on the best alignment of two annotators.

Mathet, Widlöcher and Métivier 2015, *The Unified and Holistic Method Gamma for Inter-Annotator
Agreement Measure and Alignment* (Computational Linguistics 41(3)): gamma = 1 - do/de, do the
disorder of the best alignment, de the mean disorder of random continua; combined dissimilarity with
alpha = beta = delta-empty = 1. Computed by pygamma-agreement (the extra ``annotator[gamma]``).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple

from ...domain.errors import AnnotatorError
from ...domain.span import Span
from .counting import Counted
from .measure import ALL
from .report import GroupReport, Report, Score

_WORKER = "annotator.quality.agreement.gamma_worker"
_TOGETHER = ("label", ALL)
Two = tuple[Sequence[Span], Sequence[Span]]


class Gamma(NamedTuple):
    """Gamma of two annotators.

    Attributes:
        values: of the documents that were done in time, in order.
        documents: how many there are in which both have spans; in others it is undefined.
    """

    values: Sequence[float]
    documents: int

    @property
    def mean(self) -> float | None:
        """The mean over documents, each a continuum of its own; None where there is none."""
        return sum(self.values) / len(self.values) if self.values else None

    @property
    def undefined(self) -> str:
        """Why there is no mean, in a few words."""
        return "no document done in time" if self.documents else "no document with spans of both"


def check_gamma() -> None:
    """Make sure that pygamma-agreement is installed.

    Raises:
        AnnotatorError: it is not.
    """
    if find_spec("pygamma_agreement") is None:
        raise AnnotatorError(
            "gamma needs the package pygamma-agreement", "pip install 'annotator[gamma]'"
        )


def gamma_of(documents: Sequence[Two], seconds: float, seed: int = 0) -> Gamma:
    """Compute gamma document by document, as many as the time allows.

    Args:
        documents: the spans of the first and the second annotator in each.
        seconds: most seconds that all may take together.
        seed: of the random continua.

    Raises:
        AnnotatorError: the process ended with an error.
    """
    both = [two for two in documents if two[0] and two[1]]
    if not both:
        return Gamma([], 0)
    lines = "".join(json.dumps(_line(*two)) + "\n" for two in both)
    # -P: a folder that holds a json.py is not imported from.
    command = [sys.executable, "-P", "-m", _WORKER, str(seed)]
    process = subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        answers, said = process.communicate(lines, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        answers, said = process.communicate()
    else:
        if process.returncode:
            last = said.strip().splitlines()[-1:] or ["no reason given"]
            raise AnnotatorError(f"gamma could not be computed: {last[0]}")
    finally:
        process.kill()
    whole = [line for line in answers.splitlines(keepends=True) if line.endswith("\n")]
    return Gamma([json.loads(line)["gamma"] for line in whole], len(both))


def with_gamma(report: Report, counted: Sequence[Counted], seconds: float, seed: int = 0) -> Report:
    """Return a report with gamma for each pair, in the row of all labels together.

    Args:
        report: without gamma.
        counted: what it was made from, with the spans kept.
        seconds: most seconds that a pair may take; how many documents that left out is noted.
        seed: of the random continua.

    Raises:
        AnnotatorError: pygamma-agreement is not installed, or failed.
    """
    check_gamma()
    notes = list(report.notes)
    pairs: list[GroupReport] = []
    for pair in report.pairs:
        one, other = pair.annotators
        both = [
            (entry.kept[one], entry.kept[other])
            for entry in counted
            if one in entry.kept and other in entry.kept
        ]
        found = gamma_of(both, seconds, seed)
        late = found.documents - len(found.values)
        if late:
            notes.append(
                f"gamma of {one} and {other}: {late} of {found.documents} documents left out, "
                f"not done within {seconds:g} s"
            )
        score = Score(found.mean, "" if found.values else found.undefined)
        rows = [
            row._replace(scores={**row.scores, "gamma": score}) if row.scope == _TOGETHER else row
            for row in pair.rows
        ]
        pairs.append(pair._replace(rows=rows))
    return report._replace(pairs=pairs, notes=notes)


def _line(first: Sequence[Span], second: Sequence[Span]) -> dict[str, list[list[str | int]]]:
    return {
        "first": [[span.label, span.start, span.end] for span in first],
        "second": [[span.label, span.start, span.end] for span in second],
    }
