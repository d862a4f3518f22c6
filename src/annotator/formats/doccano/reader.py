"""Reads doccano JSONL; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Item, ReadContext
from ..json_items import json_items
from ..offsets import Counter, counter_for
from ..reading import (
    checked_offset,
    id_text,
    join_key,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    records_of,
    shown,
)
from ..record import Place, Record, RecordError

KEYS = frozenset(
    {"id", "text", "label", "labels", "entities", "relations", "Comments", "comments", own_keys.KEY}
)
"""Keys of a line that are no metadata."""
AT = "at"
"""Key of the details of a span: its start, end and label in the line."""
NATIVE = "doccano"
"""Key of a set's ``extra`` for the key of the line that named its annotator."""
_USERS = ("username", "user")


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Iterate over the lines of a file."""
    parse = partial(_record, offsets=context.options["offsets"])
    return records_of(json_items(path), parse)


def _record(place: Place, value: Any, *, offsets: str) -> Record:
    line = need_mapping(value)
    own = own_keys.own_details(line)
    key = "data" if "text" not in line and "data" in line else "text"
    text = need_text(line, key)
    user = _user(line, own)
    known = KEYS | user.keys() | {key}
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
    details = _Details(own)
    spans = [*_triples(labels, details, counter), *_entities(entities, details, counter)]
    if not own and is_numbered(line.get("annotations")):
        return Record(document, _of_users(document, meta.pop("annotations"), counter), place)
    listed = need_list(entities, "entities")
    relations = [*_relations(line.get("relations"), listed, spans, details)]
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


def is_numbered(value: Any) -> bool:
    """Say whether a list holds spans of all users, as it did before version 1.0."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and "start_offset" in item for item in value)
    )


def _of_users(document: Document, listed: list[Any], counter: Counter) -> tuple[AnnotationSet, ...]:
    """Return a set for each user of a line whose labels are numbers."""
    spans: dict[str, list[Span]] = {}
    details = _Details({})
    for number, value in enumerate(listed):
        at = join_key("annotations", number)
        user = id_text(value.get("user"), join_key(at, "user"))
        label = id_text(value.get("label"), join_key(at, "label"))
        (span,) = _entities([{**value, "label": label}], details, counter, at)
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


def _comment(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("comment", value.get("text"))
    if not isinstance(value, str):
        raise RecordError("Comments", f"{shown(value)} is no comment")
    return value


class _Details:
    """What a line of ours says of its spans and relations beside what doccano has of them.

    doccano keeps it, and sorts the spans; people add to them and take away. So it is found again
    by start, end and label, and by the ends of a relation.
    """

    def __init__(self, own: Mapping[str, Any]) -> None:
        self._spans: dict[str, list[dict[str, Any]]] = {}
        self.used: set[str] = set()
        for number, value in enumerate(need_list(own.get("spans"), "annotator.spans")):
            at = join_key("annotator.spans", number)
            top = dict(need_mapping(value, at))
            self._spans.setdefault(str(top.pop(AT, None)), []).append(top)
            self.used.add(need_text(top, "id", at))
        self._relations: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        for number, value in enumerate(need_list(own.get("relations"), "annotator.relations")):
            at = join_key("annotator.relations", number)
            top = need_mapping(value, at)
            for name in ("id", "type", "from", "to"):
                need_text(top, name, at)
            key = top["type"], top["from"], top["to"]
            self._relations.setdefault(key, []).append(top)

    def of_span(self, place: list[Any], number: int, own_id: str = "") -> dict[str, Any]:
        """Return the details of a span, taken once; an id for one that has none.

        Args:
            place: start, end and label as the line has them.
            number: its place in the line.
            own_id: the id that the line gives it, if it does.
        """
        if found := self._spans.get(str(place)):
            return found.pop(0)
        number += 1
        while (new := own_id or f"s{number}") in self.used:
            number, own_id = number + 1, ""
        self.used.add(new)
        return {"id": new}

    def of_relation(self, kind: str, source: str, target: str) -> dict[str, Any]:
        """Return the details of a relation, taken once; empty where there are none."""
        found = self._relations.get((kind, source, target))
        return found.pop(0) if found else {}

    def relations(self) -> list[dict[str, Any]]:
        """Return the relations of which no details were taken."""
        return [top for listed in self._relations.values() for top in listed]


def _triples(labels: Any, details: _Details, counter: Counter) -> Iterator[Span]:
    for number, value in enumerate(need_list(labels, "label")):
        at = join_key("label", number)
        if not isinstance(value, list) or len(value) != 3:
            raise RecordError(at, f"{shown(value)} is not [start, end, label]")
        start, end = (counter.into(checked_offset(offset, at), at) for offset in value[:2])
        known = details.of_span(value, number)
        yield _span(known, at, start, end, value[2])


def _entities(
    entities: Any, details: _Details, counter: Counter, where: str = "entities"
) -> Iterator[Span]:
    for number, value in enumerate(need_list(entities, where)):
        at = join_key("entities", number) if where == "entities" else where
        top = need_mapping(value, at)
        told = [need_offset(top, name, at) for name in ("start_offset", "end_offset")]
        start, end = (counter.into(offset, at) for offset in told)
        own_id = id_text(top.get("id"), join_key(at, "id"))
        known = details.of_span([*told, top.get("label")], number, own_id)
        yield _span(known, at, start, end, top.get("label"))


def _span(known: Any, at: str, start: int, end: int, label: Any) -> Span:
    if end <= start:
        raise RecordError(at, f"a span must end behind its start; {start} to {end}")
    if not isinstance(label, str) or not label:
        raise RecordError(join_key(at, "label"), f"{shown(label)} is no label")
    return own_keys.make_span(known, at, label=label, start=start, end=end)


def _relations(
    relations: Any, entities: list[Any], spans: list[Span], details: _Details
) -> Iterator[Relation]:
    """Iterate over the relations of a line, and those of ours that doccano has no place for."""
    by_number = {
        id_text(entity.get("id"), "entities.id"): span.id
        for entity, span in zip(entities, spans[len(spans) - len(entities) :], strict=True)
    }
    for number, value in enumerate(need_list(relations, "relations")):
        at = join_key("relations", number)
        top = need_mapping(value, at)
        kind = need_text(top, "type", at)
        ends = []
        for key in ("from_id", "to_id"):
            own_id = id_text(top.get(key), join_key(at, key))
            ends.append(by_number.get(own_id, own_id or "?"))
        known = details.of_relation(kind, *ends)
        fields = {"id": f"r{number + 1}", "from": ends[0], "to": ends[1]} | known
        yield own_keys.make_relation(fields, at, type=kind)
    there = set(by_number.values())
    for number, top in enumerate(details.relations()):
        # One between spans that doccano shows was taken away there.
        if not {top["from"], top["to"]} <= there:
            at = join_key("annotator.relations", number)
            yield own_keys.make_relation(top, at, type=top["type"])
