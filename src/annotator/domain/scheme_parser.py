"""From the plain data of a scheme file to a checked :class:`Scheme`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from .errors import InvalidFileError, Path, Problem, Source
from .scheme import (
    ATTRIBUTE_TYPES,
    UNIT_NAMES,
    Attribute,
    AttributeType,
    Label,
    RelationType,
    Scheme,
    UnitName,
)

_SCHEME_KEYS = ("format", "name", "version", "description", "labels", "relations")
_LABEL_KEYS = ("key", "unit", "attributes", "colour", "furniture", "description")
_RELATION_KEYS = ("symmetric", "from", "to", "attributes", "description")
_ATTRIBUTE_KEYS = ("type", "values", "default", "description")


def parse_scheme(data: object, source: Source) -> Scheme:
    """Return the scheme that a file's data describes.

    Args:
        data: what the YAML loader returned.
        source: where each value stood.

    Raises:
        InvalidFileError: with every problem, each naming file, line and key.
    """
    return _Parser(source).scheme(data)


class _Parser:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def complain(self, path: Path, message: str) -> None:
        self.problems.append(self.source.problem(path, message))

    def scheme(self, data: object) -> Scheme:
        top = self.mapping((), data)
        if top.get("format", "annotator-scheme/1") != "annotator-scheme/1":
            self.complain(("format",), f"expected annotator-scheme/1, found {top['format']!r}")
        name = self.text(("name",), top.get("name"), required=True)
        version = top.get("version", 1)
        if isinstance(version, bool) or not isinstance(version, int) or version < 1:
            self.complain(("version",), f"{version!r} is not a whole number from 1")
            version = 1
        labels = {
            str(key): self.label(("labels", str(key)), str(key), value)
            for key, value in self.mapping(("labels",), top.get("labels")).items()
        }
        if top.get("labels") == {}:
            self.complain(("labels",), "a scheme needs at least one label")
        self.check_label_keys(labels)
        relations = {
            str(key): self.relation(("relations", str(key)), str(key), value, labels)
            for key, value in self.mapping(("relations",), top.get("relations", {})).items()
        }
        description = self.text(("description",), top.get("description", ""))
        if self.problems:
            raise InvalidFileError(self.problems)
        extra = {str(k): v for k, v in top.items() if k not in _SCHEME_KEYS}
        return Scheme(name, version, labels, relations, description, extra)

    def check_label_keys(self, labels: Mapping[str, Label]) -> None:
        holders: dict[str, str] = {}
        for label in labels.values():
            if label.key in holders:
                other = holders[label.key]
                message = f"key {label.key!r} tags both {other} and {label.name}"
                self.complain(("labels", label.name, "key"), message)
            elif label.key:
                holders[label.key] = label.name

    def label(self, path: Path, name: str, data: object) -> Label:
        top = self.known(path, self.mapping(path, data), _LABEL_KEYS)
        key = self.text((*path, "key"), top.get("key"), required=True)
        if len(key) > 1 or (key and not key.isprintable()) or key == " ":
            self.complain((*path, "key"), f"{key!r} is not one printable character")
        units = self.strings((*path, "unit"), top.get("unit", ["word"]))
        for unit in units:
            if unit not in UNIT_NAMES:
                self.complain((*path, "unit"), f"{unit!r} is none of {', '.join(UNIT_NAMES)}")
        return Label(
            name=name,
            key=key,
            units=cast("tuple[UnitName, ...]", units),
            attributes=self.attributes(path, top),
            colour=self.text((*path, "colour"), top.get("colour", "")),
            furniture=self.flag((*path, "furniture"), top.get("furniture", False)),
            description=self.text((*path, "description"), top.get("description", "")),
        )

    def relation(
        self, path: Path, name: str, data: object, labels: Mapping[str, Label]
    ) -> RelationType:
        top = self.known(path, self.mapping(path, data), _RELATION_KEYS)
        ends: dict[str, tuple[str, ...]] = {}
        for end in ("from", "to"):
            ends[end] = self.strings((*path, end), top.get(end, []))
            for label in ends[end]:
                if label not in labels:
                    self.complain((*path, end), f"{label!r} is no label of this scheme")
        return RelationType(
            name=name,
            symmetric=self.flag((*path, "symmetric"), top.get("symmetric", False)),
            sources=ends["from"],
            targets=ends["to"],
            attributes=self.attributes(path, top),
            description=self.text((*path, "description"), top.get("description", "")),
        )

    def attributes(self, path: Path, top: Mapping[Any, Any]) -> dict[str, Attribute]:
        found = self.mapping((*path, "attributes"), top.get("attributes", {}))
        return {
            str(key): self.attribute((*path, "attributes", str(key)), str(key), value)
            for key, value in found.items()
        }

    def attribute(self, path: Path, name: str, data: object) -> Attribute:
        top = self.known(path, self.mapping(path, data), _ATTRIBUTE_KEYS)
        kind = top.get("type", "choice" if "values" in top else "text")
        if kind not in ATTRIBUTE_TYPES:
            self.complain((*path, "type"), f"{kind!r} is none of {', '.join(ATTRIBUTE_TYPES)}")
            kind = "text"
        values = self.strings((*path, "values"), top.get("values", []))
        if kind in ("choice", "choices") and not values:
            self.complain(path, f"an attribute of type {kind} needs values")
        if len(set(values)) < len(values):
            self.complain((*path, "values"), "a value stands twice")
        default = top.get("default")
        if default is not None and default not in values:
            self.complain((*path, "default"), f"{default!r} is none of the values")
            default = None
        description = self.text((*path, "description"), top.get("description", ""))
        return Attribute(name, cast("AttributeType", kind), values, default, description)

    def mapping(self, path: Path, data: object) -> Mapping[Any, Any]:
        if isinstance(data, Mapping):
            return data
        self.complain(path, "missing" if data is None else "expected keys and values")
        return {}

    def known(
        self, path: Path, data: Mapping[Any, Any], keys: tuple[str, ...]
    ) -> Mapping[Any, Any]:
        for key in data:
            if key not in keys:
                self.complain((*path, str(key)), f"unknown key; expected {', '.join(keys)}")
        return data

    def text(self, path: Path, data: object, *, required: bool = False) -> str:
        if isinstance(data, str) and (data or not required):
            return data
        self.complain(path, "missing" if data in (None, "") else f"{data!r} is not a string")
        return ""

    def flag(self, path: Path, data: object) -> bool:
        if not isinstance(data, bool):
            self.complain(path, f"{data!r} is not true or false")
            return False
        return data

    def strings(self, path: Path, data: object) -> tuple[str, ...]:
        if isinstance(data, str):
            return (data,)
        if isinstance(data, list) and all(isinstance(item, str) for item in data):
            return tuple(data)
        self.complain(path, f"{data!r} is not a list of strings")
        return ()
