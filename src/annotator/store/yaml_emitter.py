"""Canonical YAML of an annotation set: one way to write each set, the same on every machine.

Keys and items stand in a fixed order, one line each, so that a diff shows what changed and
nothing else. PyYAML's C dumper would take some fifty times as long.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any

from ..domain.annotations import AnnotationSet, DocumentRef
from ..domain.span import Relation, Span
from .set_shape import DOCUMENT_KEYS, FORMAT, RELATION_KEYS, SET_KEYS, SPAN_KEYS
from .yaml_scalars import block_scalar, flow_scalar

_LONGEST_KEY = 128
"""Longest key, in code points of the file, that stands without ``?``; YAML allows 1024."""
_CONSTANTS = {None: "null", True: "true", False: "false"}
_BATCH = 500
"""Items of a section that are turned into bytes at a time: some hundred kilobytes."""


def dump_set(annotations: AnnotationSet) -> str:
    """Return the canonical YAML of an annotation set.

    Spans stand by (start, longer first, id), relations by (created, id). Empty fields are left
    out. Unknown keys stand at the end of their mapping, in flow style.

    Raises:
        TypeError: an attribute, an origin or an unknown key holds what JSON cannot.
    """
    return "".join(f"{lines}\n" for lines in _Emitter().dump(annotations))


def dump_set_in_parts(annotations: AnnotationSet) -> Iterator[bytes]:
    """Yield the canonical YAML of an annotation set in UTF-8, bit by bit.

    The whole of a large set would be tens of megabytes, and several times over.

    Raises:
        TypeError: as :func:`dump_set`.
    """
    lines = _Emitter().dump(annotations)
    while batch := list(islice(lines, _BATCH)):
        batch.append("")
        yield "\n".join(batch).encode("utf-8")


class _Remembered(dict[str, str]):
    """What a function made of strings that stand in many spans."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: str) -> str:
        made = self[value] = self._make(value)
        return made


