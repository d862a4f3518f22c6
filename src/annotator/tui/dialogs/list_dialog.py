"""A dialog with a list and, where there is much to list, a filter above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual.widget import Widget

from ..edit_box import EditBox
from ..line_widget import LabelStyle
from ..row_model import Row
from ..rows import LIST_KEYS, RowList
from ..text_block import TextBlock
from ..text_edit import TextEdit
from .base import Dialog

Answer = TypeVar("Answer")

_MOVES = {key: command for key, command in LIST_KEYS.items() if key not in ("enter", "space")}
_MORE_MOVES = {"tab": "list.down", "shift+tab": "list.up", "ctrl+n": "list.down"}
_MORE_MOVES["ctrl+p"] = "list.up"


class DialogList(RowList, can_focus=False):
    """The list of a dialog: always drawn as the place where keys go."""

    always_active = True


class ListDialog(Dialog[Answer]):
    """A dialog that asks to choose a row.

    Subclasses give :meth:`rows_for` and :meth:`chosen`.

    Args:
        title: what is asked for; raw text.
        subtitle: a line or two more; raw text.
        filtered: whether typing filters the rows.
        filter_hint: shown in the empty filter.
        empty: shown when no row is left.
        label_style: colour of a label by its name.
    """

    DEFAULT_CSS = """
    ListDialog DialogList { height: 1fr; }
    """

    def __init__(
        self,
        title: str,
        *,
        subtitle: str = "",
        filtered: bool = False,
        filter_hint: str = "type to filter",
        empty: str = "nothing fits",
        label_style: LabelStyle | None = None,
    ) -> None:
        super().__init__(title)
        self.list = DialogList(empty=empty, label_style=label_style)
        self.filter = TextEdit()
        self._subtitle = TextBlock(subtitle, "muted", limit=2)
        self._filter_box = EditBox(self.filter, prefix="/ ", hint=filter_hint)
        self._filtered = filtered
        self._most = 0

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return the rows that a filter leaves; all for an empty one."""
        raise NotImplementedError

    def chosen(self, row: Row) -> None:
        """Answer with a row."""
        raise NotImplementedError

    def start_key(self) -> str:
        """Return the key of the row to begin on; empty for the first."""
        return ""

    def count_text(self, shown: int) -> str:
        """Return what to say about the number of rows that the filter left."""
        return f"{shown:,} of {self._most:,}"

    def content(self) -> Iterable[Widget]:
        """Return subtitle, filter and list, as far as there are any."""
        if self._subtitle.text:
            yield self._subtitle
        if self._filtered:
            yield self._filter_box
        yield self.list

    def wanted_height(self, width: int) -> int:
        """Return the lines that all rows would take, which stay when a filter leaves fewer."""
        lines = len(self._subtitle.lines(width))
        self._subtitle.styles.height = lines
        if not self._most:
            self._most = len(self.rows_for(""))
        return lines + int(self._filtered) + max(1, self._most)

    def opened(self) -> None:
        """Show all rows."""
        self.list.set_rows(self.rows_for(""), highlight=self.start_key())

    def press(self, key: str, character: str) -> bool:
        """Move, choose or filter."""
        command = _MOVES.get(key) or _MORE_MOVES.get(key)
        if command and not (self.filter.text and key in ("home", "end")):
            return self.list.run(command)
        if key == "enter":
            self.choose_highlighted()
            return True
        return self._filtered and self.edit_filter(key, character)

    def choose_highlighted(self) -> None:
        """Answer with the highlighted row, if there is one."""
        if self.list.row is not None:
            self.chosen(self.list.row)

    def edit_filter(self, key: str, character: str) -> bool:
        """Let a key edit the filter."""
        before = self.filter.text
        if not self.filter.press(key, character):
            return False
        self._filter_changed(before)
        return True

    def paste(self, text: str) -> None:
        """Insert pasted text into the filter."""
        if self._filtered:
            before = self.filter.text
            self.filter.insert(text)
            self._filter_changed(before)

    def escape(self) -> None:
        """Clear the filter; without one leave."""
        if self.filter.text:
            self.filter.replace("")
            self._filter_changed("*")
        else:
            super().escape()

    def _filter_changed(self, before: str) -> None:
        self._filter_box.changed()
        if self.filter.text == before:
            return
        rows = self.rows_for(self.filter.text)
        start = self.start_key() if not self.filter.text else ""
        self.list.set_rows(rows, keep=False, highlight=start)
        self._filter_box.show_right(self.count_text(len(rows)) if self.filter.text else "")
        self.show_hints()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Answer with a row that was clicked."""
        event.stop()
        self.chosen(event.row)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Nobody else needs to know."""
        event.stop()
