"""Reads brat folders; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import Problem
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Item, ReadContext
from ..reading import need_list, need_mapping
from ..record import Place, Record, RecordError
from . import details_file, files
from .files import beside
from .lines import (
    NATIVE,
    NOTE,
    Line,
    LineError,
    Pairs,
    Ranges,
    TextBound,
    parse_attribute,
    parse_equivalence,
    parse_note,
    parse_relation,
    parse_text_bound,
    references,
)
from .places import agrees, claimed_quote, join_at_breaks, united
from .units import around, in_code_points, units_of


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Read a folder with all folders in it, or one ``.ann`` file with the text beside it."""
    root = path if path.is_dir() else path.parent
    notes = files.notes_on(path)
    for stem in files.stems(path):
        try:
            record = _record(root, stem, context)
        except LineError as error:
            yield Problem(
                f"{stem}{error.line.suffix}", error.line.number, error.line.id, error.message
            )
        except RecordError as error:
            yield Problem(f"{stem}.ann", 0, error.key, error.message)
        else:
            yield replace(record, notes=(*notes, *record.notes))
            notes = ()


def _record(root: Path, stem: Path, context: ReadContext) -> Record:
    own = details_file.read_details(beside(stem, details_file.SUFFIX))
    text, marked = files.read_text(stem, context.encoding, ours=bool(own))
    name = beside(stem, ".txt").relative_to(root).as_posix()
    meta = need_mapping(own.get("meta", {}), "annotator.meta")
    document = own_keys.make_document(own, text, meta=meta, own_id=name)
    if not own:
        document = Document.of(name, text, context.encoding, marked)
    reader = _Lines(document, own, marked=marked and not own)
    made = reader.annotation_set(files.read_lines(stem, text, context.encoding))
    where = [*files.suffixes(stem), ".txt"]
    if not own and len(where) == 1:
        reader.notes.append("there are no annotations beside this text")
    return Record(document, (made,), Place(str(beside(stem, where[0]))), tuple(reader.notes))


