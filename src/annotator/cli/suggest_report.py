"""What a run of ``annotator suggest`` came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..suggest.running.corpus_run import Outcome


@dataclass(slots=True)
class Summary:
    """Counts over the documents of a run.

    Attributes:
        documents: how many were gone through.
        words: in what was read.
        seconds: that it took.
        versions: of the suggesters, by name.
        written: sets that were written, by suggester.
        same: sets that were made anew and came out as they were.
        current: sets on which nothing had to be done.
        spans: spans in what was written.
        relations: relations in what was written.
        problems: document, suggester and message; document or suggester may be empty.
    """

    documents: int = 0
    words: int = 0
    seconds: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)
    current: dict[str, int] = field(default_factory=dict)
    spans: dict[str, int] = field(default_factory=dict)
    relations: dict[str, int] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> Iterator[str]:
        """Count a document in; return a line about each thing that went wrong with it."""
        self.documents += 1
        self.words += outcome.words
        for name, (spans, relations) in outcome.written.items():
            _count(self.written, name)
            _count(self.spans, name, spans)
            _count(self.relations, name, relations)
        for name in outcome.same:
            _count(self.same, name)
        for name in outcome.current:
            _count(self.current, name)
        new = [(outcome.document, name, message) for name, message in outcome.problems]
        self.problems += new
        return map(_told, new)

    def lines(self) -> Iterator[str]:
        """Return the summary for people."""
        for name, version in self.versions.items():
            parts = [f"{self.written.get(name, 0):,} written"]
            if self.written.get(name):
                spans, relations = self.spans[name], self.relations[name]
                parts[0] += f" ({spans:,} spans, {relations:,} relations)"
            if self.same.get(name):
                parts.append(f"{self.same[name]:,} as before")
            if self.current.get(name):
                parts.append(f"{self.current[name]:,} current")
            yield f"model:{name} {version}: {', '.join(parts)}"
        speed = f", {self.words / self.seconds:,.0f} words/s" if self.words and self.seconds else ""
        wrong = f", {len(self.problems):,} problems" if self.problems else ""
        yield f"{self.documents:,} documents in {self.seconds:.1f} s{speed}{wrong}"

    def to_json(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        return {
            "documents": self.documents,
            "words": self.words,
            "seconds": round(self.seconds, 3),
            "models": {
                name: {
                    "version": version,
                    "written": self.written.get(name, 0),
                    "same": self.same.get(name, 0),
                    "current": self.current.get(name, 0),
                    "spans": self.spans.get(name, 0),
                    "relations": self.relations.get(name, 0),
                }
                for name, version in self.versions.items()
            },
            "problems": [
                {"document": document, "model": name, "message": message}
                for document, name, message in self.problems
            ],
        }


def _count(counts: dict[str, int], name: str, more: int = 1) -> None:
    counts[name] = counts.get(name, 0) + more


def _told(problem: tuple[str, str, str]) -> str:
    return ": ".join(part for part in problem if part)
