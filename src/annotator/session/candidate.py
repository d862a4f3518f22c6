"""A candidate: a span or a relation of another annotation set, as it is reviewed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Label, in_effect
from ..domain.span import Relation, Span
from .cursor import Range
from .orphans import is_of_orphan

Key = tuple[str, int, int]
"""Label, start and end: what a candidate is known by."""


class Candidate(NamedTuple):
    """A span of another annotation set.

    Attributes:
        id: unique among the candidates of a document.
        span: the span; its id is the candidate's.
        source: whose set it stands in, e.g. ``model:placeholders``.
        also: who else proposes the same.
    """

    id: str
    span: Span
    source: str
    also: tuple[str, ...] = ()

    @property
    def by(self) -> tuple[str, ...]:
        """All who propose it."""
        return (self.source, *self.also)

    @property
    def range(self) -> Range:
        """Where it stands, in code points."""
        return self.span.range

    @property
    def rule(self) -> str:
        """The rule that found it; empty for a person's."""
        return str(self.span.origin.get("rule", ""))

    @property
    def score(self) -> float:
        """How sure its source is, 0 to 1; 1 for a person's."""
        return score_of(self.span)


class LinkCandidate(NamedTuple):
    """A relation of another annotation set.

    Attributes:
        id: unique among the candidates of a document.
        relation: the relation as it stands in its set.
        source: whose set that is.
        ends: the spans of that set that it goes out from and goes to.
    """

    id: str
    relation: Relation
    source: str
    ends: tuple[Span, Span]

    @property
    def range(self) -> Range:
        """Where it is decided: at the later of its ends, when both are known."""
        return max(end.range for end in self.ends)

    @property
    def rule(self) -> str:
        """The rule that found it; empty for a person's."""
        return str(self.relation.origin.get("rule", ""))

    @property
    def score(self) -> float:
        """How sure its source is, 0 to 1; 1 for a person's."""
        return score_of(self.relation)


def score_of(item: Span | Relation) -> float:
    """Return the score that an item's origin tells, else 1."""
    score = item.origin.get("score")
    if not isinstance(score, int | float) or not math.isfinite(score):
        return 1.0
    return float(score)


def reasons_of(item: Span | Relation) -> tuple[str, ...]:
    """Return why an item was proposed, for people; none where its origin tells none."""
    reasons = item.origin.get("reasons")
    return tuple(map(str, reasons)) if isinstance(reasons, list | tuple) else ()


def key_of(span: Span) -> Key:
    """Return what a candidate is known by."""
    return span.label, span.start, span.end


def together(one: Candidate, other: Candidate) -> Candidate:
    """Return one candidate for two who propose the same: the one that says more stands for both.

    Sets come in any order, so what is shown must not depend on it. An orphan's place comes first:
    only it brings the orphan back.
    """
    first = min(
        one, other, key=lambda c: (not is_of_orphan(c.span), -len(c.span.attributes), c.source)
    )
    return first._replace(also=tuple(sorted({*one.by, *other.by} - {first.source})))


def attributes_of(span: Span, labels: Mapping[str, Label]) -> str:
    """Return what tells spans with the same label and bounds apart: their attributes.

    As agreement counts them: what is not set has its default, and what is empty is not set.

    Args:
        span: the span.
        labels: the scheme's, by name.
    """
    said = in_effect(labels.get(span.label), span.attributes)
    return repr(sorted(said.items()))


def rank_key(candidate: Candidate | LinkCandidate) -> tuple[float, Range, str]:
    """Return what candidates are ordered by when the surest come first."""
    return -candidate.score, candidate.range, candidate.id


def place_key(candidate: Candidate | LinkCandidate) -> tuple[int, int, str]:
    """Return what candidates are ordered by: start, the longer first, then id."""
    start, end = candidate.range
    # Behind every span that starts there.
    return (start, 0, candidate.id) if isinstance(candidate, LinkCandidate) else (
        start, -end, candidate.id
    )  # fmt: skip


def links_of(source: str, proposed: AnnotationSet) -> Iterable[LinkCandidate]:
    """Yield the relations of a set as candidates."""
    for relation in proposed.relations.values():
        ends = proposed.spans.get(relation.source), proposed.spans.get(relation.target)
        if ends[0] is not None and ends[1] is not None:
            yield LinkCandidate(f"{source}/{relation.id}", relation, source, (ends[0], ends[1]))


def origin_key(span: Span) -> Key | None:
    """Return what the candidate that a span was accepted from is known by, if it was accepted."""
    origin = span.origin
    if "from" not in origin:
        return None
    start, end = origin.get("start", span.start), origin.get("end", span.end)
    if not isinstance(start, int) or not isinstance(end, int):
        return None  # written by hand, not by accepting
    return str(origin.get("label", span.label)), start, end
