"""What an audit says of candidates: a link that was proposed just now is nobody's omission."""

from __future__ import annotations

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.span import Relation, Span
from annotator.session.audit_candidates import candidate_findings, open_candidates
from annotator.store.audit_config import AuditRoles

REFERENCE = DocumentRef("d", "h", 40)


def proposed(kind: str) -> AnnotationSet:
    spans = [
        Span(id=name, label="claim", start=at, end=at + 9) for name, at in (("a", 0), ("b", 20))
    ]
    link = Relation(id="r", type=kind, source="a", target="b")
    return AnnotationSet(REFERENCE, "model:m", "s/1", spans=spans, relations=[link])


@pytest.mark.parametrize(
    ("kind", "fresh", "rules"),
    [
        ("supports", True, []),
        ("supports", False, ["unreviewed-candidate", "unreviewed-candidate"]),
        ("contradicts", True, ["possible-contradiction"]),
        ("contradicts", False, ["possible-contradiction", "unreviewed-candidate"]),
    ],
)
def test_links_and_their_ends(kind: str, fresh: bool, rules: list[str]) -> None:
    nobody = AnnotationSet(REFERENCE, "", "s/1")
    found = open_candidates([nobody], [proposed(kind)], {"model:m"} if fresh else set())
    told = [one.rule for one in candidate_findings(found, AuditRoles(), finished=False)]
    assert told == rules
