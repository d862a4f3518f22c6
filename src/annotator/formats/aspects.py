"""All that a record may hold and a format may not: how to count it, and how to do without.

A format names the aspects that it holds. From that alone follow its loss report, its row in the
table of formats, and what its round-trip test expects. So ``without`` must remove exactly what
``count`` counts, and together the aspects cover everything in a record but text and spans
(label, start, end) themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from . import geometry
from .aspect import (
    Aspect,
    attributes_of_kind,
    of_characters,
    of_relations,
    of_sets,
    of_spans,
    relations_in,
    relations_of,
    spans_of,
)
from .changes import (
    RELATION_SECTIONS,
    SECTIONS,
    changed_relations,
    numbered,
    numbered_relations,
    revised,
    with_relations,
    with_sets,
    with_spans,
)
from .record import Record

SURROGATES = of_characters(
    "surrogates", "lone surrogates in texts (become U+FFFD)", "[\ud800-\udfff]"
)
"""No UTF-8 text file can hold these; only JSON escapes can."""
XML_CHARACTERS = of_characters(
    "xml-characters",
    "characters in texts that XML cannot hold (become U+FFFD)",
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
"""For the formats in XML 1.0; https://www.w3.org/TR/xml/#charsets."""


def is_finite(value: object) -> bool:
    """Say whether a JSON-like value is free of infinities and NaN, however deep."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(map(is_finite, value.values()))
    return not isinstance(value, list | tuple) or all(map(is_finite, value))


_MAPPINGS = ("attributes", "origin", "extra")


def _non_finite(item: Span | Relation) -> int:
    return sum(map(_count_in, (item.attributes, item.origin, item.extra)))


def _count_in(value: object) -> int:
    """Return how many numbers in a JSON-like value are not finite."""
    if isinstance(value, Mapping):
        return sum(map(_count_in, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_count_in, value))
    return int(not is_finite(value))


def _finite(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping without the keys, however deep, whose values are not finite."""
    return {key: _finite_in(v) for key, v in mapping.items() if not _is_odd(v)}


