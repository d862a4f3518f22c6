"""From the plain data of an annotation file to spans, relations and the document, checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ..domain.annotations import STATUSES, AnnotationSet, DocumentRef, Status
from ..domain.errors import Path, Problem, Source
from ..domain.span import Relation, Span

Keys = tuple[str, ...]
FORMAT = "annotator/1"
SET_KEYS: Keys = (
    "format", "document", "annotator", "scheme", "status", "note",
    "spans", "rejected", "orphans", "relations", "rejected_relations",
)  # fmt: skip
DOCUMENT_KEYS: Keys = ("id", "sha256", "length", "encoding", "bom")
SPAN_KEYS: Keys = (
    "id", "label", "start", "end", "quote", "prefix", "suffix", "fragments",
    "attributes", "note", "origin", "created", "by",
)  # fmt: skip
RELATION_KEYS: Keys = (
    "id", "type", "from", "to", "attributes", "note", "origin", "created", "by",
)  # fmt: skip


class SetShape:
    """Builds an annotation set and notes what has the wrong shape.

    What an annotation set can hold in memory is accepted; whether it makes sense for a text and
    a scheme is not asked here.

    Args:
        source: where the values stood.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def annotation_set(self, data: object) -> AnnotationSet:
        """Return the set of a whole file; sound only if there are no problems afterwards."""
        top = self.mapping((), data)
        if top.get("format") != FORMAT:
            found = f", found {top['format']!r}" if "format" in top else ""
            self.complain(("format",), f"expected {FORMAT}{found}")
        status = top.get("status")
        if status in (None, ""):
            status = "new"
        if status not in STATUSES:
            self.complain(("status",), f"{status!r} is none of {', '.join(STATUSES)}")
        return AnnotationSet(
            self.document(("document",), top.get("document")),
            self.needed((), top, "annotator"),
            self.needed((), top, "scheme"),
            status=cast("Status", status),
            note=self.text((), top, "note"),
            spans=self.spans("spans", top),
            rejected=self.spans("rejected", top),
            orphans=self.spans("orphans", top),
            relations=self.relations("relations", top),
            rejected_relations=self.relations("rejected_relations", top),
            extra=_extra(top, SET_KEYS),
        )

    def document(self, path: Path, data: object) -> DocumentRef:
        """Return what the file says of its text."""
        top = self.mapping(path, data)
        bom = top.get("bom")
        if bom is not None and not isinstance(bom, bool):
            self.complain((*path, "bom"), f"{bom!r} is not true or false")
        return DocumentRef(
            self.needed(path, top, "id"),
            self.needed(path, top, "sha256"),
            self.number(path, top, "length"),
            self.text(path, top, "encoding") or "utf-8",
            bool(bom),
            _extra(top, DOCUMENT_KEYS),
        )

    def spans(self, section: str, top: Mapping[str, Any]) -> list[Span]:
        """Return the spans of a section."""
        items = self.items(section, top)
        spans = [self.span((section, place), item) for place, item in enumerate(items)]
        self.check_ids(section, spans)
        return spans

    def relations(self, section: str, top: Mapping[str, Any]) -> list[Relation]:
        """Return the relations of a section."""
        items = self.items(section, top)
        relations = [self.relation((section, n), item) for n, item in enumerate(items)]
        self.check_ids(section, relations)
        return relations

    def span(self, path: Path, data: object) -> Span:
        """Return one span."""
        top = self.mapping(path, data)
        start, end = self.number(path, top, "start"), self.number(path, top, "end")
        if start >= end and "start" in top and "end" in top:
            self.complain((*path, "end"), f"a span must end behind its start; {start} to {end}")
        return Span(
            id=self.needed(path, top, "id"),
            label=self.needed(path, top, "label"),
            start=start,
            end=end,
            quote=self.text(path, top, "quote"),
            prefix=self.text(path, top, "prefix"),
            suffix=self.text(path, top, "suffix"),
            fragments=self.fragments((*path, "fragments"), top.get("fragments")),
            attributes=self.values(path, top, "attributes"),
            note=self.text(path, top, "note"),
            origin=self.values(path, top, "origin"),
            created=self.text(path, top, "created"),
            by=self.text(path, top, "by"),
            extra=_extra(top, SPAN_KEYS),
        )

    def relation(self, path: Path, data: object) -> Relation:
        """Return one relation."""
        top = self.mapping(path, data)
        return Relation(
            id=self.needed(path, top, "id"),
            type=self.needed(path, top, "type"),
            source=self.needed(path, top, "from"),
            target=self.needed(path, top, "to"),
            attributes=self.values(path, top, "attributes"),
            note=self.text(path, top, "note"),
            origin=self.values(path, top, "origin"),
            created=self.text(path, top, "created"),
            by=self.text(path, top, "by"),
            extra=_extra(top, RELATION_KEYS),
        )

    def fragments(self, path: Path, data: object) -> tuple[tuple[int, int], ...]:
        """Return the ranges of a discontinuous span."""
        if data is None:
            return ()
        fragments = []
        for place, pair in enumerate(data if isinstance(data, list) else [data]):
            if not _is_range(pair):
                self.complain((*path, place), f"{pair!r} is not [start, end]")
            else:
                fragments.append((pair[0], pair[1]))
        return tuple(fragments)

    def check_ids(self, section: str, items: list[Any]) -> None:
        """Complain about ids that stand twice in a section."""
        first: dict[str, int] = {}
        for place, item in enumerate(items):
            if item.id and first.setdefault(item.id, place) != place:
                path = (section, first[item.id], "id")
                line = self.source.problem(path, "").line
                self.complain((section, place, "id"), f"{item.id!r} stands in line {line} already")

    def complain(self, path: Path, message: str) -> None:
        """Note a problem at a path."""
        self.problems.append(self.source.problem(path, message))

    def mapping(self, path: Path, data: object) -> Mapping[str, Any]:
        """Return data that must be keys and values."""
        if isinstance(data, dict):
            return data
        self.complain(path, "missing" if data is None else "expected keys and values")
        return {}

    def items(self, section: str, top: Mapping[str, Any]) -> list[Any]:
        """Return the items of a section that must be a list, or be left out."""
        data = top.get(section)
        if data is None:
            return []
        if not isinstance(data, list):
            self.complain((section,), "expected a list")
            return []
        return data

    def needed(self, path: Path, top: Mapping[str, Any], key: str) -> str:
        """Return a string that must be there."""
        if top and top.get(key) in (None, ""):
            self.complain((*path, key), "missing")
            return ""
        return self.text(path, top, key)

    def text(self, path: Path, top: Mapping[str, Any], key: str) -> str:
        """Return a string, empty if it is left out."""
        value = top.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        hint = "" if isinstance(value, dict | list) else "; put it in quotes"
        self.complain((*path, key), f"{value!r} is not a string{hint}")
        return ""

    def number(self, path: Path, top: Mapping[str, Any], key: str) -> int:
        """Return a whole number from 0 that must be there."""
        value = top.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if top:
            wrong = f"{value!r} is not a whole number from 0"
            self.complain((*path, key), "missing" if value is None else wrong)
        return 0

    def values(self, path: Path, top: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """Return keys and values, none if they are left out."""
        value = top.get(key)
        return {} if value is None else self.mapping((*path, key), value)


def _is_range(pair: object) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(end) is int for end in pair)
        and 0 <= pair[0] < pair[1]
    )


def _extra(top: Mapping[str, Any], known: Keys) -> dict[str, Any]:
    return {} if top.keys() <= _SETS[known] else {k: v for k, v in top.items() if k not in known}


_SETS = {keys: frozenset(keys) for keys in (SET_KEYS, DOCUMENT_KEYS, SPAN_KEYS, RELATION_KEYS)}
