"""How frames come about quickly: at the end of a key's handler, from lines as they are.

Textual lets each widget tell the screen of its change in a message of its own and paints when a
timer ticks; on a busy machine a tick falls between two of these messages, and one key takes two
frames. The attributes used here are not Textual's public interface: a new major version of it
needs a look at this module, and at this one only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


def paint_now(screen: Screen[Any], widgets: Iterable[Widget]) -> None:
    """Paint what asked to be refreshed, in one frame, before the handler returns.

    Does nothing where a layout is due or another screen is in front: then Textual paints.

    Args:
        screen: the screen that the widgets are on.
        widgets: those that may have changed.
    """
    if not screen.is_current or screen.app._batch_count:
        return
    changed = [widget for widget in widgets if widget._repaint_required and widget.display]
    waiting = [screen, *changed]
    if any(widget._layout_required or widget._scroll_required for widget in waiting):
        return
    for widget in changed:
        widget._repaint_required = False
        screen._dirty_widgets.add(widget)
    if screen._dirty_widgets:
        screen._on_timer_update()


class PlainLines(StylesCache):
    """Keeps the lines of a widget as its ``render_line`` draws them.

    Textual's own way allows for borders, padding, outlines, tints and opacity on each line, which
    costs more than to draw it; the widgets that use this have nothing of the kind, and their lines
    fill their width.
    """

    def render_line(self, *arguments: Any) -> Strip:
        """Return a line; the arguments are those of the class above, most of them unused."""
        _styles, y, _size, _content_size, _padding, _beneath, _background, draw, *_ = arguments
        strip: Strip = draw(y)
        return strip


def draw_plainly(widget: Widget) -> None:
    """Let a widget that has neither border nor padding draw its lines with nothing added."""
    widget._styles_cache = PlainLines()
