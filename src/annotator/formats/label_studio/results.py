"""Reads the results of one annotation of Label Studio; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..offsets import Counter
from ..reading import (
    id_text,
    join_key,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    optional_text,
    shown,
)
from ..record import RecordError
from .keys import LABELS, MODEL_PREFIX, NATIVE, TEXT, UNNAMED, attribute_value

LABEL_TYPES = ("labels", "hypertextlabels", "paragraphlabels")
_ATTRIBUTE_TYPES = ("choices", "textarea", "number", "rating")
_OUR_KEYS = frozenset({own_keys.KEY, "result", "was_cancelled", "model_version"})
_REGION_KEYS = frozenset(
    {"id", "from_name", "to_name", "type", "value", "origin", "score", own_keys.KEY}
)


def quotes_of(annotations: list[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Iterate over ranges and quotes of regions, whatever is wrong with others."""
    for annotation in annotations:
        results = annotation.get("result")
        for result in results if isinstance(results, list) else ():
            value = result.get("value") if isinstance(result, dict) else None
            if not isinstance(value, dict) or not isinstance(value.get("text"), str):
                continue
            start, end = value.get("start"), value.get("end")
            if type(start) is int and type(end) is int and 0 <= start < end:
                yield start, end, _quote(value)


def _quote(value: Mapping[str, Any]) -> str:
    """Return the quote of a region, in which old versions wrote line ends as two characters."""
    quote = value.get("text")
    if not isinstance(quote, str):
        return ""
    start, end = value.get("start"), value.get("end")
    if type(start) is int and type(end) is int and len(quote) != end - start:
        shorter = quote.replace("\\n", "\n")
        if len(shorter) == end - start:
            return shorter
    return quote


