"""doccano JSONL: one document a line, in either of its styles.

``"label": [[start, end, label], ...]`` is what plain sequence labelling exports, ``"entities"``
with ids and ``"relations"`` what projects with relations do, ``"cats"`` and ``"entities"`` as such
lists those of intents and slots (https://github.com/doccano/doccano, ``backend/data_export``).
Versions before 1.0 had ``"annotations"``, of all users, with the numbers of labels. Any other key
of a line is metadata to doccano, so what it has no place for stands under a key of our own and
survives in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Span
from .. import own_keys
from ..aspects import EVERYTHING
from ..base import Format, Option, Target, WriteContext
from ..geometry import in_document_order
from ..offsets import OFFSETS, counter_for
from ..reading import dump_json, first_object
from ..record import Record
from . import reader
from .reader import AT, KEYS, NATIVE

_CARRIED = frozenset(
    {
        "annotator", "scheme", "status", "rejected", "rejected-relations", "orphans",
        "unknown-keys", "encoding",
        "fragments", "text-attributes", "number-attributes", "flag-attributes", "list-attributes",
        "other-attributes", "span-notes", "origin", "authorship", "span-unknown-keys",
        "relation-attributes", "relation-details", "span-ids", "relation-ids",
    }
)  # fmt: skip


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
        places = [[counter.out(span.start), counter.out(span.end), span.label] for span in spans]
        details["spans"] = [
            {AT: place} | own_keys.span_details(span)
            for place, span in zip(places, spans, strict=True)
        ]
        if one.relations:
            details["relations"] = [
                own_keys.full_relation(relation) for relation in one.relations.values()
            ]
        line |= self._with_ids(one, spans, places) if self._entities else {"label": places}
        line["Comments"] = one.note.split("\n") if one.note else []
        line |= _named(one)
        line |= {key: value for key, value in document.meta.items() if key not in KEYS}
        if clashing := {key: v for key, v in document.meta.items() if key in KEYS}:
            details["meta"] = clashing
        return line | {own_keys.KEY: details}

    def _with_ids(
        self, one: AnnotationSet, spans: list[Span], places: list[list[Any]]
    ) -> dict[str, Any]:
        numbers: dict[str, int] = {}
        entities = []
        for span, (start, end, label) in zip(spans, places, strict=True):
            self._last_id += 1
            numbers[span.id] = self._last_id
            entities.append(
                {"id": self._last_id, "label": label, "start_offset": start, "end_offset": end}
            )
        relations = []
        for relation in one.relations.values():
            # doccano refuses one whose ends it does not know: of candidates turned down.
            if {relation.source, relation.target} <= numbers.keys():
                self._last_id += 1
                ends = {"from_id": numbers[relation.source], "to_id": numbers[relation.target]}
                relations.append({"id": self._last_id} | ends | {"type": relation.type})
        return {"entities": entities, "relations": relations}


def _named(one: AnnotationSet) -> dict[str, Any]:
    """Return the keys that name an annotator as the line had them."""
    user = one.extra.get(NATIVE)
    return user if isinstance(user, dict) and one.annotator in user.values() else {}


def _looks_like(path: Path, head: bytes) -> float:
    found = first_object(path, head)
    if not isinstance(found.get("text", found.get("data")), str):
        return 0.0
    entities = found.get("entities")
    if isinstance(entities, list) and (not entities or "start_offset" in str(entities[0])):
        return 0.9
    if reader.is_numbered(found.get("annotations")) or (
        "cats" in found and isinstance(entities, list)
    ):
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
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "The note on a document is its comments, one a line.",
        "Metadata are further keys of the line, as doccano has them.",
        "Nothing in a file tells UTF-16 offsets from code points: say it with `--offsets`.",
    ),
)
