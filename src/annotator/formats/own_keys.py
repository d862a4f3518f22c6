"""What other programs' JSON files have no place for, under one key of our own.

Programs that read JSON keep or ignore keys that they do not know. So a format that has no word
for a note, an origin or a status carries it under :data:`KEY`, in the document, in the span and in
the relation, and nothing is lost on the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from ..domain.annotations import STATUSES, AnnotationSet, DocumentRef, Status
from ..domain.document import Document
from ..domain.span import Relation, Span
from .reading import (
    checked_offset,
    join_key,
    need_list,
    need_mapping,
    need_text,
    optional_text,
    shown,
    unique,
)
from .record import RecordError

_Item = TypeVar("_Item", Span, Relation)

KEY = "annotator"
MARK = "annotator/1"
"""Value of ``format`` inside the key, so that a key of that name of somebody else is not ours."""

_TEXTS = ("note", "created", "by")
_MAPPINGS = ("attributes", "origin", "extra")
_SPAN_KEYS = frozenset({"id", "fragments", *_TEXTS, *_MAPPINGS})
_RELATION_KEYS = frozenset({"id", "from", "to", *_TEXTS, *_MAPPINGS})


def span_details(span: Span, *, with_id: bool = True) -> dict[str, Any]:
    """Return all of a span but label, range and quote; empty fields left out."""
    details: dict[str, Any] = {"id": span.id} if with_id else {}
    if span.fragments:
        details["fragments"] = [list(pair) for pair in span.fragments]
    return details | _details(span)


def relation_details(relation: Relation) -> dict[str, Any]:
    """Return all of a relation but its type; empty fields left out."""
    ends = {"id": relation.id, "from": relation.source, "to": relation.target}
    return ends | _details(relation)


def _details(item: Span | Relation) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name in (*_MAPPINGS, *_TEXTS):
        if value := getattr(item, name):
            details[name] = value
    return details


def is_span_details(value: Any) -> bool:
    """Say whether a value is what :func:`span_details` returns, not somebody else's."""
    return isinstance(value, dict) and value.keys() <= _SPAN_KEYS


def is_relation_details(value: Any) -> bool:
    """Say whether a value is what :func:`relation_details` returns, not somebody else's."""
    return isinstance(value, dict) and value.keys() <= _RELATION_KEYS


def make_span(details: Mapping[str, Any], at: str, **fields: Any) -> Span:
    """Return a span with its details.

    Args:
        details: as :func:`span_details` returned it; unchecked.
        at: dotted path of the details, for messages.
        **fields: the span's other fields; they win over the details.

    Raises:
        RecordError: a detail is not what it must be.
    """
    found = _fields_of(details, at)
    if details.get("fragments"):
        found["fragments"] = read_fragments(details["fragments"], join_key(at, "fragments"))
    if details.get("id"):
        found["id"] = optional_text(details, "id", at)
    return Span(**_complete(found | fields, ("id", "label"), at))


def make_relation(details: Mapping[str, Any], at: str, **fields: Any) -> Relation:
    """Return a relation with its details; see :func:`make_span`."""
    found = _fields_of(details, at)
    for name, field in (("id", "id"), ("from", "source"), ("to", "target")):
        if details.get(name):
            found[field] = optional_text(details, name, at)
    return Relation(**_complete(found | fields, ("id", "type", "source", "target"), at))


def _complete(found: dict[str, Any], needed: tuple[str, ...], at: str) -> dict[str, Any]:
    for name in needed:
        if not found.get(name):
            raise RecordError(join_key(at, name), "missing")
    return found


