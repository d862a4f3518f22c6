"""How often each annotator was overruled in adjudication: what became of their spans in gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Label, in_effect
from ..domain.span import SAME, Span, overlap


@dataclass(slots=True)
class Overruled:
    """What became of one annotator's spans, and what the gold set has besides.

    Attributes:
        kept: spans that stand in gold with the same label, bounds and attributes.
        attributes: those with the same label and bounds, but other attributes.
        bounds: those with the same label, but other bounds.
        label: those that stand there with another label.
        dropped: those that were rejected, or have no counterpart in a gold set that is done.
        open: those that nobody has decided yet.
        added: spans of gold that the annotator has no version of.
    """

    kept: int = 0
    attributes: int = 0
    bounds: int = 0
    label: int = 0
    dropped: int = 0
    open: int = 0
    added: int = 0

    @property
    def total(self) -> int:
        """Spans of the annotator that were decided."""
        return self.kept + self.overruled

    @property
    def overruled(self) -> int:
        """Spans of the annotator that gold does not have as they were."""
        return self.attributes + self.bounds + self.label + self.dropped

    def add(self, other: Overruled) -> None:
        """Add the counts of another document."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


def compare_with_gold(
    theirs: AnnotationSet, gold: AnnotationSet, labels: Mapping[str, Label]
) -> Overruled:
    """Return what became of an annotator's spans in the gold set of the same text.

    Each span is paired with the gold span that it has most in common with, its own label first; a
    gold span may be the counterpart of several.

    Args:
        theirs: the annotator's set.
        gold: the adjudicated set; both speak of the same state of the text.
        labels: the scheme's, by name, with what holds where an attribute is not set.
    """
    counts = Overruled()
    rejected = {(span.label, *span.range) for span in gold.rejected.values()}
    for span in theirs.spans.values():
        counterpart = _counterpart(span, gold.index.touching(span.start, span.end))
        fate = _fate(span, counterpart, labels.get(span.label))
        if fate == "dropped" and gold.status != "done":
            fate = "dropped" if (span.label, *span.range) in rejected else "open"
        setattr(counts, fate, getattr(counts, fate) + 1)
    for span in gold.spans.values():
        if _counterpart(span, theirs.index.touching(span.start, span.end)) is None:
            counts.added += 1
    return counts


def _counterpart(span: Span, others: Iterable[Span]) -> Span | None:
    ranked = sorted(
        (
            (other.label == span.label, overlap(span.range, other.range), other.id, other)
            for other in others
        ),
        key=lambda entry: entry[:3],
    )
    close = [entry for entry in ranked if entry[1] >= SAME]
    return close[-1][3] if close else None


def _fate(span: Span, counterpart: Span | None, label: Label | None) -> str:
    if counterpart is None:
        return "dropped"
    if counterpart.label != span.label:
        return "label"
    if counterpart.range != span.range or counterpart.fragments != span.fragments:
        return "bounds"
    same = in_effect(label, counterpart.attributes) == in_effect(label, span.attributes)
    return "kept" if same else "attributes"
