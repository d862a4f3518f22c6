"""Records with something changed or left out; the originals stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from .geometry import in_document_order

if TYPE_CHECKING:
    from .base import Record

SECTIONS = ("spans", "rejected", "orphans")
"""The sections of an annotation set that hold spans."""


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
    """Return a record with each relation changed, or left out for None."""

    def change_set(one: AnnotationSet) -> AnnotationSet:
        changed = map(change, one.relations.values())
        return revised(one, relations=[new for new in changed if new is not None])

    return with_sets(record, change_set)


def numbered(one: AnnotationSet) -> AnnotationSet:
    """Return a set whose span ids are ``s1``, ``s2`` ... and whose relation ids are ``r1`` ...

    Numbers follow document order through ``spans``, ``rejected`` and ``orphans``, and for
    relations their order in the set. Ends of relations follow.
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
    relations = [
        replace(
            relation,
            id=f"r{place}",
            source=new_ids.get(relation.source, relation.source),
            target=new_ids.get(relation.target, relation.target),
        )
        for place, relation in enumerate(one.relations.values(), 1)
    ]
    return revised(one, **sections, relations=relations)