def _fields_of(details: Mapping[str, Any], at: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _TEXTS:
        if name in details:
            found[name] = optional_text(details, name, at)
    for name in _MAPPINGS:
        if name in details:
            found[name] = need_mapping(details[name], join_key(at, name))
    return found


def read_fragments(value: Any, at: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of a discontinuous span, checked."""
    fragments = []
    for place, pair in enumerate(need_list(value, at)):
        if not isinstance(pair, list) or len(pair) != 2:
            raise RecordError(join_key(at, place), f"{shown(pair)} is not [start, end]")
        start, end = (checked_offset(number, join_key(at, place)) for number in pair)
        fragments.append((start, end))
    return tuple(fragments)


def full_span(span: Span) -> dict[str, Any]:
    """Return a span as one JSON object."""
    data: dict[str, Any] = {"start": span.start, "end": span.end, "label": span.label}
    for name in ("quote", "prefix", "suffix"):
        if value := getattr(span, name):
            data[name] = value
    return data | span_details(span)


def read_full_span(value: Any, at: str) -> Span:
    """Return a span that :func:`full_span` wrote."""
    top = need_mapping(value, at)
    for name in ("id", "label"):
        if not isinstance(top.get(name), str) or not top[name]:
            raise RecordError(join_key(at, name), "missing")
    return make_span(
        top,
        at,
        label=top["label"],
        start=checked_offset(top.get("start"), join_key(at, "start")),
        end=checked_offset(top.get("end"), join_key(at, "end")),
        quote=optional_text(top, "quote", at),
        prefix=optional_text(top, "prefix", at),
        suffix=optional_text(top, "suffix", at),
    )


def full_relation(relation: Relation) -> dict[str, Any]:
    """Return a relation as one JSON object."""
    return {"type": relation.type} | relation_details(relation)


def read_full_relation(value: Any, at: str) -> Relation:
    """Return a relation that :func:`full_relation` wrote."""
    top = need_mapping(value, at)
    return make_relation(top, at, type=need_text(top, "type", at))


def document_details(document: Document) -> dict[str, Any]:
    """Return a document's id and what is unusual of its encoding."""
    details: dict[str, Any] = {"format": MARK, "document": document.id}
    if document.encoding != "utf-8":
        details["encoding"] = document.encoding
    if document.bom:
        details["bom"] = True
    return details


def set_details(one: AnnotationSet) -> dict[str, Any]:
    """Return what a set says beside spans and relations; empty fields left out."""
    details: dict[str, Any] = {"annotator": one.annotator, "scheme": one.scheme}
    if one.status != "new":
        details["status"] = one.status
    if one.note:
        details["note"] = one.note
    if one.orphans:
        details["orphans"] = [full_span(span) for span in one.orphans.values()]
    if one.rejected_relations:
        details["rejected_relations"] = list(map(full_relation, one.rejected_relations.values()))
    if one.extra:
        details["extra"] = one.extra
    if one.document.extra:
        details["document_extra"] = one.document.extra
    return details


def own_details(top: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of our key in a document's object; empty where there is none of ours."""
    value = top.get(KEY)
    return value if isinstance(value, dict) and value.get("format") == MARK else {}


def make_document(
    details: Mapping[str, Any], text: str, *, meta: Mapping[str, Any], own_id: str = ""
) -> Document:
    """Return a document with its details.

    Args:
        details: as :func:`document_details` returned it, or empty; unchecked.
        text: its text.
        meta: its metadata.
        own_id: its id where the details have none.
    """
    return Document.of(
        optional_text(details, "document", KEY) or own_id,
        text,
        optional_text(details, "encoding", KEY) or "utf-8",
        details.get("bom") is True,
        meta,
    )


def reference_of(document: Document, extra: Mapping[str, Any] | None = None) -> DocumentRef:
    """Return how an annotation set names a document."""
    return DocumentRef(
        document.id,
        document.sha256,
        document.length,
        document.encoding,
        document.bom,
        extra or {},
    )


def make_set(
    details: Mapping[str, Any],
    document: Document,
    *,
    spans: list[Span],
    rejected: list[Span] | None = None,
    orphans: list[Span] | None = None,
    relations: list[Relation] | None = None,
    at: str = KEY,
    **fields: Any,
) -> AnnotationSet:
    """Return an annotation set with its details.

    Args:
        details: as :func:`set_details` returned it, or empty; unchecked.
        document: the document.
        spans, rejected, orphans, relations: what the format holds itself.
        at: dotted path of the details, for messages.
        **fields: what holds where the details are silent: annotator, scheme, status, note,
            extra.

    Raises:
        RecordError: a detail is not what it must be, or an id stands twice.
    """
    status = optional_text(details, "status", at) or fields.get("status") or "new"
    if status not in STATUSES:
        raise RecordError(join_key(at, "status"), f"{shown(status)} is no status")
    orphans = [
        *(orphans or ()),
        *_full(details, "orphans", at, read_full_span),
    ]
    rejected_relations = list(_full(details, "rejected_relations", at, read_full_relation))
    unique([*spans, *(rejected or ()), *orphans], "spans")
    return AnnotationSet(
        reference_of(document, _mapping(details, "document_extra", at)),
        optional_text(details, "annotator", at) or fields.get("annotator", ""),
        optional_text(details, "scheme", at) or fields.get("scheme", ""),
        status=cast("Status", status),
        note=optional_text(details, "note", at) or fields.get("note", ""),
        spans=spans,
        rejected=rejected or (),
        orphans=orphans,
        relations=unique(relations or [], "relations"),
        rejected_relations=unique(rejected_relations, join_key(at, "rejected_relations")),
        extra={**fields.get("extra", {}), **_mapping(details, "extra", at)},
    )


def _full(
    details: Mapping[str, Any], name: str, at: str, read: Callable[[Any, str], _Item]
) -> Iterator[_Item]:
    path = join_key(at, name)
    for place, value in enumerate(need_list(details.get(name), path)):
        yield read(value, join_key(path, place))


def _mapping(details: Mapping[str, Any], name: str, at: str) -> Mapping[str, Any]:
    return need_mapping(details[name], join_key(at, name)) if name in details else {}


def with_attributes(span: Span, attributes: Mapping[str, Any]) -> Span:
    """Return a span with other attributes."""
    return replace(span, attributes=attributes)
