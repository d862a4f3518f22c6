"""Spans as rows of a table, and rows as spans: what CSV, flat JSONL and Parquet share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import Problem
from ...domain.span import Relation, Span
from .. import own_keys
from ..aspects import EVERYTHING
from ..base import Item, Option, ReadContext
from ..changes import SECTIONS
from ..geometry import in_document_order
from ..reading import (
    MOST_ITEMS,
    id_text,
    join_key,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    optional_text,
    shown,
)
from ..record import Place, Record, RecordError
from .sidecar import Sidecar, find_sidecar

MOST_CHARACTERS = 1 << 28
"""Code points that all rows of one document may have in the strings that are kept."""
HOLDS = EVERYTHING
CARRIES = frozenset(
    {"several-annotators", "metadata", "scheme", "encoding", "status", "document-notes"}
    | {"unknown-keys", "rejected-relations"}
)
DOCUMENTS = Option(
    "documents", "file with the texts (NAME.documents.jsonl beside it)", "text", side="read"
)
NOTES = (
    "One span a row, grouped by document; a relation is in the row of the span it goes out from.",
    "Texts, statuses and notes of documents are in `NAME.documents.jsonl` beside the file.",
)
COLUMNS = (
    "document", "annotator", "section", "id", "label", "start", "end", "quote", "attributes",
    "note", "fragments", "origin", "created", "by", "relations", "context", "extra",
)  # fmt: skip
"""Fields of a row. Any other is an unknown key of the span, but ``text``, the document's."""


def rows_of(record: Record) -> Iterator[dict[str, Any]]:
    """Iterate over a record's spans as rows, in document order; empty fields left out.

    A relation stands in the row of the span it goes out from.
    """
    for one in record.sets:
        linked = relations_by_source(one)
        for section in SECTIONS:
            for span in in_document_order(getattr(one, section).values()):
                yield _row(record.document, one, section, span, linked)


def relations_by_source(one: AnnotationSet) -> dict[str, list[dict[str, Any]]]:
    """Return the relations of a set by the id of the span they go out from, as a row has them."""
    linked: dict[str, list[dict[str, Any]]] = {}
    for relation in one.relations.values():
        details = {"type": relation.type} | own_keys.relation_details(relation)
        linked.setdefault(details.pop("from"), []).append(details)
    return linked


