"""Writes Label Studio JSON; see :mod:`.format`."""

from __future__ import annotations

from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.scheme import Scheme
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..offsets import Counter, counter_for
from ..reading import dump_json
from ..record import Record
from .keys import (
    LABELS,
    MODEL_PREFIX,
    NATIVE,
    TEXT,
    UNNAMED,
    attribute_as,
    attribute_result,
    attribute_tag,
    config_xml,
)


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
            and not _is_unlabelled(results_of.one)
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


def _is_unlabelled(one: AnnotationSet) -> bool:
    """Say whether nobody has said anything of a task that had no annotation when it was read."""
    said = one.ids() or one.note or one.status != "new"
    return _native(one).get("unlabelled") is True and not said


def _native(one: AnnotationSet) -> dict[str, Any]:
    native = one.extra.get(NATIVE)
    return native if isinstance(native, dict) else {}


def _link(relation: Relation) -> dict[str, Any]:
    """Return a relation; where it came from Label Studio with its direction and further labels."""
    kept = relation.extra.get(NATIVE)
    kept = kept if isinstance(kept, dict) else {}
    labels = kept.get("labels")
    same = isinstance(labels, list) and relation.type == (labels[0] if labels else UNNAMED)
    ends = relation.source, relation.target
    if kept.get("direction") == "left":
        ends = ends[1], ends[0]
    return {
        "type": "relation",
        "from_id": ends[0],
        "to_id": ends[1],
        "direction": kept.get("direction") or "right",
        "labels": labels if same else [relation.type],
        own_keys.KEY: own_keys.relation_details(relation),
    }


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
                results.append(_link(relation))
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

    def tags(self, what: str, usual: tuple[str, str, str]) -> tuple[str, str, str]:
        """Return the names of the tags of a label or attribute, and the type of its results."""
        tags = _native(self.one).get("tags")
        found = tags.get(what) if isinstance(tags, dict) else None
        if not isinstance(found, list) or len(found) != 3 or not all(map(str, found)):
            return usual
        name, to_name, kind = map(str, found)
        return name, to_name, kind

    def region(self, span: Span) -> list[dict[str, Any]]:
        place = {
            "start": self.counter.out(span.start),
            "end": self.counter.out(span.end),
        }
        quote = self.text[span.start : span.end]
        name, to_name, kind = self.tags(f"label {span.label}", (LABELS, TEXT, "labels"))
        region: dict[str, Any] = {
            "id": span.id,
            "from_name": name,
            "to_name": to_name,
            "type": kind,
            "value": {**place, "text": quote, kind: [span.label]},
            "origin": "prediction" if span.origin else "manual",
        }
        score = span.origin.get("score")
        if isinstance(score, int | float) and not isinstance(score, bool):
            region["score"] = score
        said = {"text": [span.note]} if span.note else {}
        if said:
            region["meta"] = said
        if isinstance(kept := span.extra.get(NATIVE), dict):
            meta = kept.get("meta")
            region |= {key: value for key, value in kept.items() if key not in region}
            if isinstance(meta, dict):
                region["meta"] = {key: v for key, v in meta.items() if key != "text"} | said
        region[own_keys.KEY] = own_keys.span_details(span, with_id=False)
        results = [region]
        known = self.scheme.labels.get(span.label)
        for name, value in span.attributes.items():
            made = attribute_result(value, known.attributes.get(name) if known else None)
            if made is None:
                continue
            kind, content = made
            usual = (attribute_tag(span.label, name), TEXT, kind)
            tag, to_name, known_kind = self.tags(f"attribute {name}", usual)
            if known_kind != kind:
                kind, content = attribute_as(known_kind, value) or made
            results.append(
                {
                    "id": span.id,
                    "from_name": tag,
                    "to_name": to_name,
                    "type": kind,
                    # The text of a text area has the key of the quote, as in Label Studio.
                    "value": {**place, "text": quote} | content,
                    "origin": "manual",
                }
            )
        return results
