"""Writes brat folders; see :mod:`.format`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from ...store.escaping import escape, escape_path
from .. import own_keys
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..record import Record
from . import details_file
from .config import annotation_conf, visual_conf
from .lines import (
    NATIVE,
    NOTE,
    Ranges,
    attribute_pairs,
    note_line,
    place_of,
    references,
    safe_name,
)
from .places import split_at_breaks

LINES_LOST = "brat-lines"
_ID = {kind: re.compile(f"{kind}[1-9][0-9]{{0,8}}") for kind in "TR"}


class BratWriter:
    """Writes a folder for each annotator, with a text, its annotations and their details."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._folder = target.folder()
        self._lose = context.lose
        self._taken: set[str] = set()
        config = annotation_conf(context.scheme)
        (self._folder / "annotation.conf").write_bytes(config.encode("utf-8"))
        (self._folder / "visual.conf").write_bytes(visual_conf(context.scheme).encode("utf-8"))

    def write(self, record: Record) -> None:
        """Write a document once for each of its annotators."""
        document = record.document
        for one in record.sets:
            stem = self._stem(one.annotator, document.id)
            stem.parent.mkdir(parents=True, exist_ok=True)
            lines = _SetLines(document, one)
            _beside(stem, ".txt").write_bytes(document.text.encode("utf-8"))
            _beside(stem, ".ann").write_bytes("".join(lines.all()).encode("utf-8"))
            details = details_file.document_bytes(document, one, lines.details())
            _beside(stem, details_file.SUFFIX).write_bytes(details)
            self._lose(LINES_LOST, lines.lost)

    def close(self) -> None:
        """Do nothing: each file is whole."""

    def _stem(self, annotator: str, document_id: str) -> Path:
        parts = document_id.removesuffix(".txt").split("/")
        stem = base = f"{escape(annotator)}/{escape_path(parts)}"
        number = 1
        while stem.casefold() in self._taken:
            number += 1
            stem = f"{base}-{number}"
        self._taken.add(stem.casefold())
        return self._folder / stem


def _beside(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)


class _SetLines:
    """The lines of one annotation set."""

    def __init__(self, document: Document, one: AnnotationSet) -> None:
        self.one = one
        native = one.extra.get(NATIVE)
        self.native: Mapping[str, Any] = native if isinstance(native, dict) else {}
        self.keep = bool(self.native)
        self.lost = 0
        self.ranges = {
            span.id: split_at_breaks(document.text, span.fragments or (span.range,))
            for span in in_document_order(one.spans.values())
        }
        shown = [span for span in in_document_order(one.spans.values()) if self.ranges[span.id]]
        self.text = document.text
        taken = {line.partition("\t")[0] for line in self._kept()}
        self.span_ids = _numbers("T", shown, taken)
        self.spans = sorted(shown, key=lambda span: int(self.span_ids[span.id][1:]))
        linked = [r for r in one.relations.values() if {r.source, r.target} <= self.span_ids.keys()]
        self.groups = [r for r in linked if _equivalence(r)]
        grouped = {id(relation) for relation in self.groups}
        self.relations = [relation for relation in linked if id(relation) not in grouped]
        self.relation_ids = _numbers("R", self.relations, taken)
        self.ids = _Ids(self.native.get("ids"), self._kept())

    def all(self) -> Iterator[str]:
        """Iterate over all lines, spans first, by number."""
        written = set()
        for span in self.spans:
            ours = self.span_ids[span.id]
            ranges = self.ranges[span.id]
            quote = " ".join(self.text[start:end] for start, end in ranges)
            written.add(ours)
            yield f"{ours}\t{self._place(span.label, ranges)}\t{quote}\n"
        for relation in self.relations:
            ours = self.relation_ids[relation.id]
            written.add(ours)
            yield f"{ours}\t{self._link(relation)}\n"
        for name, members in _components(self.groups):
            ids = " ".join(self.span_ids[member] for member in members)
            yield f"*\t{safe_name(name, keep=self.keep)} {ids}\n"
        for item, ours in self._items():
            for name, value in attribute_pairs(item.attributes, keep=self.keep):
                own = self.ids.take("A", f"{ours} {name}")
                written.add(own)
                yield f"{own}\t{name} {ours}{'' if value is None else f' {value}'}\n"
            if note := note_line(item.note):
                own = self.ids.take("#", ours)
                written.add(own)
                yield f"{own}\t{NOTE} {ours}\t{_encodable(note)}\n"
        yield from self._kept_lines(written)

    def details(self) -> dict[str, Any]:
        """Return what the lines do not say; call it when they were read."""
        spans = {}
        for span in self.spans:
            ours, ranges = self.span_ids[span.id], self.ranges[span.id]
            details = details_file.item_details(span, keep=self.keep)
            if span.id == ours:
                details.pop("id")
            label = safe_name(span.label, keep=self.keep)
            if label != span.label:
                details["label"] = span.label
            if (span.start, span.end) != (ranges[0][0], ranges[-1][1]) or span.fragments:
                details["ranges"] = [list(r) for r in (span.fragments or (span.range,))]
                details["hull"] = list(span.range)
            if details:
                spans[ours] = {details_file.AT: self._place(span.label, ranges)} | details
        relations = {}
        for relation in self.relations:
            ours = self.relation_ids[relation.id]
            details = details_file.item_details(relation, keep=self.keep)
            if relation.id == ours:
                details.pop("id")
            if safe_name(relation.type, keep=self.keep) != relation.type:
                details["type"] = relation.type
            if details:
                relations[ours] = {details_file.AT: self._link(relation)} | details
        more: dict[str, Any] = {"spans": spans, "relations": relations}
        more["unwritten"] = [
            own_keys.full_span(span)
            for span in self.one.spans.values()
            if span.id not in self.span_ids
        ]
        more["unwritten_relations"] = [
            own_keys.full_relation(relation)
            for relation in self.one.relations.values()
            if not {relation.source, relation.target} <= self.span_ids.keys()
        ]
        return {name: value for name, value in more.items() if value}

    def _place(self, label: str, ranges: Ranges) -> str:
        return place_of(safe_name(label, keep=self.keep), ranges)

    def _link(self, relation: Relation) -> str:
        native = relation.extra.get(NATIVE)
        roles = native.get("roles") if isinstance(native, dict) else None
        if not isinstance(roles, list) or len(roles) != 2:
            roles = ["Arg1", "Arg2"]
        ends = (self.span_ids[relation.source], self.span_ids[relation.target])
        pairs = " ".join(
            f"{safe_name(str(role), keep=True)}:{end}"
            for role, end in zip(roles, ends, strict=True)
        )
        return f"{safe_name(relation.type, keep=self.keep)} {pairs}"

    def _items(self) -> Iterator[tuple[Span | Relation, str]]:
        for span in self.spans:
            yield span, self.span_ids[span.id]
        for relation in self.relations:
            yield relation, self.relation_ids[relation.id]

    def _kept(self) -> list[str]:
        lines = self.native.get("lines")
        return [x for x in lines if isinstance(x, str)] if isinstance(lines, list) else []

    def _kept_lines(self, written: set[str]) -> Iterator[str]:
        """Iterate over lines of the file that was read, but for those about spans that are gone."""
        kept = self._kept()
        there = written | {line.partition("\t")[0] for line in kept}
        missing = self.native.get("missing")
        there |= set(map(str, missing)) if isinstance(missing, list) else set()
        gone = True
        while gone:
            gone = False
            for line in list(kept):
                own = line.partition("\t")[0]
                if not set(references(line)) <= there:
                    kept.remove(line)
                    there.discard(own)
                    self.lost += 1
                    gone = True
        for line in kept:
            yield f"{_encodable(line)}\n"


