"""From the counts of documents to what is reported about each pair, label and document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .attributes import attribute_measures, relation_measures
from .bootstrap import Bootstrap
from .counting import Counted, Group
from .disagreements import Disputed, confusions
from .matching import span_measures
from .measure import ALL, Counts, Key, Measure, Scope, add_up
from .tokens import cohens_kappa, krippendorffs_alpha
from .unitizing import unitized_alpha


class Score(NamedTuple):
    """The value of a measure.

    Attributes:
        value: None where it is undefined.
        undefined: why it is, in a few words; else empty.
        low, high: bounds of the bootstrap interval; None where none was drawn.
    """

    value: float | None
    undefined: str = ""
    low: float | None = None
    high: float | None = None


class Row(NamedTuple):
    """The scores of a group in one scope.

    Attributes:
        scope: label, attribute or relation type.
        scores: by name of the measure, in the order in which they are shown.
        counts: what was counted, under names such as ``strict correct``.
    """

    scope: Scope
    scores: Mapping[str, Score]
    counts: Mapping[str, float]


class GroupReport(NamedTuple):
    """What was found about a pair, or all annotators together.

    Attributes:
        annotators: who; the first of a pair is in the place of the reference.
        documents: how many documents all of a pair (two or more of a larger group) annotated.
        left_out: how many only one of them annotated.
        rows: all labels together first, then label by label, attributes, relations.
    """

    annotators: Group
    documents: int
    left_out: int
    rows: Sequence[Row]

    def row(self, kind: str, name: str = ALL) -> Row | None:
        """Return the row of a scope, if there is one."""
        return next((row for row in self.rows if row.scope == (kind, name)), None)


class DocumentReport(NamedTuple):
    """How far annotators agree about one document.

    Attributes:
        document: its id.
        pairs: by pair, the scores of all labels together.
        mean: the mean strict F1 of the pairs for which it is defined.
        disputed: how many spans are disputed.
    """

    document: str
    pairs: Mapping[Group, Mapping[str, Score]]
    mean: float | None
    disputed: int


class AnnotatorReport(NamedTuple):
    """One annotator beside the others.

    Attributes:
        name: who.
        documents: how many were annotated.
        spans: in how many spans.
        mean: mean over the other annotators, by measure; undefined where no pair has a value.
    """

    name: str
    documents: int
    spans: int
    mean: Mapping[str, Score]


class Report(NamedTuple):
    """Everything about the agreement of some annotators.

    Attributes:
        annotators: who, in order.
        pairs: each pair.
        team: all together, for three or more.
        documents: worst first; those that only one annotated are not in it.
        disputed: most confused first.
        confusions: how often two labels were confused (``""`` is no span), most often first.
        single: documents that only one of them annotated.
        notes: lines about what was left out or moved.
    """

    annotators: Sequence[AnnotatorReport]
    pairs: Sequence[GroupReport]
    team: GroupReport | None
    documents: Sequence[DocumentReport]
    disputed: Sequence[Disputed]
    confusions: Mapping[tuple[str, str], int]
    single: int
    notes: Sequence[str]


MEANS = ("strict F1", "type F1", "kappa", "alpha", "u-alpha")
"""The measures that are told of documents, and averaged for each annotator."""


def measures_of(scope: Scope, group: Group, sums: Mapping[Key, float]) -> list[Measure]:
    """Return the measures that make sense for a scope, so many annotators, and what was counted."""
    if scope.kind == "attribute":
        return attribute_measures(sums)
    if scope.kind == "relation":
        return relation_measures()
    chance = [krippendorffs_alpha(), unitized_alpha()]
    return chance if len(group) > 2 else [*span_measures(), cohens_kappa(), *chance]


def score(measure: Measure, sums: Mapping[Key, float]) -> Score:
    """Return the value of a measure on sums, or why there is none."""
    value = measure.value(sums)
    return Score(value, "" if value is not None else measure.undefined)


def build_report(
    names: Sequence[str],
    counted: Sequence[Counted],
    notes: Sequence[str] = (),
    bootstrap: Bootstrap | None = None,
) -> Report:
    """Sum up documents.

    Args:
        names: the annotators, in order.
        counted: one entry a document that any of them annotated.
        notes: lines to pass on.
        bootstrap: draws the intervals; None for none.
    """
    pairs = [
        _pair((one, other), counted, bootstrap)
        for i, one in enumerate(names)
        for other in names[i + 1 :]
    ]
    documents = [_document(entry) for entry in counted if entry.groups]
    documents.sort(key=lambda d: (2.0 if d.mean is None else d.mean, d.document))
    found = sorted((d for entry in counted for d in entry.disputed), key=lambda d: d.rank)
    return Report(
        [_annotator(name, pairs, counted) for name in names],
        pairs,
        _team(tuple(names), counted, bootstrap) if len(names) > 2 else None,
        documents,
        found,
        confusions(found),
        sum(not entry.groups for entry in counted),
        notes,
    )


def _pair(pair: Group, counted: Sequence[Counted], bootstrap: Bootstrap | None) -> GroupReport:
    both = [entry.groups[pair] for entry in counted if pair in entry.groups]
    either = sum(any(name in entry.spans for name in pair) for entry in counted)
    return GroupReport(pair, len(both), either - len(both), _rows(both, pair, bootstrap))


def _team(names: Group, counted: Sequence[Counted], bootstrap: Bootstrap | None) -> GroupReport:
    """Return all annotators together: in each document those who annotated it."""
    several = [entry.groups[tuple(entry.spans)] for entry in counted if len(entry.spans) > 1]
    labels = [
        {scope: number for scope, number in counts.items() if scope.kind == "label"}
        for counts in several
    ]
    rows = _rows(labels, names, bootstrap)
    return GroupReport(names, len(several), len(counted) - len(several), rows)


def _rows(documents: Sequence[Counts], group: Group, bootstrap: Bootstrap | None) -> list[Row]:
    kinds = ("label", "attribute", "relation")
    sums = add_up(documents)
    scopes = sorted(sums, key=lambda scope: (kinds.index(scope.kind), scope.name))
    measures = {scope: measures_of(scope, group, sums[scope]) for scope in scopes}
    drawn = bootstrap.intervals(documents, measures) if bootstrap else {}
    rows = []
    for scope in scopes:
        scores = {measure.name: score(measure, sums[scope]) for measure in measures[scope]}
        for name, (low, high) in drawn.get(scope, {}).items():
            scores[name] = scores[name]._replace(low=low, high=high)
        rows.append(Row(scope, scores, _told(sums[scope]) if len(group) == 2 else {}))
    return rows


def _told(sums: Mapping[Key, float]) -> dict[str, float]:
    """Return the counts that mean something to a person."""
    hidden = ("kappa", "alpha", "unit")
    return {" ".join(key): number for key, number in sums.items() if key[0] not in hidden}


def _document(entry: Counted) -> DocumentReport:
    together = Scope("label", ALL)
    pairs: dict[Group, dict[str, Score]] = {
        group: {
            measure.name: score(measure, counts[together])
            for measure in measures_of(together, group, counts[together])
            if measure.name in MEANS
        }
        for group, counts in entry.groups.items()
        if len(group) == 2
    }
    values = [scores["strict F1"].value for scores in pairs.values()]
    defined = [value for value in values if value is not None]
    mean = sum(defined) / len(defined) if defined else None
    return DocumentReport(entry.document, pairs, mean, len(entry.disputed))


def _annotator(
    name: str, pairs: Iterable[GroupReport], counted: Iterable[Counted]
) -> AnnotatorReport:
    own = [entry.spans[name] for entry in counted if name in entry.spans]
    rows = [row for pair in pairs if name in pair.annotators and (row := pair.row("label"))]
    mean = {}
    for measure in MEANS:
        values = [v for row in rows if (v := row.scores[measure].value) is not None]
        why = rows[0].scores[measure].undefined if rows else "no document in common"
        mean[measure] = Score(sum(values) / len(values)) if values else Score(None, why)
    return AnnotatorReport(name, len(own), sum(own), mean)
