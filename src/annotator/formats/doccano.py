"""doccano JSONL: one document a line, in either of its styles.

``"label": [[start, end, label], ...]`` is what plain sequence labelling exports, ``"entities"``
with ids and ``"relations"`` what projects with relations do, ``"cats"`` and ``"entities"`` as such
lists those of intents and slots (https://github.com/doccano/doccano, ``backend/data_export``).
Versions before 1.0 had ``"annotations"``, of all users, with the numbers of labels. Any other key
of a line is metadata to doccano, so what it has no place for stands under a key of our own and
survives in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.span import Relation, Span
from . import own_keys
from .aspects import EVERYTHING
from .base import (
    Format,
    Item,
    Option,
    Place,
    ReadContext,
    Record,
    RecordError,
    Target,
    WriteContext,
)
from .geometry import in_document_order
from .json_items import json_items
from .offsets import OFFSETS, Counter, counter_for
from .reading import (
    checked_offset,
    dump_json,
    first_object,
    id_text,
    join_key,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    optional_text,
    records_of,
    shown,
)

_CARRIED = frozenset(
    {
        "annotator", "scheme", "status", "rejected", "orphans", "unknown-keys", "encoding",
        "fragments", "text-attributes", "number-attributes", "flag-attributes", "list-attributes",
        "other-attributes", "span-notes", "origin", "authorship", "span-unknown-keys",
        "relation-attributes", "relation-details", "span-ids", "relation-ids",
    }
)  # fmt: skip
_KEYS = frozenset(
    {"id", "text", "label", "labels", "entities", "relations", "Comments", "comments", own_keys.KEY}
)
_AT = "at"
"""Key of the details of a span without an id: its start, end and label in the line."""
_USERS = ("username", "user")
NATIVE = "doccano"
"""Key of a set's ``extra`` for the key of the line that named its annotator."""


class _Writer:
    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._entities = context.options["style"] == "entities"
        self._offsets = context.options["offsets"]
        self._last_id = 0

    def write(self, record: Record) -> None:
        for one in record.sets:
            self._file.write(dump_json(self._line(record.document, one)) + b"\n")

    def close(self) -> None:
        pass

    def _line(self, document: Document, one: AnnotationSet) -> dict[str, Any]:
        counter = counter_for(document.text, self._offsets)
        details = own_keys.document_details(document) | own_keys.set_details(one)
        details.pop("note", None)
        if one.rejected:
            details["rejected"] = [own_keys.full_span(span) for span in one.rejected.values()]
        line: dict[str, Any] = {}
        if document.id.isdecimal() and document.id.isascii():
            line["id"] = int(document.id)
        line["text"] = document.text
        spans = in_document_order(one.spans.values())
        if self._entities:
            line |= self._with_ids(one, spans, counter)
        else:
            line["label"] = [
                [counter.out(span.start), counter.out(span.end), span.label] for span in spans
            ]
            details["spans"] = [
                {_AT: triple} | own_keys.span_details(span)
                for triple, span in zip(line["label"], spans, strict=True)
            ]
            if one.relations:
                details["relations"] = [
                    {"type": relation.type} | own_keys.relation_details(relation)
                    for relation in one.relations.values()
                ]
        line["Comments"] = one.note.split("\n") if one.note else []
        line |= _named(one)
        line |= {key: value for key, value in document.meta.items() if key not in _KEYS}
        if clashing := {key: v for key, v in document.meta.items() if key in _KEYS}:
            details["meta"] = clashing
        return line | {own_keys.KEY: details}

    def _with_ids(self, one: AnnotationSet, spans: list[Span], counter: Counter) -> dict[str, Any]:
        numbers: dict[str, int] = {}
        entities = []
        for span in spans:
            self._last_id += 1
            numbers[span.id] = self._last_id
            entities.append(
                {
                    "id": self._last_id,
                    "label": span.label,
                    "start_offset": counter.out(span.start),
                    "end_offset": counter.out(span.end),
                    own_keys.KEY: own_keys.span_details(span),
                }
            )
        relations = []
        for relation in one.relations.values():
            self._last_id += 1
            ends = {"from_id": numbers.get(relation.source), "to_id": numbers.get(relation.target)}
            relations.append(
                {"id": self._last_id}
                | ends
                | {"type": relation.type, own_keys.KEY: own_keys.relation_details(relation)}
            )
        return {"entities": entities, "relations": relations}


