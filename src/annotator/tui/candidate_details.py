"""What the sidebar says about a candidate: what is proposed, by whom, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.span import Value
from ..session.candidates import Candidate, LinkCandidate
from ..suggest.base import MODEL_PREFIX
from .details import Detail, Details, range_text
from .sidebar_state import Target, show_value, squeeze

_QUOTED = 200
"""Code points of the text at either end of a proposed link."""


def candidate_details(candidate: Candidate | LinkCandidate) -> Details:
    """Return what is known of a candidate."""
    if isinstance(candidate, LinkCandidate):
        return _link_details(candidate)
    span = candidate.span
    found = [*_why(span.origin), *_attributes(span.attributes)]
    found += _source(candidate.source, span.origin)
    return Details(
        f"{span.label}?", f"label.{span.label}", range_text(span.start, span.end), tuple(found)
    )


def _link_details(candidate: LinkCandidate) -> Details:
    relation = candidate.relation
    found = [*_why(relation.origin), *_attributes(relation.attributes)]
    for name, end in zip(("this", "and"), candidate.ends, strict=True):
        target = Target("text", "", end.start, end.end)
        found.append(Detail(name, squeeze(end.quote, _QUOTED), "", target))
    found += _source(candidate.source, relation.origin)
    return Details(f"{relation.type}?", "accent", "", tuple(found))


def _why(origin: Mapping[str, Value]) -> Iterable[Detail]:
    reasons = origin.get("reasons")
    if isinstance(reasons, list) and reasons:
        yield Detail("why", "\n".join(str(reason) for reason in reasons))


def _attributes(attributes: Mapping[str, Any]) -> Iterable[Detail]:
    return (Detail(name, show_value(value)) for name, value in attributes.items())


def _source(source: str, origin: Mapping[str, Value]) -> Iterable[Detail]:
    score = origin.get("score")
    if isinstance(score, int | float):
        yield Detail("score", f"{score:.2f} {_bar(float(score))}")
    if rule := origin.get("rule"):
        yield Detail("rule", str(rule), "muted")
    version = f" {origin['version']}" if origin.get("version") else ""
    yield Detail("from", source.removeprefix(MODEL_PREFIX) + version, "muted")


def _bar(score: float) -> str:
    """Return a score as ten cells."""
    full = round(max(0.0, min(1.0, score)) * 10)
    return "▰" * full + "▱" * (10 - full)
