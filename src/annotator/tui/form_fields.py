"""What fields of a form have in common, and those that choose among values."""

from __future__ import annotations

from rich.cells import cell_len

from ..domain.span import Value
from .line_widget import Part, draw

NOTHING = "–"


class Field:
    """One line of a form that can be edited.

    Attributes:
        name: what it is called.
        description: one line about it.
        complaint: what is wrong with it; empty for nothing.

    Args:
        name: see above.
        description: see above.
    """

    def __init__(self, name: str, description: str) -> None:
        self.name = name
        self.description = description
        self.complaint = ""

    def value(self) -> Value | None:
        """Return what was set; None for nothing.

        Raises:
            ValueError: what was typed is no such value; the message says what is.
        """
        raise NotImplementedError

    def press(self, key: str, character: str, width: int) -> bool:
        """Take in a key; False when it means nothing here.

        Args:
            key: its name in keymaps.
            character: what it types; empty for nothing.
            width: cells of the field's lines, for keys that move between them.
        """
        raise NotImplementedError

    def paste(self, text: str) -> None:
        """Take in pasted text."""

    def lines(self, width: int, *, active: bool) -> list[list[Part]]:
        """Return the field's value as lines of drawn parts, at least one.

        Args:
            width: cells of a line.
            active: whether keys go to this field.
        """
        raise NotImplementedError

    def caret_line(self, width: int) -> int:
        """Return which of the active field's lines must be in view."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return in a few words how it is edited."""
        raise NotImplementedError


class ChoiceField(Field):
    """One or several of some values, set by digits, arrows, blanks and first letters.

    Args:
        name: the attribute's name.
        description: one line about it.
        values: what can be chosen, in the order of the digits.
        chosen: what is chosen.
        several: whether more than one may be.
        default: what holds where nothing is chosen; for the eye only.
    """

    def __init__(
        self,
        name: str,
        description: str,
        values: tuple[str, ...],
        chosen: tuple[str, ...] = (),
        *,
        several: bool = False,
        default: str = "",
    ) -> None:
        super().__init__(name, description)
        self.values = (*values, *(value for value in chosen if value not in values))
        self.chosen = set(chosen)
        self._several = several
        self._default = default
        self._at = next((i for i, v in enumerate(self.values) if v in self.chosen), 0)

    def picked(self) -> list[str]:
        """Return the chosen values in their order."""
        return [value for value in self.values if value in self.chosen]

    def value(self) -> Value | None:
        """Return the value, or the list of values when several may be chosen."""
        picked = self.picked()
        if not picked:
            return None
        return picked if self._several else picked[0]

    def press(self, key: str, character: str, _width: int) -> bool:
        """Choose by digit, arrows, blank or first letter; delete chooses nothing."""
        if key in ("left", "right"):
            self._step(1 if key == "right" else -1)
        elif key == "space":
            self._toggle(self._at)
        elif key in ("delete", "backspace"):
            self.chosen.clear()
        elif character and character in "123456789":
            if int(character) > len(self.values):
                return False
            self._toggle(int(character) - 1)
        elif character and character.isalpha():
            return self._by_letter(character)
        else:
            return False
        return True

    def _step(self, direction: int) -> None:
        if not self._several and not self.chosen:
            self._at = 0 if direction > 0 else len(self.values) - 1
        else:
            self._at = (self._at + direction) % len(self.values)
        if not self._several:
            self.chosen = {self.values[self._at]}

    def _toggle(self, place: int) -> None:
        self._at = place
        value = self.values[place]
        if self._several:
            self.chosen ^= {value}
        else:
            self.chosen = set() if value in self.chosen else {value}

    def _by_letter(self, letter: str) -> bool:
        """Go to the next value that begins with a letter."""
        count = len(self.values)
        for step in range(1, count + 1):
            place = (self._at + step) % count
            if self.values[place].casefold().startswith(letter.casefold()):
                self._at = place
                if not self._several:
                    self.chosen = {self.values[place]}
                return True
        return False

    def lines(self, width: int, *, active: bool) -> list[list[Part]]:
        """Return what is chosen; while keys go here, every value with its digit and mark."""
        if not active:
            picked = self.picked()
            if picked:
                return flow([[(value, "")] for value in picked], width, ", ")
            return [[(self._default or NOTHING, "muted")]]
        return flow([self._value(place) for place in range(len(self.values))], width, "  ")

    def _value(self, place: int) -> list[Part]:
        value = self.values[place]
        chosen, here = value in self.chosen, place == self._at
        mark = ("■" if chosen else "□") if self._several else ("●" if chosen else "○")
        digit = str(place + 1) if place < 9 else " "
        look = "strong" if chosen else ""
        name = ("caret" if self._several or not chosen else "caret|strong") if here else look
        return [(f"{digit} ", "key"), (f"{mark} ", "accent" if chosen else "muted"), (value, name)]

    def caret_line(self, width: int) -> int:
        """Return the line of the value at which one stands."""
        items = [self._value(place) for place in range(self._at + 1)]
        return len(flow(items, width, "  ")) - 1

    def hint(self) -> str:
        """Return how it is edited."""
        return (
            "digit, ←→ and space: several may hold" if self._several else "digit or ←→; again: none"
        )


class FlagField(ChoiceField):
    """Yes or no.

    Args:
        name: the attribute's name.
        description: one line about it.
        value: what is set; None for nothing.
    """

    def __init__(self, name: str, description: str, value: bool | None) -> None:
        chosen = () if value is None else ("yes" if value else "no",)
        super().__init__(name, description, ("yes", "no"), chosen)

    def value(self) -> Value | None:
        """Return true or false."""
        picked = self.picked()
        return picked[0] == "yes" if picked else None


def flow(items: list[list[Part]], width: int, gap: str) -> list[list[Part]]:
    """Return items laid out from left to right on as many lines as it takes.

    Args:
        items: raw parts of each.
        width: cells of a line; a longer item has a line of its own.
        gap: what stands between two items on a line.
    """
    lines: list[list[Part]] = [[]]
    used = 0
    for item in items:
        drawn = [(draw(text, width), role) for text, role in item]
        size = sum(cell_len(text) for text, _ in drawn)
        if used and used + cell_len(gap) + size > width:
            if gap.strip():
                lines[-1].append((gap.rstrip(), ""))
            lines.append([])
            used = 0
        if used:
            lines[-1].append((gap, ""))
            used += cell_len(gap)
        lines[-1] += drawn
        used += size
    return lines
