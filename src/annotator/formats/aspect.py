"""What a record may hold and a format may not: how to count it, and how to do without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.span import Relation, Span
from .changes import RELATION_SECTIONS, SECTIONS, revised, with_relations, with_sets, with_spans
from .record import Record


@dataclass(frozen=True, slots=True)
class Aspect:
    """One kind of thing that a format may be unable to hold.

    Attributes:
        name: short, lower case, words joined by ``-``.
        title: what is counted, in the plural: ``notes on spans``.
        count: how many there are in a record.
        without: the record without them; changes nothing where ``count`` is 0.
    """

    name: str
    title: str
    count: Callable[[Record], int]
    without: Callable[[Record], Record]


def spans_of(record: Record) -> Iterator[Span]:
    """Iterate over the spans of all sections of all sets."""
    for one in record.sets:
        for name in SECTIONS:
            yield from getattr(one, name).values()


def relations_of(record: Record) -> Iterator[Relation]:
    """Iterate over the relations of all sets, rejected ones too."""
    for one in record.sets:
        yield from relations_in(one)


def relations_in(one: AnnotationSet) -> Iterator[Relation]:
    """Iterate over the relations of a set, then over the rejected ones."""
    for name in RELATION_SECTIONS:
        yield from getattr(one, name).values()


def of_sets(name: str, title: str, count: Callable[[AnnotationSet], int], **emptied: Any) -> Aspect:
    """Return an aspect of annotation sets that is removed by setting some of their fields."""

    def without(record: Record) -> Record:
        return with_sets(record, lambda one: revised(one, **emptied))

    return Aspect(name, title, lambda record: sum(map(count, record.sets)), without)


def of_spans(
    name: str, title: str, count: Callable[[Span], int], strip: Callable[[Span], Span]
) -> Aspect:
    """Return an aspect of spans; ``strip`` removes it from one that has it."""

    def without(record: Record) -> Record:
        return with_spans(record, lambda span: strip(span) if count(span) else span)

    return Aspect(name, title, lambda record: sum(map(count, spans_of(record))), without)


def of_relations(
    name: str, title: str, count: Callable[[Relation], int], strip: Callable[[Relation], Relation]
) -> Aspect:
    """Return an aspect of relations; ``strip`` removes it from one that has it."""

    def without(record: Record) -> Record:
        return with_relations(record, lambda item: strip(item) if count(item) else item)

    return Aspect(name, title, lambda record: sum(map(count, relations_of(record))), without)


def of_characters(name: str, title: str, pattern: str) -> Aspect:
    """Return an aspect of texts: characters that a format cannot write become U+FFFD.

    Offsets stay as they are, since each takes the place of one code point.

    Args:
        name, title: see :class:`Aspect`.
        pattern: a regular expression that matches one such character.
    """
    find = re.compile(pattern)

    def without(record: Record) -> Record:
        document = record.document
        if not find.search(document.text):
            return record
        cleaned = type(document).of(
            document.id,
            find.sub("\ufffd", document.text),
            document.encoding,
            document.bom,
            document.meta,
        )
        return with_sets(replace(record, document=cleaned), partial(clean, cleaned.sha256))

    def clean(sha256: str, one: AnnotationSet) -> AnnotationSet:
        # Quotes follow the text; those of orphans do not stand in it.
        sections = {
            name: list(map(clean_span, getattr(one, name).values()))
            for name in ("spans", "rejected")
        }
        return revised(one, document=replace(one.document, sha256=sha256), **sections)

    def clean_span(span: Span) -> Span:
        return replace(
            span,
            quote=find.sub("\ufffd", span.quote),
            prefix=find.sub("\ufffd", span.prefix),
            suffix=find.sub("\ufffd", span.suffix),
        )

    def count(record: Record) -> int:
        return sum(1 for _ in find.finditer(record.document.text))

    return Aspect(name, title, count, without)


def kind_of(value: object) -> str:
    """Return the kind of an attribute's value: text, number, flag, list or other."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return "list"
    return "other"


def attributes_of_kind(name: str, title: str, kinds: Iterable[str]) -> Aspect:
    """Return the aspect of span attributes whose values are of some kinds."""
    wanted = frozenset(kinds)

    def count(span: Span) -> int:
        if not span.attributes:
            return 0
        return sum(1 for value in span.attributes.values() if kind_of(value) in wanted)

    def strip(span: Span) -> Span:
        kept = {key: v for key, v in span.attributes.items() if kind_of(v) not in wanted}
        return replace(span, attributes=kept)

    return of_spans(name, title, count, strip)
