"""Ask for a text: a note, a line number, what to search for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from ..edit_box import EditBox
from ..hint_bar import Hint
from ..text_block import TextBlock
from ..text_edit import TextEdit
from .base import Dialog

_LINES = 8
"""Lines of a multi-line text in view."""
_LINES_OF_ONE = 3
"""Lines that a single line may take when it is wrapped."""


class PromptDialog(Dialog[str]):
    """Asks for a text; the answer is the text, or None when the person left.

    Args:
        title: what is asked for.
        value: what stands there at first.
        multiline: whether it may have several lines (``ctrl+j`` begins a new one).
        hint: a word on what may be typed, shown below.
        validate: returns what is wrong with a text, empty for nothing; a wrong one is not taken.
        on_change: returns a line about the text as it stands, e.g. ``3 matches``; called after
            the key that changed it was painted, for the latest text only.
    """

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        multiline: bool = False,
        hint: str = "",
        validate: Callable[[str], str] | None = None,
        on_change: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(title)
        self.edit = TextEdit(value, multiline=multiline)
        self._value_box = EditBox(self.edit)
        self._message = TextBlock(hint, "muted", limit=1)
        self._hint = hint
        self._validate = validate
        self._on_change = on_change
        self._asked = False

    def content(self) -> Iterable[Widget]:
        """Return the text, and a line for what is to be said about it."""
        return self._value_box, self._message

    def wanted_height(self, width: int) -> int:
        """Return the lines of text and message."""
        lines = _LINES if self.edit.multiline else 1
        if not self.edit.multiline:
            needed = len(self.edit.lines(self._value_box.text_width(width)))
            lines = min(max(needed, 1), _LINES_OF_ONE)
        room = max(1, self.app.size.height - 4)
        self._value_box.styles.height = min(lines, room)
        return min(lines, room) + 1

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        new_line = [("^j", "new line")] if self.edit.multiline else []
        return [("enter", "ok"), *new_line, ("^u", "clear line"), ("esc", "leave")]

    def opened(self) -> None:
        """Say something about the text that stands there already."""
        if self.edit.text:
            self._report()

    def press(self, key: str, character: str) -> bool:
        """Edit the text, or take it."""
        if key == "enter":
            self._take()
            return True
        before = self.edit.text
        width = self._value_box.text_width(self._value_box.inner_size.width)
        if key in ("up", "down"):
            self.edit.vertical(-1 if key == "up" else 1, width)
        elif not self.edit.press(key, character):
            return False
        self._changed(before)
        return True

    def paste(self, text: str) -> None:
        """Insert pasted text."""
        before = self.edit.text
        self.edit.insert(text)
        self._changed(before)

    def _changed(self, before: str) -> None:
        self._value_box.changed()
        if self.edit.text != before:
            self.fit()
            self._message.show(self._hint, "muted")
            self._report()

    def _report(self) -> None:
        """Have the live line made once this key is painted; keys that follow replace it."""
        if self._on_change is not None and not self._asked:
            self._asked = True
            self.call_after_refresh(self._report_now)

    def _report_now(self) -> None:
        self._asked = False
        if self._on_change is not None:
            words = self._on_change(self.edit.text)
            self._message.show(words or self._hint, "" if words else "muted")

    def _take(self) -> None:
        complaint = self._validate(self.edit.text) if self._validate is not None else ""
        if complaint:
            self._message.show(f"✗ {complaint}", "error")
        else:
            self.dismiss(self.edit.text)
