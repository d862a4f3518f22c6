"""Reads UIMA CASes; see :mod:`.format`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from ...domain.errors import AnnotatorError
from ...domain.span import Relation, Span
from .. import own_keys
from ..base import Item, ReadContext
from ..reading import join_key, need_list, need_mapping, optional_text, parse_json
from ..record import Place, Record, RecordError
from .files import Files, find_type_system, open_files, refuse_doctype
from .layers import Layers, is_known_layer
from .type_system import (
    DEPENDENT,
    DETAILS,
    GOVERNOR,
    METADATA,
    SET,
    clean,
    load_cassis,
    native_value,
)

_Item = TypeVar("_Item", Span, Relation)

_XML_1_1 = re.compile(rb"<\?xml version=.1\.1")
LAYER_KEY = "uima_type"
"""Key of a span's or relation's ``extra``: the layer it was read from, if not a usual one."""


def read(path: Path, context: ReadContext, suffix: str) -> Iterator[Item]:
    """Iterate over the CASes of a folder, a zip file or a single file.

    Args:
        path: which.
        context: options.
        suffix: ``.xmi`` or ``.json``.
    """
    loader = _Loader(open_files(path), suffix)
    names = loader.files.names(suffix)
    if not names:
        raise AnnotatorError(f"{path} holds no {suffix} file", "name the file or its folder")
    for number, name in enumerate(names, 1):
        place = Place(loader.files.shown(name))
        try:
            cas = loader.load(name)
            layers = Layers(
                cas.typesystem, context.options["layer"], context.options["label-feature"]
            )
            yield _Reader(place, cas, layers, PurePosixPath(name), number).record()
        except RecordError as error:
            yield place.problem(error.key, error.message)


class _Loader:
    """Loads CASes; type systems that several share are read once."""

    def __init__(self, files: Files, suffix: str) -> None:
        self.files = files
        self._suffix = suffix
        self._cassis = load_cassis()
        self._systems: dict[str, Any] = {}

    def load(self, name: str) -> Any:
        """Return a CAS.

        Raises:
            RecordError: it is none.
        """
        data = self.files.read(name)
        if self._suffix == ".json":
            if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
                raise RecordError("", "no CAS: it is no JSON object")
            return self._guarded(lambda: self._cassis.load_cas_from_json(BytesIO(data)))
        refuse_doctype(data)
        system = self._type_system(name)
        try:
            return self._guarded(lambda: self._cassis.load_cas_from_xmi(BytesIO(data), system))
        except RecordError as error:
            if not _XML_1_1.match(data):
                raise
            message = f"{error.message}: of XML 1.1 it has what 1.0 has not; export it as JSON"
            raise RecordError("", message) from None

    def _type_system(self, name: str) -> Any:
        found = find_type_system(self.files, name)
        if found is None:
            raise RecordError("", "there is no TypeSystem.xml beside it, without which it has none")
        if found not in self._systems:
            data = self.files.read(found)
            refuse_doctype(data)
            self._systems[found] = self._guarded(
                lambda: self._cassis.load_typesystem(BytesIO(data)), f"{found}: "
            )
        return self._systems[found]

    @staticmethod
    def _guarded(load: Any, where: str = "") -> Any:
        """Return what cassis loads; all it stumbles over is what is wrong with the file."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # It would take an offset within a surrogate pair, or behind the text, as it stands.
            warnings.filterwarnings("error", message="Not mapping external offset")
            try:
                return load()
            except Exception as error:  # noqa: BLE001 - lxml and cassis raise whatever it is
                kind = type(error).__name__
                raise RecordError("", f"{where}no CAS: {kind}: {_one_line(error)}") from None


def _one_line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else ""


