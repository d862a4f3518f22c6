"""Reads Prodigy JSONL; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import Problem
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Item, ReadContext
from ..changes import revised
from ..json_items import json_items
from ..reading import (
    id_text,
    join_key,
    json_lines,
    need_list,
    need_mapping,
    need_offset,
    need_text,
    open_input,
    shown,
)
from ..record import Place, Record, RecordError
from ..utf16 import Utf16
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
)


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Iterate over the tasks of a file.

    Rejected candidates that we wrote, a task each, are put back into the set they belong to.
    """
    held: _Held | None = None
    with open_input(path) as file:
        is_list = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    for entry in json_items(path) if is_list else json_lines(path):
        item, part = _read_entry(entry, join=bool(context.options["join"]))
        if held is not None:
            if part and isinstance(item, Record) and held.takes(item):
                continue
            yield held.whole()
            held = None
        if isinstance(item, Record):
            held = _Held(item)
        else:
            yield item
    if held is not None:
        yield held.whole()


class _Held:
    """A record to which the tasks behind it may add rejected candidates."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.ids = record.sets[0].ids()
        self.rejected: list[Span] = []

    def takes(self, part: Record) -> bool:
        """Take a task's candidates if it speaks of the same set and has no id again."""
        one, other = self.record.sets[0], part.sets[0]
        if native_of(one.extra) is not None:
            # A task of Prodigy's own does not say what it is called here.
            belongs = part.document.sha256 == self.record.document.sha256
        else:
            belongs = part.document.id == self.record.document.id
            belongs = belongs and one.annotator == other.annotator
        if not belongs or other.rejected.keys() & self.ids:
            return False
        self.rejected += other.rejected.values()
        self.ids |= other.rejected.keys()
        return True

    def whole(self) -> Record:
        """Return the record with all that was added."""
        if not self.rejected:
            return self.record
        one = self.record.sets[0]
        rejected = [*one.rejected.values(), *self.rejected]
        return replace(self.record, sets=(revised(one, rejected=rejected),))


def _read_entry(entry: tuple[Place, Any] | Problem, *, join: bool) -> tuple[Item, bool]:
    """Return a record or problem, and whether it is a part of the record before it."""
    if isinstance(entry, Problem):
        return entry, False
    place, value = entry
    try:
        task = need_mapping(value)
        own = own_keys.own_details(task)
        record = _Task(place, task, own, _document(task, own, join=join)).record()
    except RecordError as error:
        return place.problem(error.key, error.message), False
    return record, own.get("part") is True


_OTHER_TASKS = ("image", "audio", "video", "pages", "html", "options", "field_id")


def _document(task: Mapping[str, Any], own: Mapping[str, Any], *, join: bool) -> Document:
    if "text" not in task and (other := next((key for key in _OTHER_TASKS if key in task), None)):
        view = task.get("_view_id")
        what = f"a task of the interface {shown(view)}" if isinstance(view, str) else "a task"
        raise RecordError("", f"{what} with {shown(other)} and no text: only texts can be read")
    text = need_text(task, "text")
    meta = task.get("meta")
    own_id = id_text(task.get("id"), "id")
    if join and not own_id:
        own_id = id_text(task.get("_input_hash"), "_input_hash")
    known = meta if isinstance(meta, dict) else {}
    return own_keys.make_document(own, text, meta=known, own_id=own_id)


def _check_units(text: str, tokens: Any) -> None:
    """Refuse a task whose tokens prove that its offsets are those of a browser.

    Spans have no quote of their own in Prodigy, so all that lies behind an emoji would be shifted.
    """
    if not isinstance(tokens, list) or text.isascii() or not (table := Utf16(text)):
        return
    for number, token in enumerate(tokens):
        if not isinstance(token, dict) or type(token.get("start")) is not int:
            return
        quote, start = token.get("text"), token["start"]
        if not isinstance(quote, str) or text.startswith(quote, start):
            continue
        points = table.points(start)
        if points is not None and text.startswith(quote, points):
            message = f"{shown(quote)} stands there in UTF-16 units; Prodigy counts code points"
            raise RecordError(f"tokens.{number}.start", message)
        return


