"""Helpers for tests of widgets and dialogs: parts as plain text, and an app that hosts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import ConsoleRenderable
from textual.app import App, ComposeResult
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


class Host(App[None]):
    """Shows widgets, or a dialog whose answers it keeps.

    Args:
        widgets: what to show.
        dialog: a dialog to open at once.
    """

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

    def _display(self, screen: Screen[Any], renderable: ConsoleRenderable | None) -> None:
        """Count what is sent to the terminal."""
        self.frames += renderable is not None
        super()._display(screen, renderable)
