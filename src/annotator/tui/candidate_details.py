"""What the sidebar says about a candidate: what is proposed, by whom, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..domain.annotations import MODEL_PREFIX
from ..domain.span import Value
from ..session.candidates import Candidate, LinkCandidate
from .details import Detail, Details, range_text
from .sidebar_state import Target, show_value, squeeze

_QUOTED = 200
"""Code points of the text at either end of a proposed link."""


def candidate_details(
    candidate: Candidate | LinkCandidate,
    beside: Sequence[Candidate] = (),
    sources: Sequence[str] = (),
) -> Details:
    """Return what is known of a candidate.

    Args:
        candidate: the candidate.
        beside: all candidates that share text with it, itself too.
        sources: who proposes anything; with several people among them, each one's version is shown.
    """
    if isinstance(candidate, LinkCandidate):
        return _link_details(candidate)
    span = candidate.span
    found = [*_why(span.origin)]
    if sum(not name.startswith(MODEL_PREFIX) for name in sources) > 1:
        found += _versions(candidate, beside, sources)
    else:
        found += _attributes(span.attributes)
        found += _source(candidate.source, span.origin)
        if candidate.also:
            also = ", ".join(name.removeprefix(MODEL_PREFIX) for name in candidate.also)
            found.append(Detail("also", also, "muted"))
    return Details(
        f"{span.label}?", f"label.{span.label}", range_text(span.start, span.end), tuple(found)
    )


def _versions(
    candidate: Candidate, beside: Sequence[Candidate], sources: Sequence[str]
) -> Iterable[Detail]:
    """Yield what each source says of this place: label, bounds, attributes."""
    for source in sources:
        theirs = [other for other in beside if source in other.by]
        same = [other for other in theirs if other.span.label == candidate.span.label]
        name = source.removeprefix(MODEL_PREFIX)
        if not theirs:
            yield Detail(name, "nothing here", "muted")
        for other in same or theirs:
            this = other.id == candidate.id
            target = Target("candidate", other.id, *other.range)
            yield Detail(name, _version(other, candidate), "strong" if this else "", target)


def _version(other: Candidate, candidate: Candidate) -> str:
    """Return one version as its differences from the candidate, then its attributes."""
    span, this = other.span, candidate.span
    said = [span.label]
    if span.start != this.start:
        said.append(f"starts {_moved(span.start - this.start)}")
    if span.end != this.end:
        said.append(f"ends {_moved(span.end - this.end)}")
    lines = [", ".join(said)]
    for name in dict.fromkeys([*this.attributes, *span.attributes]):
        value = show_value(span.attributes[name]) if name in span.attributes else "–"
        differs = span.attributes.get(name) != this.attributes.get(name)
        lines.append(f"{'≠ ' if differs else '  '}{name} {value}")
    return "\n".join(lines)


def _moved(by: int) -> str:
    return f"{abs(by)} {'later' if by > 0 else 'earlier'}"


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
    # The version tells a program which results are stale, and a person nothing: it is in the file.
    yield Detail("from", source.removeprefix(MODEL_PREFIX), "muted")


def _bar(score: float) -> str:
    """Return a score as ten cells."""
    full = round(max(0.0, min(1.0, score)) * 10)
    return "▰" * full + "▱" * (10 - full)
