"""What the reader and the writer of Label Studio's files must agree on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.scheme import Attribute, Scheme
from ..aspect import kind_of

NATIVE = "label-studio"
"""Key of a set's ``extra`` for what its annotation had and the program has no place for."""
LABELS, TEXT = "label", "text"
"""Names of the labels' and the text's tag in the configuration that is generated."""
UNNAMED = "related"
"""Type of a relation without a label."""
MODEL_PREFIX = "model:"


def attribute_tag(label: str, attribute: str) -> str:
    """Return the name of the tag of a label's attribute."""
    return f"{label}.{attribute}"


def attribute_result(value: Any, declared: Attribute | None) -> tuple[str, dict[str, Any]] | None:
    """Return the type of an attribute's result and its value; None for what has no such form."""
    kind = kind_of(value)
    if kind == "text":
        if declared is not None and declared.type in ("text", "list"):
            return "textarea", {"text": [value]}
        return "choices", {"choices": [value]}
    if kind == "list":
        if declared is not None and declared.type == "list":
            return "textarea", {"text": list(value)}
        return "choices", {"choices": list(value)}
    if kind == "number":
        return "number", {"number": value}
    if kind == "flag":
        return "choices", {"choices": ["true" if value else "false"]}
    return None


def attribute_as(kind: str, value: Any) -> tuple[str, dict[str, Any]] | None:
    """Return an attribute as a result of a type; None where it does not fit in."""
    listed = [value] if isinstance(value, str) else value
    if kind in ("choices", "textarea") and kind_of(value) in ("text", "list"):
        return kind, {"choices" if kind == "choices" else "text": list(listed)}
    if kind == "rating" and kind_of(value) == "number":
        return kind, {"rating": value}
    return None


def attribute_value(kind: str, value: Mapping[str, Any]) -> Any:
    """Return the attribute that a result of a region stands for; None for other kinds.

    One choice or text is a string, several are a list.
    """
    if kind in ("choices", "textarea"):
        listed = value.get("choices" if kind == "choices" else "text")
        if isinstance(listed, str):
            return listed
        if isinstance(listed, list) and all(isinstance(item, str) for item in listed):
            return listed[0] if len(listed) == 1 else listed
        return None
    if kind in ("number", "rating"):
        number = value.get(kind)
        return number if isinstance(number, int | float) else None
    return None


def config_xml(scheme: Scheme) -> str:
    """Return the labelling configuration of a scheme, which a Label Studio project needs."""
    lines = ["<View>", f'  <Labels name="{LABELS}" toName="{TEXT}">']
    for label in scheme.labels.values():
        colour = f" background={_quoted(label.colour)}" if label.colour else ""
        hotkey = f" hotkey={_quoted(label.key)}" if label.key.isalnum() else ""
        lines.append(f"    <Label value={_quoted(label.name)}{colour}{hotkey}/>")
    lines.append("  </Labels>")
    lines.append(f'  <Text name="{TEXT}" value="$text"/>')
    for label in scheme.labels.values():
        for attribute in label.attributes.values():
            lines += _attribute_xml(label.name, attribute)
    if scheme.relations:
        lines.append("  <Relations>")
        for relation in scheme.relations.values():
            lines.append(f"    <Relation value={_quoted(relation.name)}/>")
        lines.append("  </Relations>")
    return "\n".join([*lines, "</View>", ""])


def _attribute_xml(label: str, attribute: Attribute) -> list[str]:
    name = _quoted(attribute_tag(label, attribute.name))
    common = (
        f'name={name} toName="{TEXT}" perRegion="true" whenTagName="{LABELS}" '
        f"whenLabelValue={_quoted(label)}"
    )
    if attribute.type == "number":
        return [f"  <Number {common}/>"]
    if attribute.type in ("text", "list"):
        return [f"  <TextArea {common} placeholder={_quoted(attribute.name)}/>"]
    several = "multiple" if attribute.type == "choices" else "single"
    values = ("true", "false") if attribute.type == "flag" else attribute.values
    choices = [f"    <Choice value={_quoted(value)}/>" for value in values]
    return [f'  <Choices {common} choice="{several}">', *choices, "  </Choices>"]


def _quoted(value: str) -> str:
    # Not xml.sax.saxutils, which imports urllib for this one function.
    for sign, escape in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        value = value.replace(sign, escape)
    return '"' + "".join(_attribute_char(char) for char in value) + '"'


def _attribute_char(char: str) -> str:
    if char in "\t\n\r":
        return f"&#{ord(char)};"
    return char if char >= " " and not "\ud800" <= char <= "\udfff" else "\ufffd"
