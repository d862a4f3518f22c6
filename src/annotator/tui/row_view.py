"""What a list shows: heading, rows in view, scroll bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.cache import LRUCache
from textual.strip import Strip

from .line_widget import LabelStyle, LineWidget, Part, blank, fit, spread
from .row_model import Row, RowState, row_parts

_STRIPS = 256
"""Drawn lines kept, several screens of them."""


class _Look(NamedTuple):
    """What a line shows: a row or a note, the highlight, and its bit of the scroll bar."""

    row: Row | None = None
    cursor: str = ""
    note: str = ""
    thumb: bool | None = None


class RowView(LineWidget):
    """Shows any number of rows and repaints only what changed; it takes neither keys nor mouse.

    It draws its heading, its rows and its scroll bar itself and never asks for a layout. Rows may
    be any sequence, also one that makes its rows when asked; a sequence with ``index_of(key)`` is
    not searched for the row to highlight.

    Args:
        rows: what to show at first.
        heading: parts of a heading line; None for a list without one.
        empty: text shown when there are no rows.
        quiet: whether the highlight is drawn only while the list has the focus.
        label_style: see :class:`LineWidget`.
        id: the widget's id.
        classes: CSS classes.
    """

    always_active = False
    """Whether the list is drawn as if it had the focus: in a dialog keys go to it anyway."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        heading: Sequence[Part] | None = None,
        empty: str = "",
        quiet: bool = False,
        label_style: LabelStyle | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(label_style=label_style, id=id, classes=classes)
        self.state = RowState(rows)
        self._heading = None if heading is None else tuple(heading)
        self._heading_right: tuple[Part, ...] = ()
        self._empty = empty
        self._quiet = quiet
        self._looks: dict[int, _Look] = {}
        self._strips: LRUCache[tuple[_Look, int], Strip] = LRUCache(_STRIPS)

    @property
    def rows(self) -> Sequence[Row]:
        """What the list shows."""
        return self.state.rows

    @property
    def highlighted(self) -> int | None:
        """Index of the highlighted row; None when no row can be highlighted."""
        return self.state.highlighted

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        return self.state.row

    @property
    def is_active(self) -> bool:
        """Whether keys go to this list."""
        return self.always_active or self.has_focus

    @property
    def body_top(self) -> int:
        """The line of the first row: 1 below a heading, else 0."""
        return 0 if self._heading is None else 1

    def set_rows(
        self, rows: Sequence[Row], *, highlight: str | None = None, keep: bool = True
    ) -> None:
        """Show other rows.

        Args:
            rows: the rows.
            highlight: key of the row to highlight; by default the one that was highlighted, or
                the same place when it is gone.
            keep: whether the highlight stays at all; else it goes to the first row.
        """
        if not keep:
            self.state = RowState(height=self.state.height)
        self.state.set_rows(rows, highlight)
        self.refresh_body()

    def rows_changed(self) -> None:
        """Take note that the sequence given to :meth:`set_rows` has changed by itself."""
        self.set_rows(self.state.rows)

    def set_heading(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """Change the heading line; nothing is repainted when it stays the same.

        Args:
            left: its title.
            right: what stands at its end; left out when there is no room.
        """
        if (tuple(left), tuple(right)) != (self._heading, self._heading_right):
            self._heading, self._heading_right = tuple(left), tuple(right)
            self.refresh_lines(0)

    def set_empty(self, text: str) -> None:
        """Change the text that is shown when there are no rows."""
        if text != self._empty:
            self._empty = text
            self.refresh_body()

    def refresh_row(self, index: int) -> None:
        """Repaint one row, if it is in view."""
        line = index - self.state.top
        if 0 <= line < self.state.height:
            self.refresh_lines(self.body_top + line)

    def render_line(self, y: int) -> Strip:
        """Draw a line; one that looks as it did before, there or elsewhere, is not made again."""
        self._take_size()  # the first paint comes before the event that tells of the size
        if y < self.body_top:
            return super().render_line(y)
        look = self._look(y - self.body_top)
        self._looks[y - self.body_top] = look
        width = self.inner_size.width
        strip = self._strips.get((look, width))
        if strip is None:
            strip = self._strips[look, width] = self.strip_of(self._body_line(look, width), width)
        return strip

    def notify_style_update(self) -> None:
        """Forget lines drawn in styles that have changed."""
        self._strips.clear()
        super().notify_style_update()

    def line(self, y: int, width: int) -> list[Part]:
        """Return a line as drawn parts; see :class:`LineWidget`."""
        if y < self.body_top:
            return self._heading_line(width)
        return self._body_line(self._look(y - self.body_top), width)

    def _body_line(self, look: _Look, width: int) -> list[Part]:
        bar: list[Part] = []
        if look.thumb is not None:
            bar = [("▐" if look.thumb else " ", "muted")]
            width -= 1
        if look.row is None:
            return [*blank(width, [(look.note, "muted")]), *bar]
        return [*row_parts(look.row, width, look.cursor), *bar]

    def _heading_line(self, width: int) -> list[Part]:
        base = "heading-focus" if self.is_active else "heading"
        left = fit([(" ", ""), *(self._heading or ())], width)
        right = [*self._heading_right, (" ", "")] if self._heading_right else []
        parts = spread(left, right, width, keep=min(width, sum(len(text) for text, _ in left)))
        if right and parts[-1][0] != " ":  # no room beside the title: crop what stands behind it
            parts = fit([*left, ("  ", ""), *right], width)
        return [(text, f"{role}|{base}" if role else base) for text, role in parts]

    def _look(self, line: int) -> _Look:
        """Return all that the looks of a line below the heading depend on, but its width."""
        state, thumb = self.state, self.state.thumb()
        index = state.top + line
        bar = line in thumb if thumb else None
        if index >= len(state.rows):
            return _Look(note=self._empty if not state.rows and line == 0 else "", thumb=bar)
        cursor = ""
        if index == state.highlighted and (self.is_active or not self._quiet):
            cursor = "cursor" if self.is_active else "cursor-blurred"
        return _Look(state.rows[index], cursor, "", bar)

    def refresh_body(self) -> None:
        """Repaint those lines below the heading that look different now."""
        first = None
        for line in range(self.state.height + 1):
            differs = line < self.state.height and self._look(line) != self._looks.get(line)
            if differs and first is None:
                first = line
            elif not differs and first is not None:
                self.refresh_lines(self.body_top + first, line - first)
                first = None

    def refresh_all_rows(self) -> None:
        """Repaint every line below the heading, as after scrolling."""
        self.refresh_lines(self.body_top, self.state.height)

    def on_resize(self) -> None:
        """Take note of how many rows fit."""
        self._take_size()

    def _take_size(self) -> None:
        height = max(0, self.inner_size.height - self.body_top)
        if height != self.state.height:
            self.state.resize(height)
