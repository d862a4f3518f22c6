"""What an audit says of candidates that nobody decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ..domain.annotations import AnnotationSet
from ..domain.audit_rules import POSSIBLE_CONTRADICTION, UNREVIEWED
from ..domain.span import Span
from ..quality.audit.findings import Finding, Related
from ..quality.audit.placeholders import placeholder_finding
from ..store.audit_config import AuditRoles
from .candidate import Candidate, LinkCandidate, reasons_of
from .candidates import Candidates


@dataclass(frozen=True, slots=True)
class OpenCandidates:
    """The candidates of a document that none of some annotators decided.

    Attributes:
        spans: in document order.
        links: in the order of their ids.
        fresh: annotators that were asked just now, so that nobody could review them.
        ends: ids of the candidates that fresh links stand between: they are proposed for the
            sake of the link.
    """

    spans: tuple[Candidate, ...]
    links: tuple[LinkCandidate, ...]
    fresh: AbstractSet[str]
    ends: AbstractSet[str]


def open_candidates(
    own: Sequence[AnnotationSet], proposed: Sequence[AnnotationSet], fresh: AbstractSet[str]
) -> OpenCandidates:
    """Return what is open.

    Args:
        own: what the annotators said; a candidate that one of them decided is decided.
        proposed: sets of others, in the order of their importance.
        fresh: names of those among them that were asked just now.
    """
    spans: dict[str, Candidate] = {}
    links: dict[str, LinkCandidate] = {}
    for place, said in enumerate(own):
        candidates = Candidates(lambda said=said: said)  # type: ignore[misc]
        candidates.put(*proposed)
        here = {one.id: one for one in candidates.open_spans()}
        here_links = {one.id: one for one in candidates.undecided_links()}
        spans = here if place == 0 else {k: v for k, v in spans.items() if k in here}
        links = here_links if place == 0 else {k: v for k, v in links.items() if k in here_links}
    ends = {
        f"{one.annotator}/{end}"
        for one in proposed
        if one.annotator in fresh
        for relation in one.relations.values()
        for end in (relation.source, relation.target)
    }
    return OpenCandidates(tuple(spans.values()), tuple(links.values()), fresh, ends)


def candidate_findings(
    found: OpenCandidates, roles: AuditRoles, *, finished: bool
) -> Iterator[Finding]:
    """Yield what open candidates mean.

    Args:
        found: the candidates.
        roles: the scheme's words.
        finished: whether a person marked the text as done: then a candidate is no longer a slot
            or a contradiction, since the person saw none, but only a candidate.
    """
    left = list(found.spans)
    links = list(found.links)
    if not finished:
        slots = [one for one in left if one.span.label in roles.placeholder]
        yield from (placeholder_finding(one.span, one.by, roles) for one in slots)
        left = [one for one in left if one.span.label not in roles.placeholder]
        against = [one for one in links if one.relation.type in roles.contradicts]
        yield from map(_contradiction, against)
        links = [one for one in links if one.relation.type not in roles.contradicts]
    groups: dict[tuple[str, str], list[Span]] = {}
    for one in left:
        if not (one.source in found.fresh and one.id in found.ends):
            groups.setdefault((one.source, one.span.label), []).append(one.span)
    for link in links:
        if link.source not in found.fresh:
            groups.setdefault((link.source, link.relation.type), []).append(link.ends[0])
    for (source, label), spans in groups.items():
        yield _unreviewed(source, label, spans)


def _contradiction(link: LinkCandidate) -> Finding:
    first, second = sorted(link.ends, key=lambda span: span.range)
    reasons = reasons_of(link.relation) or ("it says otherwise",)
    return Finding(
        rule=POSSIBLE_CONTRADICTION,
        message=f"may be contradicted: {'; '.join(reasons)}; read both and correct one",
        start=first.start,
        end=first.end,
        quote=first.quote,
        by=(link.source,),
        related=(Related(second.start, second.end, "may contradict it"),),
    )


def _unreviewed(source: str, label: str, spans: Iterable[Span]) -> Finding:
    ranked = sorted(spans, key=lambda span: span.range)
    first, count = ranked[0], len(ranked)
    what = (
        f"this {label} of {source}" if count == 1 else f"{count} {label}s of {source}, this first"
    )
    return Finding(
        rule=UNREVIEWED,
        message=f"nobody reviewed {what}; accept or reject in annotator",
        start=first.start,
        end=first.end,
        quote=first.quote,
        by=(source,),
    )
