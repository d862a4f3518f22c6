"""What a long command said, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from ..details import wrap
from ..hint_bar import Hint
from ..row_model import Row
from .base import WIDTH
from .list_dialog import ListDialog

_AROUND = 6
"""Cells of a line that frame, mark and scroll bar take."""
_LINES = 20
"""Lines that one thing said may take."""


class ReportDialog(ListDialog[str]):
    """Shows lines of any origin until enter or escape; longer ones are wrapped.

    Args:
        title: what was done.
        lines: what was said; raw text.
    """

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._said = tuple(lines)

    def rows_for(self, _pattern: str) -> Sequence[Row]:
        """Return the lines."""
        width = min(WIDTH, self.app.size.width) - _AROUND
        drawn = [line for said in self._said for line in wrap(said, width, _LINES)]
        return [Row(str(number), ((f" {line}", ""),)) for number, line in enumerate(drawn)]

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("↑↓", "move"), ("enter", "done"), ("esc", "done")]

    def chosen(self, row: Row) -> None:
        """Leave."""
        self.dismiss(row.key)