class _Emitter:
    def __init__(self) -> None:
        self.short = _Remembered(block_scalar)
        self.words = _Remembered(flow_scalar)
        self.keys = _Remembered(_flow_key)

    def dump(self, annotations: AnnotationSet) -> Iterator[str]:
        """Yield the lines of a set, those of a span as one, without the line end behind them."""
        yield f"format: {FORMAT}"
        yield f"document: {self.document(annotations.document)}"
        yield f"annotator: {block_scalar(annotations.annotator)}"
        yield f"scheme: {block_scalar(annotations.scheme)}"
        yield f"status: {block_scalar(annotations.status)}"
        if annotations.note:
            yield f"note: {block_scalar(annotations.note)}"
        yield "spans:" if annotations.spans else "spans: []"
        yield from self.spans(annotations.spans)
        if annotations.rejected:
            yield "rejected:"
            yield from self.spans(annotations.rejected)
        if annotations.orphans:
            yield "orphans:"
            yield from self.spans(annotations.orphans)
        if annotations.relations:
            yield "relations:"
            yield from self.relations(annotations.relations)
        if annotations.rejected_relations:
            yield "rejected_relations:"
            yield from self.relations(annotations.rejected_relations)
        yield from self.extra("\n", annotations.extra, SET_KEYS)

    def spans(self, spans: Mapping[str, Span]) -> Iterator[str]:
        # Three stable sorts by what is there already need no key made for each span.
        ordered = sorted(spans.values(), key=attrgetter("id"))
        ordered.sort(key=attrgetter("end"), reverse=True)
        ordered.sort(key=attrgetter("start"))
        return map(self.span, ordered)

    def span(self, span: Span) -> str:
        """Return a span's lines, without the last line end."""
        short = self.short
        block = (
            f"- id: {block_scalar(span.id)}\n  label: {short[span.label]}\n"
            f"  start: {span.start}\n  end: {span.end}"
        )
        if quote := span.quote:
            block += f"\n  quote: {block_scalar(quote)}"
        if prefix := span.prefix:
            block += f"\n  prefix: {block_scalar(prefix)}"
        if suffix := span.suffix:
            block += f"\n  suffix: {block_scalar(suffix)}"
        if span.fragments:
            block += f"\n  fragments: {self.flow(span.fragments)}"
        if span.attributes:
            block += f"\n  attributes: {self.flow_map(span.attributes)}"
        if span.note:
            block += f"\n  note: {block_scalar(span.note)}"
        if span.origin:
            block += f"\n  origin: {self.flow_map(span.origin)}"
        if span.created:
            block += f"\n  created: {short[span.created]}"
        if span.by:
            block += f"\n  by: {short[span.by]}"
        if span.extra:
            block = "\n  ".join([block, *self.extra("\n  ", span.extra, SPAN_KEYS)])
        return block

    def relations(self, relations: Mapping[str, Relation]) -> Iterator[str]:
        ordered = sorted(relations.values(), key=lambda relation: (relation.created, relation.id))
        return (f"- {self.relation(relation)}" for relation in ordered)

    def relation(self, relation: Relation) -> str:
        pairs: dict[str, Any] = {
            "id": relation.id,
            "type": relation.type,
            "from": relation.source,
            "to": relation.target,
        }
        for key in RELATION_KEYS[4:]:
            if value := getattr(relation, key):
                pairs[key] = value
        return self.flow_map(_with_extra(pairs, relation.extra, RELATION_KEYS))

    def document(self, document: DocumentRef) -> str:
        pairs: dict[str, Any] = {
            "id": document.id,
            "sha256": document.sha256,
            "length": document.length,
            "encoding": document.encoding,
        }
        if document.bom:
            pairs["bom"] = True
        return self.flow_map(_with_extra(pairs, document.extra, DOCUMENT_KEYS))

    def extra(self, line_end: str, extra: Mapping[str, Any], known: tuple[str, ...]) -> list[str]:
        """Return a block mapping's unknown keys, a line each."""
        return [
            f"{_key(key, line_end)}: {self.flow(value)}"
            for key, value in extra.items()
            if key not in known
        ]

    def flow_map(self, value: Mapping[str, Any]) -> str:
        keys, words = self.keys, self.words
        pairs = [
            keys[key] + (words[item] if type(item) is str else self.flow(item))
            for key, item in value.items()
        ]
        return f"{{{', '.join(pairs)}}}"

    def flow(self, value: Any) -> str:
        """Return a JSON-like value in flow style.

        Raises:
            TypeError: it is not JSON-like.
        """
        if isinstance(value, str):
            return self.words[value]
        if isinstance(value, float):
            return _float(value)
        if value is None or isinstance(value, bool):
            return _CONSTANTS[value]
        if isinstance(value, int):
            return str(int(value))
        if isinstance(value, Mapping):
            return self.flow_map(value)
        if isinstance(value, list | tuple):
            return f"[{', '.join(map(self.flow, value))}]"
        raise TypeError(f"{type(value).__name__} has no place in an annotation file")


def _with_extra(
    pairs: dict[str, Any], extra: Mapping[str, Any], known: tuple[str, ...]
) -> dict[str, Any]:
    """Add unknown keys; one that is known must not stand twice."""
    return pairs | {key: value for key, value in extra.items() if key not in known}


def _flow_key(key: str) -> str:
    return f"{_key(key, ' ')}: "


def _key(key: str, separator: str) -> str:
    scalar = flow_scalar(key)
    return scalar if len(scalar) <= _LONGEST_KEY else f"? {scalar}{separator}"


def _float(value: float) -> str:
    """Return a number as YAML 1.1 and 1.2 read it: with a dot, and a sign in the exponent."""
    text = repr(float(value))
    if "." in text:
        return text
    if math.isfinite(value):
        return text.replace("e", ".0e")
    return text.replace("inf", ".inf").replace("nan", ".nan")
