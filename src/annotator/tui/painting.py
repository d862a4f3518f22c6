"""Paints at the end of a key's handler: one frame a key, however busy the machine.

Textual lets each widget tell the screen of its change in a message of its own and paints when a
timer ticks; on a busy machine a tick falls between two of these messages, and one key takes two
frames. The attributes used here are not Textual's public interface: a new major version of it
needs a look at this module, and at this one only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.screen import Screen
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
