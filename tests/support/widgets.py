"""Helpers for tests of widgets and dialogs: parts as plain text, and an app that hosts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from annotator.tui.dialogs.base import Dialog


def plain(parts: Iterable[tuple[str, str]]) -> str:
    """Return drawn parts as plain text."""
    return "".join(text for text, _ in parts)


def cells(parts: Iterable[tuple[str, str]]) -> int:
    """Return how many cells drawn parts take, each measured as the compositor does."""
    return sum(cell_len(text) for text, _ in parts)


def screen_lines(app: App[Any]) -> list[str]:
    """Return what the top screen shows, line by line, without blanks at the ends."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]


_ROUNDS = 3
"""From the app's queue to the screen's or widget's, from there back to its owners."""


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until all that was sent is handled, and have it painted.

    Unlike ``pilot.pause`` this does not watch the processor, which a busy machine deceives and
    which takes most of a test's time.
    """
    for _ in range(_ROUNDS):
        await pilot._wait_for_screen()
        pilot.app.screen._on_timer_update()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, by Textual's names or as single characters, one after the other."""
    await settle(pilot)
    for key in keys:
        character = key if len(key) == 1 else {"space": " "}.get(key)
        name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
        pilot.app.post_message(events.Key(name, character))
        for _ in range(_ROUNDS):
            await pilot._wait_for_screen()
    await settle(pilot)


class Host(App[None]):
    """Shows widgets, or a dialog whose answers it keeps.

    Args:
        widgets: what to show.
        dialog: a dialog to open at once.
    """

    AUTO_FOCUS = ""
    CSS = "Screen { layout: vertical; }"

    def __init__(self, *widgets: Widget, dialog: Dialog[Any] | None = None) -> None:
        super().__init__()
        self.widgets: Sequence[Widget] = widgets
        self.dialog = dialog
        self.answers: list[object] = []
        self.frames = 0

    def compose(self) -> ComposeResult:
        """Show the widgets."""
        yield from self.widgets

    def on_mount(self) -> None:
        """Open the dialog."""
        if self.dialog is not None:
            self.push_screen(self.dialog, self.answers.append)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Count what is sent to the terminal."""
        self.frames += renderable is not None
        super()._display(screen, renderable)


async def answers(*cases: tuple[Dialog[Any], Iterable[str]]) -> list[object]:
    """Return what dialogs answer, each opened in front of the same app and given keys.

    A dialog that the keys leave open answers ``"still open"``.
    """
    app = Host()
    found: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        for dialog, keys in cases:
            app.push_screen(dialog, found.append)
            await press(pilot, *keys)
            if app.screen is dialog:
                app.pop_screen()
                found.append("still open")
                await settle(pilot)
    return found
