"""Fields of a form that are typed: texts, lists of texts, numbers."""

from __future__ import annotations

from rich.cells import cell_len

from ..domain.span import Value
from .form_fields import NOTHING, Field
from .line_widget import Part
from .text_edit import TextEdit


class TextField(Field):
    """A text edited where it stands.

    Args:
        name: the attribute's name.
        description: one line about it.
        text: what it is at first.
        multiline: whether it may have several lines.
    """

    def __init__(self, name: str, description: str, text: str, *, multiline: bool = False) -> None:
        super().__init__(name, description)
        self.edit = TextEdit(text, multiline=multiline)

    def value(self) -> Value | None:
        """Return the text; None when it is blank."""
        return self.edit.text if self.edit.text.strip() else None

    def press(self, key: str, character: str, width: int) -> bool:
        """Edit the text; up and down move between its lines first."""
        if key in ("up", "down"):
            return self.edit.vertical(-1 if key == "up" else 1, width)
        return self.edit.press(key, character)

    def paste(self, text: str) -> None:
        """Insert pasted text."""
        self.edit.insert(text)

    def lines(self, width: int, *, active: bool) -> list[list[Part]]:
        """Return the text, with the caret while keys go here."""
        if active:
            lines = self.edit.lines(width)
            return [_filled(line, width) for line in lines]
        if not self.edit.text:
            return [[(NOTHING, "muted")]]
        return self.edit.lines(width, caret=False, role="")

    def caret_line(self, width: int) -> int:
        """Return the line of the caret."""
        return self.edit.caret_line(width)

    def hint(self) -> str:
        """Return how it is edited."""
        return "type; ^j new line" if self.edit.multiline else "type; ^u clears"


class ListField(TextField):
    """Several texts, one a line."""

    def __init__(self, name: str, description: str, items: list[str]) -> None:
        super().__init__(name, description, "\n".join(items), multiline=True)

    def value(self) -> Value | None:
        """Return the lines that are not blank; None when there is none."""
        return [line.strip() for line in self.edit.text.split("\n") if line.strip()] or None

    def hint(self) -> str:
        """Return how it is edited."""
        return "type, one a line; ^j new line"


class NumberField(TextField):
    """A number.

    Args:
        name: the attribute's name.
        description: one line about it.
        value: what is set; None for nothing.
    """

    def __init__(self, name: str, description: str, value: float | None) -> None:
        super().__init__(name, description, "" if value is None else str(value))

    def value(self) -> Value | None:
        """Return a whole number where it is one, else a decimal one."""
        text = self.edit.text.strip()
        if not text:
            return None
        try:
            return int(text)
        except ValueError:
            number = float(text) if _is_plain_number(text) else None
        if number is None or number in (float("inf"), float("-inf")):
            raise ValueError(f"{text!r} is not a number")
        return number

    def hint(self) -> str:
        """Return how it is edited."""
        return "type a number"


def _is_plain_number(text: str) -> bool:
    """Say whether ``float`` would read digits, and not a word such as ``nan``."""
    try:
        float(text)
    except ValueError:
        return False
    return any(char.isdigit() for char in text)


def _filled(line: list[Part], width: int) -> list[Part]:
    missing = width - sum(cell_len(text) for text, _ in line)
    return [*line, (" " * missing, "edit")] if missing > 0 else line
