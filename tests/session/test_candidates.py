"""Which spans of other annotators are one candidate, and which are two."""

from __future__ import annotations

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.scheme import Attribute, Label
from annotator.domain.span import Span
from annotator.session.candidates import Candidates

DOCUMENT = DocumentRef("a.txt", "0" * 64, 40)
WORTH = Attribute("worth", "choice", ("high", "low"), default="low")
LABELS = {"claim": Label("claim", "c", attributes={"worth": WORTH})}


def said(annotator: str, **attributes: object) -> AnnotationSet:
    span = Span(id="s1", label="claim", start=3, end=9, attributes=attributes)
    return AnnotationSet(DOCUMENT, annotator, "claims/1", spans=[span])


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ({"worth": "low"}, 1),
        ({"worth": "high"}, 2),
        ({"worth": None}, 2),
        ({"sources": []}, 1),
        ({"about": ""}, 1),
        ({"about": 0}, 2),
        ({"about": False}, 2),
    ],
)
def test_versions_that_agreement_counts_as_equal_are_one_candidate(
    other: dict[str, object], count: int
) -> None:
    """A default that was left unset is the default, as in the attribute table of agreement."""
    own = AnnotationSet(DOCUMENT, "gold", "claims/1")
    candidates = Candidates(lambda: own, versions=LABELS)
    candidates.put(said("ada"), said("ben", **other))
    assert candidates.open_span_count == count
    assert len(candidates.agreed()) == (count == 1)
