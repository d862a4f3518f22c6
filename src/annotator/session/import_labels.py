"""Labels and relation types of a file that is imported, and the scheme that they must fit."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Attribute, AttributeType, Label, RelationType, Scheme
from ..domain.span import Relation, Span
from ..formats.aspect import kind_of
from ..formats.changes import SECTIONS, changed_relations, revised, with_sets
from ..formats.record import Record
from ..store.yaml_scalars import flow_scalar

Unknown = Literal["refuse", "add", "drop"]
_ONLY = "span"
"""Label of a scheme that would have none."""
_TYPES: Mapping[str, AttributeType] = {"flag": "flag", "number": "number", "list": "list"}


class LabelRules:
    """Maps labels, drops those that are not wanted, and collects those that the scheme lacks.

    Args:
        scheme: what may be said.
        names: new names of labels and relation types by old; empty to leave them out.
        unknown: what becomes of those that the scheme lacks.

    Attributes:
        dropped: how many spans and relations were left out, by label.
    """

    def __init__(self, scheme: Scheme, names: Mapping[str, str], unknown: Unknown) -> None:
        self.scheme = scheme
        self.names = names
        self.unknown = unknown
        self.dropped: dict[str, int] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self._relations: dict[str, dict[str, str]] = {}
        self._counts: dict[str, int] = {}

    def apply(self, record: Record) -> Record:
        """Return a record with mapped labels, without what is left out."""
        return with_sets(record, self._apply_to_set)

    def refused(self) -> str:
        """Return the labels for which the file must be refused, in words; empty for none."""
        if self.unknown != "refuse":
            return ""
        said = []
        for kind, names in (("label", self._labels), ("relation type", self._relations)):
            if names:
                listed = ", ".join(f"{name} ({self._counts[name]})" for name in names)
                said.append(f"{kind} {listed}")
        return " and no ".join(said)

    def added(self) -> list[str]:
        """Return the labels and relation types that the extended scheme has and the old has not."""
        if self.unknown != "add":
            return []
        labels = [name for name in self._labels if name not in self.scheme.labels]
        if not labels and not self.scheme.labels:
            labels = [_ONLY]  # a new scheme of a file without a span
        return [*labels, *(name for name in self._relations if name not in self.scheme.relations)]

    def extended(self, name: str) -> Scheme | None:
        """Return the scheme with what it lacked; None when it lacked nothing.

        Args:
            name: of a scheme that has no labels yet.
        """
        if not self.added():
            return None
        labels = dict(self.scheme.labels)
        keys = {label.key for label in labels.values()}
        for label, attributes in self._labels.items():
            if label not in labels:
                key = _free_key(label, keys)
                keys.add(key)
                labels[label] = Label(label, key, attributes=_attributes(attributes))
        relations = dict(self.scheme.relations)
        for relation, attributes in self._relations.items():
            if relation not in relations:
                relations[relation] = RelationType(relation, attributes=_attributes(attributes))
        if not labels:
            labels[_ONLY] = Label(_ONLY, "s")
        version = self.scheme.version + 1 if self.scheme.labels else 1
        own_name = _plain_name(self.scheme.name or name)
        return self.scheme._replace(
            name=own_name, version=version, labels=labels, relations=relations
        )

    def _apply_to_set(self, one: AnnotationSet) -> AnnotationSet:
        sections: dict[str, list[Span]] = {
            name: [new for span in getattr(one, name).values() if (new := self._span(span))]
            for name in SECTIONS
        }
        here = {span.id for spans in sections.values() for span in spans}
        before = {span_id for name in SECTIONS for span_id in getattr(one, name)}
        gone = before - here

        def fitted(relation: Relation) -> Relation | None:
            linked = self._relation(relation)
            if linked is not None and {linked.source, linked.target} & gone:
                self._drop(relation.type)
                return None
            return linked

        return revised(one, **sections, **changed_relations(one, fitted))

    def _span(self, span: Span) -> Span | None:
        label = self.names.get(span.label, span.label)
        if not label or not self._known(label, self.scheme.labels, self._labels, span.attributes):
            self._drop(span.label)
            return None
        known = self.scheme.labels.get(label)
        attributes = _in_shape(span.attributes, known.attributes) if known else span.attributes
        if label == span.label and attributes is span.attributes:
            return span
        return replace(span, label=label, attributes=attributes)

    def _relation(self, relation: Relation) -> Relation | None:
        kind = self.names.get(relation.type, relation.type)
        known = self.scheme.relations
        if not kind or not self._known(kind, known, self._relations, relation.attributes):
            self._drop(relation.type)
            return None
        return relation if kind == relation.type else replace(relation, type=kind)

    def _known(
        self,
        name: str,
        known: Mapping[str, Any],
        found: dict[str, dict[str, str]],
        attributes: Mapping[str, Any],
    ) -> bool:
        if name in known:
            return True
        if self.unknown == "drop":
            return False
        self._counts[name] = self._counts.get(name, 0) + 1
        kinds = found.setdefault(name, {})
        for key, value in attributes.items():
            kind = _TYPES.get(kind_of(value), "text")
            # One that is now this and now that is only a text.
            kinds[key] = kind if kinds.get(key, kind) == kind else "text"
        return True

    def _drop(self, name: str) -> None:
        self.dropped[name] = self.dropped.get(name, 0) + 1


def _in_shape(values: Mapping[str, Any], declared: Mapping[str, Attribute]) -> Mapping[str, Any]:
    """Return attributes in the shape that their types want, themselves if they have it.

    Files that know no types say one of several choices as they say the only one.
    """
    changed = {
        name: new
        for name, value in values.items()
        if name in declared and (new := _shaped(value, declared[name].type)) is not value
    }
    return {**values, **changed} if changed else values


def _shaped(value: Any, kind: AttributeType) -> Any:
    if kind in ("choices", "list") and isinstance(value, str):
        return [value]
    if kind in ("choice", "text") and isinstance(value, list) and len(value) == 1:
        return value[0]
    if kind == "flag" and value in ("true", "false"):
        return value == "true"
    return value


def set_scheme_in_config(text: str, scheme: str) -> str:
    """Return the text of an ``annotator.yaml`` with its scheme set, all else as it was."""
    line = f"scheme: {flow_scalar(scheme)}"
    changed, count = re.subn(r"(?m)^scheme:.*$", lambda _: line, text, count=1)
    return changed if count else f"{line}\n{text}"


def _attributes(kinds: Mapping[str, str]) -> dict[str, Attribute]:
    return {name: Attribute(name, kind) for name, kind in kinds.items()}  # type: ignore[arg-type]


def _free_key(label: str, taken: set[str]) -> str:
    """Return a key for a label: one of its own letters if one is free."""
    candidates = [c for c in label.lower() if c.isascii() and c.isalnum()]
    key: str
    for key in (*candidates, *string.ascii_lowercase, *string.digits, *string.ascii_uppercase):
        if key not in taken:
            return key
    return next(chr(code) for code in range(0xA1, 0x110000) if _is_key(chr(code), taken))


def _is_key(char: str, taken: set[str]) -> bool:
    return char.isprintable() and char not in taken


def _plain_name(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "imported"