class _Task:
    def __init__(
        self, place: Place, task: dict[str, Any], own: Mapping[str, Any], document: Document
    ) -> None:
        self.place = place
        self.task = task
        self.own = own
        self.document = document
        self.native = "annotator" not in own
        self.index = token_index(task.get("tokens"))
        _check_units(document.text, task.get("tokens"))
        self.answer = task.get("answer")
        if self.answer is not None and (
            not isinstance(self.answer, str) or self.answer not in ANSWERS
        ):
            raise RecordError("answer", f"{shown(self.answer)} is not accept, reject or ignore")

    def record(self) -> Record:
        spans = [
            self.span(place, value)
            for place, value in enumerate(need_list(self.task.get("spans"), "spans"))
        ]
        rejecting = self.answer == "reject"
        relations, kept = self.relations(spans)
        plain = sum(value is not REBUILT for value in kept)
        notes = []
        if plain:
            what = "relations of plain tokens, or of a span and itself, are kept, and not shown"
            notes.append(f"{plain} {what}")
        if self.native and ("accept" in self.task or "label" in self.task):
            notes.append("what was said of the whole text is kept, and not shown")
        one = own_keys.make_set(
            self.own,
            self.document,
            spans=[] if rejecting else spans,
            rejected=spans if rejecting else [],
            relations=[] if rejecting and self.native else relations,
            annotator=self.annotator(),
            status="new" if not self.native else ANSWERS.get(self.answer or "", "new"),
        )
        if self.native:
            one.extra[NATIVE] = self.kept_keys(one, kept)
        return Record(self.document, (one,), self.place, tuple(notes))

    def annotator(self) -> str:
        for key in ("_annotator_id", "_session_id"):
            if isinstance(self.task.get(key), str):
                name: str = self.task[key]
                return name
        return ""

    def kept_keys(self, one: AnnotationSet, relations: list[Any]) -> dict[str, Any]:
        """Return the task's keys in order, as :mod:`.keys` tells."""
        kept = {key: value for key, value in self.task.items() if key != own_keys.KEY}
        if self.own == {} and own_keys.KEY in self.task:
            kept[own_keys.KEY] = self.task[own_keys.KEY]
        kept["text"] = REBUILT
        if one.spans:
            kept["spans"] = REBUILT
        if one.relations:
            kept["relations"] = relations
        if self.answer == answer_of(one):
            kept["answer"] = REBUILT
        return kept

    def span(self, place: int, value: Any) -> Span:
        at = join_key("spans", place)
        top = need_mapping(value, at)
        start, end = need_offset(top, "start", at), need_offset(top, "end", at)
        if end <= start:
            raise RecordError(at, f"a span must end behind its start; {start} to {end}")
        label = top.get("label")
        if not isinstance(label, str) or not label:
            if label is not None:
                raise RecordError(join_key(at, "label"), f"{shown(label)} is no label")
            label = NO_LABEL
        quote = top.get("text")
        details = top.get(own_keys.KEY)
        ours = own_keys.is_span_details(details)
        span = own_keys.make_span(
            {"id": f"s{place + 1}", **(details if ours and details else {})},
            join_key(at, own_keys.KEY),
            label=label,
            start=start,
            end=end,
            quote=quote if isinstance(quote, str) else "",
        )
        if not self.native:
            return span
        return replace(span, extra={**span.extra, **self.kept_span_keys(top, span, ours)})

    def kept_span_keys(self, top: dict[str, Any], span: Span, ours: bool) -> dict[str, Any]:
        """Return what a span's ``extra`` keeps of its keys in the file."""
        kept = {key: value for key, value in top.items() if not (ours and key == own_keys.KEY)}
        kept["start"] = kept["end"] = REBUILT
        if kept.get("label") is not None:
            kept["label"] = REBUILT
        values = place_values(self.document.text, span.start, span.end, self.index)
        for key in PLACE_KEYS:
            if key in kept and kept[key] == values.get(key) and type(kept[key]) is not bool:
                kept[key] = REBUILT
        extra: dict[str, Any] = {NATIVE: kept}
        if any(kept.get(key, REBUILT) is not REBUILT for key in PLACE_KEYS):
            extra[RANGE] = [span.start, span.end]
        return extra

    def relations(self, spans: list[Span]) -> tuple[list[Relation], list[Any]]:
        """Return the relations between spans, and the list with True in place of each of them."""
        found: list[Relation] = []
        kept: list[Any] = []
        by_place = {(span.start, span.end, span.label): span for span in reversed(spans)}
        for place, value in enumerate(need_list(self.task.get("relations"), "relations")):
            at = join_key("relations", place)
            top = need_mapping(value, at)
            details = top.get(own_keys.KEY)
            ours = own_keys.is_relation_details(details)
            label = top.get("label")
            source, target = (
                by_place.get(_end_place(top.get(key), join_key(at, key)))
                for key in ("head_span", "child_span")
            )
            fields = dict(details) if ours and details else {}
            if source is not None and target is not None:
                fields = {"from": source.id, "to": target.id} | fields
            linked = {"from", "to"} <= fields.keys()
            if linked and self.native and fields["from"] == fields["to"]:
                linked = False  # a span and itself, which no set may hold
            if not linked or not isinstance(label, str) or not label:
                kept.append(value)
                continue
            kept.append(REBUILT)
            relation = own_keys.make_relation(
                {"id": f"r{place + 1}"} | fields, join_key(at, own_keys.KEY), type=label
            )
            if self.native and source is not None and target is not None:
                relation = self.with_kept_keys(relation, top, source, target, ours=ours)
            found.append(relation)
        return found, kept

    def with_kept_keys(
        self, relation: Relation, top: dict[str, Any], source: Span, target: Span, *, ours: bool
    ) -> Relation:
        kept = {key: value for key, value in top.items() if not (ours and key == own_keys.KEY)}
        for key, value in rebuilt_relation(relation.type, source, target, self.index).items():
            if key in kept and kept[key] == value:
                kept[key] = REBUILT
        return replace(relation, extra={**relation.extra, NATIVE: kept})


def _end_place(value: Any, at: str) -> tuple[int, int, Any]:
    """Return start, end and label of an end of a relation."""
    if not isinstance(value, dict):
        return -1, -1, None
    label = value.get("label")
    if not isinstance(label, str):
        return -1, -1, None
    return need_offset(value, "start", at), need_offset(value, "end", at), label