class _Lines:
    """Makes an annotation set of the lines of a file."""

    def __init__(self, document: Document, own: Mapping[str, Any], *, marked: bool) -> None:
        self.document = document
        self.own = own
        self.marked = marked
        self.notes: list[str] = []
        self.span_details = _details(own, "spans")
        self.relation_details = _details(own, "relations")
        extra = own.get("extra")
        self.keep = isinstance(extra, dict) and NATIVE in extra
        self.kept: list[str] = []
        self.missing: list[str] = []
        self.ids: dict[str, str] = {}
        self.pairs: dict[str, Pairs] = {}
        self.said: dict[str, str] = {}
        self.changed = 0

    def annotation_set(self, lines: list[Line]) -> AnnotationSet:
        """Return the set.

        Raises:
            LineError: a line is malformed.
            RecordError: the details beside the file are.
        """
        found = self.text_bound(lines)
        shown = {one.line.id for one in found}
        links = self.links(lines, shown)
        self.take_rest(lines, shown, links.keys())
        spans = self.spans(found)
        by_id = {one.line.id: span.id for one, span in zip(found, spans, strict=True)}
        relations = [*self.relations(links, by_id), *self.equivalences(lines, by_id)]
        spans += self.unwritten_spans()
        relations += self.unwritten_relations()
        if self.changed:
            self.notes.append(
                f"{self.changed} of its lines were changed since they were exported: times, "
                "authors and the like of these no longer hold"
            )
        one = own_keys.make_set(
            self.own,
            self.document,
            spans=spans,
            rejected=self.full_spans("rejected"),
            relations=relations,
        )
        if not self.own or self.keep or self.kept:
            native: dict[str, Any] = {"ids": self.ids}
            if self.kept:
                native["lines"] = self.kept
                if self.missing:
                    native["missing"] = self.missing
                self.notes.append(f"{len(self.kept)} lines of events and the like are kept as is")
            one.extra[NATIVE] = native
        return one

    def text_bound(self, lines: list[Line]) -> list[TextBound]:
        """Return what the ``T`` lines say; those of no text are left to be kept as they are."""
        found: dict[str, TextBound] = {}
        empty = 0
        for line in lines:
            if line.kind != "T":
                continue
            one = parse_text_bound(line)
            first = found.get(line.id)
            if first is not None and first.line.rest != line.rest:
                message = f"this id stands twice, first in line {first.line.number}"
                raise LineError(line, f"{message}: give one of the two another")
            if first is not None:
                self.notes.append(
                    f"line {line.number} says again what line {first.line.number} says"
                )
            elif all(start == end for start, end in one.ranges):
                empty += 1
            else:
                found[line.id] = one
        if empty:
            self.notes.append(f"{empty} of its spans are empty: they are kept, and not shown")
        return list(found.values())

    def spans(self, found: list[TextBound]) -> list[Span]:
        units = units_of(self.document.text, found, marked=self.marked)
        if units.told:
            self.notes.append(f"its offsets {units.told}, as the quotes in it prove")
        spans = []
        for one in found:
            ranges = in_code_points(one.ranges, units)
            if ranges is None:
                self.notes.append(f"an offset of {one.line.id!r} lies within a character")
                ranges = around(one.ranges, units)
            spans.append(self.span(one, ranges))
        return spans

    def span(self, one: TextBound, told: Ranges) -> Span:
        """Return the span of a line.

        Args:
            one: what the line says.
            told: its ranges in code points, in the order of the file.
        """
        text = self.document.text
        quote = one.quote or ""
        ranges = united(told)
        fits = all(0 <= a < b <= len(text) for a, b in ranges)
        if not fits and not quote.strip():
            shown = "; ".join(f"{a} to {b}" for a, b in told)
            raise LineError(one.line, f"{shown} is no range of a text of {len(text)} code points")
        agreed = fits and (not quote.strip() or agrees(text, told, quote))
        if fits and ranges != tuple(sorted(told)):
            self.notes.append(f"fragments of {one.line.id!r} overlap or are empty: made one")
        start, end = ranges[0][0], ranges[-1][1]
        if agreed:
            quote = text[start:end]
            ranges = join_at_breaks(text, ranges)
        else:
            quote = claimed_quote(text, told, quote)
        details = self.details_of(one.line, one.place, self.span_details)
        own_id = one.line.id
        span = Span(
            id=own_id,
            label=one.type,
            start=start,
            end=end,
            fragments=ranges if len(ranges) > 1 else (),
            quote=quote,
        )
        if details:
            span = _detailed(span, details, text)
        return replace(
            span,
            attributes=details_file.told_attributes(
                details, self.pairs.get(own_id, []), keep=self.keep
            ),
            note=details_file.told_note(details, self.said.get(own_id, "")),
        )

    def links(self, lines: list[Line], spans: set[str]) -> dict[str, Line]:
        """Return the relations between two spans by their ids."""
        empty = {line.id for line in lines if line.kind == "T"} - spans
        links: dict[str, Line] = {}
        for line in lines:
            parsed = parse_relation(line) if line.kind == "R" else None
            if parsed is None:
                continue
            # One to a span that is nowhere is taken too, and so told.
            if all(end.startswith("T") and end not in empty for end in parsed[2]):
                first = links.get(line.id)
                if first is not None:
                    message = f"this id stands twice, first in line {first.number}"
                    raise LineError(line, f"{message}: give one of the two another")
                links[line.id] = line
        return links

    def relations(self, links: Mapping[str, Line], by_id: Mapping[str, str]) -> Iterator[Relation]:
        for own_id, line in links.items():
            parsed = parse_relation(line)
            assert parsed is not None  # links() took it
            name, roles, ends = parsed
            at = f"{name} {roles[0]}:{ends[0]} {roles[1]}:{ends[1]}"
            details = self.details_of(line, at, self.relation_details)
            fields: dict[str, Any] = {"id": own_id, **details}
            fields["type"] = details.get("type") or name
            extra = details.get("extra", {})
            if roles != ("Arg1", "Arg2") and not details:
                extra = {NATIVE: {"roles": list(roles)}}
            source, target = (by_id.get(end, end) for end in ends)
            made = own_keys.make_relation(
                fields | {"from": source, "to": target},
                f"relations.{own_id}",
                type=_text_in(fields, "type"),
                extra=extra,
            )
            yield replace(
                made,
                attributes=details_file.told_attributes(
                    details, self.pairs.get(own_id, []), keep=self.keep
                ),
                note=details_file.told_note(details, self.said.get(own_id, "")),
            )

    def equivalences(self, lines: list[Line], by_id: Mapping[str, str]) -> Iterator[Relation]:
        """Iterate over the pairs of spans that make up equivalences."""
        number = 0
        for line in lines:
            parsed = _equivalence_of(line, by_id.keys())
            if parsed is None:
                continue
            number += 1
            name, members = parsed
            for place, (one, other) in enumerate(pairwise(members), 1):
                yield Relation(
                    id=f"*{number}.{place}",
                    type=name,
                    source=by_id[one],
                    target=by_id[other],
                    extra={NATIVE: {"equivalence": number}},
                )

    def take_rest(
        self, lines: list[Line], spans: AbstractSet[str], links: AbstractSet[str]
    ) -> None:
        """Take attributes and notes of spans and relations; keep all other lines."""
        items = spans | links
        attributes = {line: parse_attribute(line) for line in lines if line.kind in ("A", "M")}
        valued = {found[:2] for found in attributes.values() if found and found[2] is not None}
        for line in lines:
            if line.kind in ("T", "R") and line.id in items:
                continue
            found = attributes.get(line)
            # A flag beside values of the same name has no place among them.
            if found and found[1] in items and (found[2] is not None or found[:2] not in valued):
                name, about, value = found
                self.pairs.setdefault(about, []).append((name, value))
                self.ids[line.id] = f"{about} {name}"
                continue
            if line.kind == "#" and self.take_note(line, items):
                continue
            if _equivalence_of(line, spans) is not None:
                continue
            self.kept.append(line.whole)
        there = {line.id for line in lines}
        self.missing = sorted({own for line in self.kept for own in references(line)} - there)

    def take_note(self, line: Line, items: AbstractSet[str]) -> bool:
        """Take the first note on a span or relation, unless it is empty; say whether it is one."""
        kind, about, text = parse_note(line) or ("", "", "")
        if kind != NOTE or not text or about not in items or about in self.said:
            return False
        self.said[about] = text
        self.ids[line.id] = about
        return True

    def details_of(
        self, line: Line, at: str, known: Mapping[str, Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Return the details of a line, if it is still what it was."""
        details = known.get(line.id)
        if details is None:
            return {}
        if details.get(details_file.AT) != at:
            self.changed += 1
            return {}
        return details

    def full_spans(self, name: str) -> list[Span]:
        at = f"annotator.{name}"
        listed = need_list(self.own.get(name), at)
        return [own_keys.read_full_span(value, f"{at}.{n}") for n, value in enumerate(listed)]

    def unwritten_spans(self) -> list[Span]:
        return self.full_spans("unwritten")

    def unwritten_relations(self) -> Iterator[Relation]:
        at = "annotator.unwritten_relations"
        for number, value in enumerate(need_list(self.own.get("unwritten_relations"), at)):
            top = need_mapping(value, f"{at}.{number}")
            yield own_keys.make_relation(top, f"{at}.{number}", type=_text_in(top, "type"))


def _equivalence_of(line: Line, spans: AbstractSet[str]) -> tuple[str, list[str]] | None:
    """Return type and ids, each once, of an equivalence of several spans; None for other lines."""
    parsed = parse_equivalence(line) if line.kind == "*" else None
    if parsed is None:
        return None
    members = list(dict.fromkeys(parsed[1]))
    return (parsed[0], members) if len(members) > 1 and spans >= set(members) else None


def _text_in(top: Mapping[str, Any], name: str) -> str:
    value = top.get(name)
    return value if isinstance(value, str) else ""


def _detailed(span: Span, details: Mapping[str, Any], text: str) -> Span:
    at = f"annotator.spans.{span.id}"
    fields: dict[str, Any] = {"start": span.start, "end": span.end, "fragments": span.fragments}
    quote = span.quote
    if "ranges" in details:
        ranges = own_keys.read_fragments(details["ranges"], f"{at}.ranges")
        hull = own_keys.read_fragments([details.get("hull")], f"{at}.hull")[0]
        fields = {"start": hull[0], "end": hull[1], "fragments": ranges if len(ranges) > 1 else ()}
        if quote == text[span.start : span.end]:
            quote = text[hull[0] : hull[1]]
    return own_keys.make_span(
        {"id": span.id, **details},
        at,
        label=_text_in(details, "label") or span.label,
        quote=quote,
        **fields,
    )


def _details(own: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    at = f"annotator.{name}"
    top = need_mapping(own.get(name, {}), at)
    return {key: need_mapping(value, f"{at}.{key}") for key, value in top.items()}
