"""The least that a full-screen Textual program can do: the floor that others are measured by.

One line-API widget fills the screen; its lines are made of nothing. Keys:

- ``right``: repaint one line
- ``f``: repaint the whole screen
- ``pagedown``, ``pageup``: scroll by a page
- ``q``: leave
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

MARKER = "trivialready"
"""A word of the first line, painted with the first frame."""
LINES = 100_000
FILLER = "the quick onyx goblin jumps over the lazy dwarf " * 8
STYLE = Style.parse("#e0e0e0 on #121212")


class Lines(ScrollView, can_focus=True):
    """Numbered lines, each painted when it is asked for."""

    DEFAULT_CSS = "Lines { overflow-x: hidden; overflow-y: scroll; }"
    count = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(0, LINES)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        text = f"{MARKER} {self.count:06d} line {line} {FILLER}"
        return Strip([Segment(text[:width], STYLE)], width)

    def key_right(self) -> None:
        self.count += 1
        self.refresh(Region(0, 0, self.scrollable_content_region.width, 1))

    def key_f(self) -> None:
        self.count += 1
        self.refresh()

    def action_page_down(self) -> None:
        self.scroll_lines(self.scrollable_content_region.height)

    def action_page_up(self) -> None:
        self.scroll_lines(-self.scrollable_content_region.height)

    def scroll_lines(self, lines: int) -> None:
        """Scroll at once: the widget's own page keys animate, in some thirty frames."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)


class TrivialApp(App[None]):
    """Nothing but the lines."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.query_one(Lines).focus()

    def key_q(self) -> None:
        self.exit()


if __name__ == "__main__":
    TrivialApp().run()
