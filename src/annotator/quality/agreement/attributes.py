"""Attributes and relations: what two annotators say about the spans that both have."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ...domain.scheme import Label, RelationType
from ...domain.span import Relation, Span
from .measure import ALL, Counts, Key, Measure, Number, Scope, Sums
from .tokens import cohens_kappa, count_pair

Pair = tuple[Span, Span]
_FREE = ("text", "list", "number")
"""Types of attributes whose values no two people would hit on by chance: no kappa for them."""
UNSET = ""


def count_attributes(pairs: Iterable[Pair], labels: Mapping[str, Label]) -> Counts:
    """Count how often two annotators set attributes alike on spans that were matched.

    An attribute that is not set has its default. Values in a list count without their order.

    Args:
        pairs: spans of one label, the first annotator's and the second's.
        labels: the scheme's, by name; attributes that it does not declare count as free text.
    """
    tallies: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for first, second in pairs:
        label = labels.get(first.label)
        declared = label.attributes if label else {}
        for name in {**declared, **first.attributes, **second.attributes}:
            default = declared[name].default if name in declared else None
            values = _value(first, name, default), _value(second, name, default)
            tallies.setdefault((first.label, name), Counter())[values] += 1
    return {
        Scope("attribute", f"{label}.{name}"): _count_values(tally, _is_free(labels, label, name))
        for (label, name), tally in tallies.items()
    }


def attribute_measures(sums: Sums) -> list[Measure]:
    """Return the share of equal values, and Cohen's kappa, for what was counted of an attribute.

    The share is taken over matched spans on which at least one of the two set the attribute (or
    it has a default): spans without it would all agree. Kappa is taken over all matched spans of
    the label, with "not set" as a value, for attributes with a choice of values.
    """
    free = ("kappa", "items") not in sums
    kappa = Measure("kappa", lambda _: (0, 0), "free text") if free else cohens_kappa()
    return [Measure("same value", _same_parts, "never set"), kappa]


def count_relations(
    first: Iterable[Relation],
    second: Iterable[Relation],
    strict: Sequence[Pair],
    overlapping: Sequence[Pair],
    types: Mapping[str, RelationType],
) -> Counts:
    """Count the relations that two annotators share, by type and over all types.

    Args:
        first, second: their relations.
        strict: their spans with the same label and bounds, matched.
        overlapping: their spans with the same label that overlap, matched.
        types: the scheme's relation types; the direction of a symmetric one does not count.
    """
    ours, theirs = list(first), list(second)
    counts: Counts = {}
    for relations, key in ((ours, "first"), (theirs, "second")):
        for relation in relations:
            _add(counts, relation.type, ("relation", key), 1)
    for key, pairs in (("strict", strict), ("overlap", overlapping)):
        partner = {theirs.id: ours.id for ours, theirs in pairs}
        known = Counter(_identity(link, link.source, link.target, types) for link in ours)
        moved = Counter(
            _identity(link, partner[link.source], partner[link.target], types)
            for link in theirs
            if link.source in partner and link.target in partner
        )
        for identity, number in (known & moved).items():
            _add(counts, identity[0], ("relation", key), number)
    return counts


def relation_measures() -> list[Measure]:
    """Return F1 = 2 c / (a + b) of relations (Hripcsak and Rothschild 2005).

    c is the number of relations of the same type whose ends were matched with each other: ends of
    the same label and bounds (strict), or of the same label that overlap.
    """
    return [_relation_f1("strict"), _relation_f1("overlap")]


def _count_values(tally: Counter[tuple[str, str]], is_free: bool) -> Counter[Key]:
    counts: Counter[Key] = Counter()
    for (one, other), times in tally.items():
        counts["attribute", "pairs"] += times
        if one or other:
            counts["attribute", "set"] += times
            counts["attribute", "same"] += times * (one == other)
        if not is_free:
            count_pair(counts, one, other, times)
    return counts


def _is_free(labels: Mapping[str, Label], label: str, name: str) -> bool:
    declared = labels[label].attributes.get(name) if label in labels else None
    return declared is None or declared.type in _FREE


def _value(span: Span, name: str, default: str | None) -> str:
    value = span.attributes.get(name, default)
    if value is None or value in ("", []):
        return UNSET
    if isinstance(value, str):
        return f'"{value}'  # so that the text "5" is not the number
    if isinstance(value, list):
        value = sorted(value, key=str)
    return json.dumps(value, sort_keys=True, default=str)


def _same_parts(sums: Sums) -> tuple[Number, Number]:
    return sums["attribute", "same"], sums["attribute", "set"]


def _identity(
    relation: Relation, source: str, target: str, types: Mapping[str, RelationType]
) -> tuple[str, str, str]:
    declared = types.get(relation.type)
    if declared and declared.symmetric and target < source:
        source, target = target, source
    return relation.type, source, target


def _add(counts: Counts, name: str, key: Key, number: int) -> None:
    for scope in (name, ALL):
        counts.setdefault(Scope("relation", scope), Counter())[key] += number


def _relation_f1(way: str) -> Measure:
    def parts(sums: Sums) -> tuple[Number, Number]:
        return 2 * sums["relation", way], sums["relation", "first"] + sums["relation", "second"]

    return Measure(f"{way} F1", parts, "no relations")