class _Reader:
    """Makes a record of one CAS."""

    def __init__(
        self, place: Place, cas: Any, layers: Layers, name: PurePosixPath, number: int
    ) -> None:
        self.place = place
        self.layers = layers
        self.name = name
        self.number = number
        self.notes: list[str] = []
        self.view = self._view(cas)
        self.own = self._own()
        named = need_mapping(self.own.get("features", {}), "features")
        self.attribute_of = {feature: attribute for attribute, feature in named.items()}
        self.span_ids: dict[int, str] = {}
        self.used: set[str] = set()

    def record(self) -> Record:
        text = self.view.sofa_string
        if not isinstance(text, str):
            raise RecordError("", "it has no text")
        spans = self.spans()
        document = own_keys.make_document(
            self.own,
            text,
            meta=need_mapping(self.own.get("meta", {}), "meta"),
            own_id=self._names()[0],
        )
        rejected = [
            own_keys.read_full_span(value, join_key("rejected", place))
            for place, value in enumerate(need_list(self.own.get("rejected"), "rejected"))
        ]
        one = own_keys.make_set(
            self.own,
            document,
            spans=spans,
            rejected=rejected,
            relations=self.relations(),
            annotator=self._names()[1],
        )
        if self.layers.left_out:
            names = ", ".join(sorted(self.layers.left_out))
            self.notes.append(f"features that link to other things are left out: {names}")
        return Record(document, (one,), self.place, tuple(self.notes))

    def _view(self, cas: Any) -> Any:
        """Return the first view with a text; further ones are told and left out."""
        names = [view.sofa.sofaID for view in cas.views if view.sofa.sofaString is not None]
        if not names:
            return cas
        if len(names) > 1:
            self.notes.append(f"of {len(names)} views only {names[0]} is read")
        return cas.get_view(names[0])

    def _own(self) -> Mapping[str, Any]:
        """Return what we wrote about the set, or nothing."""
        if not self.view.typesystem.contains_type(SET):
            return {}
        for found in self.view.select(SET):
            details = parse_json(found.details or "")
            return own_keys.own_details({own_keys.KEY: details})
        return {}

    def _names(self) -> tuple[str, str]:
        """Return the document's id, and whose work it is where that is said.

        INCEpTION gives the title to the document, its id to the annotator, and its address is made
        of the project's name and the title. It has a folder for each text and a file for each
        person in it.
        """
        told = {"documentId": "", "documentTitle": "", "documentUri": ""}
        if self.view.typesystem.contains_type(METADATA):
            for found in self.view.select(METADATA):
                told = {name: str(getattr(found, name, None) or "") for name in told}
                break
        own_id, title, address = told.values()
        if title and own_id not in ("", title) and address.endswith(f"/{title}"):
            return title, own_id
        document = own_id or title or self.name.with_suffix("").as_posix()
        return document, self.name.stem if self.name.parent.name == document else ""

    def spans(self) -> list[Span]:
        """Return the spans of all span layers, in document order."""
        found = [
            (structure, layer)
            for layer in self.layers.spans
            for structure in self.view.select(layer)
            # Selecting a type brings its subtypes, which may be layers of their own.
            if structure.type.name == layer
        ]
        found.sort(key=lambda entry: (entry[0].begin, -entry[0].end))
        taken = {self._details(structure).get("id") for structure, _ in found}
        made = []
        for structure, layer in found:
            span = self._span(structure, layer, taken)
            self.span_ids[structure.xmiID] = span.id
            made.append(span)
        return made

    def _details(self, structure: Any) -> dict[str, Any]:
        """Return the JSON in our feature of a span or a relation; a copy, or nothing."""
        text = getattr(structure, DETAILS, None)
        if not self.own or not text:
            return {}
        return dict(need_mapping(parse_json(text), f"{structure.type.name} {structure.xmiID}"))

    def _span(self, structure: Any, layer: str, taken: set[Any]) -> Span:
        at = f"{layer} {structure.xmiID}"
        details = self._details(structure)
        label, _ = self.layers.label(structure, layer)
        full_label = details.pop("label", None)
        if isinstance(full_label, str) and clean(full_label) == label:
            label = full_label
        own_id = optional_text(details, "id", at)
        if not own_id or own_id in self.used:
            own_id = self._new_id("s", len(self.span_ids), taken)
        self.used.add(own_id)
        stored = need_mapping(details.pop("attributes", {}), join_key(at, "attributes"))
        details["attributes"] = self._attributes(structure, layer, stored)
        span = own_keys.make_span(
            details, at, id=own_id, label=label, start=structure.begin, end=structure.end
        )
        return self._with_layer(span, layer)

    @staticmethod
    def _new_id(letter: str, count: int, taken: set[Any]) -> str:
        number = count + 1
        while f"{letter}{number}" in taken:
            number += 1
        taken.add(f"{letter}{number}")
        return f"{letter}{number}"

    def _with_layer(self, item: _Item, layer: str) -> _Item:
        """Return a span or relation that knows of what unusual layer it is."""
        if is_known_layer(layer) or layer == self.own.get("layer"):
            return item
        return replace(item, extra={**item.extra, LAYER_KEY: layer})

    def _attributes(self, structure: Any, layer: str, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return attributes: what the features say, more exactly where our details agree."""
        attributes = dict(stored)
        for feature, (kind, value) in self.layers.features(structure, layer).items():
            name = self.attribute_of.get(feature, feature)
            if name in stored and native_value(stored[name], kind) == value:
                continue
            attributes.pop(name, None)
            if value is not None:
                attributes[name] = value
        return attributes

    def relations(self) -> list[Relation]:
        """Return the relations of all relation layers, and those that only our details hold."""
        found = [
            (structure, layer)
            for layer in self.layers.relations
            for structure in self.view.select(layer)
            if structure.type.name == layer
        ]
        apart = need_list(self.own.get("relations"), "relations")
        taken = {self._details(structure).get("id") for structure, _ in found}
        taken |= {value.get("id") for value in apart if isinstance(value, dict)}
        made: list[Relation] = []
        used: set[str] = set()
        for structure, layer in found:
            made.append(self._relation(structure, layer, taken, used))
            used.add(made[-1].id)
        for number, value in enumerate(apart):
            at = join_key("relations", number)
            top = need_mapping(value, at)
            fields = {name: top[name] for name in top if name != "type"}
            made.append(own_keys.make_relation(fields, at, type=optional_text(top, "type", at)))
        return made

    def _relation(self, structure: Any, layer: str, taken: set[Any], used: set[str]) -> Relation:
        at = f"{layer} {structure.xmiID}"
        details = self._details(structure)
        label, _ = self.layers.label(structure, layer)
        full_label = details.pop("type", None)
        if isinstance(full_label, str) and clean(full_label) == label:
            label = full_label
        own_id = optional_text(details, "id", at)
        if not own_id or own_id in used:
            own_id = self._new_id("r", len(used), taken)
        stored = need_mapping(details.pop("attributes", {}), join_key(at, "attributes"))
        details["attributes"] = self._attributes(structure, layer, stored)
        relation = own_keys.make_relation(
            details,
            at,
            id=own_id,
            type=label,
            source=self._end(getattr(structure, GOVERNOR)),
            target=self._end(getattr(structure, DEPENDENT)),
        )
        return self._with_layer(relation, layer)

    def _end(self, structure: Any) -> str:
        """Return the id of the span at an end, or a name for what is none."""
        if structure is None:
            return "nothing"
        known = self.span_ids.get(structure.xmiID)
        return known or f"{structure.type.name.rsplit('.', 1)[-1]} {structure.xmiID}"
