"""Reads spaCy's binary corpora; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...domain.errors import AnnotatorError, InvalidFileError, Problem
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Item, ReadContext
from ..reading import join_key, need_list, need_mapping, open_input, optional_text, parse_json
from ..record import Place, Record, RecordError
from .keys import CATS, DEFAULT_KEY, ENTITIES, EXTENSION, GROUP, USER_DATA

if TYPE_CHECKING:
    from ...nlp.docbin import CorpusDoc, DocSpan

LARGEST_FILE = 1 << 28
"""Bytes that a ``.spacy`` file may have: spaCy reads it whole."""


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Iterate over the documents of a ``.spacy`` file, or of those of a folder by name."""
    from ...nlp.docbin import read_corpus

    wanted = context.options["spans-key"] or ""
    for file in _files(path):
        for number, entry in enumerate(read_corpus(file, _content(file)), 1):
            place = Place(str(file), record=number)
            if isinstance(entry, str):
                yield place.problem("", entry)
                continue
            try:
                yield _Reader(place, entry, wanted).record()
            except RecordError as error:
                yield place.problem(error.key, error.message)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.spacy"))
    if not files:
        raise AnnotatorError(f"{path} holds no .spacy file", "name the file or its folder")
    return files


def _content(path: Path) -> bytes:
    with open_input(path) as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        message = f"it is larger than {LARGEST_FILE >> 20} MiB: split the corpus"
        raise InvalidFileError([Problem(str(path), 0, "", message)])
    return data


class _Reader:
    """Makes a record of one document."""

    def __init__(self, place: Place, entry: CorpusDoc, wanted: str) -> None:
        self.place = place
        self.entry = entry
        self.wanted = wanted
        own = entry.user_data.get(own_keys.KEY)
        parsed = parse_json(own) if isinstance(own, str) else {}
        self.own = own_keys.own_details({own_keys.KEY: parsed})
        self.details = need_mapping(self.own.get("spans", {}), "spans")
        self.rejected_ids = set(map(str, need_list(self.own.get("rejected"), "rejected")))
        self.ids: set[str] = set()
        self.taken: set[str] = set()
        self.last = 0
        self.notes: list[str] = []

    def record(self) -> Record:
        spans: list[Span] = []
        rejected: list[Span] = []
        listed = self.found()
        self.taken = {*self.details, *(found.id for _, found in listed)}
        for group, found in listed:
            (rejected if self.is_rejected(found) else spans).append(self.span(group, found))
        document = own_keys.make_document(self.own, self.entry.text, meta=self.meta())
        one = own_keys.make_set(
            self.own,
            document,
            spans=spans,
            rejected=rejected,
            relations=self.relations(),
        )
        if not self.entry.exact:
            self.notes.append("the corpus does not say where blanks stand: one between any words")
        return Record(document, (one,), self.place, tuple(self.notes))

    def found(self) -> list[tuple[str, DocSpan]]:
        """Return spans with the key of ``doc.spans`` they stand under, those wanted only."""
        if self.wanted and self.wanted != ENTITIES:
            return [(self.wanted, span) for span in self.entry.groups.get(self.wanted, ())]
        entities = [(ENTITIES, span) for span in self.entry.entities]
        if self.wanted == ENTITIES:
            return entities
        grouped = [(key, span) for key, group in self.entry.groups.items() for span in group]
        if self.own:
            # We write entities only as a second copy.
            return grouped
        known = {span[:3] for _, span in grouped}
        return grouped + [entry for entry in entities if entry[1][:3] not in known]

    def is_rejected(self, found: DocSpan) -> bool:
        return bool(found.id) and found.id in self.rejected_ids

    def span(self, group: str, found: DocSpan) -> Span:
        own_id = found.id if found.id and found.id not in self.ids else self.new_id()
        self.ids.add(own_id)
        at = join_key("spans", own_id)
        details = dict(need_mapping(self.details.get(found.id, {}), at))
        if found.id not in self.details:
            details |= self.foreign_details(group, found)
        return own_keys.make_span(
            details,
            at,
            id=own_id,
            label=found.label or group,
            start=found.start,
            end=found.end,
        )

    def new_id(self) -> str:
        """Return the next id that no span has."""
        self.last += 1
        while f"s{self.last}" in self.taken:
            self.last += 1
        return f"s{self.last}"

    def foreign_details(self, group: str, found: DocSpan) -> dict[str, Any]:
        """Return what spaCy knows of a span that we did not write."""
        attributes = {
            key[1]: _listed(value)
            for key, value in self.entry.user_data.items()
            if _is_extension(key) and tuple(key[2:4]) == (found.start, found.end)
        }
        if found.kb_id:
            attributes["kb_id"] = found.kb_id
        usual = (DEFAULT_KEY, ENTITIES, self.own.get("spans_key"))
        extra = {} if group in usual else {GROUP: group}
        return {"attributes": attributes, "extra": extra}

    def relations(self) -> list[Relation]:
        made = []
        for number, value in enumerate(need_list(self.own.get("relations"), "relations")):
            at = join_key("relations", number)
            top = need_mapping(value, at)
            fields = {name: top[name] for name in top if name != "type"}
            made.append(own_keys.make_relation(fields, at, type=optional_text(top, "type", at)))
        return made

    def meta(self) -> Mapping[str, Any]:
        """Return the document's metadata, of a corpus that is not ours what spaCy keeps of it."""
        if self.own:
            return need_mapping(self.own.get("meta", {}), "meta")
        meta: dict[str, Any] = {}
        if self.entry.cats:
            meta[CATS] = dict(self.entry.cats)
        data, left = _plain_user_data(self.entry.user_data)
        if data:
            meta[USER_DATA] = data
        if left:
            self.notes.append(f"{left} values of doc.user_data have no place and are left out")
        return meta


def _plain_user_data(user_data: Mapping[Any, Any]) -> tuple[dict[str, Any], int]:
    """Return what JSON can hold of a document's ``user_data``, and how many values it cannot.

    Extension attributes of spans are not counted: these go to the spans.
    """
    kept: dict[str, Any] = {}
    left = 0
    for key, value in user_data.items():
        if _is_extension(key) and key[2] is not None and key[3] is not None:
            continue
        name = f"{EXTENSION}{key[1]}" if _is_extension(key) and key[2] is None else key
        if isinstance(name, str) and _is_json(value):
            kept[name] = _listed(value)
        else:
            left += 1
    return kept, left


def _is_extension(key: Any) -> bool:
    return (
        isinstance(key, tuple) and len(key) >= 4 and key[0] == EXTENSION and isinstance(key[1], str)
    )


def _is_json(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and _all_json(value.values())
    if isinstance(value, list | tuple):
        return _all_json(value)
    return value is None or isinstance(value, str | bool | int | float)


def _all_json(values: Iterable[Any]) -> bool:
    return all(map(_is_json, values))


def _listed(value: Any) -> Any:
    """Return a value with lists where msgpack made tuples."""
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return value
