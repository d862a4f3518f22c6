"""Reads Label Studio JSON; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...domain.annotations import AnnotationSet
from ...domain.errors import Problem
from .. import own_keys
from ..base import Item, ReadContext
from ..json_items import json_items
from ..offsets import Counter, LineEnds, counter_for
from ..reading import id_text, join_key, need_list, need_mapping, need_text
from ..record import Place, Record, RecordError
from ..utf16 import Utf16
from .json_min import task_of
from .results import LABEL_TYPES, Annotation, quotes_of

_TASK_KEYS = frozenset({"id", "data", "meta", "annotations", "completions", "predictions"})


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
        task = task_of(task) or task
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
        if key != "text" and (foreign := _foreign_type(listed)):
            raise RecordError("", f"it holds {foreign} and no spans: only texts can be read")
        counter = self.counter_for(text, [annotation for _, annotation in listed])
        kept: dict[str, Any] = {}
        if rest := {k: v for k, v in data.items() if k != key}:
            kept["data"] = rest
        if key != "text":
            kept["text_key"] = key
        ours = _TASK_KEYS - (set() if own else {"id"})
        if others := {k: v for k, v in task.items() if k not in ours}:
            kept["task"] = others
        notes: list[str] = []
        if task.get("drafts"):
            notes.append("drafts are kept, and not shown")
        if not listed:
            listed, kept["unlabelled"] = [("annotations", {})], True
        names = frozenset(k for k, v in data.items() if k != key and isinstance(v, str))
        sets = []
        for at, annotation in listed:
            one, hidden = Annotation(at, annotation, document, counter, names).set_with(kept)
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
        if not texts:
            raise RecordError("data", "none of its keys is a text: only plain texts can be read")
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
        counters = {units: counter_for(text, units) for units in ("code-points", "utf-16")}
        if "\r\n" in text:
            counters |= {f"{name} lines": LineEnds(text, each) for name, each in counters.items()}
        if len(counters) > 2 or Utf16(text):
            right = dict.fromkeys(counters, 0)
            for start, end, quote in quotes_of(annotations):
                for name, counter in counters.items():
                    right[name] += _stands(text, counter, start, end, quote)
            best = max(right.values())
            if right.get(self.proved, -1) < best:
                self.proved = max(right, key=right.__getitem__)
        return counters.get(self.proved) or counters[self.proved.removesuffix(" lines")]


def _stands(text: str, counter: Counter, start: int, end: int, quote: str) -> bool:
    try:
        here = text[counter.into(start, "") : counter.into(end, "")]
    except RecordError:
        return False
    return here == quote or here.replace("\r\n", "\n") == quote


def _foreign_type(listed: list[tuple[str, dict[str, Any]]]) -> str:
    """Return a type of results on images and the like, if there are none on texts."""
    types = [
        str(result.get("type"))
        for _, annotation in listed
        for result in need_list(annotation.get("result"), "result")
        if isinstance(result, dict) and "labels" in str(result.get("type"))
    ]
    return types[0] if types and not set(types) & set(LABEL_TYPES) else ""


def _named_apart(sets: list[AnnotationSet]) -> tuple[AnnotationSet, ...]:
    """Return sets whose annotators differ: a second one by the same is numbered."""
    seen: dict[str, int] = {}
    for one in sets:
        seen[one.annotator] = count = seen.get(one.annotator, 0) + 1
        if count > 1:
            one.annotator = f"{one.annotator or 'annotator'}-{count}"
    return tuple(sets)