class Annotation:
    """Makes an annotation set of an annotation or prediction.

    Args:
        at: dotted path of the annotation in its task.
        annotation: what it is.
        document: the task's text.
        counter: conversion of its offsets.
        others: names of tags of other texts of the task, whose regions are none of this text.
    """

    def __init__(
        self,
        at: str,
        annotation: dict[str, Any],
        document: Document,
        counter: Counter,
        others: frozenset[str] = frozenset(),
    ) -> None:
        self.at = at
        self.annotation = annotation
        self.document = document
        self.counter = counter
        self.own = own_keys.own_details(annotation)
        self.spans: dict[str, Span] = {}
        self.relations: list[Relation] = []
        self.attributes: dict[str, dict[str, Any]] = {}
        self.other: list[Any] = []
        self.others = others
        self.tags: dict[str, list[str]] = {}

    def set_with(self, kept: Mapping[str, Any]) -> tuple[AnnotationSet, int]:
        """Return the set, and how many results it has no place for.

        Args:
            kept: what the task had and the program has no place for.
        """
        results = need_list(self.annotation.get("result"), join_key(self.at, "result"))
        for number, value in enumerate(results):
            at = join_key(join_key(self.at, "result"), number)
            self.result(at, need_mapping(value, at))
        at = join_key(self.at, own_keys.KEY)
        rejected = [
            own_keys.read_full_span(value, join_key(at, "rejected"))
            for value in need_list(self.own.get("rejected"), join_key(at, "rejected"))
        ]
        for value in need_list(self.own.get("relations"), join_key(at, "relations")):
            top = need_mapping(value, at)
            for name in ("id", "type", "from", "to"):
                need_text(top, name, join_key(at, "relations"))
            self.relations.append(own_keys.make_relation(top, at, type=top["type"]))
        native = dict(kept)
        ours = _OUR_KEYS | ({"id"} if self.own else set())
        if others := {k: v for k, v in self.annotation.items() if k not in ours}:
            native["annotation"] = others
        if self.other:
            native["results"] = self.other
        if self.tags:
            native["tags"] = self.tags
        one = own_keys.make_set(
            self.own,
            self.document,
            spans=[self.with_attributes(span) for span in self.spans.values()],
            rejected=rejected,
            relations=self.relations,
            at=at,
            annotator=self.annotator(),
            status="skipped" if self.annotation.get("was_cancelled") is True else self.status(),
            extra={NATIVE: native} if native else {},
        )
        return one, len(self.other)

    def status(self) -> str:
        """Return the status of a text whose annotation does not say it."""
        return "done" if self.annotation and not (self.own or self.is_prediction()) else "new"

    def is_prediction(self) -> bool:
        """Say whether a model made it."""
        return self.at.startswith("predictions")

    def annotator(self) -> str:
        """Return who made it, or nothing."""
        if self.is_prediction():
            version = self.annotation.get("model_version")
            return f"{MODEL_PREFIX}{version if isinstance(version, str) else 'label-studio'}"
        by = self.annotation.get("completed_by")
        if isinstance(by, dict):
            by = by.get("email") or by.get("username") or by.get("id")
        if isinstance(by, str):
            return by
        return f"user-{by}" if type(by) is int else ""

    def result(self, at: str, result: dict[str, Any]) -> None:
        """Take one result: a region, an attribute of one, a relation, or something else."""
        kind = result.get("type")
        value = result.get("value")
        if kind == "relation":
            self.relation(at, result)
        elif not isinstance(value, dict) or not isinstance(kind, str) or self.is_elsewhere(result):
            self.other.append(result)
        elif kind in LABEL_TYPES and isinstance(value.get(kind), list) and "start" in value:
            self.region(at, result, value, value[kind])
        elif kind in _ATTRIBUTE_TYPES and "start" in value and isinstance(result.get("id"), str):
            found = attribute_value(kind, value)
            if found is None:
                self.other.append(result)
            else:
                name = optional_text(result, "from_name", at) or kind
                self.remember(f"attribute {name}", result, (name, TEXT, kind))
                self.attributes.setdefault(result["id"], {})[name] = found
        else:
            self.other.append(result)

    def is_elsewhere(self, result: Mapping[str, Any]) -> bool:
        """Say whether a result is about another text of its task."""
        to_name = result.get("to_name")
        return isinstance(to_name, str) and to_name in self.others

    def region(
        self, at: str, result: dict[str, Any], value: dict[str, Any], labels: list[Any]
    ) -> None:
        """Take a region: a span for each of its labels."""
        if isinstance(value["start"], str):
            self.other.append(result)  # an XPath of a web page
            return
        where = join_key(at, "value")
        start, end = (
            self.counter.into(need_offset(value, name, where), join_key(where, name))
            for name in ("start", "end")
        )
        if end <= start:
            raise RecordError(where, f"a span must end behind its start; {start} to {end}")
        own_id = id_text(result.get("id"), join_key(at, "id")) or f"s{len(self.spans) + 1}"
        details = result.get(own_keys.KEY)
        known = dict(details) if isinstance(details, dict) else {}
        if not own_keys.is_span_details(known):
            known = {}
        if "note" not in known and (note := _note(result)):
            known["note"] = note
        predicted = self.is_prediction() or result.get("origin") == "prediction"
        if "origin" not in known and predicted and not self.own and "score" in result:
            known["origin"] = {"from": NATIVE, "score": result["score"]}
        kept = {key: item for key, item in result.items() if key not in _REGION_KEYS}
        if _note(result) and result.get("meta", {}).keys() == {"text"}:
            del kept["meta"]
        if kept and not self.own:
            known["extra"] = {NATIVE: kept}
        for label in labels or ["SPAN"]:
            if not isinstance(label, str) or not label:
                raise RecordError(where, f"{shown(label)} is no label")
            self.remember(f"label {label}", result, (LABELS, TEXT, "labels"))
            # A region with several labels, of one tag or of several, is as many spans.
            span_id, number = own_id, 1
            while span_id in self.spans:
                number += 1
                span_id = f"{own_id}.{number}"
            self.spans[span_id] = own_keys.make_span(
                known,
                join_key(at, own_keys.KEY),
                id=span_id,
                label=label,
                start=start,
                end=end,
                quote=_quote(value),
            )

    def remember(self, what: str, result: Mapping[str, Any], usual: tuple[str, str, str]) -> None:
        """Remember the tags of a label or an attribute, and the type of its results."""
        found = tuple(str(result.get(key, "")) for key in ("from_name", "to_name", "type"))
        if not self.own and found != usual:
            self.tags.setdefault(what, list(found))

    def with_attributes(self, span: Span) -> Span:
        """Return a span with the attributes of its region, those of our own key first."""
        found = self.attributes.get(span.id, {})
        attributes = dict(span.attributes)
        for tag, value in found.items():
            attributes.setdefault(tag.removeprefix(f"{span.label}."), value)
        if attributes == span.attributes:
            return span
        return own_keys.with_attributes(span, attributes)

    def relation(self, at: str, result: dict[str, Any]) -> None:
        """Take a relation of two regions."""
        labels = need_list(result.get("labels"), join_key(at, "labels"))
        kind = labels[0] if labels and isinstance(labels[0], str) and labels[0] else UNNAMED
        source, target = (need_text(result, key, at) for key in ("from_id", "to_id"))
        direction = result.get("direction")
        if direction == "left":
            source, target = target, source
        fields: dict[str, Any] = {"id": f"r{len(self.relations) + 1}", "from": source}
        fields["to"] = target
        details = result.get(own_keys.KEY)
        if isinstance(details, dict) and own_keys.is_relation_details(details):
            fields |= details
        elif labels != [kind] or direction not in (None, "right"):
            fields["extra"] = {NATIVE: {"direction": direction, "labels": labels}}
        self.relations.append(own_keys.make_relation(fields, join_key(at, own_keys.KEY), type=kind))


def _note(result: Mapping[str, Any]) -> str:
    """Return the notes on a region."""
    meta = result.get("meta")
    texts = meta.get("text") if isinstance(meta, dict) else None
    if isinstance(texts, str):
        return texts
    if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
        return "\n".join(texts)
    return ""