class _Ids:
    """Ids for attributes and notes: those that the file had, then new ones.

    Args:
        known: from a file's ids to what they were of.
        kept: lines that are written as they were, whose ids are taken.
    """

    def __init__(self, known: Any, kept: Iterable[str]) -> None:
        self._by_use: dict[str, list[str]] = {}
        used = [line.split("\t", 1)[0] for line in kept]
        if isinstance(known, dict):
            for own, use in known.items():
                self._by_use.setdefault(str(use), []).append(str(own))
            used += map(str, known)
        self._last: dict[str, int] = {}
        for own in used:
            if own[1:].isdecimal() and len(own) < 12:
                kind = "A" if own[0] == "M" else own[0]
                self._last[kind] = max(self._last.get(kind, 0), int(own[1:]))

    def take(self, kind: str, use: str) -> str:
        """Return the id of an attribute (``A``) or a note (``#``) of something."""
        if ours := self._by_use.get(use):
            return ours.pop(0)
        self._last[kind] = self._last.get(kind, 0) + 1
        return f"{kind}{self._last[kind]}"


def _numbers(kind: str, items: Iterable[Span | Relation], taken: set[str]) -> dict[str, str]:
    """Return brat's ids by ours; ids that have brat's form stay, unless a kept line has them."""
    listed = list(items)
    numbered = {own for own in taken if _ID[kind].fullmatch(own)}
    found = {
        item.id: item.id
        for item in listed
        if item.id not in numbered and _ID[kind].fullmatch(item.id)
    }
    last = max((int(own[1:]) for own in numbered | found.keys()), default=0)
    for item in listed:
        if item.id not in found:
            last += 1
            found[item.id] = f"{kind}{last}"
    return found


def _equivalence(relation: Relation) -> bool:
    """Say whether a relation is of an equivalence, and nothing else is said of it."""
    native = relation.extra.get(NATIVE)
    if not isinstance(native, dict) or native.keys() != {"equivalence"}:
        return False
    said = own_keys.relation_details(relation).keys() - {"id", "from", "to", "extra"}
    return not said and len(relation.extra) == 1


def _components(links: list[Relation]) -> Iterator[tuple[str, list[str]]]:
    """Iterate over types and members of the equivalences that pairs of spans make up."""
    groups: dict[tuple[str, str], list[list[str]]] = {}
    for link in links:
        key = link.type, str(link.extra[NATIVE].get("equivalence"))
        parts = groups.setdefault(key, [])
        touched = [part for part in parts if link.source in part or link.target in part]
        merged = list(dict.fromkeys([*chain(*touched), link.source, link.target]))
        groups[key] = [part for part in parts if part not in touched] + [merged]
    for (name, _), parts in groups.items():
        for part in parts:
            yield name, part


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
