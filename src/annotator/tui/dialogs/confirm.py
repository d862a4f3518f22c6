"""A question with a few answers, each on a key of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from ..hint_bar import Hint
from ..row_model import Row
from ..text_block import TextBlock
from .list_dialog import ListDialog

_LINES = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        id: what the dialog answers.
        key: one character that gives it at once.
        text: what happens then.
    """

    id: str
    key: str
    text: str


class ConfirmDialog(ListDialog[str]):
    """Asks a question; escape answers None, which must be the harmless way out.

    Args:
        title: what it is about.
        message: the question; raw text.
        answers: two or three of them.
        default: id of the answer that enter gives at first; by default the first one.
    """

    def __init__(
        self, title: str, message: str, answers: Sequence[Answer], *, default: str = ""
    ) -> None:
        super().__init__(title)
        self.answers = tuple(answers)
        self._default = default
        self._message = TextBlock(message, limit=_LINES)

    def content(self) -> Iterable[Widget]:
        """Return the question and its answers."""
        yield self._message
        yield from super().content()

    def wanted_height(self, width: int) -> int:
        """Return the lines of question, a gap, and answers."""
        room = max(1, self.app.size.height - 4 - len(self.answers))
        lines = min(len(self._message.lines(width)) + 1, room)
        self._message.styles.height = lines
        return lines + super().wanted_height(width)

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("enter", "answer"), ("↑↓", "move"), ("esc", "leave it")]

    def start_key(self) -> str:
        """Begin on the default answer."""
        return self._default

    def rows_for(self, _pattern: str) -> Sequence[Row]:
        """Return the answers."""
        return [
            Row(answer.id, ((f"{answer.key} ", "key"), (f" {answer.text}", "")))
            for answer in self.answers
        ]

    def press(self, key: str, character: str) -> bool:
        """Answer by a key, or move."""
        for answer in self.answers:
            if character and character == answer.key:
                self.dismiss(answer.id)
                return True
        return super().press(key, character)

    def chosen(self, row: Row) -> None:
        """Answer with a row."""
        self.dismiss(row.key)
