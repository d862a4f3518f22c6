"""Reads Label Studio JSON; see :mod:`.label_studio`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import Problem
from ..domain.span import Relation, Span
from . import own_keys
from .base import Item, Place, ReadContext, Record, RecordError
from .json_items import json_items
from .label_studio_keys import MODEL_PREFIX, NATIVE, attribute_value
from .offsets import Counter, counter_for
from .reading import (
    id_text,
    join_key,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    optional_text,
    shown,
)
from .utf16 import Utf16

_LABEL_TYPES = ("labels", "hypertextlabels", "paragraphlabels")
_ATTRIBUTE_TYPES = ("choices", "textarea", "number", "rating")
_TASK_KEYS = frozenset({"id", "data", "meta", "annotations", "completions", "predictions"})
_OUR_KEYS = frozenset({own_keys.KEY, "result", "was_cancelled", "model_version"})


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Iterate over the tasks of a file."""
    reader = _Reader(context.options["text-key"])
    for entry in json_items(path):
        if isinstance(entry, Problem):
            yield entry
            continue
        place, value = entry
        try:
            record = reader.record(place, value)
        except RecordError as error:
            yield place.problem(error.key, error.message)
        else:
            yield record


class _Reader:
    """Reads tasks, and remembers which unit the quotes of earlier ones proved.

    Args:
        text_key: key of the text in a task's data; empty to find it.
    """

    def __init__(self, text_key: str) -> None:
        self.text_key = text_key
        self.proved = "utf-16"

    def record(self, place: Place, value: Any) -> Record:
        task = need_mapping(value)
        data = need_mapping(task.get("data"), "data")
        key = self.text_key_of(data)
        text = need_text(data, key, "data")
        found = task.get("meta")
        meta: dict[str, Any] = found if isinstance(found, dict) else {}
        own = own_keys.own_details(meta)
        known = {k: v for k, v in meta.items() if not (own and k == own_keys.KEY)}
        known |= need_mapping(own.get("meta", {}), "meta.annotator.meta")
        document = own_keys.make_document(
            own, text, meta=known, own_id=id_text(task.get("id"), "id")
        )
        listed = [*self.listed(task, "annotations"), *self.listed(task, "predictions")]
        counter = self.counter_for(text, [annotation for _, annotation in listed])
        kept: dict[str, Any] = {}
        if rest := {k: v for k, v in data.items() if k != key}:
            kept["data"] = rest
        if key != "text":
            kept["text_key"] = key
        if others := {k: v for k, v in task.items() if k not in _TASK_KEYS}:
            kept["task"] = others
        notes: list[str] = []
        sets = []
        for at, annotation in listed:
            one, hidden = _Annotation(at, annotation, document, counter).set_with(kept)
            sets.append(one)
            if hidden:
                notes.append(f"{hidden} results of other kinds are kept, and not shown")
        return Record(document, _named_apart(sets), place, tuple(notes))

    def text_key_of(self, data: Mapping[str, Any]) -> str:
        if self.text_key:
            return self.text_key
        if isinstance(data.get("text"), str):
            return "text"
        texts = [key for key, value in data.items() if isinstance(value, str)]
        if len(texts) == 1:
            return texts[0]
        raise RecordError("data", "which of the keys is the text? Name it with --text-key")

    @staticmethod
    def listed(task: Mapping[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
        values = task.get(key)
        if values is None and key == "annotations":
            values = task.get("completions")  # the name before version 1.0
        return [
            (join_key(key, number), need_mapping(value, join_key(key, number)))
            for number, value in enumerate(need_list(values, key))
        ]

    def counter_for(self, text: str, annotations: list[dict[str, Any]]) -> Counter:
        """Return the conversion of offsets that agrees with most quotes of a task."""
        table = Utf16(text)
        if table:
            points = units = 0
            for start, end, quote in _quotes(annotations):
                points += text[start:end] == quote
                first, last = table.points(start), table.points(end)
                units += first is not None and last is not None and text[first:last] == quote
            if points != units:
                self.proved = "utf-16" if units > points else "code-points"
        return counter_for(text, self.proved)


def _quotes(annotations: list[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
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


def _named_apart(sets: list[AnnotationSet]) -> tuple[AnnotationSet, ...]:
    """Return sets whose annotators differ: a second one by the same is numbered."""
    seen: dict[str, int] = {}
    for one in sets:
        seen[one.annotator] = count = seen.get(one.annotator, 0) + 1
        if count > 1:
            one.annotator = f"{one.annotator or 'annotator'}-{count}"
    return tuple(sets)


class _Annotation:
    def __init__(
        self, at: str, annotation: dict[str, Any], document: Document, counter: Counter
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
        return "new" if self.own or self.is_prediction() else "done"

    def is_prediction(self) -> bool:
        return self.at.startswith("predictions")

    def annotator(self) -> str:
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
        elif not isinstance(value, dict) or not isinstance(kind, str):
            self.other.append(result)
        elif kind in _LABEL_TYPES and isinstance(value.get(kind), list) and "start" in value:
            self.region(at, result, value, value[kind])
        elif kind in _ATTRIBUTE_TYPES and "start" in value and isinstance(result.get("id"), str):
            found = attribute_value(kind, value)
            if found is None:
                self.other.append(result)
            else:
                name = optional_text(result, "from_name", at) or kind
                self.attributes.setdefault(result["id"], {})[name] = found
        else:
            self.other.append(result)

    def region(
        self, at: str, result: dict[str, Any], value: dict[str, Any], labels: list[Any]
    ) -> None:
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
        for number, label in enumerate(labels or ["SPAN"]):
            if not isinstance(label, str) or not label:
                raise RecordError(where, f"{shown(label)} is no label")
            # A region with several labels is as many spans.
            span_id = own_id if not number else f"{own_id}.{number + 1}"
            if span_id in self.spans:
                raise RecordError(join_key(at, "id"), f"{span_id!r} stands twice")
            self.spans[span_id] = own_keys.make_span(
                known,
                join_key(at, own_keys.KEY),
                id=span_id,
                label=label,
                start=start,
                end=end,
                quote=_quote(value),
            )

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
        labels = need_list(result.get("labels"), join_key(at, "labels"))
        kind = labels[0] if labels and isinstance(labels[0], str) and labels[0] else "related"
        source, target = (need_text(result, key, at) for key in ("from_id", "to_id"))
        if result.get("direction") == "left":
            source, target = target, source
        fields: dict[str, Any] = {"id": f"r{len(self.relations) + 1}", "from": source}
        fields["to"] = target
        details = result.get(own_keys.KEY)
        if isinstance(details, dict) and own_keys.is_relation_details(details):
            fields |= details
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
