"""One document, several annotators: everything that is counted about each group of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ...domain.annotations import AnnotationSet
from ...domain.scheme import Scheme
from ...domain.span import Span
from .attributes import Pair, count_attributes, count_relations
from .disagreements import Disputed, disputed
from .matching import count_spans, in_matching_order, match, overlaps
from .measure import ALL, Counts, Scope
from .tokens import Coding, Words, code_words, count_words
from .unitizing import count_units

Group = tuple[str, ...]
"""The annotators that are compared, two or more."""


class Wanted(NamedTuple):
    """What is to be compared.

    Attributes:
        scheme: declares attributes and relation types.
        labels: the labels to look at; empty for all but furniture.
        furniture: look at labels of page furniture, too.
        keep_spans: keep the spans, for gamma.
    """

    scheme: Scheme
    labels: tuple[str, ...] = ()
    furniture: bool = False
    keep_spans: bool = False

    def takes(self, label: str) -> bool:
        """Say whether spans of a label are looked at."""
        if self.labels:
            return label in self.labels
        declared = self.scheme.labels.get(label)
        return self.furniture or declared is None or not declared.furniture


class Counted(NamedTuple):
    """What was counted in one document.

    Attributes:
        document: its id.
        groups: counts by group: every pair, and all annotators of the document if more than two.
        spans: number of spans by annotator.
        disputed: what annotators do not agree on.
        kept: the spans by annotator, if they were to be kept.
    """

    document: str
    groups: Mapping[Group, Counts]
    spans: Mapping[str, int]
    disputed: Sequence[Disputed]
    kept: Mapping[str, Sequence[Span]] = {}


def count_document(
    document: str, text: str, sets: Mapping[str, AnnotationSet], wanted: Wanted
) -> Counted:
    """Count what every pair of a document's annotators has in common.

    Args:
        document: its id.
        text: its text; the spans of all sets stand where they are in it.
        sets: by annotator; those who did not annotate the document are not in it.
        wanted: what to look at.
    """
    names = list(sets)
    spans = {
        name: [span for span in sets[name].spans.values() if wanted.takes(span.label)]
        for name in names
    }
    labels = sorted({span.label for own in spans.values() for span in own})
    by_label = {
        name: {label: [s for s in own if s.label == label] for label in labels}
        for name, own in spans.items()
    }
    coded = code_words(Words.of(text), [spans[name] for name in names])
    groups: dict[Group, Counts] = {}
    found: list[tuple[str, str, list[Pair]]] = []
    for i, j in combinations(range(len(names)), 2):
        first, second = names[i], names[j]
        counts = _chance(_projected(coded, (i, j)), (first, second), by_label, labels, len(text))
        pairs = _count_pair(counts, sets[first], sets[second], spans, by_label, labels, wanted)
        found.append((first, second, pairs))
        groups[first, second] = counts
    if len(names) > 2:
        groups[tuple(names)] = _chance(coded, tuple(names), by_label, labels, len(text))
    return Counted(
        document,
        groups,
        {name: len(own) for name, own in spans.items()},
        disputed(document, text, spans, found),
        spans if wanted.keep_spans else {},
    )


def _chance(
    coded: Counter[Coding],
    names: Group,
    by_label: Mapping[str, Mapping[str, Sequence[Span]]],
    labels: Iterable[str],
    length: int,
) -> Counts:
    """Count what the measures that are corrected for chance need, for any number of annotators."""
    together = Scope("label", ALL)
    counts: Counts = {together: count_words(coded)}
    for label in labels:
        units = count_units([by_label[name][label] for name in names], length)
        counts[Scope("label", label)] = count_words(coded, label) + units
        counts[together].update(units)
    return counts


def _projected(coded: Counter[Coding], places: tuple[int, int]) -> Counter[Coding]:
    i, j = places
    projected: Counter[Coding] = Counter()
    for coding, words in coded.items():
        projected[coding[i], coding[j]] += words
    return projected


def _count_pair(
    counts: Counts,
    first: AnnotationSet,
    second: AnnotationSet,
    spans: Mapping[str, Sequence[Span]],
    by_label: Mapping[str, Mapping[str, Sequence[Span]]],
    labels: Iterable[str],
    wanted: Wanted,
) -> list[Pair]:
    """Add what only two can be compared in; return their spans that were matched."""
    one, other = first.annotator, second.annotator
    ours = in_matching_order(spans[one], spans[other])
    theirs = in_matching_order(spans[other], spans[one])
    counts[Scope("label", ALL)].update(count_spans(ours, theirs))
    for label in labels:
        counts[Scope("label", label)].update(
            count_spans(
                in_matching_order(by_label[one][label], by_label[other][label]),
                in_matching_order(by_label[other][label], by_label[one][label]),
            )
        )
    near = overlaps(ours, theirs)
    strict = [
        (ours[m.first], theirs[m.second]) for m in match(ours, theirs, "strict", near) if m.agrees
    ]
    by_type = match(ours, theirs, "type", near)
    alike = [(ours[m.first], theirs[m.second]) for m in by_type if m.agrees]
    counts.update(count_attributes(alike, wanted.scheme.labels))
    kept = {span.id for name in (one, other) for span in spans[name]}
    counts.update(
        count_relations(
            (r for r in first.relations.values() if r.source in kept and r.target in kept),
            (r for r in second.relations.values() if r.source in kept and r.target in kept),
            strict,
            alike,
            wanted.scheme.relations,
        )
    )
    return [(ours[m.first], theirs[m.second]) for m in by_type]
