"""brat's configuration of a scheme: ``annotation.conf`` and ``visual.conf``.

See https://brat.nlplab.org/configuration.html.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.scheme import Attribute, Scheme
from .lines import safe_name

_COLOURS = {
    "green": "#a9ddb8",
    "yellow": "#f2d977",
    "grey": "#c9cbd1",
    "blue": "#aecbf2",
    "magenta": "#e0b3e8",
    "cyan": "#98dcda",
    "red": "#efb0b0",
    "orange": "#f5c49b",
}


def annotation_conf(scheme: Scheme) -> str:
    """Return what may be annotated: entities, relations, no events, and attributes."""
    return "\n".join(
        [
            f"# Made of the scheme {_plain(scheme.id)}.",
            "[entities]",
            *_unique(map(safe_name, scheme.labels)),
            "",
            "[relations]",
            "# Spans overlap and nest freely.",
            "<OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            *_relations(scheme),
            "",
            "[events]",
            "",
            "[attributes]",
            *_attributes(scheme),
            "",
        ]
    )


def visual_conf(scheme: Scheme) -> str:
    """Return labels as people read them, and colours."""
    named = [*scheme.labels, *scheme.relations]
    lines = ["[labels]"]
    lines += _unique(
        f"{safe_name(name)} | {_plain(name)}" for name in named if safe_name(name) != name
    )
    lines += ["", "[drawing]", "SPAN_DEFAULT fgColor:black, bgColor:#d5e4f9, borderColor:darken"]
    for label in scheme.labels.values():
        colour = _COLOURS.get(label.colour, label.colour)
        if colour.startswith("#"):
            lines.append(f"{safe_name(label.name)} bgColor:{_plain(colour)}")
    return "\n".join([*lines, ""])


def _relations(scheme: Scheme) -> list[str]:
    lines = []
    for relation in scheme.relations.values():
        ends = [
            "|".join(_unique(map(safe_name, labels))) or "<ENTITY>"
            for labels in (relation.sources, relation.targets)
        ]
        kind = ", <REL-TYPE>:symmetric" if relation.symmetric else ""
        lines.append(f"{safe_name(relation.name)} Arg1:{ends[0]}, Arg2:{ends[1]}{kind}")
    return lines


def _attributes(scheme: Scheme) -> list[str]:
    """Return a line for each attribute that brat can offer: choices and flags.

    brat knows an attribute by its name alone; values that several labels give it are put together.
    """
    labels: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for label in scheme.labels.values():
        for attribute in label.attributes.values():
            if attribute.type in ("choice", "choices", "flag"):
                name = safe_name(attribute.name)
                labels.setdefault(name, []).append(safe_name(label.name))
                values.setdefault(name, []).extend(_values(attribute))
    lines = []
    for name, of in labels.items():
        offered = "|".join(_unique(values[name]))
        lines.append(f"{name} Arg:{'|'.join(_unique(of))}" + (f", Value:{offered}" * bool(offered)))
    return lines


def _values(attribute: Attribute) -> list[str]:
    return [value for value in attribute.values if safe_name(value, keep=True) == value]


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
