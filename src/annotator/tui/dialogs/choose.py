"""Choose one of several: a label, a relation type, a status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..filtering import ranked
from ..hint_bar import Hint
from ..line_widget import LabelStyle, Part, width_of
from ..row_model import Row
from .list_dialog import ListDialog


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose.

    Attributes:
        id: the answer.
        text: what it is called.
        key: one character that chooses it; empty for the digit of its place.
        description: a few words on it.
        role: style of the text, e.g. ``label.claim``.
    """

    id: str
    text: str
    key: str = ""
    description: str = ""
    role: str = ""


def keyed(choices: Sequence[Choice]) -> dict[str, Choice]:
    """Return the choices by the key that chooses each.

    A key given twice stays with the first; a choice without a key gets the digit of its place
    among the first nine, if that is free.
    """
    found: dict[str, Choice] = {}
    for choice in choices:
        if choice.key:
            found.setdefault(choice.key, choice)
    for place, choice in enumerate(choices[:9], start=1):
        if choice not in found.values():
            found.setdefault(str(place), choice)
    return found


class ChooseDialog(ListDialog[str]):
    """Asks to choose one of several by its key, by arrows and enter, or by typing a filter.

    As long as nothing was typed, a choice's key chooses it at once; any other letter begins a
    filter, and so does ``/`` for a filter that begins with a choice's key.

    Args:
        title: what is asked for.
        choices: what can be chosen.
        current: id of the choice that holds now; the list begins there.
        subtitle: what the choice is about, e.g. a quote.
        label_style: colour of a label by its name.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        current: str | None = None,
        subtitle: str = "",
        label_style: LabelStyle | None = None,
    ) -> None:
        super().__init__(
            title,
            subtitle=subtitle,
            filtered=len(choices) > 5,
            filter_hint="a key, or / and a part of the name",
            label_style=label_style,
        )
        self.choices = tuple(choices)
        self._current = current
        self._keys = keyed(self.choices)
        self._key_of = {choice.id: key for key, choice in self._keys.items()}
        self._names = max((width_of([(c.text, "")]) for c in choices), default=0)
        self._filtering = False

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        if self.filter.text:
            return [("enter", "choose"), ("↑↓", "move"), ("esc", "end filter")]
        return [("enter", "choose"), ("↑↓", "move"), ("esc", "leave")]

    def start_key(self) -> str:
        """Begin on the choice that holds now."""
        return self._current or ""

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return the choices that a filter leaves, the best first."""
        found: Sequence[Choice] = self.choices
        if pattern:
            found = ranked(self.choices, pattern, lambda c: f"{c.text} {c.description}")
        return [self._row(choice) for choice in found]

    def _row(self, choice: Choice) -> Row:
        key = self._key_of.get(choice.id, "")
        role = "muted" if self.filter.text else "key"
        pad = " " * (2 + self._names - width_of([(choice.text, "")]))
        parts: tuple[Part, ...] = ((f"{key or ' '} ", role), (f" {choice.text}", choice.role))
        if choice.description:
            parts += ((pad, ""), (choice.description, "muted"))
        marker = "●" if choice.id == self._current else " "
        return Row(choice.id, parts, marker=marker, target=choice)

    def press(self, key: str, character: str) -> bool:
        """Choose by a key, or move, or filter."""
        if not self.filter.text and not self._filtering:
            choice = self._keys.get(character)
            if choice is not None:
                self.dismiss(choice.id)
                return True
            if character == "/" and self._filtered:
                self._filtering = True
                return True
        handled = super().press(key, character)
        if not self.filter.text and key == "backspace":
            self._filtering = False
        return handled

    def escape(self) -> None:
        """End the filter, or leave."""
        self._filtering = False
        super().escape()

    def chosen(self, row: Row) -> None:
        """Answer with a choice."""
        self.dismiss(row.key)
