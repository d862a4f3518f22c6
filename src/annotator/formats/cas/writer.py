"""Writes UIMA CASes; see :mod:`.format`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import AnnotatorError
from ...domain.span import Relation, Span
from ...store.atomic import storage_error
from ...store.escaping import escape, escape_path
from .. import own_keys
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..record import Record
from ..sentences import sentence_ranges
from ..tokens import tokenize
from .type_system import (
    DEPENDENT,
    DETAILS,
    GOVERNOR,
    METADATA,
    RELATION_LABEL,
    RELATION_LAYER,
    SENTENCE,
    SET,
    SPAN_LAYER,
    TOKEN,
    AttributeFeatures,
    checked_layer,
    clean,
    label_feature,
    load_cassis,
    make_type_system,
)

TYPE_SYSTEM = "TypeSystem.xml"


class CasWriter:
    """Writes a CAS for each set into a folder or a zip file.

    Args:
        target: where to.
        context: options, scheme.
        suffix: ``.xmi`` or ``.json``.
    """

    def __init__(self, target: Target, context: WriteContext, suffix: str) -> None:
        self._cassis = load_cassis()
        self._suffix = suffix
        self._features = AttributeFeatures(context.scheme)
        self._layer = checked_layer(context.options["layer"] or SPAN_LAYER)
        self._system = make_type_system(self._cassis, self._features, self._layer)
        self._store: _Store = (
            _Zip(target.file()) if context.options["zip"] else _Folder(target.folder())
        )
        self._names: set[str] = set()

    def write(self, record: Record) -> None:
        """Write a record: one file, or a folder of one a set where there are several sets."""
        name = escape_path(record.document.id.split("/"))
        for one in record.sets:
            inner = f"/{escape(one.annotator)}" if len(record.sets) > 1 else ""
            cas = _CasBuilder(self._cassis, self._system, self._features, self._layer)
            cas.fill(record.document, one)
            self._store.add(self._free(name + inner), self._serialized(cas.cas))

    def close(self) -> None:
        """Write the type system, and what ends the file."""
        if self._suffix == ".xmi":
            self._store.add(TYPE_SYSTEM, self._system.to_xml().encode())
        self._store.close()

    def _serialized(self, cas: Any) -> bytes:
        text: str = cas.to_xmi() if self._suffix == ".xmi" else cas.to_json()
        return text.encode()

    def _free(self, name: str) -> str:
        """Return a file name that is not taken, by file systems without case either."""
        number = 1
        free = name + self._suffix
        while free.lower() in self._names:
            number += 1
            free = f"{name}~{number}{self._suffix}"
        self._names.add(free.lower())
        return free


class _CasBuilder:
    """Fills one CAS."""

    def __init__(self, cassis: Any, system: Any, features: AttributeFeatures, layer: str) -> None:
        self.cas = cassis.Cas(typesystem=system)
        self._system = system
        self._features = features
        self._layer = layer

    def fill(self, document: Document, one: AnnotationSet) -> None:
        """Put in a text and what is said about it."""
        self.cas.sofa_string = document.text
        self.cas.sofa_mime = "text/plain"
        title = clean(document.id)
        self._add(
            METADATA, 0, document.length,
            documentTitle=title, documentId=title, language="x-unspecified",
        )  # fmt: skip
        self._add_segments(document.text)
        spans = {span.id: self._add_span(span) for span in in_document_order(one.spans.values())}
        apart = []
        for relation in one.relations.values():
            if relation.source in spans and relation.target in spans:
                self._add_relation(relation, spans[relation.source], spans[relation.target])
            else:
                # A layer links its own spans only, not candidates turned down or orphans.
                apart.append(own_keys.full_relation(relation))
        details = own_keys.document_details(document) | own_keys.set_details(one)
        details |= {"layer": self._layer, "features": self._features.names}
        if one.rejected:
            details["rejected"] = [own_keys.full_span(span) for span in one.rejected.values()]
        if apart:
            details["relations"] = apart
        if document.meta:
            details["meta"] = document.meta
        self.cas.add(self._system.get_type(SET)(details=_json(details)))

    def _add(self, layer: str, start: int, end: int, **features: Any) -> Any:
        made = self._system.get_type(layer)(begin=start, end=end, **features)
        self.cas.add(made)
        return made

    def _add_segments(self, text: str) -> None:
        """Add sentences and the tokens within them, without which INCEpTION shows nothing."""
        tokens = iter(tokenize(text))
        token = next(tokens, None)
        for start, end in sentence_ranges(text):
            self._add(SENTENCE, start, end)
            while token is not None and token.start < end:
                if token.start >= start and token.end <= end:
                    self._add(TOKEN, token.start, token.end)
                token = next(tokens, None)

    def _add_span(self, span: Span) -> Any:
        native, rest = self._features.split(span.attributes)
        details = own_keys.span_details(span)
        details.pop("attributes", None)
        if rest:
            details["attributes"] = rest
        label = clean(span.label)
        if label != span.label:
            details["label"] = span.label
        array = self._system.get_type("uima.cas.StringArray")
        features = {
            name: array(elements=value) if isinstance(value, list) else value
            for name, value in native.items()
        }
        features |= {label_feature(self._layer): label, DETAILS: _json(details)}
        return self._add(self._layer, span.start, span.end, **features)

    def _add_relation(self, relation: Relation, source: Any, target: Any) -> None:
        details = own_keys.relation_details(relation)
        del details["from"], details["to"]
        label = clean(relation.type)
        if label != relation.type:
            details["type"] = relation.type
        # INCEpTION anchors a relation at where it goes to.
        ends = {GOVERNOR: source, DEPENDENT: target}
        features = {RELATION_LABEL: label, DETAILS: _json(details), **ends}
        self._add(RELATION_LAYER, target.begin, target.end, **features)


def _json(details: Mapping[str, Any]) -> str:
    """Return JSON in ASCII, which any XML holds."""
    return json.dumps(details, allow_nan=False)


class _Store(Protocol):
    def add(self, name: str, content: bytes) -> None: ...

    def close(self) -> None: ...


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, content: bytes) -> None:
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except FileExistsError:
            raise AnnotatorError(
                f"{path.parent.name} is a file and a folder in this export", "use --zip"
            ) from None
        except OSError as error:
            raise storage_error(error, path) from error

    def close(self) -> None:
        """Nothing comes last."""


class _Zip:
    def __init__(self, file: BinaryIO) -> None:
        import zipfile

        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, content: bytes) -> None:
        from zipfile import ZIP_DEFLATED, ZipInfo

        # A fixed time: the same work gives the same file.
        entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = ZIP_DEFLATED
        self._zip.writestr(entry, content)

    def close(self) -> None:
        self._zip.close()
