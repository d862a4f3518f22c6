"""What is open in one annotator's set. Pure: the same set and text give the same findings."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.annotations import AnnotationSet
from ...domain.audit_rules import (
    BLOCKED,
    CONTRADICTION,
    CUT_WORD,
    LABEL_DIFFERS,
    MISSED_TWIN,
    NO_EVIDENCE,
    ORPHAN,
    REFUTED,
    UNCHECKED,
    UNSETTLED,
)
from ...domain.scheme import Scheme
from ...domain.span import Span
from ...store.audit_config import AuditRoles
from ...store.reanchor import HOME_KEY, perhaps
from ...text.words import at_word_edges
from ..twins import OTHER_LABEL, missed_twins
from .findings import Finding, Related
from .placeholders import is_blocking, placeholder_finding


def check_annotations(
    annotations: AnnotationSet, text: str, scheme: Scheme, roles: AuditRoles
) -> Iterator[Finding]:
    """Yield what is open in a set, without severities, in no order.

    Args:
        annotations: what one annotator said; spans stand where they are in the text.
        text: the document's text.
        scheme: what may be said.
        roles: which labels, attributes and relations play which part.
    """
    checks = _Checks(annotations, text, scheme, roles)
    for span in annotations.spans.values():
        yield from checks.span(span)
    yield from checks.contradictions()
    yield from checks.twins()
    yield from checks.orphans()


class _Checks:
    def __init__(
        self, annotations: AnnotationSet, text: str, scheme: Scheme, roles: AuditRoles
    ) -> None:
        self.annotations = annotations
        self.text = text
        self.scheme = scheme
        self.roles = roles
        self.by = (annotations.annotator,)
        self.blockers: dict[str, list[Span]] = {}
        for relation in annotations.relations.values():
            source = annotations.spans.get(relation.source)
            if relation.type in roles.blocks and source is not None:
                self.blockers.setdefault(relation.target, []).append(source)

    def finding(self, rule: str, span: Span, message: str, *related: Related) -> Finding:
        return Finding(
            rule=rule,
            message=message,
            start=span.start,
            end=span.end,
            quote=span.quote,
            by=self.by,
            related=related,
        )

    def span(self, span: Span) -> Iterator[Finding]:
        if span.label in self.roles.placeholder:
            yield placeholder_finding(span, self.by, self.roles)
        if span.label in self.roles.claim:
            yield from self.claim(span)
        label = self.scheme.labels.get(span.label)
        furniture = label is not None and label.furniture
        if not furniture and not at_word_edges(self.text, span.start, span.end):
            message = f"this {span.label} begins or ends inside a word; move its end"
            yield self.finding(CUT_WORD, span, message)

    def claim(self, span: Span) -> Iterator[Finding]:
        roles = self.roles
        verdict = span.attributes.get(roles.verdict)
        blockers = self.blocking(span)
        if blockers:
            related = (Related(one.start, one.end, "fill first") for one in blockers)
            message = "cannot be checked before its placeholder is filled"
            yield self.finding(BLOCKED, span, message, *related)
        if verdict in roles.refuted:
            message = "refuted, and still in the text; correct it, or take it out"
            yield self.finding(REFUTED, span, message)
        elif verdict in roles.unsettled:
            message = f"checking could not settle it ({verdict}); attribute it or take it out"
            yield self.finding(UNSETTLED, span, message)
        elif verdict is None or verdict in roles.unset:
            if not blockers and span.attributes.get(roles.worthiness) not in roles.exempt:
                yield self.finding(UNCHECKED, span, "nobody checked it; check it and set a verdict")
            return
        if verdict not in roles.unsettled and not span.attributes.get(roles.evidence):
            yield self.finding(NO_EVIDENCE, span, f"{verdict}, but nothing says why; add evidence")

    def blocking(self, claim: Span) -> list[Span]:
        """Return the placeholders in a claim, and those linked to it, in order."""
        inside = (
            span
            for span in self.annotations.index.touching(claim.start, claim.end)
            if claim.start <= span.start and span.end <= claim.end
        )
        found = {
            span.id: span
            for span in (*inside, *self.blockers.get(claim.id, ()))
            if span.label in self.roles.placeholder and is_blocking(span, self.roles)
        }
        return sorted(found.values(), key=lambda span: span.range)

    def contradictions(self) -> Iterator[Finding]:
        spans = self.annotations.spans
        for relation in self.annotations.relations.values():
            if relation.type not in self.roles.contradicts:
                continue
            ends = spans.get(relation.source), spans.get(relation.target)
            if ends[0] is None or ends[1] is None:
                continue
            first, second = sorted((ends[0], ends[1]), key=lambda span: span.range)
            yield self.finding(
                CONTRADICTION,
                first,
                "contradicted elsewhere; find out which holds and correct the other",
                Related(second.start, second.end, "contradicts it"),
            )

    def twins(self) -> Iterator[Finding]:
        if not self.annotations.spans:
            return
        for span in missed_twins(self.annotations, self.text, self.scheme).spans.values():
            reason = next(iter(span.origin.get("reasons", ())), "")
            if span.origin.get("rule") == OTHER_LABEL:
                yield self.finding(LABEL_DIFFERS, span, f"{reason}; decide which is meant")
            else:
                yield self.finding(MISSED_TWIN, span, f"{reason}; tag it here too, or leave it")

    def orphans(self) -> Iterator[Finding]:
        for span in self.annotations.orphans.values():
            if span.extra.get(HOME_KEY) == "rejected":
                continue  # what was turned down is gone, and nobody misses it
            drop = f"annotator reanchor PATH --drop {span.id}"
            message = f"this {span.label} is nowhere in the text; tag it anew, then {drop}"
            if self.has_open_place(span):
                message = f"this {span.label} may have moved with an edit; review it in annotator"
            yield Finding(rule=ORPHAN, message=message, quote=span.quote, by=self.by)

    def has_open_place(self, orphan: Span) -> bool:
        """Say whether an orphan has a place that was not turned down in review."""
        said = {(one.label, *one.range) for one in self.annotations.rejected.values()}
        return any((one.label, *one.range) not in said for one in perhaps(orphan, self.text))
