"""Records with something changed or left out; the originals stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from .geometry import in_document_order
from .record import Record

SECTIONS = ("spans", "rejected", "orphans")
"""The sections of an annotation set that hold spans."""
RELATION_SECTIONS = ("relations", "rejected_relations")
"""The sections that hold relations."""


def revised(one: AnnotationSet, **changes: Any) -> AnnotationSet:
    """Return a copy of an annotation set with some of its constructor's arguments changed."""
    arguments: dict[str, Any] = {
        "document": one.document,
        "annotator": one.annotator,
        "scheme": one.scheme,
        "status": one.status,
        "note": one.note,
        "spans": one.spans.values(),
        "rejected": one.rejected.values(),
        "orphans": one.orphans.values(),
        "relations": one.relations.values(),
        "rejected_relations": one.rejected_relations.values(),
        "extra": one.extra,
    }
    arguments.update(changes)
    document, annotator, scheme = (arguments.pop(n) for n in ("document", "annotator", "scheme"))
    return AnnotationSet(document, annotator, scheme, **arguments)


def with_sets(record: Record, change: Callable[[AnnotationSet], AnnotationSet]) -> Record:
    """Return a record with each of its sets changed."""
    return replace(record, sets=tuple(map(change, record.sets)))


def with_spans(record: Record, change: Callable[[Span], Span | None]) -> Record:
    """Return a record with each span of each section changed, or left out for None."""

    def change_set(one: AnnotationSet) -> AnnotationSet:
        sections = {
            name: [new for old in getattr(one, name).values() if (new := change(old)) is not None]
            for name in SECTIONS
        }
        return revised(one, **sections)

    return with_sets(record, change_set)


def with_relations(record: Record, change: Callable[[Relation], Relation | None]) -> Record:
    """Return a record with each relation, rejected ones too, changed, or left out for None."""

    def change_set(one: AnnotationSet) -> AnnotationSet:
        return revised(one, **changed_relations(one, change))

    return with_sets(record, change_set)


def changed_relations(
    one: AnnotationSet, change: Callable[[Relation], Relation | None]
) -> dict[str, list[Relation]]:
    """Return both sections of relations, each relation changed, or left out for None."""
    return {
        name: [new for old in getattr(one, name).values() if (new := change(old)) is not None]
        for name in RELATION_SECTIONS
    }


def numbered(one: AnnotationSet) -> AnnotationSet:
    """Return a set whose span ids are ``s1``, ``s2`` ... and whose relation ids are ``r1`` ...

    Numbers follow document order through ``spans``, ``rejected`` and ``orphans``, and for
    relations, then rejected ones, their order in the set. Ends of relations follow.
    """
    new_ids: dict[str, str] = {}
    sections: dict[str, list[Span]] = {}
    number = 0
    for name in SECTIONS:
        sections[name] = []
        for span in in_document_order(getattr(one, name).values()):
            number += 1
            new_ids.setdefault(span.id, f"s{number}")
            sections[name].append(replace(span, id=f"s{number}"))

    def moved(relation: Relation) -> Relation:
        source, target = relation.source, relation.target
        return replace(
            relation, source=new_ids.get(source, source), target=new_ids.get(target, target)
        )

    return numbered_relations(revised(one, **sections, **changed_relations(one, moved)))


def numbered_relations(one: AnnotationSet) -> AnnotationSet:
    """Return a set whose relation ids are ``r1``, ``r2`` ...: relations, then rejected ones."""
    numbers = count(1)
    return revised(
        one, **changed_relations(one, lambda relation: replace(relation, id=f"r{next(numbers)}"))
    )