def _finite_in(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _finite(value)
    if isinstance(value, list | tuple):
        # Null keeps the places of those behind it.
        return type(value)(None if _is_odd(item) else _finite_in(item) for item in value)
    return value


def _is_odd(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _finite_item(item: Any) -> Any:
    return replace(item, **{name: _finite(getattr(item, name)) for name in _MAPPINGS})


def _count_non_finite(record: Record) -> int:
    # Spans that were read share equal mappings, so there are few different ones to look at.
    items_of = (*(getattr(one, s) for one in record.sets for s in (*SECTIONS, *RELATION_SECTIONS)),)
    mappings = {
        id(mapping): mapping
        for items in items_of
        for item in items.values()
        for mapping in (item.attributes, item.origin, item.extra)
        if mapping
    }
    tops = (record.document.meta, *(m for s in record.sets for m in (s.extra, s.document.extra)))
    if all(map(is_finite, mappings.values())) and all(map(is_finite, tops)):
        return 0
    return _count_each_non_finite(record)


def _count_each_non_finite(record: Record) -> int:
    items = sum(map(_non_finite, spans_of(record))) + sum(map(_non_finite, relations_of(record)))
    tops = [record.document.meta, *(one.extra for one in record.sets)]
    tops += [one.document.extra for one in record.sets]
    return items + sum(map(_count_in, tops))


def _without_non_finite(record: Record) -> Record:
    record = with_relations(with_spans(record, _finite_item), _finite_item)
    record = replace(record, document=replace(record.document, meta=_finite(record.document.meta)))
    return with_sets(
        record,
        lambda one: revised(
            one,
            extra=_finite(one.extra),
            document=replace(one.document, extra=_finite(one.document.extra)),
        ),
    )


def _without_meta(record: Record) -> Record:
    return replace(record, document=replace(record.document, meta={}))


def _without_encoding(record: Record) -> Record:
    return replace(record, document=replace(record.document, encoding="utf-8", bom=False))


def _encoded_otherwise(record: Record) -> int:
    return int(record.document.encoding != "utf-8" or record.document.bom)


def _without_set_extra(record: Record) -> Record:
    return with_sets(
        record,
        lambda one: revised(one, extra={}, document=replace(one.document, extra={})),
    )


def _ids_changed(record: Record) -> int:
    return sum(
        sum(old != new for old, new in zip(_span_ids(one), _span_ids(numbered(one)), strict=True))
        for one in record.sets
    )


def _span_ids(one: AnnotationSet) -> list[str]:
    order = geometry.in_document_order
    return [span.id for name in SECTIONS for span in order(getattr(one, name).values())]


def _numbered_spans(one: AnnotationSet) -> AnnotationSet:
    """Number spans only: relations keep their ids."""
    old = iter([relation.id for relation in relations_in(one)])
    changed = numbered(one)
    return revised(
        changed,
        **changed_relations(changed, lambda relation: replace(relation, id=next(old))),
    )


def _relation_ids_changed(one: AnnotationSet) -> int:
    return sum(relation.id != f"r{place}" for place, relation in enumerate(relations_in(one), 1))


def _dangles(one: AnnotationSet) -> Callable[[Relation], bool]:
    known = {*one.spans, *one.rejected, *one.orphans}
    return lambda relation: not {relation.source, relation.target} <= known


def _count_dangling(record: Record) -> int:
    return sum(
        sum(map(_dangles(one), relations_in(one)))
        for one in record.sets
        if one.relations or one.rejected_relations
    )


def _without_dangling(one: AnnotationSet) -> AnnotationSet:
    dangles = _dangles(one)
    return revised(
        one,
        **changed_relations(one, lambda relation: None if dangles(relation) else relation),
    )


def _geometric(name: str, title: str, dropped: Callable[[Iterable[Span]], set[str]]) -> Aspect:
    """Return an aspect of how spans lie to each other within one section."""

    def gone(one: AnnotationSet) -> dict[str, set[str]]:
        return {section: dropped(getattr(one, section).values()) for section in SECTIONS}

    def without(record: Record) -> Record:
        def change(one: AnnotationSet) -> AnnotationSet:
            out = gone(one)
            kept = {
                section: [s for s in getattr(one, section).values() if s.id not in out[section]]
                for section in SECTIONS
            }
            return revised(one, **kept)

        return with_sets(record, change)

    def count(record: Record) -> int:
        return sum(len(ids) for one in record.sets for ids in gone(one).values())

    return Aspect(name, title, count, without)


STANDARD: tuple[Aspect, ...] = (
    Aspect(
        "several-annotators",
        "further annotators' sets of the same document",
        lambda record: max(0, len(record.sets) - 1),
        lambda record: replace(record, sets=record.sets[:1]),
    ),
    Aspect(
        "metadata",
        "metadata of documents",
        lambda record: len(record.document.meta),
        _without_meta,
    ),
    Aspect("encoding", "other encodings than UTF-8", _encoded_otherwise, _without_encoding),
    of_sets("annotator", "names of annotators", lambda one: bool(one.annotator), annotator=""),
    of_sets("scheme", "names of schemes", lambda one: bool(one.scheme), scheme=""),
    of_sets("status", "statuses of documents", lambda one: one.status != "new", status="new"),
    of_sets("document-notes", "notes on documents", lambda one: bool(one.note), note=""),
    of_sets("rejected", "rejected candidates", lambda one: len(one.rejected), rejected=()),
    of_sets(
        "rejected-relations",
        "rejected relations",
        lambda one: len(one.rejected_relations),
        rejected_relations=(),
    ),
    of_sets("orphans", "orphans", lambda one: len(one.orphans), orphans=()),
    Aspect(
        "unknown-keys",
        "unknown keys of sets",
        lambda record: sum(len(one.extra) + len(one.document.extra) for one in record.sets),
        _without_set_extra,
    ),
    of_spans(
        "fragments",
        "discontinuous spans (become whole)",
        lambda span: bool(span.fragments),
        lambda span: replace(span, fragments=()),
    ),
    _geometric("duplicates", "spans with label and range of another", geometry.duplicates),
    _geometric("crossing", "spans that cross another", geometry.crossing),
    _geometric("nesting", "spans within another", geometry.nested),
    attributes_of_kind("text-attributes", "attributes with a text or choice", ["text"]),
    attributes_of_kind("number-attributes", "attributes with a number", ["number"]),
    attributes_of_kind("flag-attributes", "attributes with true or false", ["flag"]),
    attributes_of_kind("list-attributes", "attributes with a list", ["list"]),
    attributes_of_kind("other-attributes", "attributes with other values", ["other"]),
    of_spans("span-notes", "notes on spans", lambda s: bool(s.note), lambda s: replace(s, note="")),
    of_spans(
        "origin",
        "origins of spans",
        lambda span: bool(span.origin),
        lambda span: replace(span, origin={}),
    ),
    of_spans(
        "authorship",
        "times and authors of spans",
        lambda span: bool(span.created or span.by),
        lambda span: replace(span, created="", by=""),
    ),
    of_spans(
        "span-unknown-keys",
        "unknown keys of spans",
        lambda span: len(span.extra),
        lambda span: replace(span, extra={}),
    ),
    of_sets("relations", "relations", lambda one: len(one.relations), relations=()),
    Aspect(
        "dangling-relations",
        "relations to spans that are not there",
        _count_dangling,
        lambda record: with_sets(record, _without_dangling),
    ),
    of_relations(
        "relation-attributes",
        "attributes of relations",
        lambda relation: len(relation.attributes),
        lambda relation: replace(relation, attributes={}),
    ),
    of_relations(
        "relation-details",
        "notes, origins, times, authors and unknown keys of relations",
        lambda r: sum(map(bool, (r.note, r.origin, r.created or r.by, r.extra))),
        lambda r: replace(r, note="", origin={}, created="", by="", extra={}),
    ),
    Aspect(
        "non-finite",
        "values that are infinite or not a number",
        _count_non_finite,
        _without_non_finite,
    ),
    Aspect(
        "span-ids",
        "ids of spans (numbered anew)",
        _ids_changed,
        lambda record: with_sets(record, _numbered_spans),
    ),
    Aspect(
        "relation-ids",
        "ids of relations (numbered anew)",
        lambda record: sum(map(_relation_ids_changed, record.sets)),
        lambda record: with_sets(record, numbered_relations),
    ),
)
"""Every aspect, in the order in which they are taken out: a span that goes leaves its relations
dangling, so these come later."""

NAMES = frozenset(aspect.name for aspect in STANDARD)
ATTRIBUTES = frozenset(f"{kind}-attributes" for kind in ("text", "number", "flag", "list", "other"))
EVERYTHING = NAMES - {"dangling-relations", "non-finite"}
"""What a format without limits holds. Apart are broken relations, and numbers that JSON lacks."""
