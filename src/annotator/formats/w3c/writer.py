"""Writes web annotations; see :mod:`.format`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ... import __version__
from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..offsets import counter_for
from ..reading import dump_json
from ..record import Record
from .model import CONTEXT, NATIVE, OWN_CONTEXT, attribute_bodies, iri, item_details, source_iri
from .selectors import position_and_quote

MODEL_PREFIX = "model:"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_GENERATOR = {"type": "Software", "name": "annotator", "schema:softwareVersion": __version__}


class W3cWriter:
    """Writes a list of collections: one for each annotator's set of a document."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._offsets = context.options["offsets"]
        self._separator = b"[\n"

    def write(self, record: Record) -> None:
        """Write the collections of a document."""
        for one in record.sets:
            collection = _Collection(record.document, one, self._offsets).as_json()
            self._file.write(self._separator + dump_json(collection))
            self._separator = b",\n"

    def close(self) -> None:
        """End the list."""
        self._file.write(b"[]\n" if self._separator == b"[\n" else b"\n]\n")


class _Collection:
    def __init__(self, document: Document, one: AnnotationSet, offsets: str) -> None:
        self.document = document
        self.one = one
        self.counter = counter_for(document.text, offsets)
        self.source = source_iri(document.id)
        self.iris = {
            span.id: _native(span).get("id") or self.iri(span.id) for span in one.spans.values()
        }

    def iri(self, *parts: str) -> str:
        return iri(self.document.id, self.one.annotator, *parts)

    def as_json(self) -> dict[str, Any]:
        one, document = self.one, self.document
        details = own_keys.document_details(document) | {"text": document.text}
        if document.meta:
            details["meta"] = document.meta
        details |= own_keys.set_details(one)
        if isinstance(one.extra.get(NATIVE), list):  # these are items
            details["extra"] = {key: v for key, v in one.extra.items() if key != NATIVE}
        if one.rejected:
            details["rejected"] = [own_keys.full_span(span) for span in one.rejected.values()]
        items = [*self.items()]
        return {
            "@context": [CONTEXT, OWN_CONTEXT],
            "id": self.iri(),
            "type": "AnnotationCollection",
            "label": f"{document.id}: {one.annotator}",
            "total": len(items),
            "first": {
                "id": self.iri("", "1"),
                "type": "AnnotationPage",
                "partOf": self.iri(),
                "startIndex": 0,
                "items": items,
            },
            own_keys.KEY: details,
        }

    def items(self) -> Iterator[dict[str, Any]]:
        for span in in_document_order(self.one.spans.values()):
            yield self.tagging(span)
        for relation in self.one.relations.values():
            yield self.linking(relation)
        yield from _others(self.one)

    def tagging(self, span: Span) -> dict[str, Any]:
        native = _native(span)
        target: dict[str, Any] = {"source": self.source}
        target |= native.get("target", {})
        target["selector"] = [
            *position_and_quote(
                self.counter.out(span.start),
                self.counter.out(span.end),
                self.document.text[span.start : span.end],
                span.prefix,
                span.suffix,
            ),
            *native.get("selectors", ()),
        ]
        bodies = [_body(native.get("label", "tagging"), span.label), *_bodies(span)]
        return self.annotation(span, "tagging", bodies + native.get("bodies", []), target)

    def linking(self, relation: Relation) -> dict[str, Any]:
        ends = [self.iris.get(end) or self.iri(end) for end in (relation.source, relation.target)]
        link = {"type": "SpecificResource", "purpose": "linking", "source": ends[1]}
        bodies = [_body("tagging", relation.type), link, *_bodies(relation)]
        bodies += _native(relation).get("bodies", [])
        return self.annotation(relation, "linking", bodies, ends[0])

    def annotation(
        self, item: Span | Relation, motivation: str, bodies: list[Any], target: Any
    ) -> dict[str, Any]:
        by = item.by or self.one.annotator
        kind = "Software" if by.startswith(MODEL_PREFIX) else "Person"
        annotation: dict[str, Any] = {
            "id": self.iri(item.id),
            "type": "Annotation",
            "motivation": motivation,
            "creator": {"type": kind, "name": by},
        }
        if _TIME.fullmatch(item.created):
            annotation["created"] = item.created
        annotation |= {"generator": _GENERATOR} | _native(item).get("annotation", {})
        if own_id := _native(item).get("id"):
            annotation["id"] = own_id
        return annotation | {
            "body": bodies,
            "target": target,
            own_keys.KEY: item_details(item),
        }


_KEPT = {"target": dict, "annotation": dict, "selectors": list, "bodies": list, "label": str}


def _native(item: Span | Relation) -> dict[str, Any]:
    """Return what a foreign annotation said beside what became of it."""
    found = item.extra.get(NATIVE)
    if not isinstance(found, dict):
        return {}
    kept = {name: found[name] for name, kind in _KEPT.items() if isinstance(found.get(name), kind)}
    return kept | ({"id": found["id"]} if isinstance(found.get("id"), str) else {})


def _others(one: AnnotationSet) -> list[Any]:
    """Return annotations that were read and are about no range of the text."""
    found = one.extra.get(NATIVE)
    return found if isinstance(found, list) else []


def _body(purpose: str, value: str, **more: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, **more, "value": value}


def _bodies(item: Span | Relation) -> list[dict[str, Any]]:
    bodies = [
        _body("classifying", value, attribute=name)
        for name, value in attribute_bodies(item.attributes)
    ]
    return bodies + ([_body("commenting", item.note)] if item.note else [])
