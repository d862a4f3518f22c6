"""JSON Schemas of annotation and scheme files, made from the classes that hold their data.

Editors use them to complete and check a file while it is typed. What needs more than one value
at a time (offsets within the text, relations that end somewhere) is for ``validate``.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable
from typing import Any, Literal, get_args, get_origin, get_type_hints

from ..domain.annotations import STATUSES, AnnotationSet, DocumentRef
from ..domain.scheme import ATTRIBUTE_TYPES, UNIT_NAMES, Attribute, Label, RelationType, Scheme
from ..domain.span import Relation, Span
from .origin_keys import origin_schema
from .set_shape import FORMAT

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILE_NAMES = {
    Relation: {"source": "from", "target": "to"},
    RelationType: {"sources": "from", "targets": "to"},
    Label: {"units": "unit"},
}
"""Fields that have another name in files."""
_ENTRY = re.compile(r"^    ([\w, ]+): (.*(?:\n     .*)*)", re.MULTILINE)
_MARKUP = re.compile(r":\w+:(?=`)|`")
_OFFSET = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_NAME = {"type": "string", "minLength": 1}
_VALUES = {"type": "object"}
_STRINGS = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def annotation_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of annotation files."""
    about = _descriptions(AnnotationSet)
    spans = {"type": ["array", "null"], "items": {"$ref": "#/$defs/span"}}
    relations = {"type": ["array", "null"], "items": {"$ref": "#/$defs/relation"}}
    properties: dict[str, Any] = {
        "format": {"const": FORMAT},
        "document": {"$ref": "#/$defs/document"},
        "annotator": _NAME,
        "scheme": _NAME,
        "status": {"enum": list(STATUSES), "default": STATUSES[0]},
        "note": _TEXT,
        "spans": spans,
        "rejected": spans,
        "orphans": spans,
        "relations": relations,
        "rejected_relations": relations,
    }
    return {
        "$schema": _DIALECT,
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": "What one annotator said about one document",
        "description": "Offsets count Unicode code points; ranges are half-open. In a string, a "
        "lone surrogate is written as the six characters \\udXXX; backslashes in front of it, or "
        "in front of what merely looks like it, are doubled. Unknown keys are kept.",
        "type": "object",
        "required": ["format", "document", "annotator", "scheme"],
        "properties": {key: _described(key, value, about) for key, value in properties.items()},
        "$defs": {
            "document": _record(DocumentRef, ["id", "sha256", "length"]),
            "span": _record(Span, ["id", "label", "start", "end"]),
            "relation": _record(Relation, ["id", "type", "from", "to"]),
        },
    }


def scheme_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of scheme files."""
    about = _descriptions(Scheme)
    properties: dict[str, Any] = {
        "format": {"const": "annotator-scheme/1"},
        "name": _NAME,
        "version": {"type": "integer", "minimum": 1, "default": 1},
        "description": _TEXT,
        "labels": _map_of("label") | {"minProperties": 1},
        "relations": _map_of("relation"),
    }
    label = _record(Label, ["key"], without=("name",)) | {"additionalProperties": False}
    label["properties"]["key"] |= {"minLength": 1, "maxLength": 1}
    return {
        "$schema": _DIALECT,
        "$id": "urn:annotator-scheme:1",
        "title": "A scheme of annotator",
        "type": "object",
        "required": ["name", "labels"],
        "properties": {key: _described(key, value, about) for key, value in properties.items()},
        "$defs": {
            "label": label,
            "relation": _record(RelationType, [], without=("name",))
            | {"additionalProperties": False},
            "attribute": _record(Attribute, [], without=("name",))
            | {"additionalProperties": False},
        },
    }


def _record(
    cls: type, required: list[str], without: tuple[str, ...] = ("extra",)
) -> dict[str, Any]:
    """Return the schema of a mapping that becomes a dataclass or a named tuple."""
    hints = get_type_hints(cls)
    names = _FILE_NAMES.get(cls, {})
    about = _descriptions(cls)
    properties = {}
    for name in _field_names(cls):
        if name not in without:
            schema = _SPECIAL.get((cls, name)) or _of_type(hints[name])
            properties[names.get(name, name)] = _described(name, schema, about)
    for name in required:
        if properties[name].get("type") == "string":
            properties[name]["minLength"] = 1
    return {"type": "object", "required": required, "properties": properties}


def _field_names(cls: type) -> Iterable[str]:
    if dataclasses.is_dataclass(cls):
        return [field.name for field in dataclasses.fields(cls)]
    names: tuple[str, ...] = getattr(cls, "_fields", ())
    return names


def _of_type(hint: Any) -> dict[str, Any]:
    """Return the schema of values of a type."""
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if hint is int:
        return dict(_OFFSET)
    return {str: dict(_TEXT), bool: {"type": "boolean"}}.get(hint, dict(_VALUES))


def _map_of(name: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{name}"}}


def _described(name: str, schema: dict[str, Any], about: dict[str, str]) -> dict[str, Any]:
    return {**schema, "description": about[name]} if name in about else dict(schema)


def _descriptions(cls: type) -> dict[str, str]:
    """Return what the docstring of a class says of each attribute or argument."""
    found = {}
    for names, text in _ENTRY.findall(inspect.getdoc(cls) or ""):
        plain = " ".join(_MARKUP.sub("", text).split())
        found.update(dict.fromkeys(names.split(", "), plain))
    return found


_UNITS = {"enum": list(UNIT_NAMES)}
_SPECIAL: dict[tuple[type, str], dict[str, Any]] = {
    (Span, "fragments"): {
        "type": "array",
        "items": {"type": "array", "items": _OFFSET, "minItems": 2, "maxItems": 2},
    },
    (Span, "origin"): origin_schema(),
    (Relation, "origin"): origin_schema(),
    (Label, "units"): {"oneOf": [_UNITS, {"type": "array", "items": _UNITS}]},
    (Label, "attributes"): _map_of("attribute"),
    (RelationType, "attributes"): _map_of("attribute"),
    (RelationType, "sources"): _STRINGS,
    (RelationType, "targets"): _STRINGS,
    (Attribute, "type"): {"enum": list(ATTRIBUTE_TYPES)},
    (Attribute, "values"): _STRINGS,
    (Attribute, "default"): _TEXT,
}
