"""Differences of annotation sets for people and for programs."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from ..text.lines import LineTable
from .output import safe, write

if TYPE_CHECKING:
    from ..quality.differences import Differences, RelationDifference, SpanDifference

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_COLOURS = {"added": "32", "removed": "31", "changed": "33"}
_LONGEST = 72
"""Code points of a quote that are shown."""
_AROUND = 16
"""Code points of context that are shown on either side."""


class DiffReport:
    """Prints differences, one a line, with what changed below it.

    Args:
        colour: whether to mark added, removed and changed by colour.
    """

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour
        self._older: LineTable | None = None

    @classmethod
    def for_stdout(cls) -> DiffReport:
        """Return a report with colour on a terminal, unless NO_COLOR is set."""
        live = sys.stdout is not None and sys.stdout.isatty()
        return cls(colour=live and not os.environ.get("NO_COLOR"))

    def write(
        self,
        document: str,
        sets: tuple[AnnotationSet, AnnotationSet],
        found: Differences,
        text: str | None,
    ) -> None:
        """Print all differences of a document and a line that counts them."""
        before, after = (one.annotator for one in sets)
        self._line(f"--- {document} ({before})", "1")
        self._line(f"+++ {document} ({after})", "1")
        if found.other_text:
            self._line("! the two speak of different states of the text", "33")
        places = LineTable(text) if text is not None else None
        self._older = None if found.other_text else places
        for name, (old, new) in found.fields.items():
            self._line(f"~ document {name}: {_value(old)} -> {_value(new)}", _COLOURS["changed"])
        for span in found.spans:
            self._span(span, places)
        for link in found.relations:
            self._relation(link, places)
        kinds: Counter[str] = Counter(
            [one.kind for one in found.spans] + [one.kind for one in found.relations]
        )
        counts = ", ".join(f"{kinds[kind]} {kind}" for kind in _SIGNS if kinds[kind])
        self._line(f"{counts or 'only status or note differ'}; {found.same} spans the same", "1")

    def _span(self, one: SpanDifference, places: LineTable | None) -> None:
        span, colour = one.span, _COLOURS[one.kind]
        where = "" if one.section == "spans" else f" ({one.section})"
        what = f" [{', '.join(one.fields)}]" if one.fields else ""
        where_from = self._older if one.kind == "removed" else places
        # An orphan's offsets are those that it had in an older text.
        where_from = None if one.section == "orphans" else where_from
        older = None if one.was == "orphans" else self._older
        head = f"{_SIGNS[one.kind]} {_place(span, where_from)} {span.label}{where}{what}"
        self._line(head, colour)
        if one.before is not None and one.after is not None:
            if "section" in one.fields:
                self._line(f"    section: {one.was} -> {one.section}")
            for line in _changes(one.before, one.after, one.fields, older, where_from):
                self._line(f"    {line}")
            if "bounds" not in one.fields:
                self._line(f"    {_quoted(span)}")
        else:
            self._line(f"    {_quoted(span)}")
            if span.attributes:
                self._line(f"    {_values(span.attributes)}")

    def _relation(self, one: RelationDifference, places: LineTable | None) -> None:
        relation = one.relation
        where = "" if one.section == "relations" else f" ({one.section})"
        what = f" [{', '.join(one.fields)}]" if one.fields else ""
        head = f"{_SIGNS[one.kind]} relation {relation.type}{where}{what}"
        self._line(head, _COLOURS[one.kind])
        ids = relation.source, relation.target
        for word, span, name in zip(("from", "to  "), one.ends, ids, strict=True):
            told = f"{_place(span, places)} {_quoted(span)}" if span is not None else name
            self._line(f"    {word} {told}")
        if one.before is not None and one.after is not None:
            for line in _plain_changes(one.before, one.after, one.fields):
                self._line(f"    {line}")

    def _line(self, text: str, colour: str = "") -> None:
        said = safe(text)
        write(f"\x1b[{colour}m{said}\x1b[0m\n" if colour and self._colour else f"{said}\n")


def to_json(
    document: str,
    sets: tuple[AnnotationSet, AnnotationSet],
    found: Differences,
    text: str | None,
) -> dict[str, Any]:
    """Return the differences of a document as plain data; lines and columns count from 1."""
    places = LineTable(text) if text is not None else None
    older = None if found.other_text else places
    return {
        "document": document,
        "annotators": [one.annotator for one in sets],
        "other_text": found.other_text,
        "same": found.same,
        "fields": {name: {"before": a, "after": b} for name, (a, b) in found.fields.items()},
        "spans": [
            {
                "section": one.section,
                "was": one.was if one.before is not None else None,
                "kind": one.kind,
                "fields": list(one.fields),
                "before": _span_json(one.before, older),
                "after": _span_json(one.after, places),
            }
            for one in found.spans
        ],
        "relations": [
            {
                "section": one.section,
                "kind": one.kind,
                "fields": list(one.fields),
                "before": _relation_json(one.before),
                "after": _relation_json(one.after),
            }
            for one in found.relations
        ],
    }


def _changes(
    before: Span,
    after: Span,
    fields: tuple[str, ...],
    older: LineTable | None,
    places: LineTable | None,
) -> Iterator[str]:
    if "bounds" in fields:
        yield f"- {_place(before, older)} {_quoted(before)}"
        yield f"+ {_place(after, places)} {_quoted(after)}"
    if "label" in fields:
        yield f"label: {before.label} -> {after.label}"
    yield from _plain_changes(before, after, fields)


def _plain_changes(
    before: Span | Relation, after: Span | Relation, fields: tuple[str, ...]
) -> Iterator[str]:
    if "attributes" in fields:
        old, new = before.attributes, after.attributes
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                yield f"{name}: {_value(old.get(name))} -> {_value(new.get(name))}"
    if "note" in fields:
        yield f"note: {_value(before.note)} -> {_value(after.note)}"


def _place(span: Span, places: LineTable | None) -> str:
    """Return line:column and offsets; offsets alone where the text is not at hand."""
    offsets = f"[{span.start}, {span.end})"
    if places is None:
        return offsets
    line, column = places.place(span.start)
    return f"{line}:{column} {offsets}"


def _quoted(span: Span) -> str:
    quote = span.quote
    if len(quote) > _LONGEST:
        half = _LONGEST // 2
        quote = f"{quote[:half]} ... {quote[-half:]}"
    before = span.prefix[-_AROUND:].replace("\n", "⏎")
    behind = span.suffix[:_AROUND].replace("\n", "⏎")
    return f"{before}«{quote.replace(chr(10), '⏎')}»{behind}"


def _values(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if value is None or value == "":
        return "unset"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _span_json(span: Span | None, places: LineTable | None) -> dict[str, Any] | None:
    if span is None:
        return None
    line, column = places.place(span.start) if places is not None else (None, None)
    return {
        "id": span.id,
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "quote": span.quote,
        "attributes": dict(span.attributes),
        "note": span.note,
        "by": span.by,
    }


def _relation_json(relation: Relation | None) -> dict[str, Any] | None:
    if relation is None:
        return None
    return {
        "id": relation.id,
        "type": relation.type,
        "from": relation.source,
        "to": relation.target,
        "attributes": dict(relation.attributes),
        "note": relation.note,
    }
