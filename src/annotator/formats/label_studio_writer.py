"""Writes Label Studio JSON; see :mod:`.label_studio`."""

from __future__ import annotations

from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Scheme
from ..domain.span import Relation, Span
from . import own_keys
from .base import Record, Target, WriteContext
from .geometry import in_document_order
from .label_studio_keys import (
    LABELS,
    MODEL_PREFIX,
    NATIVE,
    TEXT,
    attribute_result,
    attribute_tag,
    config_xml,
)
from .offsets import Counter, counter_for
from .reading import dump_json


class LabelStudioWriter:
    """Writes a list of tasks, one record each, and the labelling configuration beside it."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._scheme = context.scheme
        self._offsets = context.options["offsets"]
        self._separator = b"[\n"
        self._tasks = 0
        self._annotations = 0
        config = target.sibling(".config.xml")
        if config is not None:
            config.write(config_xml(context.scheme).encode("utf-8"))

    def write(self, record: Record) -> None:
        """Write a task."""
        self._file.write(self._separator)
        self._separator = b",\n"
        self._file.write(dump_json(self._task(record)))

    def close(self) -> None:
        """End the list."""
        self._file.write(b"[]\n" if self._separator == b"[\n" else b"\n]\n")

    def _task(self, record: Record) -> dict[str, Any]:
        document = record.document
        counter = counter_for(document.text, self._offsets)
        task: dict[str, Any] = {}
        native = next((n for one in record.sets if (n := _native(one))), {})
        self._tasks += 1
        # Label Studio numbers tasks anew, but its converters want a number.
        is_number = document.id.isdecimal() and document.id.isascii()
        task["id"] = int(document.id) if is_number else self._tasks
        task["data"] = {**native.get("data", {}), native.get("text_key", "text"): document.text}
        details = own_keys.document_details(document)
        if own_keys.KEY in document.meta:
            details["meta"] = {own_keys.KEY: document.meta[own_keys.KEY]}
        task["meta"] = {**document.meta, own_keys.KEY: details}
        task |= native.get("task", {})
        results = [_Results(record, one, self._scheme, counter) for one in record.sets]
        task["annotations"] = [
            self._annotation(results_of)
            for results_of in results
            if not results_of.one.annotator.startswith(MODEL_PREFIX)
        ]
        task["predictions"] = [
            {"model_version": results_of.one.annotator.removeprefix(MODEL_PREFIX)}
            | self._annotation(results_of, cancelled=False)
            for results_of in results
            if results_of.one.annotator.startswith(MODEL_PREFIX)
        ]
        return task

    def _annotation(self, results: _Results, *, cancelled: bool = True) -> dict[str, Any]:
        one = results.one
        self._annotations += 1
        annotation: dict[str, Any] = {"id": self._annotations}
        annotation |= _native(one).get("annotation", {})
        if cancelled:
            annotation["was_cancelled"] = one.status == "skipped"
        annotation["result"] = results.all()
        details = {"format": own_keys.MARK} | own_keys.set_details(one)
        if one.rejected:
            details["rejected"] = [own_keys.full_span(span) for span in one.rejected.values()]
        if hidden := results.relations_elsewhere():
            details["relations"] = hidden
        extra = {key: value for key, value in one.extra.items() if key != NATIVE}
        details.pop("extra", None)
        if extra:
            details["extra"] = extra
        return annotation | {own_keys.KEY: details}


def _native(one: AnnotationSet) -> dict[str, Any]:
    native = one.extra.get(NATIVE)
    return native if isinstance(native, dict) else {}


class _Results:
    """The results of one annotation: regions, their attributes, relations."""

    def __init__(
        self, record: Record, one: AnnotationSet, scheme: Scheme, counter: Counter
    ) -> None:
        self.text = record.document.text
        self.one = one
        self.scheme = scheme
        self.counter = counter

    def all(self) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = []
        for span in in_document_order(self.one.spans.values()):
            results += self.region(span)
        for relation in self.one.relations.values():
            if self.is_native(relation):
                results.append(
                    {
                        "type": "relation",
                        "from_id": relation.source,
                        "to_id": relation.target,
                        "direction": "right",
                        "labels": [relation.type],
                        own_keys.KEY: own_keys.relation_details(relation),
                    }
                )
        return [*results, *_native(self.one).get("results", [])]

    def is_native(self, relation: Relation) -> bool:
        return relation.source in self.one.spans and relation.target in self.one.spans

    def relations_elsewhere(self) -> list[dict[str, Any]]:
        """Return the relations of rejected candidates and orphans, which are no regions."""
        return [
            own_keys.full_relation(relation)
            for relation in self.one.relations.values()
            if not self.is_native(relation)
        ]

    def region(self, span: Span) -> list[dict[str, Any]]:
        place = {
            "start": self.counter.out(span.start),
            "end": self.counter.out(span.end),
        }
        quote = self.text[span.start : span.end]
        region: dict[str, Any] = {
            "id": span.id,
            "from_name": LABELS,
            "to_name": TEXT,
            "type": "labels",
            "value": {**place, "text": quote, "labels": [span.label]},
            "origin": "prediction" if span.origin else "manual",
        }
        score = span.origin.get("score")
        if isinstance(score, int | float) and not isinstance(score, bool):
            region["score"] = score
        if span.note:
            region["meta"] = {"text": [span.note]}
        region[own_keys.KEY] = own_keys.span_details(span, with_id=False)
        results = [region]
        known = self.scheme.labels.get(span.label)
        for name, value in span.attributes.items():
            made = attribute_result(value, known.attributes.get(name) if known else None)
            if made is None:
                continue
            kind, content = made
            results.append(
                {
                    "id": span.id,
                    "from_name": attribute_tag(span.label, name),
                    "to_name": TEXT,
                    "type": kind,
                    # The text of a text area has the key of the quote, as in Label Studio.
                    "value": {**place, "text": quote} | content,
                    "origin": "manual",
                }
            )
        return results
