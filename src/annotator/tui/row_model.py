"""Rows of a long list and where one stands among them; nothing of this draws."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from .line_widget import Part, spread

_LEAST_TEXT = 12
"""Cells of a row's own text below which what stands at its right end is left out."""
_NARROW = 40
"""Cells of a list in which what stands at a row's right end may take a third at most."""


class Row(NamedTuple):
    """One line of a list.

    Attributes:
        key: identity of the row, so that the highlight stays on it when rows come and go.
        parts: raw texts with their roles, from left to right.
        depth: how far it is indented, in steps of two cells.
        foldable: whether rows below it can be folded away.
        folded: whether they are.
        marker: a one-cell sign before the text, e.g. ``●``; empty for none.
        right: text at the right end; left out when there is no room.
        target: what the row stands for; the list only hands it back.
        selectable: whether the highlight can stand on it; headings and blank lines cannot be.
    """

    key: str
    parts: tuple[Part, ...]
    depth: int = 0
    foldable: bool = False
    folded: bool = False
    marker: str = ""
    right: str = ""
    target: Hashable = None
    selectable: bool = True

    @property
    def text(self) -> str:
        """The raw text of the row without its styles."""
        return "".join(text for text, _ in self.parts)


@runtime_checkable
class KeyedRows(Protocol):
    """Rows that know where a key stands without being searched."""

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key, or None."""


def fold_sign(row: Row) -> str:
    """Return the sign that says whether a row can be folded or unfolded; empty when neither."""
    if not row.foldable:
        return ""
    return "▸ " if row.folded else "▾ "


def fold_cells(row: Row) -> range:
    """Return the cells of a row where a click folds it; empty when it cannot be folded."""
    start = 1 + 2 * row.depth
    return range(start, start + len(fold_sign(row)))


def row_parts(row: Row, width: int, cursor: str = "") -> list[Part]:
    """Return a row as drawn parts of exactly ``width`` cells.

    Args:
        row: the row.
        width: cells of the line.
        cursor: role of the highlight when it stands on this row (``cursor`` or
            ``cursor-blurred``); empty when it does not.
    """
    if width <= 0:
        return []
    left: list[Part] = [("▌" if cursor else " ", "accent" if cursor else "")]
    left.append(("  " * row.depth + fold_sign(row), "muted"))
    if row.marker:
        left.append((f"{row.marker} ", "accent"))
    left.extend(row.parts)
    right = [(row.right, "muted"), (" ", "")] if row.right else []
    keep = 1 + 2 * row.depth + _LEAST_TEXT
    if width < _NARROW:
        keep = max(keep, width - width // 3 - 1)
    drawn = spread(left, right, width, keep=keep)
    if not cursor:
        return drawn
    return [(text, f"{role}|{cursor}" if role else cursor) for text, role in drawn]


class RowState:
    """Which rows there are, which is highlighted and which are in view.

    Attributes:
        rows: the rows; any sequence, also one that makes its rows when asked.
        height: lines in view.
        top: index of the first row in view.
        highlighted: index of the highlighted row; None when no row can be highlighted.
    """

    def __init__(self, rows: Sequence[Row] = (), height: int = 0) -> None:
        self.rows: Sequence[Row] = ()
        self.height = height
        self.top = 0
        self.highlighted: int | None = None
        self._key = ""
        self._thumb = range(0)
        self._thumb_of = (-1, 0, 0)
        self.set_rows(rows)

    @property
    def row(self) -> Row | None:
        """The highlighted row."""
        return None if self.highlighted is None else self.rows[self.highlighted]

    @property
    def last_top(self) -> int:
        """The ``top`` at which the last row stands on the last line."""
        return max(0, len(self.rows) - max(1, self.height))

    def set_rows(self, rows: Sequence[Row], highlight: str | None = None) -> None:
        """Show other rows, or the same sequence after it changed.

        Args:
            rows: the rows.
            highlight: key to highlight; by default the key that was, else the same index.
        """
        self.rows = rows
        found = self.index_of(self._key if highlight is None else highlight)
        wanted = found if found is not None else (self.highlighted or 0)
        self.highlighted = None
        self.top = min(self.top, self.last_top)
        self.move_to(wanted)

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key, or None."""
        if not key:
            return None
        if isinstance(self.rows, KeyedRows):
            return self.rows.index_of(key)
        at = self.highlighted
        if at is not None and at < len(self.rows) and self.rows[at].key == key:
            return at
        return next((i for i, row in enumerate(self.rows) if row.key == key), None)

    def resize(self, height: int) -> None:
        """Take note of how many lines are in view; the highlight stays in view if it was."""
        at = self.highlighted
        was_seen = at is not None and self.top <= at < self.top + max(1, self.height)
        self.height = height
        self.top = min(self.top, self.last_top)
        if at is not None and was_seen:
            self.show(at)

    def move_by(self, rows: int) -> None:
        """Move the highlight, up if negative; it passes over rows that cannot be highlighted."""
        if self.highlighted is not None:
            self.move_to(self.highlighted + rows, forward=rows > 0)

    def page(self, pages: int) -> None:
        """Move the highlight by screens of rows; one line stays in view."""
        self.move_by(pages * max(1, self.height - 1))

    def move_to(self, index: int, *, forward: bool = True) -> None:
        """Highlight a row and bring it into view.

        Args:
            index: the row; clamped to the list.
            forward: where to look first for another when this one cannot be highlighted.
        """
        if not self.rows:
            self.highlighted = None
            return
        index = max(0, min(index, len(self.rows) - 1))
        behind, before = range(index, len(self.rows)), range(index, -1, -1)
        for way in (behind, before) if forward else (before, behind):
            for at in way:
                row = self.rows[at]
                if row.selectable:
                    self.highlighted, self._key = at, row.key
                    self.show(at)
                    return
        self.highlighted = None

    def highlight(self, index: int, *, centre: bool = False) -> None:
        """Highlight a row as something else moved there; see :meth:`show` for ``centre``."""
        if centre:
            self.show(index, centre=True)
        self.move_to(index)

    def show(self, index: int, *, centre: bool = False) -> None:
        """Scroll as little as it takes to bring a row and the headings before it into view.

        Args:
            index: the row.
            centre: put it in the middle when it was out of view.
        """
        first = index
        while first > 0 and index - first < self.height - 1 and not self.rows[first - 1].selectable:
            first -= 1
        if centre and not self.top <= index < self.top + self.height:
            self.top = max(0, index - self.height // 2)
        elif first < self.top:
            self.top = first
        elif index >= self.top + max(1, self.height):
            self.top = index - max(1, self.height) + 1
        self.top = min(self.top, self.last_top)

    def scroll_by(self, lines: int) -> None:
        """Scroll without moving the highlight, up if negative."""
        self.top = max(0, min(self.top + lines, self.last_top))

    def thumb(self) -> range:
        """Return the lines of view on which the scroll bar's thumb lies; empty when all fits."""
        place = (len(self.rows), self.top, self.height)
        if place != self._thumb_of:
            self._thumb_of, self._thumb = place, self._make_thumb()
        return self._thumb

    def _make_thumb(self) -> range:
        count = len(self.rows)
        if count <= self.height or self.height <= 0:
            return range(0)
        size = max(1, self.height * self.height // count)
        free = self.height - size
        start = round(self.top * free / self.last_top) if self.last_top else 0
        return range(start, start + size)
