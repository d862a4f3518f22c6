"""A widget that shows a text being edited."""

from __future__ import annotations

from rich.cells import cell_len

from .line_widget import LineWidget, Part, fill, fit
from .text_edit import TextEdit


class EditBox(LineWidget):
    """Shows a :class:`TextEdit`, wrapped, scrolled so that the caret is in view.

    It takes no keys itself: its dialog hands them to ``edit`` and calls :meth:`changed`.

    Args:
        edit: the text.
        prefix: a sign before the first line, e.g. ``/ ``.
        hint: what to show while there is no text.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    EditBox { height: 1; }
    """

    def __init__(
        self,
        edit: TextEdit,
        *,
        prefix: str = "",
        hint: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.edit = edit
        self._prefix = prefix
        self._hint = hint
        self._right = ""
        self._top = 0
        self._lines: list[list[Part]] | None = None

    @property
    def margin(self) -> int:
        """Cells left of the text."""
        return 1 + cell_len(self._prefix)

    def text_width(self, width: int) -> int:
        """Return the cells that the text may take on a line of ``width`` cells."""
        return max(2, width - self.margin - 1)

    def changed(self) -> None:
        """Repaint: text or caret have changed."""
        self._lines = None
        self.refresh_lines(0, self.inner_size.height)

    def show_right(self, text: str) -> None:
        """Show a note at the right end of the first line, e.g. a count of matches."""
        if text != self._right:
            self._right = text
            self.refresh_lines(0)

    def line(self, y: int, width: int) -> list[Part]:
        """Return the line as drawn parts."""
        room = self.text_width(width)
        if self._lines is None:
            self._lines = self.edit.lines(room)
            self._top = self._scrolled(room)
        margin = self._prefix if y == 0 else " " * (self.margin - 1)
        at = self._top + y
        parts = self._lines[at] if at < len(self._lines) else []
        if not self.edit.text and y == 0:
            parts = fit([*parts, (f" {self._hint}", "muted|edit")], room)
        right = fit([(self._right, "muted|edit")], width // 2) if self._right and y == 0 else []
        size = sum(cell_len(text) for text, _ in right)
        used = sum(cell_len(text) for text, _ in parts)
        if used + size + 1 > room:
            right, size = [], 0
        body = [*_padded(parts, room - size), *right]
        return fill([(" ", ""), (margin, "key"), *body], width)

    def _scrolled(self, room: int) -> int:
        """Return the first line to show so that the caret's line is in view."""
        height = max(1, self.inner_size.height)
        caret = self.edit.caret_line(room)
        return max(0, min(self._top, caret), caret - height + 1)


def _padded(parts: list[Part], width: int) -> list[Part]:
    """Crop parts or put blanks behind them, in the colour of the edited text."""
    shown = fit(parts, width)
    missing = width - sum(cell_len(text) for text, _ in shown)
    return [*shown, (" " * missing, "edit")] if missing > 0 else shown
