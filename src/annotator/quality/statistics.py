"""Statistics of what an annotator said, over any number of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Span
from ..store.reanchor import REVIEWER


@dataclass(slots=True)
class Statistics:
    """One annotator's documents, counted.

    Attributes:
        documents: by status.
        empty: documents that are done and have no span: read, nothing found.
        spans: by label.
        attributes: values by ``label.attribute``.
        lengths: of all spans by label, in code points.
        relations: by type.
        covered: code points that at least one span covers.
        length: code points of the documents.
        accepted, rejected: candidates by source and rule.
    """

    documents: Counter[str] = field(default_factory=Counter)
    empty: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    attributes: dict[str, Counter[str]] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    relations: Counter[str] = field(default_factory=Counter)
    covered: int = 0
    length: int = 0
    accepted: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejected: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        annotations: AnnotationSet,
        left_out: frozenset[str] = frozenset(),
        free: frozenset[str] = frozenset(),
    ) -> None:
        """Count a document in.

        Args:
            annotations: what the annotator said about it.
            left_out: labels that do not count, such as page furniture.
            free: attributes (``label.attribute``) that hold free text: only counted as given.
        """
        spans = [span for span in annotations.spans.values() if span.label not in left_out]
        self.documents[annotations.status] += 1
        self.empty += annotations.status == "done" and not spans
        self.length += annotations.document.length
        self.covered += covered(spans)
        for span in spans:
            self.spans[span.label] += 1
            self.lengths.setdefault(span.label, []).append(span.end - span.start)
            for name, value in span.attributes.items():
                values = value if isinstance(value, list) else [value]
                key = f"{span.label}.{name}"
                counts = self.attributes.setdefault(key, Counter())
                counts.update(["given"] if key in free else map(str, values))
            if span.origin.get("from"):
                self.accepted[_source(span)] += 1
        for span in annotations.rejected.values():
            if span.label not in left_out and span.origin.get("from") != REVIEWER:
                self.rejected[_source(span)] += 1
        self.relations.update(relation.type for relation in annotations.relations.values())

    def to_json(self) -> dict[str, Any]:
        """Return the counts as plain data; shares of nothing are null."""
        decided = sorted({*self.accepted, *self.rejected})
        return {
            "documents": dict(self.documents),
            "done_without_spans": self.empty,
            "spans": dict(self.spans),
            "attributes": {name: dict(counts) for name, counts in self.attributes.items()},
            "lengths": {
                label: {"least": min(found), "median": median(found), "most": max(found)}
                for label, found in self.lengths.items()
            },
            "relations": dict(self.relations),
            "covered": self.covered,
            "length": self.length,
            "coverage": self.covered / self.length if self.length else None,
            "candidates": [
                {
                    "source": source,
                    "rule": rule,
                    "accepted": self.accepted[source, rule],
                    "rejected": self.rejected[source, rule],
                }
                for source, rule in decided
            ],
        }


def covered(spans: Iterable[Span]) -> int:
    """Return how many code points at least one span covers, gaps of fragments left out."""
    ranges = sorted(part for span in spans for part in (span.fragments or (span.range,)))
    total = reached = 0
    for start, end in ranges:
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _source(span: Span) -> tuple[str, str]:
    return str(span.origin.get("from") or "unknown"), str(span.origin.get("rule") or "")
