"""A widget that shows a few lines of text, wrapped and never parsed as markup."""

from __future__ import annotations

from .details import wrap
from .line_widget import LineWidget, Part, fill


class TextBlock(LineWidget):
    """Text of any origin, wrapped; its height is set from outside, see :meth:`lines`.

    Args:
        text: raw text.
        role: its style.
        limit: lines at most.
        id: the widget's id.
    """

    DEFAULT_CSS = """
    TextBlock { height: 1; }
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        limit: int = 4,
        id: str | None = None,  # noqa: A002 - Textual's own name
    ) -> None:
        super().__init__(id=id)
        self.text = text
        self._role = role
        self._limit = limit

    def lines(self, width: int) -> list[str]:
        """Return the text as drawn lines for a block of ``width`` cells."""
        return wrap(self.text, width - 2, self._limit) if self.text else []

    def show(self, text: str, role: str = "") -> None:
        """Show another text in the lines there are."""
        if (text, role) != (self.text, self._role):
            self.text, self._role = text, role
            self.refresh_lines(0, self.inner_size.height)

    def line(self, y: int, width: int) -> list[Part]:
        """Return the line as drawn parts."""
        lines = self.lines(width)
        return fill([(" ", ""), (lines[y] if y < len(lines) else "", self._role)], width)