def _row(
    document: Document,
    one: AnnotationSet,
    section: str,
    span: Span,
    linked: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    row: dict[str, Any] = {"document": document.id, "annotator": one.annotator}
    if section != "spans":
        row["section"] = section
    row |= {"id": span.id, "label": span.label, "start": span.start, "end": span.end}
    if section == "orphans":
        row["quote"] = span.quote
        row["context"] = [span.prefix, span.suffix]
    else:
        row["quote"] = document.text[span.start : span.end]
    row |= own_keys.span_details(span, with_id=False)
    if span.id in linked:
        row["relations"] = linked[span.id]
    return row


def read_rows(
    path: Path,
    rows: Iterable[tuple[Place, dict[str, Any]] | Problem],
    context: ReadContext,
) -> Iterator[Item]:
    """Iterate over the records that rows stand for; rows of one document must stand together.

    Args:
        path: the table.
        rows: places and rows, or problems, which are passed on.
        context: what the reader is told.
    """
    sidecar = find_sidecar(path, context.options.get("documents"))
    try:
        group: _Group | None = None
        for entry in rows:
            if isinstance(entry, Problem):
                yield entry
                continue
            place, row = entry
            try:
                document_id = id_text(row.get("document"), "document")
                if group is None or document_id != group.document_id:
                    if group is not None:
                        yield from group.finish()
                        group = None
                    group = _Group(place, document_id, _find(document_id, row, sidecar, context))
                group.add(row)
            except RecordError as error:
                yield place.problem(error.key, error.message)
        if group is not None:
            yield from group.finish()
        if sidecar is not None:
            yield from _without_rows(sidecar)
    finally:
        if sidecar is not None:
            sidecar.close()


_Found = tuple[Document, list[Mapping[str, Any]]]


def _find(
    document_id: str, row: Mapping[str, Any], sidecar: Sidecar | None, context: ReadContext
) -> _Found:
    """Return the document of a row, and what is known of its sets."""
    if sidecar is not None and (found := sidecar.take(document_id)) is not None:
        return found
    if isinstance(row.get("text"), str):
        return Document.of(document_id, row["text"]), []
    document = context.find_document(document_id)
    if document is not None:
        return document, []
    raise RecordError(
        "document",
        f"the text of {document_id!r} is not to be found, or its rows do not stand together: "
        "sort them by document, and name the file with the texts with --documents",
    )


def _without_rows(sidecar: Sidecar) -> Iterator[Item]:
    """Iterate over the documents without spans."""
    for line, offset in sidecar.rest():
        place = Place(str(sidecar.path), line)
        try:
            document, sets = sidecar.read(offset)
            made = [own_keys.make_set(details, document, spans=[]) for details in sets]
        except RecordError as error:
            yield place.problem(error.key, error.message)
        else:
            yield Record(document, tuple(made), place)


@dataclass
class _Draft:
    """One annotator's set in the making."""

    sections: dict[str, list[Span]] = field(default_factory=lambda: {s: [] for s in SECTIONS})
    relations: list[Relation] = field(default_factory=list)


class _Group:
    """The rows of one document."""

    def __init__(self, place: Place, document_id: str, found: _Found) -> None:
        self.place = place
        self.document_id = document_id
        self.document, self.known = found
        self.drafts: dict[str, _Draft] = {}
        self.count = 0
        self.size = 0
        self.unnumbered = 0
        for details in self.known:
            self.drafts[optional_text(details, "annotator")] = _Draft()

    def add(self, row: Mapping[str, Any]) -> None:
        self.count += 1
        self.size += sum(
            len(value) for key, value in row.items() if isinstance(value, str) and key != "text"
        )
        if self.count > MOST_ITEMS or self.size > MOST_CHARACTERS:
            message = f"{shown(self.document_id)} has more rows than memory is given to: split it"
            raise RecordError("document", message)
        draft = self.drafts.setdefault(optional_text(row, "annotator"), _Draft())
        section = optional_text(row, "section") or "spans"
        if section not in SECTIONS:
            raise RecordError("section", f"{shown(section)} is none of {', '.join(SECTIONS)}")
        span = self.span(row)
        draft.sections[section].append(span)
        for number, value in enumerate(need_list(row.get("relations"), "relations")):
            at = join_key("relations", number)
            top = need_mapping(value, at)
            fields = {"type": need_text(top, "type", at), "source": span.id}
            if not top.get("id"):
                fields["id"] = f"{span.id}-{number + 1}"
            need_text(top, "to", at)
            draft.relations.append(own_keys.make_relation(top, at, **fields))

    def span(self, row: Mapping[str, Any]) -> Span:
        span_id = id_text(row.get("id"), "id")
        if not span_id:
            self.unnumbered += 1
            span_id = f"s{self.unnumbered}"
        label = need_text(row, "label")
        if not label:
            raise RecordError("label", "missing")
        start, end = need_offset(row, "start"), need_offset(row, "end")
        if end <= start:
            raise RecordError("end", f"a span must end behind its start; {start} to {end}")
        around = need_list(row.get("context"), "context")
        if len(around) not in (0, 2) or not all(isinstance(text, str) for text in around):
            raise RecordError("context", f"{shown(around)} is not [before, behind]")
        prefix, suffix = around or ("", "")
        unknown = {k: v for k, v in row.items() if k not in COLUMNS and k != "text"}
        span = own_keys.make_span(
            row,
            "",
            id=span_id,
            label=label,
            start=start,
            end=end,
            quote=optional_text(row, "quote"),
            prefix=prefix,
            suffix=suffix,
        )
        return replace(span, extra={**span.extra, **unknown}) if unknown else span

    def finish(self) -> Iterator[Item]:
        known = {optional_text(details, "annotator"): details for details in self.known}
        try:
            sets = [self.set_of(known.get(n, {}), n, draft) for n, draft in self.drafts.items()]
        except RecordError as error:
            yield self.place.problem(error.key, error.message)
        else:
            yield Record(self.document, tuple(sets), self.place)

    def set_of(self, details: Mapping[str, Any], name: str, draft: _Draft) -> AnnotationSet:
        return own_keys.make_set(
            details,
            self.document,
            spans=draft.sections["spans"],
            rejected=draft.sections["rejected"],
            orphans=draft.sections["orphans"],
            relations=draft.relations,
            annotator=name,
        )
