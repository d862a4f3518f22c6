"""Schemes as YAML files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..domain.scheme import Attribute, Label, RelationType, Scheme
from .yaml_scalars import flow_scalar


def dump_scheme(scheme: Scheme) -> str:
    """Return the YAML of a scheme, which ``scheme_files.load_scheme`` reads back.

    Unknown top-level keys are left out.
    """
    lines = ["format: annotator-scheme/1", f"name: {flow_scalar(scheme.name)}"]
    lines.append(f"version: {scheme.version}")
    lines += _text(0, "description", scheme.description)
    lines.append("labels:")
    for label in scheme.labels.values():
        lines += _label(label)
    if scheme.relations:
        lines.append("relations:")
        for relation in scheme.relations.values():
            lines += _relation(relation)
    return "\n".join([*lines, ""])


def _label(label: Label) -> Iterable[str]:
    yield f"  {flow_scalar(label.name)}:"
    yield f"    key: {flow_scalar(label.key)}"
    yield f"    unit: {_list(label.units)}"
    yield from _text(4, "colour", label.colour)
    if label.furniture:
        yield "    furniture: true"
    yield from _text(4, "description", label.description)
    yield from _attributes(label.attributes)


def _relation(relation: RelationType) -> Iterable[str]:
    fields = []
    if relation.symmetric:
        fields.append("    symmetric: true")
    if relation.sources:
        fields.append(f"    from: {_list(relation.sources)}")
    if relation.targets:
        fields.append(f"    to: {_list(relation.targets)}")
    fields += [*_text(4, "description", relation.description), *_attributes(relation.attributes)]
    name = flow_scalar(relation.name)
    return [f"  {name}:", *fields] if fields else [f"  {name}: {{}}"]


def _attributes(attributes: Mapping[str, Attribute]) -> Iterable[str]:
    if attributes:
        yield "    attributes:"
    for attribute in attributes.values():
        yield f"      {flow_scalar(attribute.name)}:"
        yield f"        type: {attribute.type}"
        if attribute.values:
            yield f"        values: {_list(attribute.values)}"
        if attribute.default is not None:
            yield f"        default: {flow_scalar(attribute.default)}"
        yield from _text(8, "description", attribute.description)


def _text(indent: int, key: str, value: str) -> Iterable[str]:
    if value:
        yield f"{' ' * indent}{key}: {flow_scalar(value)}"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(flow_scalar, values))}]"
