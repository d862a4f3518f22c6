"""A form over the attributes a scheme declares: its fields, and what keys do to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.cells import cell_len

from ..domain.scheme import Attribute
from ..domain.span import Value
from .form_fields import ChoiceField, Field, FlagField
from .form_text_fields import ListField, NumberField, TextField
from .line_widget import Part, draw, fill, fit

_NAMES = 14
"""Cells that the names of fields take at most."""
_NARROW = 44
"""Cells below which a field's value stands under its name and not beside it."""


@dataclass(frozen=True, slots=True)
class FormResult:
    """What a form was filled in with.

    Attributes:
        attributes: by name, only those that are set; unknown ones as they were.
        note: the note; unchanged when the form had no field for it.
    """

    attributes: dict[str, Value] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form.

    Attributes:
        parts: what it reads.
        place: which field it belongs to.
        must_show: whether it has to be in view.
    """

    parts: list[Part]
    place: int
    must_show: bool = False


class FormState:
    """The fields of a form and where one stands among them.

    Args:
        attributes: what can be set, in order.
        values: what is set.
        note: a note to edit; None for a form without one.
        start: name of the attribute to begin on, or ``note``.
    """

    def __init__(
        self,
        attributes: Mapping[str, Attribute],
        values: Mapping[str, Value],
        *,
        note: str | None = "",
        start: str | None = None,
    ) -> None:
        self._unknown = {k: v for k, v in values.items() if k not in attributes}
        self._order = tuple(values)
        self.fields: list[Field] = [field_for(a, values.get(a.name)) for a in attributes.values()]
        self._note = note or ""
        self._note_field: TextField | None = None
        if note is not None:
            self._note_field = TextField("note", "Anything worth saying", note, multiline=True)
            self.fields.append(self._note_field)
        names = [f.name for f in self.fields]
        self.at = names.index(start) if start in names else 0

    @property
    def current(self) -> Field | None:
        """The field that keys go to."""
        return self.fields[self.at] if self.fields else None

    def press(self, key: str, character: str, width: int) -> bool:
        """Take in a key: the field's own first, then moving between fields.

        Args:
            key: its name in keymaps.
            character: what it types; empty for nothing.
            width: cells of the form's lines.
        """
        current = self.current
        if current is None:
            return False
        if key not in ("tab", "shift+tab") and current.press(
            key, character, self.value_width(width)
        ):
            current.complaint = ""
            return True
        steps = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}
        if key not in steps:
            return False
        self.at = (self.at + steps[key]) % len(self.fields)
        return True

    def paste(self, text: str) -> None:
        """Insert pasted text into the field, if it takes text."""
        if self.current is not None:
            self.current.paste(text)

    def result(self) -> FormResult | None:
        """Return what the form says; None when a field is wrong, which is then the current one.

        What was set before keeps its place, so that a file's order does not change for nothing.
        """
        found = dict(self._unknown)
        for place, one in enumerate(self.fields):
            if one is self._note_field:
                continue
            try:
                value = one.value()
            except ValueError as error:
                one.complaint = str(error)
                self.at = place
                return None
            if value is not None:
                found[one.name] = value
        ordered = [name for name in self._order if name in found]
        ordered += [name for name in found if name not in self._order]
        note = self._note_field.edit.text.strip() if self._note_field else self._note
        return FormResult({name: found[name] for name in ordered}, note)

    # Lines

    def value_width(self, width: int) -> int:
        """Return the cells that a value's line may take in a form of ``width`` cells."""
        return max(4, width - 4) if width < _NARROW else max(4, width - self._names() - 4)

    def lines(self, width: int) -> list[FormLine]:
        """Return the form as lines of exactly ``width`` cells."""
        return [line for place in range(len(self.fields)) for line in self._field(place, width)]

    def tallest(self, width: int) -> int:
        """Return the most lines that the form takes, whichever field is the current one."""
        room = self.value_width(width)
        extra = 1 if width < _NARROW else 0
        closed = [len(f.lines(room, active=False)) + extra for f in self.fields]
        opened = [len(f.lines(room, active=True)) + extra for f in self.fields]
        gains = (after - before for after, before in zip(opened, closed, strict=True))
        return sum(closed) + max(0, *gains, 0)

    def _names(self) -> int:
        widths = [cell_len(draw(one.name, _NAMES)) for one in self.fields]
        return min(_NAMES, max(widths, default=0))

    def _field(self, place: int, width: int) -> list[FormLine]:
        one, active = self.fields[place], place == self.at
        room = self.value_width(width)
        values = one.lines(room, active=active)
        shown = one.caret_line(room) if active else -1
        bar: Part = ("▌" if active else " ", "accent")
        name: Part = (one.name, "error" if one.complaint else "strong" if active else "muted")
        lines: list[FormLine] = []
        if width < _NARROW:
            lines.append(FormLine(fill(fit([bar, name], width), width), place, active))
            indent = " " * 2
        else:
            indent = " " * (self._names() + 2)
        for number, parts in enumerate(values):
            left: list[Part] = [bar]
            if number == 0 and width >= _NARROW:
                left += fill(fit([name], self._names()), self._names() + 2)
            else:
                left.append((indent, ""))
            line = fill(fit([*left, *parts], width), width)
            lines.append(FormLine(line, place, number == shown))
        return lines


def field_for(attribute: Attribute, value: Value | None) -> Field:
    """Return the field that edits an attribute.

    A value of another type than the scheme declares (a hand-edited file) is shown as well as the
    field can.

    Args:
        attribute: what the scheme says of it.
        value: what is set; None for nothing.
    """
    name, words = attribute.name, attribute.description
    if attribute.type == "flag":
        return FlagField(name, words, value if isinstance(value, bool) else None)
    if attribute.type == "number":
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
        return NumberField(name, words, number)
    texts = _texts(value)
    if attribute.type in ("choice", "choices"):
        several = attribute.type == "choices"
        chosen = texts if several else texts[:1]
        default = attribute.default or ""
        return ChoiceField(name, words, attribute.values, chosen, several=several, default=default)
    if attribute.type == "list":
        return ListField(name, words, list(texts))
    return TextField(name, words, "\n".join(texts))


def _texts(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return (str(value),)
