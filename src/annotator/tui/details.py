"""What the sidebar says about the place under the cursor; nothing of this draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.scheme import Attribute, Scheme
from ..domain.span import Relation, Span
from ..session.orphans import missed
from .line_widget import ELLIPSIS, draw
from .row_model import Row
from .sidebar_state import Target, show_value, squeeze

_COUNTED = 5_000
"""Spans up to which they are counted by label: counting must not be felt between two keys."""
_RELATED = 80
"""Code points of the quote at the other end of a relation."""
_LINES = 9
"""Lines that one value may take, as many as there are digits; the rest is in the form."""
_NARROW = 32
"""Cells of a list below which a long value stands under its name and not beside it."""
_INDENT = 2
_NAMES = 13
"""Cells that the names of details take at most."""


class Detail(NamedTuple):
    """One thing to be said.

    Attributes:
        name: what it is, e.g. an attribute's name.
        value: raw text; several lines where it holds newlines.
        role: style of the value.
        target: where choosing it leads; None for nowhere.
    """

    name: str
    value: str
    role: str = ""
    target: Target | None = None


class Details(NamedTuple):
    """Everything to be said about one place.

    Attributes:
        title: what is there: a label or a unit.
        title_role: its style.
        place: where, e.g. ``412-529 · 117``.
        details: one after the other.
    """

    title: str = "Details"
    title_role: str = ""
    place: str = ""
    details: tuple[Detail, ...] = ()


def span_details(
    span: Span,
    annotations: AnnotationSet,
    scheme: Scheme,
    value_keys: Sequence[str] = "123456789",
) -> Details:
    """Return what is known of a span: attributes, note, relations, origin.

    Args:
        span: a span of the set.
        annotations: the set.
        scheme: gives the order of attributes and the direction of relations.
        value_keys: what is pressed to set the first, the second ... value of a label's first
            choice; empty for one without a key.
    """
    found = [*_attributes(span, scheme, value_keys)]
    if span.note:
        found.append(Detail("note", span.note))
    relations = annotations.relations_of(span.id)
    found += [_relation(relation, span, annotations, scheme) for relation in relations]
    if span.fragments:
        found.append(Detail("fragments", ", ".join(f"{a}–{b}" for a, b in span.fragments)))
    if span.origin:
        found.append(Detail("from", _origin(span), "muted"))
    made = " ".join(part for part in (span.by, _minute(span.created)) if part)
    if made:
        found.append(Detail("by", made, "muted"))
    return Details(
        span.label, f"label.{span.label}", range_text(span.start, span.end), tuple(found)
    )


def place_details(
    document: Document, annotations: AnnotationSet, unit: str, start: int, end: int
) -> Details:
    """Return what is known where no span is: the unit under the cursor and the document.

    Args:
        document: the text.
        annotations: what was said about it.
        unit: name of the unit; empty where there is none.
        start: where the unit starts, in code points.
        end: where it ends.
    """
    found = []
    if unit:
        found.append(Detail("words", str(len(document.text[start:end].split()))))
    found.append(Detail("document", document.id))
    found.append(Detail("length", f"{document.length:,} code points"))
    if document.encoding != "utf-8" or document.bom:
        found.append(Detail("encoding", document.encoding + (" with BOM" if document.bom else "")))
    found.append(Detail("status", annotations.status))
    found += _counts(annotations)
    if count := len(missed(annotations)):
        found.append(Detail("orphans", f"{count} could not be placed", "warning"))
    if annotations.note:
        found.append(Detail("note", annotations.note))
    if not unit:
        return Details(details=tuple(found))
    return Details(unit, "", range_text(start, end), tuple(found))


def detail_rows(details: Details, width: int) -> tuple[Row, ...]:
    """Return details as rows, long values wrapped.

    Args:
        details: what is to be said.
        width: cells of the list.
    """
    names = min(_NAMES, max((cell_len(draw(d.name, _NAMES)) for d in details.details), default=0))
    if width < _NARROW:
        names = 0
    return tuple(
        row
        for number, detail in enumerate(details.details)
        for row in _rows(detail, str(number), width - 2, names)
    )


def _rows(detail: Detail, key: str, width: int, names: int) -> list[Row]:
    """Return the rows of one detail.

    Args:
        detail: what is to be said.
        key: beginning of the rows' keys.
        width: cells of a row's text.
        names: cells of the column of names; 0 for a list too narrow for columns.
    """
    name = draw(detail.name, _NAMES)
    column = max(names, cell_len(name)) + 1
    lines = wrap(detail.value, width - column)
    below = column
    if not names and len(lines) > 1:
        below = _INDENT
        lines = wrap(detail.value, width - below, first=width - column)
    parts = [(name, " " * (column - cell_len(name)), lines[0])]
    parts += [("", " " * below, line) for line in lines[1:]]
    return [
        Row(
            f"{key}.{place}",
            ((label, "muted"), (pad, ""), (text, detail.role)),
            target=detail.target,
        )
        for place, (label, pad, text) in enumerate(parts)
    ]


def wrap(text: str, width: int, limit: int = _LINES, first: int = 0) -> list[str]:
    """Return text wrapped at blanks to lines of cells, made visible.

    Args:
        text: raw text; it is also broken at its newlines.
        width: cells of a line.
        limit: lines at most; the last one then ends in an ellipsis.
        first: cells of the first line, which stays empty if no word fits; 0 for as many as the
            others have.
    """
    width = max(width, 4)
    bound = width * limit * 4
    lines: list[str] = []
    for paragraph in text[:bound].split("\n"):
        line = ""
        for word in draw(paragraph.rstrip("\r"), width * limit).split(" "):
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= (width if lines else first or width):
                line = longer
                continue
            if line or (first and not lines):
                lines.append(line)
            pieces = chop_cells(word, width) or [""]
            lines += pieces[:-1]
            line = pieces[-1]
        lines.append(line)
        if len(lines) > limit:
            break
    if len(lines) > limit or len(text) > bound:
        *before, last = lines[:limit]
        lines = [*before, set_cell_size(last, width - 1).rstrip() + ELLIPSIS]
    return lines


def _attributes(span: Span, scheme: Scheme, value_keys: Sequence[str]) -> Iterable[Detail]:
    label = scheme.labels.get(span.label)
    known = label.attributes if label else {}
    first = label.first_choice if label else None
    for attribute in known.values():
        if attribute.name in span.attributes:
            yield Detail(attribute.name, _value(span, attribute.name))
        elif attribute is first:
            yield Detail(attribute.name, _values(attribute, value_keys), "muted")
    for name in span.attributes:
        if name not in known:
            yield Detail(name, _value(span, name), "warning")


def _value(span: Span, name: str) -> str:
    value = span.attributes[name]
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return show_value(value)


def _values(attribute: Attribute, keys: Sequence[str]) -> str:
    """Return the values of an attribute that is not set, each with the keys that set it."""
    return "\n".join(
        f"{key} {value}" for key, value in zip(keys, attribute.values, strict=False) if key
    )


def _relation(relation: Relation, span: Span, annotations: AnnotationSet, scheme: Scheme) -> Detail:
    goes_out = relation.source == span.id
    other = annotations.spans.get(relation.target if goes_out else relation.source)
    name = f"{relation_sign(relation, scheme, goes_out)} {relation.type}"
    if other is None:
        return Detail(name, "a span that is gone", "warning")
    kind = ", ".join(show_value(value) for value in relation.attributes.values())
    quote = squeeze(other.quote, _RELATED)
    quote += "…" if len(other.quote) > _RELATED else ""
    value = f"{kind}: {quote}" if kind else quote
    return Detail(name, value, "", Target("relation", relation.id, other.start, other.end))


def relation_sign(relation: Relation, scheme: Scheme, goes_out: bool) -> str:
    """Return an arrow that says which way a relation points, seen from one of its spans."""
    kind = scheme.relations.get(relation.type)
    if kind is not None and kind.symmetric:
        return "↔"
    return "→" if goes_out else "←"


def _origin(span: Span) -> str:
    """Return who proposed a span, by what rule, and how sure of it."""
    known = [span.origin.get(name) for name in ("from", "rule", "score")]
    return " ".join(show_value(value) for value in known if value is not None)


def _counts(annotations: AnnotationSet) -> Iterable[Detail]:
    if len(annotations.spans) > _COUNTED:
        yield Detail("spans", f"{len(annotations.spans):,}")
    else:
        labels = Counter(span.label for span in annotations.spans.values())
        for label, count in sorted(labels.items()):
            yield Detail(label, str(count), f"label.{label}")
    if annotations.relations:
        yield Detail("relations", f"{len(annotations.relations):,}")


def range_text(start: int, end: int) -> str:
    """Return a range and its length, in code points, for people."""
    return f"{start}–{end} · {end - start}"


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")
