"""Writes Prodigy JSONL; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..reading import dump_json, json_line
from ..record import Record
from ..tokens import tokenize
from .keys import (
    ANSWERS,
    NATIVE,
    NO_LABEL,
    PLACE_KEYS,
    RANGE,
    REBUILT,
    answer_of,
    native_of,
    place_values,
    rebuilt_relation,
    token_index,
    token_objects,
)
from .span_json import SpanEncoder

_OWN = (NATIVE, RANGE)


class ProdigyWriter:
    """Writes a task for each set, and one for each of its rejected candidates."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        self._file = target.file()
        self._tokens = bool(context.options["tokens"])

    def write(self, record: Record) -> None:
        """Write the tasks of a record."""
        for one in record.sets:
            for line in _Tasks(record.document, one, add_tokens=self._tokens).all():
                self._file.write(line)
                self._file.write(b"\n")

    def close(self) -> None:
        """Nothing comes last."""


class _Tasks:
    def __init__(self, document: Document, one: AnnotationSet, *, add_tokens: bool) -> None:
        self.document = document
        self.text = document.text
        self.one = one
        self.native = native_of(one.extra)
        self.tokens: Any = (self.native or {}).get("tokens")
        if self.tokens is None and add_tokens:
            self.tokens = token_objects(self.text, tokenize(self.text))
        self.index = token_index(self.tokens)

    def all(self) -> Iterable[bytes]:
        """Iterate over the tasks as lines of JSON, without line ends."""
        if self.native is None:
            yield json_line(self.own_task())
        else:
            yield dump_json(self.native_task(self.native))
        # A task of Prodigy's that was rejected is itself the rejection of its spans.
        told = self.native is not None and self.native_answer(self.native.get("answer")) == "reject"
        for span in in_document_order(self.one.rejected.values()):
            if told and native_of(span.extra) is not None:
                continue
            yield dump_json(self.rejection(span))

    def own_task(self) -> str:
        """Return the JSON of the task of a set that did not come from Prodigy.

        Its spans are put together from pieces: an object of each, turned into JSON, would take
        three times as long as all the rest of an export.
        """
        rest: dict[str, Any] = {}
        if self.one.relations:
            rest["relations"] = [self.relation(r) for r in self.one.relations.values()]
        details = own_keys.document_details(self.document) | own_keys.set_details(self.one)
        rest |= {
            "answer": answer_of(self.one),
            "_annotator_id": self.one.annotator,
            own_keys.KEY: details,
        }
        encoder = SpanEncoder()
        spans = [
            encoder.value(self.span(span))
            if NATIVE in span.extra
            else f'{{{self.place_text(span, encoder)}, "label": {encoder.words[span.label]}, '
            f'"{own_keys.KEY}": {encoder.details(span)}}}'
            for span in in_document_order(self.one.spans.values())
        ]
        head, tail = encoder.value(self.head())[:-1], encoder.value(rest)[1:]
        return f'{head}, "spans": [{", ".join(spans)}], {tail}'

    def place_text(self, span: Span, encoder: SpanEncoder) -> str:
        """Return the keys of a span that its place decides, as JSON without braces."""
        start, end = span.start, span.end
        place = f'"start": {start}, "end": {end}, "text": {encoder.text(self.text[start:end])}'
        touched = self.index.touched(start, end) if self.index else None
        if touched is None:
            return place
        return f'{place}, "token_start": {touched[0]}, "token_end": {touched[1]}'

    def rejection(self, span: Span) -> dict[str, Any]:
        """Return the task of a candidate that was turned down."""
        details = own_keys.document_details(self.document)
        details |= {"annotator": self.one.annotator, "scheme": self.one.scheme, "part": True}
        return self.head() | {
            "spans": [self.span(span, with_id=True)],
            "answer": "reject",
            "_annotator_id": self.one.annotator,
            own_keys.KEY: details,
        }

    def head(self) -> dict[str, Any]:
        """Return the first keys of a task of ours."""
        task: dict[str, Any] = {"text": self.text}
        if self.document.meta:
            task["meta"] = self.document.meta
        if self.tokens is not None:
            task["tokens"] = self.tokens
        return task

    def native_task(self, native: dict[str, Any]) -> dict[str, Any]:
        """Return the task of a set that came from Prodigy: its own keys in their order."""
        one = self.one
        task = dict(native)
        task["text"] = self.text
        if self.tokens is not None:
            task["tokens"] = self.tokens
        if one.spans or task.get("spans") is REBUILT:
            spans = sorted(one.spans.values(), key=_file_order)
            # Reading numbers them, and relations may name them.
            task["spans"] = [
                self.span(span, with_id=span.id != f"s{number}")
                for number, span in enumerate(spans, 1)
            ]
        kept = task.get("relations")
        if one.relations or (isinstance(kept, list) and REBUILT in kept):
            task["relations"] = self.relations_among(kept if isinstance(kept, list) else [])
        answer = self.native_answer(task.get("answer"))
        if answer is not None or "answer" in task:
            task["answer"] = answer
        if details := self.native_details(answer):
            task[own_keys.KEY] = {"format": own_keys.MARK} | details
        return task

    def native_answer(self, kept: Any) -> str | None:
        """Return the answer of a task from Prodigy, which had one (True: the set's) or None."""
        if kept == "reject" and not self.one.spans:
            return "reject"
        if kept is None and self.one.status not in ("done", "skipped"):
            return None
        return answer_of(self.one)

    def relations_among(self, kept: list[Any]) -> list[Any]:
        """Return all relations, those that are kept as they are where they stood."""
        ours = iter(self.one.relations.values())
        written: list[Any] = []
        for value in kept:
            if value is not REBUILT:
                written.append(value)
            elif relation := next(ours, None):
                written.append(self.relation(relation))
        return written + [self.relation(relation) for relation in ours]

    def native_details(self, answer: str | None) -> dict[str, Any]:
        """Return what a task from Prodigy has no key for, names apart."""
        details = own_keys.set_details(self.one)
        del details["annotator"], details["scheme"]
        extra = {key: value for key, value in self.one.extra.items() if key != NATIVE}
        details.pop("extra", None)
        if extra:
            details["extra"] = extra
        if self.one.status == ANSWERS.get(answer or "", "new"):
            details.pop("status", None)
        return details

    def span(self, span: Span, *, with_id: bool = False) -> dict[str, Any]:
        native = native_of(span.extra)
        values = place_values(self.text, span.start, span.end, self.index)
        if native is None:
            head = {"start": span.start, "end": span.end, **values, "label": span.label}
            return head | {own_keys.KEY: own_keys.span_details(span)}
        task = dict(native)
        task["start"], task["end"] = span.start, span.end
        if "label" in task or span.label != NO_LABEL:
            task["label"] = None if self.unlabelled(span, native) else span.label
        unmoved = span.extra.get(RANGE) == [span.start, span.end]
        for key in PLACE_KEYS:
            if key in task and (task[key] is REBUILT or not unmoved):
                if key in values:
                    task[key] = values[key]
                else:
                    del task[key]
        details = own_keys.span_details(span, with_id=with_id)
        extra = {key: value for key, value in span.extra.items() if key not in _OWN}
        details.pop("extra", None)
        if extra:
            details["extra"] = extra
        return task | ({own_keys.KEY: details} if details else {})

    @staticmethod
    def unlabelled(span: Span, native: dict[str, Any]) -> bool:
        return span.label == NO_LABEL and native.get("label") is None

    def relation(self, relation: Relation) -> dict[str, Any]:
        one = self.one
        ends = [
            one.spans.get(end) or one.rejected.get(end) or one.orphans[end]
            for end in (relation.source, relation.target)
        ]
        rebuilt = rebuilt_relation(relation.type, ends[0], ends[1], self.index)
        native = native_of(relation.extra)
        if native is None:
            return rebuilt | {own_keys.KEY: own_keys.relation_details(relation)}
        task = dict(native)
        for key, value in rebuilt.items():
            if task.get(key, REBUILT) is REBUILT:
                task[key] = value
        extra = {key: value for key, value in relation.extra.items() if key != NATIVE}
        details = own_keys.relation_details(relation)
        for key in ("id", "from", "to", "extra"):
            details.pop(key, None)
        if extra:
            details["extra"] = extra
        return task | ({own_keys.KEY: details} if details else {})


def _file_order(span: Span) -> tuple[int, int]:
    """Sort spans as their file had them: by the number that reading gave them as id."""
    number = span.id.removeprefix("s")
    known = number.isdecimal() and native_of(span.extra) is not None
    return (0, int(number)) if known else (1, span.start)
