"""UIMA types of our spans, by the conventions of DKPro Core and INCEpTION.

A span layer has a string feature for the label and one feature for each attribute; a relation
layer has ``Governor`` (where it goes out) and ``Dependent`` (where it goes to).
https://inception-project.github.io/releases/38.0/docs/user-guide.html, UIMA's own types:
https://uima.apache.org/d/uimaj-current/ref.html
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...domain.errors import AnnotatorError
from ...domain.scheme import Scheme

SPAN_LAYER = "custom.Span"
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATION_LAYER = "custom.Relation"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"  # noqa: S105 - a type's name
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
SET = "annotator.AnnotationSet"
"""Our own type: what a set says that no layer has a place for, as JSON."""

DETAILS = "annotator"
"""Feature of our span and relation layers: what they say beside label and attributes, as JSON."""
GOVERNOR = "Governor"
DEPENDENT = "Dependent"
RELATION_LABEL = "label"

STRING, DOUBLE, BOOLEAN, STRINGS = (
    f"uima.cas.{name}" for name in ("String", "Double", "Boolean", "StringArray")
)
_RANGES = {
    "choice": STRING,
    "text": STRING,
    "number": DOUBLE,
    "flag": BOOLEAN,
    "choices": STRINGS,
    "list": STRINGS,
}
_RESERVED = {"begin", "end", "sofa", "self", "type", "label", "value", "identifier", DETAILS}
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_LAYER = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", re.ASCII)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def load_cassis() -> Any:
    """Return the library that reads and writes CASes.

    Raises:
        AnnotatorError: it is not installed.
    """
    try:
        import cassis
    except ImportError:
        raise AnnotatorError(
            "UIMA CAS needs dkpro-cassis, which is not installed",
            "pip install 'annotator[cas]'",
        ) from None
    return cassis


def label_feature(layer: str) -> str:
    """Return the feature that holds the label in a span layer."""
    return "value" if layer == NAMED_ENTITY else "label"


def checked_layer(name: str) -> str:
    """Return the name of a layer, which must be one that UIMA takes: ``package.Name``."""
    if not _LAYER.fullmatch(name) or name.startswith("uima."):
        raise AnnotatorError(f"--layer takes a type's name, not {name!r}", "e.g. custom.Span")
    return name


def clean(text: str) -> str:
    """Return a text with U+FFFD for what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


class AttributeFeatures:
    """Which attributes have a feature of their own: those of the scheme.

    Args:
        scheme: attributes of one name but another type in two labels follow the first.

    Attributes:
        names: the feature's name by the attribute's.
        ranges: the feature's type by its name.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.names: dict[str, str] = {}
        self.ranges: dict[str, str] = {}
        for label in scheme.labels.values():
            for attribute in label.attributes.values():
                if attribute.name not in self.names:
                    name = self._free_name(attribute.name)
                    self.names[attribute.name] = name
                    self.ranges[name] = _RANGES[attribute.type]

    def _free_name(self, attribute: str) -> str:
        """Return a name that Java takes; attributes may be called anything."""
        name = _NO_NAME.sub("_", attribute).strip("_")
        if not name or not name[0].isalpha() or name in _RESERVED:
            name = f"attribute_{name}"
        number = 1
        free = name
        while free in self.ranges:
            number += 1
            free = f"{name}_{number}"
        return free

    def split(self, attributes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what goes into features, and the attributes that these do not hold exactly."""
        native: dict[str, Any] = {}
        rest: dict[str, Any] = {}
        for name, value in attributes.items():
            feature = self.names.get(name)
            if feature is None:
                rest[name] = value
                continue
            kind = self.ranges[feature]
            held = native_value(value, kind)
            if held is not None:
                native[feature] = held
            if not is_exact(value, kind):
                rest[name] = value
        return native, rest


def native_value(value: Any, kind: str) -> Any:
    """Return an attribute's value as a feature of a type holds it; None if it cannot.

    Args:
        value: any value.
        kind: the feature's type.
    """
    if kind == STRING:
        return clean(value) if isinstance(value, str) and value else None
    if kind == BOOLEAN:
        return value if isinstance(value, bool) else None
    if kind == DOUBLE:
        return _double(value)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        # An empty string does not survive XML, so it is left to the details.
        return [clean(item) for item in value if item] or None
    return None


def _double(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def is_exact(value: Any, kind: str) -> bool:
    """Say whether a value comes back from a feature of a type as it is."""
    held = native_value(value, kind)
    return held is not None and type(held) is type(value) and bool(held == value)


def make_type_system(cassis: Any, features: AttributeFeatures, layer: str) -> Any:
    """Return the type system of an export.

    Args:
        cassis: the library.
        features: features for attributes.
        layer: name of the span layer.
    """
    system = cassis.TypeSystem()
    for name in (SENTENCE, TOKEN):
        system.create_type(name, "uima.tcas.Annotation")
    metadata = system.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    _add_strings(system, metadata, ("documentTitle", "documentId"))
    spans = system.create_type(layer, "uima.tcas.Annotation")
    names = [label_feature(layer), DETAILS]
    if layer == NAMED_ENTITY:
        # DKPro Core has it, and INCEpTION refuses a built-in layer that lacks a feature.
        names.insert(1, "identifier")
    _add_strings(system, spans, names)
    for name, kind in features.ranges.items():
        system.create_feature(spans, name, kind)
    relations = system.create_type(RELATION_LAYER, "uima.tcas.Annotation")
    for name in (GOVERNOR, DEPENDENT):
        system.create_feature(relations, name, layer)
    _add_strings(system, relations, (RELATION_LABEL, DETAILS))
    _add_strings(system, system.create_type(SET, "uima.cas.AnnotationBase"), ("details",))
    return system


def _add_strings(system: Any, owner: Any, names: Iterable[str]) -> None:
    for name in names:
        system.create_feature(owner, name, STRING)
