"""A list of any number of rows, drawn line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.message import Message

from .key_names import KeyHook, key_name
from .line_widget import LabelStyle, Part
from .row_model import Row, fold_cells
from .row_view import RowView

__all__ = ["LIST_KEYS", "Row", "RowList"]

LIST_KEYS: Mapping[str, str] = {
    "up": "list.up",
    "down": "list.down",
    "pageup": "list.page-up",
    "pagedown": "list.page-down",
    "home": "list.first",
    "end": "list.last",
    "enter": "list.choose",
    "space": "list.fold",
}
"""The keys of a list that was given no others, and the commands they stand for."""

_WHEEL_ROWS = 3


class RowList(RowView, can_focus=True):
    """A list that shows a million rows as fast as ten; a key costs it one frame.

    See :class:`RowView` for what it shows.

    Args:
        rows: what to show at first.
        heading: parts of a heading line; None for a list without one.
        empty: text shown when there are no rows.
        quiet: whether the highlight is drawn only while the list has the focus.
        label_style: see :class:`LineWidget`.
        list_keys: commands ``list.*`` by key; :data:`LIST_KEYS` by default.
        key_hook: gets every key first while the list has the focus.
        id: the widget's id.
        classes: CSS classes.
    """

    class RowMessage(Message):
        """Something about one row.

        Attributes:
            row_list: the list.
            index: the row's place.
            row: the row.
        """

        def __init__(self, row_list: RowList, index: int, row: Row) -> None:
            super().__init__()
            self.row_list = row_list
            self.index = index
            self.row = row

        @property
        def control(self) -> RowList:
            """The list, for Textual's selectors."""
            return self.row_list

    class Chosen(RowMessage):
        """A row was chosen by enter or by a click."""

    class Highlighted(RowMessage):
        """The highlight moved to another row by a key or a click."""

    class Fold(RowMessage):
        """A foldable row is to be folded or unfolded; the owner then gives other rows."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        heading: Sequence[Part] | None = None,
        empty: str = "",
        quiet: bool = False,
        label_style: LabelStyle | None = None,
        list_keys: Mapping[str, str] | None = None,
        key_hook: KeyHook | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(
            rows,
            heading=heading,
            empty=empty,
            quiet=quiet,
            label_style=label_style,
            id=id,
            classes=classes,
        )
        self.list_keys = LIST_KEYS if list_keys is None else list_keys
        self.key_hook = key_hook
        self._dragging = False

    # Where one stands

    def highlight_key(self, key: str, *, centre: bool = True) -> bool:
        """Highlight the row with a key and bring it into view; no message is sent.

        Args:
            key: the row's key.
            centre: put the row in the middle when it was out of view.

        Returns:
            Whether there is such a row.
        """
        index = self.state.index_of(key)
        if index is None:
            return False
        self._moved(lambda: self.state.highlight(index, centre=centre), tell=False)
        return True

    def move_to(self, index: int) -> None:
        """Highlight a row by its place, clamped to the list."""
        self._moved(lambda: self.state.move_to(index))

    def move_by(self, rows: int) -> None:
        """Move the highlight, up if negative."""
        self._moved(lambda: self.state.move_by(rows))

    def page(self, pages: int) -> None:
        """Move the highlight by screens, up if negative."""
        self._moved(lambda: self.state.page(pages))

    def first(self) -> None:
        """Highlight the first row."""
        self.move_to(0)

    def last(self) -> None:
        """Highlight the last row."""
        self.move_to(len(self.rows) - 1)

    def choose(self) -> None:
        """Choose the highlighted row; one without a target that can be folded is folded."""
        index, row = self.highlighted, self.row
        if index is None or row is None:
            return
        if row.foldable and row.target is None:
            self.post_message(self.Fold(self, index, row))
        else:
            self.post_message(self.Chosen(self, index, row))

    def toggle_fold(self) -> None:
        """Ask for the highlighted row, or the group it stands in, to be folded or unfolded."""
        index = self.highlighted
        while index is not None and index >= 0:
            row = self.rows[index]
            if row.foldable:
                self.move_to(index)
                self.post_message(self.Fold(self, index, row))
                return
            if row.depth == 0:
                return
            index -= 1

    def run(self, command: str, count: int = 1) -> bool:
        """Carry out a command of the list.

        Args:
            command: its id in the registry, e.g. ``list.down``.
            count: how often.

        Returns:
            False when it is not the list's own (``list.close``, ``list.delete``).
        """
        moves = {"list.up": -count, "list.down": count}
        pages = {"list.page-up": -count, "list.page-down": count}
        if command in moves:
            self.move_by(moves[command])
        elif command in pages:
            self.page(pages[command])
        elif command == "list.first":
            self.first()
        elif command == "list.last":
            self.last()
        elif command == "list.choose":
            self.choose()
        elif command == "list.fold":
            self.toggle_fold()
        else:
            return False
        return True

    def _moved(self, move: Callable[[], None], *, tell: bool = True) -> None:
        """Make a move, repaint what it changed and tell about it."""
        before, top = self.state.highlighted, self.state.top
        move()
        after = self.state.highlighted
        if self.state.top != top:
            self.refresh_all_rows()
        elif before != after:
            for index in (before, after):
                if index is not None:
                    self.refresh_row(index)
        row = self.state.row
        if tell and before != after and after is not None and row is not None:
            self.post_message(self.Highlighted(self, after, row))

    # Keys, mouse, size

    async def _on_key(self, event: events.Key) -> None:
        """Handle a key here and not in a handler it bubbles to: that would cost a second frame."""
        hooked = self.key_hook is not None and self.key_hook(event)
        if hooked or self.run(self.list_keys.get(key_name(event), "")):
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked, or fold it when its sign was."""
        place = event.get_content_offset(self)
        if place is None or place.y < self.body_top or self._on_bar(place.x):
            return
        index = self.state.top + place.y - self.body_top
        if index >= len(self.rows) or not self.rows[index].selectable:
            return
        event.stop()
        self.move_to(index)
        if place.x in fold_cells(self.rows[index]):
            self.toggle_fold()
        else:
            self.choose()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scroll bar."""
        place = event.get_content_offset(self)
        if place is not None and place.y >= self.body_top and self._on_bar(place.x):
            self._dragging = True
            self.capture_mouse()
            self._drag_to(place.y)
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scroll bar."""
        if self._dragging:
            self._drag_to(int(event.y))
            event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the scroll bar."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(_WHEEL_ROWS)
        event.stop()
        event.prevent_default()

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(-_WHEEL_ROWS)
        event.stop()
        event.prevent_default()

    def _wheel(self, rows: int) -> None:
        self._moved(lambda: self.state.scroll_by(rows), tell=False)

    def _on_bar(self, x: int) -> bool:
        return bool(self.state.thumb()) and x == self.inner_size.width - 1

    def _drag_to(self, y: int) -> None:
        lines = max(1, self.state.height - 1)
        share = max(0, min(y - self.body_top, lines)) / lines
        top = round(share * self.state.last_top)
        self._moved(lambda: self.state.scroll_by(top - self.state.top), tell=False)
