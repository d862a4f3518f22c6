"""The article pane: draws the visible lines of a text of any length, and nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from ...domain.span import Span
from ...session.cursor import Range
from ...session.document_session import Session
from ...text.cells import LineCells, line_cells
from ...text.layout import Layout
from ..key_names import KeyHook
from ..painting import draw_plainly
from .paint import GUTTER, Painter
from .view import View, dirty_ranges, hot_ranges, view_of

WIDEST = 100
"""Longest line of text in cells: longer ones are hard to read."""
_CACHED_LINES = 2000
_MANY = 100
"""Changed ranges beyond which all kept lines are dropped rather than looked through."""
_STEPS = 4
"""A caret at most this many lines off the screen is followed line by line, else by a jump."""


class ArticlePane(Widget, can_focus=True):
    """Shows a session's text; the session is changed elsewhere, then :meth:`sync` is called.

    The first visible line is remembered by its offset, not by its number, so that lines which are
    wrapped later (in a text of megabytes most are) never make the picture jump.

    Args:
        key_hook: gets every key first; True means it is dealt with.
    """

    DEFAULT_CSS = """
    ArticlePane { width: 1fr; height: 1fr; }
    """
    ALLOW_SELECT = False

    class Pointed(Message):
        """The mouse points at an offset of the text.

        Attributes:
            offset: in code points.
            clicks: 1 puts the caret there, 2 selects the word, 3 the sentence.
            extend: the button is held: the selection reaches to here.
        """

        def __init__(self, offset: int, clicks: int, *, extend: bool) -> None:
            super().__init__()
            self.offset = offset
            self.clicks = clicks
            self.extend = extend

    def __init__(self, key_hook: KeyHook | None = None, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        draw_plainly(self)
        self.key_hook = key_hook
        self.session: Session | None = None
        self.painter: Painter | None = None
        self.view = View()
        self.hits: Sequence[Range] = ()
        self._layout_of_text = Layout("", 1)
        self._top = 0
        self._hot: tuple[Range, ...] = ()
        self._goal: int | None = None
        self._strips: dict[int, Strip] = {}
        self._dragging = False
        self._unplaced = False
        self._placed = (0, 0)

    # -- what is shown ------------------------------------------------------------------------

    def show(self, session: Session, painter: Painter, *, sentences: bool = True) -> None:
        """Show another document, with its caret in the middle of the pane.

        Args:
            session: the open document.
            painter: draws its lines.
            sentences: whether to show the sentence under the caret at once; finding the first
                one takes longer than the rest of a frame.
        """
        self.session, self.painter = session, painter
        self.hits = ()
        # Until there is a size, its lines are as long as they may be: the fewest to be made.
        self._layout_of_text = Layout(session.text, self.text_width if self.size else WIDEST)
        self._goal = None
        self._set_view(view_of(session, sentences=sentences))
        self._strips.clear()
        self._top = session.cursor.caret
        self._unplaced = True
        self._place()
        self.refresh()

    def repaint(self, painter: Painter | None = None) -> None:
        """Draw everything anew: the theme, the hits or the spans changed all over."""
        self.painter = painter or self.painter
        self._strips.clear()
        self.refresh()

    @property
    def lines(self) -> Layout:
        """The wrapped text."""
        return self._layout_of_text

    @property
    def text_width(self) -> int:
        """Cells for the text, between the gutter, a blank and the scroll bar."""
        return max(1, min(WIDEST, self.size.width - GUTTER - 2))

    @property
    def top(self) -> int:
        """Offset of the first visible line."""
        return self._top

    @property
    def top_line(self) -> int:
        """Number of the first visible line, from 0."""
        return self.lines.line_at(self._top)

    @property
    def rows(self) -> int:
        """Number of lines that fit."""
        return max(1, self.size.height)

    def visible_range(self) -> Range:
        """Return the range of the text on the screen, in code points."""
        first = self.top_line
        last = min(first + self.rows, self.lines.line_count) - 1
        return self._top, self.lines.line_range(max(first, last))[1]

    def sync(self, changed: Iterable[Range] = ()) -> None:
        """Draw what differs from the last picture.

        Args:
            changed: ranges whose spans changed, in code points.
        """
        if self.session is None:
            return
        old = self.view
        self._set_view(view_of(self.session))
        if not self.size:  # nothing is laid out yet: wrapping to no width would be wasted
            return
        changed = list(changed)
        if len(changed) > _MANY:
            self._strips.clear()
        else:
            for bounds in changed:
                self._forget(bounds)
        moved = (old.caret, old.selection) != (self.view.caret, self.view.selection)
        if (moved or changed) and self.reveal():
            self.refresh()
            return
        rows = self._rows_of([*dirty_ranges(old, self.view), *changed])
        if rows:
            self.refresh(*self._regions(rows))

    def _set_view(self, view: View) -> None:
        self.view = view
        self._hot = hot_ranges(view)

    def _forget(self, bounds: Range) -> None:
        """Drop the kept strips of lines whose spans changed."""
        lines = self.lines.line_range(self.lines.line_at(bounds[0]))
        if bounds[1] <= lines[1]:
            self._strips.pop(lines[0], None)
            return
        for start in [start for start in self._strips if lines[0] <= start < bounds[1]]:
            del self._strips[start]

    def _rows_of(self, ranges: Iterable[Range]) -> set[int]:
        """Return the rows of the screen that ranges of the text stand on."""
        first, last = self.visible_range()
        at_end = last >= len(self.session.text if self.session else "")
        top, rows = self.top_line, set[int]()
        for start, end in ranges:
            above = start < first and end <= first
            if above or start > last or (start == last and not at_end):
                continue
            upper = self.lines.line_at(max(start, first)) - top
            lower = self.lines.line_at(max(start, first, min(end, last) - 1)) - top
            rows.update(range(max(0, upper), min(self.rows, lower + 1)))
        return rows

    def _regions(self, rows: Iterable[int]) -> list[Region]:
        width = self.size.width
        regions: list[Region] = []
        for row in sorted(rows):
            if regions and regions[-1].bottom == row:
                last = regions.pop()
                regions.append(Region(0, last.y, width, last.height + 1))
            else:
                regions.append(Region(0, row, width, 1))
        return regions

    # -- scrolling and places -----------------------------------------------------------------

    def _line_start(self, line: int) -> int:
        return self.lines.line_range(line)[0]

    def reveal(self) -> bool:
        """Scroll so that the caret is visible; say whether that moved the picture."""
        line, top, rows = self.lines.line_at(self.view.caret), self.top_line, self.rows
        margin = min(2, (rows - 1) // 2)
        if top + margin <= line < top + rows - margin:
            return False
        if line < top - _STEPS or line >= top + rows + _STEPS:
            return self._scroll_to_line(line - rows // 3)
        upwards = line < top + margin
        return self._scroll_to_line(line - margin if upwards else line - rows + 1 + margin)

    def _scroll_to_line(self, line: int) -> bool:
        last = max(0, self.lines.line_count - self.rows)
        start = self._line_start(max(0, min(line, last)))
        moved, self._top = start != self._top, start
        return moved

    def scroll_lines(self, count: int) -> None:
        """Scroll by lines without moving the caret."""
        if self._scroll_to_line(self.top_line + count):
            self.refresh()

    def centre(self) -> None:
        """Put the caret's line in the middle of the pane."""
        if self.size and self._scroll_to_line(self.lines.line_at(self.view.caret) - self.rows // 2):
            self.refresh()

    def cells_of(self, line: int) -> LineCells:
        """Return the cells of a visual line."""
        start, end = self.lines.line_range(line)
        return line_cells(self.lines.text, start, end)

    def offset_above_or_below(self, count: int) -> int:
        """Return the offset ``count`` visual lines below (negative: above) the caret.

        Successive calls keep to the column in which the first one began.
        """
        at = self.view.caret
        line = self.lines.line_at(at)
        if self._goal is None:
            self._goal = self.cells_of(line).cell_of(at)
        there = max(0, min(line + count, self.lines.line_count - 1))
        if there == line:
            return 0 if count < 0 else len(self.lines.text)
        return self._offset_at_cell(there, self._goal)

    def forget_column(self) -> None:
        """Let the next vertical move begin in the caret's own column."""
        self._goal = None

    def offset_a_page_away(self, pages: int) -> int:
        """Scroll by pages and return where the caret goes: the same row of the screen."""
        line = self.lines.line_at(self.view.caret)
        step = max(1, self.rows - 2)
        target = self.offset_above_or_below(step * pages)
        moved = self.lines.line_at(target) - line
        self._scroll_to_line(self.top_line + moved)
        self.refresh()
        return target

    def line_edges(self) -> Range:
        """Return the offsets of the first and the last character of the caret's visual line."""
        line = self.lines.line_at(self.view.caret)
        return self._line_start(line), self._offset_at_cell(line, self.text_width)

    def _offset_at_cell(self, line: int, cell: int) -> int:
        cells = self.cells_of(line)
        at = cells.offset_at(cell)
        is_last = line == self.lines.line_count - 1
        if at >= cells.end and not is_last and cells.end > cells.start:
            return cells.offset_at(max(0, cells.width - 1))
        return at

    def offset_at_point(self, x: int, y: int) -> int:
        """Return the offset under a cell of the widget."""
        line = max(0, min(self.top_line + y, self.lines.line_count - 1))
        return self._offset_at_cell(line, max(0, x - GUTTER))

    # -- drawing ------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return one row of the widget."""
        if self.painter is None or self.session is None:
            return Strip.blank(self.size.width)
        self._place()
        base = self.painter.palette.base
        bar = Strip([self._scroll_bar(y)], 1)
        line = self.top_line + y
        body_width = self.size.width - 1
        if line >= self.lines.line_count:
            return Strip.join([Strip.blank(body_width, base), bar])
        start, end = self.lines.line_range(line)
        hot = any(a < max(end, start + 1) and b > start for a, b in self._hot)
        strip = None if hot else self._strips.get(start)
        if strip is None:
            strip = Strip(self._segments(line, start, end)).adjust_cell_length(body_width, base)
            if not hot:
                if len(self._strips) >= _CACHED_LINES:
                    self._strips.clear()
                self._strips[start] = strip
        return Strip.join([strip, bar])

    def _segments(self, line: int, start: int, end: int) -> list[Segment]:
        assert self.painter is not None
        cells = line_cells(self.lines.text, start, end)
        last = line == self.lines.line_count - 1
        spans = self._spans_between(start, end)
        hits = self._hits_between(start, end)
        assert self.session is not None
        candidates = self.session.candidates.open_between(start, end)
        return self.painter.line(cells, spans, self.view, hits, candidates, last=last)

    def _spans_between(self, start: int, end: int) -> list[Span]:
        assert self.session is not None
        spans = self.session.annotations.index.touching(start, end)
        return sorted(spans, key=lambda span: span.start - span.end) if len(spans) > 1 else spans

    def _hits_between(self, start: int, end: int) -> Sequence[Range]:
        if not self.hits:
            return ()
        first = bisect_right(self.hits, (start, start))
        if first and self.hits[first - 1][1] > start:
            first -= 1
        return self.hits[first : bisect_left(self.hits, (end, end))]

    def _scroll_bar(self, y: int) -> Segment:
        assert self.painter is not None
        total, rows = self.lines.line_count, self.rows
        if total <= rows:
            return Segment(" ", self.painter.palette.base)
        size = max(1, rows * rows // total)
        first = self.top_line * (rows - size) // max(1, total - rows)
        thumb = first <= y < first + size
        return Segment("┃" if thumb else " ", self.painter.palette.bar)

    def on_resize(self) -> None:
        """Wrap for the new width, if drawing has not done so already."""
        if self._place():
            self.refresh()

    def _place(self) -> bool:
        """Wrap for the width there is; the first visible text stays, the caret stays visible.

        Called before drawing too: Textual draws once before it tells of a new size.

        Returns:
            Whether anything moved.
        """
        size = (self.text_width, self.rows)
        if self.session is None or not self.size or (size == self._placed and not self._unplaced):
            return False
        self._placed = size
        if self.lines.width != self.text_width:
            self._layout_of_text = self.lines.resized(self.text_width)
            self._strips.clear()
            self._goal = None
        line = self.lines.line_at(self._top)
        self._scroll_to_line(line - self.rows // 2 if self._unplaced else line)
        self._unplaced = False
        self.reveal()
        return True

    def refine(self, seconds: float) -> bool:
        """Wrap some more of a long text, for the scroll bar; True when all of it is done."""
        done = self.lines.refine(seconds)
        if done and self.size:
            self.refresh(Region(self.size.width - 1, 0, 1, self.size.height))
        return done

    # -- keys and mouse -----------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Hand every key to the dispatcher, in this very handler: one frame a key."""
        if self.key_hook and self.key_hook(event):
            event.stop()
            event.prevent_default()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse; with shift, select up to it."""
        if event.button != 1:
            return
        self._dragging = True
        self.capture_mouse()
        at = self.offset_at_point(event.x, event.y)
        self.post_message(self.Pointed(at, 1, extend=event.shift))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select while the button is held; beyond an edge, scroll."""
        if not self._dragging:
            return
        if event.y < 0 or event.y >= self.rows:
            self._scroll_to_line(self.top_line + (-1 if event.y < 0 else 1))
            self.refresh()
        at = self.offset_at_point(event.x, max(0, min(event.y, self.rows - 1)))
        self.post_message(self.Pointed(at, 1, extend=True))

    def on_mouse_up(self) -> None:
        """End a selection with the mouse."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word on a double click, the sentence on a triple click."""
        if event.chain > 1:
            at = self.offset_at_point(event.x, event.y)
            self.post_message(self.Pointed(at, min(3, event.chain), extend=False))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three lines down."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three lines up."""
        event.stop()
        self.scroll_lines(-3)