def _read(path: Path, context: ReadContext) -> Iterator[Item]:
    parse = partial(_record, offsets=context.options["offsets"])
    return records_of(json_items(path), parse)


def _record(place: Place, value: Any, *, offsets: str) -> Record:
    line = need_mapping(value)
    own = own_keys.own_details(line)
    key = "data" if "text" not in line and "data" in line else "text"
    text = need_text(line, key)
    user = _user(line, own)
    known = _KEYS | user.keys() | {key}
    meta = {name: value for name, value in line.items() if name not in known}
    meta |= need_mapping(own.get("meta", {}), "annotator.meta")
    notes: list[str] = []
    labels = line.get("label", line.get("labels"))
    if _is_classes(labels):
        meta["label" if "label" in line else "labels"] = labels
        notes.append("labels of the whole text are kept as metadata")
        labels = None
    document = own_keys.make_document(own, text, meta=meta, own_id=id_text(line.get("id"), "id"))
    counter = counter_for(text, offsets)
    entities = line.get("entities")
    if isinstance(entities, list) and entities and isinstance(entities[0], list):
        labels, entities = [*need_list(labels, "label"), *entities], None
    spans = [*_triples(labels, own, counter), *_entities(entities, counter)]
    if not own and _is_numbered(line.get("annotations")):
        return Record(document, _of_users(document, meta.pop("annotations"), counter), place)
    relations = [*_relations(line.get("relations"), entities, spans)]
    relations += _own_relations(own)
    comments = line.get("Comments", line.get("comments"))
    rejected = [
        own_keys.read_full_span(value, join_key("annotator.rejected", number))
        for number, value in enumerate(need_list(own.get("rejected"), "annotator.rejected"))
    ]
    one = own_keys.make_set(
        own,
        document,
        spans=spans,
        rejected=rejected,
        relations=relations,
        annotator=next(iter(user.values()), ""),
        extra={NATIVE: user} if user and not own else {},
        note="\n".join(map(_comment, need_list(comments, "Comments"))),
    )
    return Record(document, (one,), place, tuple(notes))


def _is_classes(labels: Any) -> bool:
    """Say whether labels are of the whole text, as in text classification."""
    return isinstance(labels, str) or (
        isinstance(labels, list) and bool(labels) and all(isinstance(x, str) for x in labels)
    )


def _is_numbered(value: Any) -> bool:
    """Say whether a list holds spans of all users, as it did before version 1.0."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "start_offset" in item for item in value)
    )


def _of_users(document: Document, listed: list[Any], counter: Counter) -> tuple[AnnotationSet, ...]:
    """Return a set for each user of a line whose labels are numbers."""
    spans: dict[str, list[Span]] = {}
    for number, value in enumerate(listed):
        at = join_key("annotations", number)
        user = id_text(value.get("user"), join_key(at, "user"))
        label = id_text(value.get("label"), join_key(at, "label"))
        (span,) = _entities([{**value, "label": label}], counter, at)
        spans.setdefault(f"user-{user}" if user else "", []).append(span)
    return tuple(
        own_keys.make_set({}, document, spans=found, annotator=user)
        for user, found in spans.items()
    )


def _user(line: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a line that name its annotator."""
    if not own:
        return {name: line[name] for name in _USERS if isinstance(line.get(name), str)}
    extra = own.get("extra")
    user = extra.get(NATIVE) if isinstance(extra, dict) else None
    return user if isinstance(user, dict) else {}


def _named(one: AnnotationSet) -> dict[str, Any]:
    """Return the keys that name an annotator as the line had them."""
    user = one.extra.get(NATIVE)
    return user if isinstance(user, dict) and one.annotator in user.values() else {}


