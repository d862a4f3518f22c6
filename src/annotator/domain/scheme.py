"""What may be said: labels, attributes and relation types, declared in a scheme file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

from .span import Value, comparable

AttributeType = Literal["choice", "choices", "text", "list", "number", "flag"]
UnitName = Literal[
    "character", "word", "entity", "bracket", "clause", "sentence", "paragraph", "selection"
]
ATTRIBUTE_TYPES: tuple[str, ...] = get_args(AttributeType)
UNIT_NAMES: tuple[str, ...] = get_args(UnitName)


class Attribute(NamedTuple):
    """One thing that can be said about a span or a relation.

    Attributes:
        name: the key in files.
        type: ``choice`` one of values, ``choices`` several of values, ``text`` a line,
            ``list`` several lines, ``number``, ``flag``.
        values: the allowed values of ``choice`` and ``choices``, in the order of their digits.
        default: what holds where nothing is set; None for nothing.
        description: one line for the form.
    """

    name: str
    type: AttributeType
    values: tuple[str, ...] = ()
    default: str | None = None
    description: str = ""

    def complaint(self, value: object) -> str:
        """Return what is wrong with a value, or an empty string."""
        if self.type == "choice" and value not in self.values:
            return f"{value!r} is none of {', '.join(self.values)}"
        if self.type in ("choices", "list"):
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                return f"{value!r} is not a list of strings"
            unknown = [v for v in value if v not in self.values]
            if self.type == "choices" and unknown:
                return f"{unknown[0]!r} is none of {', '.join(self.values)}"
        if self.type == "text" and not isinstance(value, str):
            return f"{value!r} is not a string"
        if self.type == "flag" and not isinstance(value, bool):
            return f"{value!r} is not true or false"
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if self.type == "number" and not is_number:
            return f"{value!r} is not a number"
        return ""


class Label(NamedTuple):
    """One kind of span.

    Attributes:
        name: the label in files.
        key: the key that tags with it, one printable character.
        units: what it selects when nothing is selected, the first that applies.
        attributes: by name; digits set the values of the first that is a choice.
        colour: a colour name or ``#rrggbb`` for the highlight; empty for one by position.
        furniture: whether its spans are kept out of statistics and exports.
        description: one line.
    """

    name: str
    key: str
    units: tuple[UnitName, ...] = ("word",)
    attributes: Mapping[str, Attribute] = {}
    colour: str = ""
    furniture: bool = False
    description: str = ""

    @property
    def first_choice(self) -> Attribute | None:
        """The attribute that digits set: the first with values, or None."""
        return next((a for a in self.attributes.values() if a.values), None)


class RelationType(NamedTuple):
    """One kind of link between two spans.

    Attributes:
        name: the type in files.
        symmetric: whether the direction means nothing.
        sources: labels it may go out from; empty for any.
        targets: labels it may go to; empty for any.
        attributes: by name.
        description: one line.
    """

    name: str
    symmetric: bool = False
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    attributes: Mapping[str, Attribute] = {}
    description: str = ""

    def allows(self, source_label: str, target_label: str) -> bool:
        """Say whether the type may link a span of one label to a span of another."""
        forth = (not self.sources or source_label in self.sources) and (
            not self.targets or target_label in self.targets
        )
        if forth or not self.symmetric:
            return forth
        return (not self.sources or target_label in self.sources) and (
            not self.targets or source_label in self.targets
        )


class Scheme(NamedTuple):
    """A set of labels and relation types.

    Attributes:
        name: e.g. ``claims-and-placeholders``.
        version: a whole number.
        labels: by name, in order.
        relations: by name, in order.
        description: one line.
        extra: unknown top-level keys.
    """

    name: str
    version: int
    labels: Mapping[str, Label]
    relations: Mapping[str, RelationType] = {}
    description: str = ""
    extra: Mapping[str, Any] = {}

    @property
    def id(self) -> str:
        """How annotation files name the scheme: ``name/version``."""
        return f"{self.name}/{self.version}"

    def label_for_key(self, key: str) -> Label | None:
        """Return the label that a key tags with."""
        return next((label for label in self.labels.values() if label.key == key), None)


def in_effect(label: Label | None, attributes: Mapping[str, Value]) -> dict[str, Value]:
    """Return what attributes come to: equal for those that say the same.

    What is not set has its default, what is empty is not set, and items of a list have no order.

    Args:
        label: the label that declares them; None for one that the scheme does not know.
        attributes: of a span.
    """
    declared = label.attributes.values() if label else ()
    said = {one.name: one.default for one in declared} | comparable(attributes)
    return {name: value for name, value in said.items() if value not in (None, "", [])}
