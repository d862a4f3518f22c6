"""Small annotation sets for tests of audits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.scheme import Scheme
from annotator.domain.span import Relation, Span
from annotator.quality.audit.findings import Finding
from annotator.quality.audit.set_checks import check_annotations
from annotator.store.audit_config import AuditRoles
from annotator.store.scheme_files import load_scheme

SCHEME: Scheme = load_scheme("claims-and-placeholders")


def span(
    text: str, label: str, quote: str, attributes: Mapping[str, Any] | None = None, nth: int = 0
) -> Span:
    """Return a span over a quote; its id is the label and where it begins."""
    start = text.index(quote)
    for _ in range(nth):
        start = text.index(quote, start + 1)
    return Span(
        id=f"{label}{start}",
        label=label,
        start=start,
        end=start + len(quote),
        quote=quote,
        attributes=attributes or {},
    )


def link(kind: str, source: Span, target: Span) -> Relation:
    """Return a relation between two spans."""
    return Relation(id=f"{source.id}-{target.id}", type=kind, source=source.id, target=target.id)


def said(
    text: str,
    *spans: Span,
    relations: tuple[Relation, ...] = (),
    orphans: tuple[Span, ...] = (),
) -> AnnotationSet:
    """Return what ada said."""
    return AnnotationSet(
        DocumentRef("d.txt", "h", len(text)),
        "ada",
        SCHEME.id,
        spans=spans,
        relations=relations,
        orphans=orphans,
    )


def check(
    text: str, annotations: AnnotationSet, roles: AuditRoles | None = None
) -> list[tuple[str, str]]:
    """Return rule and quote of what is open, sorted."""
    found = findings(text, annotations, roles)
    return sorted((one.rule, one.quote) for one in found)


def findings(
    text: str, annotations: AnnotationSet, roles: AuditRoles | None = None
) -> list[Finding]:
    """Return what is open."""
    return list(check_annotations(annotations, text, SCHEME, roles or AuditRoles()))