def _comment(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("comment", value.get("text"))
    if not isinstance(value, str):
        raise RecordError("Comments", f"{shown(value)} is no comment")
    return value


def _triples(labels: Any, own: Mapping[str, Any], counter: Counter) -> Iterator[Span]:
    # doccano sorts its lists, and people add to them and take away.
    known: dict[str, list[dict[str, Any]]] = {}
    for number, value in enumerate(need_list(own.get("spans"), "annotator.spans")):
        top = dict(need_mapping(value, join_key("annotator.spans", number)))
        known.setdefault(str(top.pop(_AT, None)), []).append(top)
    used = {each.get("id") for listed in known.values() for each in listed}
    for number, value in enumerate(need_list(labels, "label")):
        at = join_key("label", number)
        if not isinstance(value, list) or len(value) != 3:
            raise RecordError(at, f"{shown(value)} is not [start, end, label]")
        start, end = (counter.into(checked_offset(offset, at), at) for offset in value[:2])
        found = known.get(str(value), [])
        details = found.pop(0) if found else {"id": _new_id(number, used)}
        yield _span(details, at, number, start, end, value[2])


def _new_id(number: int, used: set[Any]) -> str:
    while f"s{number + 1}" in used:
        number += 1
    used.add(f"s{number + 1}")
    return f"s{number + 1}"


def _entities(entities: Any, counter: Counter, where: str = "entities") -> Iterator[Span]:
    for number, value in enumerate(need_list(entities, where)):
        at = join_key("entities", number) if where == "entities" else where
        top = need_mapping(value, at)
        start, end = (
            counter.into(need_offset(top, name, at), join_key(at, name))
            for name in ("start_offset", "end_offset")
        )
        details = top.get(own_keys.KEY)
        known = details if own_keys.is_span_details(details) else {}
        if not known and (own_id := id_text(top.get("id"), join_key(at, "id"))):
            known = {"id": own_id}
        yield _span(known, at, number, start, end, top.get("label"))


def _span(known: Any, at: str, number: int, start: int, end: int, label: Any) -> Span:
    if end <= start:
        raise RecordError(at, f"a span must end behind its start; {start} to {end}")
    if not isinstance(label, str) or not label:
        raise RecordError(join_key(at, "label"), f"{shown(label)} is no label")
    details = {"id": f"s{number + 1}"} | need_mapping(known, at)
    return own_keys.make_span(details, at, label=label, start=start, end=end)


def _relations(relations: Any, entities: Any, spans: list[Span]) -> Iterator[Relation]:
    listed = need_list(entities, "entities")
    by_number = {
        id_text(entity.get("id"), "entities.id"): span.id
        for entity, span in zip(listed, spans[len(spans) - len(listed) :], strict=True)
    }
    for number, value in enumerate(need_list(relations, "relations")):
        at = join_key("relations", number)
        top = need_mapping(value, at)
        kind = need_text(top, "type", at)
        fields: dict[str, Any] = {"id": f"r{number + 1}"}
        for name, key in (("from", "from_id"), ("to", "to_id")):
            own_id = id_text(top.get(key), join_key(at, key))
            fields[name] = by_number.get(own_id, own_id or "?")
        details = top.get(own_keys.KEY)
        if isinstance(details, dict) and own_keys.is_relation_details(details):
            fields |= details
        yield own_keys.make_relation(fields, at, type=kind)


def _own_relations(own: Mapping[str, Any]) -> Iterator[Relation]:
    for number, value in enumerate(need_list(own.get("relations"), "annotator.relations")):
        at = join_key("annotator.relations", number)
        top = need_mapping(value, at)
        for name in ("id", "type", "from", "to"):
            need_text(top, name, at)
        yield own_keys.make_relation(top, at, type=optional_text(top, "type", at))


def _looks_like(path: Path, head: bytes) -> float:
    found = first_object(path, head)
    if not isinstance(found.get("text", found.get("data")), str):
        return 0.0
    entities = found.get("entities")
    if isinstance(entities, list) and (not entities or "start_offset" in str(entities[0])):
        return 0.9
    if _is_numbered(found.get("annotations")) or ("cats" in found and isinstance(entities, list)):
        return 0.8
    labels = found.get("label", found.get("labels"))
    if isinstance(labels, list) and (not labels or isinstance(labels[0], list)):
        return 0.8
    return 0.0


FORMAT = Format(
    name="doccano",
    title="doccano JSONL",
    extensions=(".jsonl",),
    holds=EVERYTHING,
    carries=_CARRIED,
    options=(
        Option(
            "style",
            "entities: with ids and relations; label: lists of [start, end, label]",
            "choice",
            "entities",
            ("entities", "label"),
        ),
        OFFSETS,
    ),
    make_writer=_Writer,
    read=_read,
    looks_like=_looks_like,
    notes=(
        "The note on a document is its comments, one a line.",
        "Metadata are further keys of the line, as doccano has them.",
        "Nothing in a file tells UTF-16 offsets from code points: say it with `--offsets`.",
    ),
)
