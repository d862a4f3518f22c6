"""Reads brat folders; see :mod:`.brat`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError, Problem
from ..domain.span import Relation, Span
from ..store.texts import decode_text
from . import brat_details, own_keys
from .base import Item, Place, ReadContext, Record, RecordError
from .brat_lines import (
    NATIVE,
    NOTE,
    Line,
    LineError,
    Pairs,
    TextBound,
    parse_attribute,
    parse_equivalence,
    parse_note,
    parse_relation,
    parse_text_bound,
    split_lines,
)
from .brat_places import agrees, claimed_quote, in_code_points, join_at_breaks, units_of
from .reading import LONGEST, need_list, need_mapping, open_input


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Read a folder with all folders in it, or one ``.ann`` file with the text beside it."""
    root = path if path.is_dir() else path.parent
    for stem in _stems(path):
        try:
            yield _record(root, stem, context)
        except LineError as error:
            yield Problem(f"{stem}.ann", error.line, error.key, error.message)
        except RecordError as error:
            yield Problem(f"{stem}.ann", 0, error.key, error.message)


def _stems(path: Path) -> list[Path]:
    """Return the paths of all documents without suffix, those of one name side by side.

    A folder for each annotator holds files of the same names, which become one record.
    """
    if not path.is_dir():
        return [path.with_suffix("")]
    stems = set()
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        stems |= {
            Path(folder, name[: -len(".ann")])
            for name in files
            if name.endswith((".ann", ".txt")) and not name.startswith(".")
        }
    return sorted(stems, key=lambda stem: stem.relative_to(path).parts[::-1])


def _beside(stem: Path, suffix: str) -> Path:
    return stem.with_name(stem.name + suffix)


def _bytes_of(path: Path) -> bytes:
    with open_input(path) as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise RecordError("", f"{path.name} is longer than {LONGEST >> 20} MiB")
    return data


def _record(root: Path, stem: Path, context: ReadContext) -> Record:
    own = brat_details.read_details(_beside(stem, brat_details.SUFFIX))
    text, marked = _text(_beside(stem, ".txt"), context.encoding, ours=bool(own))
    name = _beside(stem, ".txt").relative_to(root).as_posix()
    meta = need_mapping(own.get("meta", {}), "annotator.meta")
    document = own_keys.make_document(own, text, meta=meta, own_id=name)
    if not own:
        encoding = context.encoding
        document = Document.of(name, text, encoding, marked)
    annotations = _beside(stem, ".ann")
    lines: list[Line] = []
    if annotations.exists():
        lines = list(split_lines(_decoded(annotations)))
    reader = _Lines(document, own, marked=marked and not own)
    made = reader.annotation_set(lines)
    return Record(document, (made,), Place(str(annotations)), tuple(reader.notes))


def _text(path: Path, encoding: str, *, ours: bool) -> tuple[str, bool]:
    if not path.exists():
        raise RecordError("", f"there is no {path.name} beside it, which holds the text")
    data = _bytes_of(path)
    if ours:
        # What we wrote has no byte order mark: one that is there is part of the text.
        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError as error:
            raise RecordError("", f"{path.name} is not UTF-8 (byte {error.start})") from None
    try:
        return decode_text(data, path, encoding)
    except AnnotatorError as error:
        raise RecordError("", str(error)) from None


def _decoded(path: Path) -> str:
    data = _bytes_of(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise LineError(number, "", f"not UTF-8 (byte {error.start})") from None


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
        found = [parse_text_bound(line) for line in lines if line.id.startswith("T")]
        links = self.links(lines)
        self.take_rest(lines, {one.line.id for one in found} | links.keys())
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
                self.notes.append(f"{len(self.kept)} lines of events and the like are kept as is")
            one.extra[NATIVE] = native
        return one

    def spans(self, found: list[TextBound]) -> list[Span]:
        units = units_of(self.document.text, found, marked=self.marked)
        if units.name:
            self.notes.append(f"its offsets count {units.name}, as the quotes in it prove")
        spans = []
        seen: set[str] = set()
        for one in found:
            if one.line.id in seen:
                raise LineError(one.line.number, one.line.id, "this id stands twice")
            seen.add(one.line.id)
            ranges = in_code_points(one.ranges, units)
            if ranges is None:
                message = "an offset lies within a character"
                raise LineError(one.line.number, one.line.id, message)
            spans.append(self.span(one, ranges))
        return spans

    def span(self, one: TextBound, ranges: tuple[tuple[int, int], ...]) -> Span:
        text = self.document.text
        start, end = ranges[0][0], ranges[-1][1]
        quote = one.quote or ""
        fits = all(0 <= a < b <= len(text) for a, b in ranges)
        fits = fits and all(one[1] <= two[0] for one, two in pairwise(ranges))
        if not fits and not quote.strip():
            shown = "; ".join(f"{a} to {b}" for a, b in ranges)
            message = f"{shown} is no range of a text of {len(text)} code points"
            raise LineError(one.line.number, one.line.id, message)
        if fits and (not quote.strip() or agrees(text, ranges, quote)):
            quote = text[start:end]
            ranges = join_at_breaks(text, ranges)
        else:
            quote = claimed_quote(text, ranges, quote)
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
            attributes=brat_details.told_attributes(
                details, self.pairs.get(own_id, []), keep=self.keep
            ),
            note=brat_details.told_note(details, self.said.get(own_id, "")),
        )

    def links(self, lines: list[Line]) -> dict[str, Line]:
        """Return the relations between two spans by their ids."""
        spans = {line.id for line in lines if line.id.startswith("T")}
        links: dict[str, Line] = {}
        for line in lines:
            parsed = parse_relation(line) if line.id.startswith("R") else None
            if parsed is None:
                continue
            if all(end in spans or end.startswith("T") for end in parsed[2]):
                if line.id in links:
                    raise LineError(line.number, line.id, "this id stands twice")
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
                attributes=brat_details.told_attributes(
                    details, self.pairs.get(own_id, []), keep=self.keep
                ),
                note=brat_details.told_note(details, self.said.get(own_id, "")),
            )

    def equivalences(self, lines: list[Line], by_id: Mapping[str, str]) -> Iterator[Relation]:
        """Iterate over the pairs of spans that make up equivalences."""
        number = 0
        for line in lines:
            parsed = parse_equivalence(line) if line.id == "*" else None
            if parsed is None or not set(parsed[1]) <= by_id.keys():
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

    def take_rest(self, lines: list[Line], items: set[str]) -> None:
        """Take attributes and notes of spans and relations; keep all other lines."""
        for line in lines:
            kind = line.id[0]
            if kind == "T" or (kind == "R" and line.id in items):
                continue
            if kind in "AM" and (parsed := parse_attribute(line)) and parsed[1] in items:
                name, about, value = parsed
                self.pairs.setdefault(about, []).append((name, value))
                self.ids[line.id] = f"{about} {name}"
                continue
            note = parse_note(line) if kind == "#" else None
            if note and note[0] == NOTE and note[1] in items and note[1] not in self.said:
                self.said[note[1]] = note[2]
                self.ids[line.id] = note[1]
                continue
            equivalence = parse_equivalence(line) if kind == "*" else None
            if equivalence and set(equivalence[1]) <= items and len(set(equivalence[1])) > 1:
                continue
            self.kept.append(line.whole)

    def details_of(
        self, line: Line, at: str, known: Mapping[str, Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Return the details of a line, if it is still what it was."""
        details = known.get(line.id)
        if details is None:
            return {}
        if details.get(brat_details.AT) != at:
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
