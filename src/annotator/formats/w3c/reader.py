"""Reads web annotations; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ...domain.document import Document
from ...domain.errors import AnnotatorError, Problem
from ...store.texts import read_text
from .. import own_keys
from ..base import Item, ReadContext
from ..json_items import json_items
from ..offsets import CodePoints, Counter, Utf16Units, counter_for
from ..reading import MOST_ITEMS, join_key, need_list, need_mapping, need_text, shown
from ..record import Place, Record, RecordError
from .annotations import Annotations, creator_of, end_of, target_of
from .selectors import claim_of, selectors_of


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Read collections, pages and single annotations, in a list, in lines or alone.

    A collection of ours is a record. Foreign annotations are put together by the text and the
    person that they are of, which takes all of them in memory.
    """
    foreign = _Foreign()
    for entry in json_items(path):
        if isinstance(entry, Problem):
            yield entry
            continue
        place, value = entry
        try:
            top = need_mapping(value)
            if own_keys.own_details(top):
                yield _own_record(place, top, context)
                continue
            for at, annotation in _annotations(top):
                foreign.add(place, at, annotation)
        except RecordError as error:
            yield place.problem(error.key, error.message)
    for (source, creator), found in foreign.by_text().items():
        place = found[0][0]
        try:
            yield _foreign_record(path, source, creator, found, context)
        except _AtError as error:
            yield error.place.problem(error.key, error.message)
        except RecordError as error:
            yield place.problem(error.key, error.message)


_Key = tuple[str, str]
_Found = tuple[Place, str, dict[str, Any]]


class _Foreign:
    """Annotations by the text and the person that they are of."""

    def __init__(self) -> None:
        self._groups: dict[_Key, list[_Found]] = {}
        self._keys: dict[str, _Key] = {}
        self._elsewhere: list[_Found] = []
        self._count = 0

    def add(self, place: Place, at: str, annotation: dict[str, Any]) -> None:
        """Take an annotation.

        Raises:
            RecordError: there are too many to hold them all.
        """
        if self._count >= MOST_ITEMS:
            message = f"more than {MOST_ITEMS:,} annotations of other programs: split the file"
            raise RecordError("", message)
        self._count += 1
        if not (source := _source(annotation)):
            self._elsewhere.append((place, at, annotation))
            return
        key = source, creator_of(annotation)
        self._groups.setdefault(key, []).append((place, at, annotation))
        if isinstance(annotation.get("id"), str):
            self._keys[annotation["id"]] = key

    def by_text(self) -> dict[_Key, list[_Found]]:
        """Return all groups; an annotation of an annotation belongs to the group of that one."""
        for place, at, annotation in self._elsewhere:
            end = end_of(annotation.get("target"))
            key = self._keys.get(end, (end, creator_of(annotation)))
            self._groups.setdefault(key, []).append((place, at, annotation))
        return self._groups


class _AtError(RecordError):
    """A record error that knows its place."""

    def __init__(self, place: Place, key: str, message: str) -> None:
        super().__init__(key, message)
        self.place = place


def _annotations(top: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Iterate over the annotations of a collection, a page, or a single one."""
    kinds = top.get("type", top.get("@type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "Annotation" in kinds:
        yield "", dict(top)
    elif "AnnotationPage" in kinds:
        for number, value in enumerate(need_list(top.get("items"), "items")):
            at = join_key("items", number)
            yield at, need_mapping(value, at)
    elif "AnnotationCollection" in kinds:
        first = top.get("first")
        if isinstance(first, str):
            raise RecordError("first", f"the page {shown(first)} is not in the file")
        for at, annotation in _annotations(
            {"type": "AnnotationPage"} | need_mapping(first, "first")
        ):
            yield join_key("first", at), annotation
        if isinstance(first, dict) and first.get("next"):
            raise RecordError("first.next", "further pages are not in the file")
    else:
        raise RecordError("type", "neither an Annotation, an AnnotationPage nor a collection")


def _source(annotation: Mapping[str, Any]) -> str:
    source = target_of(annotation).get("source")
    if isinstance(source, dict):
        source = source.get("id")
    return source if isinstance(source, str) else ""


def _own_record(place: Place, top: Mapping[str, Any], context: ReadContext) -> Record:
    own = own_keys.own_details(top)
    at = own_keys.KEY
    meta = need_mapping(own.get("meta", {}), f"{at}.meta")
    document = own_keys.make_document(own, need_text(own, "text", at), meta=meta)
    counter = counter_for(document.text, context.options["offsets"])
    made = Annotations(document, counter)
    for key, annotation in _annotations(top):
        made.add(key, annotation)
    rejected = [
        own_keys.read_full_span(value, f"{at}.rejected.{number}")
        for number, value in enumerate(need_list(own.get("rejected"), f"{at}.rejected"))
    ]
    one = own_keys.make_set(
        own, document, spans=made.spans, rejected=rejected, relations=made.relations()
    )
    return made.record(place, one)


def _foreign_record(
    path: Path,
    source: str,
    creator: str,
    found: list[tuple[Place, str, dict[str, Any]]],
    context: ReadContext,
) -> Record:
    document = _find_document(path, source, context)
    counter = counter_for(document.text, context.options["offsets"])
    if context.options["offsets"] == "code-points":
        counter = _proved(document.text, [annotation for _, _, annotation in found])
    made = Annotations(document, counter)
    for place, at, annotation in found:
        try:
            made.add(at, annotation)
        except RecordError as error:
            raise _AtError(place, error.key, error.message) from None
    if not isinstance(counter, CodePoints) and context.options["offsets"] == "code-points":
        made.notes.append("its positions count UTF-16 units, as the quotes in it prove")
    one = own_keys.make_set(
        {}, document, spans=made.spans, relations=made.relations(), annotator=creator
    )
    return made.record(found[0][0], one)


def _proved(text: str, annotations: list[dict[str, Any]]) -> Counter:
    """Return what positions count: code points, unless more quotes stand at UTF-16 units."""
    points = CodePoints()
    if text.isascii() or not any(char > "\uffff" for char in text):
        return points
    units = Utf16Units(text)

    def right(counter: Counter) -> int:
        count = 0
        for annotation in annotations:
            try:
                claim = claim_of(selectors_of(target_of(annotation)), text, counter, "")
            except RecordError:
                continue
            if claim is not None and claim.start is not None and claim.quote:
                count += text[claim.start : claim.end] == claim.quote
        return count

    return units if right(units) > right(points) else points


def _find_document(path: Path, source: str, context: ReadContext) -> Document:
    """Return the text that annotations are of: the project's, or a file beside theirs."""
    if not source:
        raise RecordError("target.source", "missing: nothing tells which text is annotated")
    plain = unquote(source.partition("#")[0].partition("?")[0])
    names = [plain, plain.rsplit("/", 1)[-1]]
    for name in (source, *names):
        if (document := context.find_document(name)) is not None:
            return document
    folder = path.parent.resolve()
    for name in names:
        try:
            beside = (folder / name.lstrip("/")).resolve()
            if not beside.is_relative_to(folder) or not beside.is_file():
                continue
            text, bom = read_text(beside, context.encoding)
        except (OSError, ValueError, AnnotatorError):
            continue
        return Document.of(beside.relative_to(folder).as_posix(), text, context.encoding, bom)
    raise RecordError(
        "target.source",
        f"the text {shown(source)} is neither in the project nor beside the file",
    )
