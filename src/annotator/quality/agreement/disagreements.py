"""The spans that annotators do not agree on: versions of a span side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from ...domain.span import SAME, Span, overlap

Kind = Literal["label", "missing", "bounds"]
_ORDER: tuple[Kind, ...] = ("label", "missing", "bounds")


class Version(NamedTuple):
    """How one annotator has a span.

    Attributes:
        annotator: who.
        label, start, end: what; offsets in code points.
        quote: the text.
    """

    annotator: str
    label: str
    start: int
    end: int
    quote: str


class Disputed(NamedTuple):
    """A span that not all annotators of a document have alike.

    Attributes:
        document: the document's id.
        line, column: 1-based, of the first version; the column counts code points.
        kind: the labels differ; not everybody has it; only the bounds differ.
        pairs: how many pairs of annotators differ about it.
        of: how many pairs there are.
        apart: how far the versions are from each other, 0 (same) to 1 (nothing in common).
        versions: in the order of annotators; whoever has none is not in it.
        missing: annotators who have none.
    """

    document: str
    line: int
    column: int
    kind: Kind
    pairs: int
    of: int
    apart: float
    versions: tuple[Version, ...]
    missing: tuple[str, ...]

    @property
    def rank(self) -> tuple[float, int, float, str, int]:
        """Sort key: the most confused first."""
        place = min(version.start for version in self.versions)
        share = self.pairs / self.of
        return -share, _ORDER.index(self.kind), -self.apart, self.document, place


def disputed(
    document: str,
    text: str,
    spans: Mapping[str, Sequence[Span]],
    matched: Iterable[tuple[str, str, Sequence[tuple[Span, Span]]]],
) -> list[Disputed]:
    """Return what annotators of a document do not agree on, in the order of the text.

    Spans are versions of each other where two annotators' spans were matched, and have the same
    label or at least half of their union in common.

    Args:
        document: its id.
        text: its text.
        spans: by annotator.
        matched: for each pair of annotators, their spans that were matched.
    """
    names = list(spans)
    groups = _Groups()
    for first, second, pairs in matched:
        for one, other in pairs:
            if one.label == other.label or overlap(one.range, other.range) >= SAME:
                groups.join((first, one.id), (second, other.id))
    clusters: dict[tuple[str, str], list[tuple[str, Span]]] = {}
    for name, own in spans.items():
        for span in own:
            clusters.setdefault(groups.head((name, span.id)), []).append((name, span))
    lines = [0, *(end.end() for end in re.finditer("\n", text))]
    found = [_dispute(document, text, lines, names, members) for members in clusters.values()]
    return sorted(
        (dispute for dispute in found if dispute), key=lambda d: (d.line, d.column, d.rank)
    )


def confusions(found: Iterable[Disputed]) -> dict[tuple[str, str], int]:
    """Count which labels were confused: ``(one, other)``, sorted; ``""`` for no span."""
    counts: dict[tuple[str, str], int] = {}
    for dispute in found:
        labels = sorted({version.label for version in dispute.versions})
        if dispute.missing:
            labels.insert(0, "")
        for pair in combinations(labels, 2):
            counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class _Groups:
    """Things that were joined, directly or over others (union-find)."""

    def __init__(self) -> None:
        self._parents: dict[tuple[str, str], tuple[str, str]] = {}

    def head(self, item: tuple[str, str]) -> tuple[str, str]:
        while (parent := self._parents.get(item, item)) != item:
            item = parent
        return item

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self._parents[self.head(other)] = self.head(one)


def _dispute(
    document: str,
    text: str,
    lines: Sequence[int],
    names: Sequence[str],
    members: Sequence[tuple[str, Span]],
) -> Disputed | None:
    """Return what is disputed about versions of a span; ``lines`` are the starts of lines."""
    said: dict[str, list[tuple[str, int, int]]] = {name: [] for name in names}
    for name, span in members:
        said[name].append((span.label, span.start, span.end))
    for own in said.values():
        own.sort()
    pairs = list(combinations(names, 2))
    differing = sum(said[one] != said[other] for one, other in pairs)
    if not differing:
        return None
    missing = tuple(name for name in names if not said[name])
    if len({span.label for _, span in members}) > 1:
        kind: Kind = "label"
    else:
        kind = "missing" if missing else "bounds"
    apart = max(
        (1 - overlap(a.range, b.range) for (_, a), (_, b) in combinations(members, 2)), default=1.0
    )
    begin = min(span.start for _, span in members)
    line = bisect_right(lines, begin)
    return Disputed(
        document,
        line,
        begin - lines[line - 1] + 1,
        kind,
        differing,
        len(pairs),
        1.0 if missing else apart,
        tuple(
            Version(name, span.label, span.start, span.end, text[span.start : span.end])
            for name, span in members
        ),
        missing,
    )
