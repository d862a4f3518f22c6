"""Helpers for tests of the running app."""

from __future__ import annotations

from collections.abc import Callable

from annotator.tui.app import AnnotatorApp
from annotator.tui.main_screen import MainScreen

ARTICLE = (
    "Ferry Aurora reaches Kestrel Bay\n"
    "\n"
    "The ferry Aurora left Port Hale on Monday. It carried 212 passengers, the operator said.\n"
    "\n"
    "At [insert exact arrival time], the ferry reached Kestrel Bay with [XX] crew.\n"
    "\n"
    "The ferry Aurora never left Port Hale. Would you like a shorter version?\n"
)

LEFT = "The ferry Aurora left Port Hale on Monday."
CARRIED = "It carried 212 passengers, the operator said."
NEVER = "The ferry Aurora never left Port Hale."
REASONS = ["number: 212 [bold]", "attributed"]

MakeApp = Callable[..., AnnotatorApp]


def main_screen(app: AnnotatorApp) -> MainScreen:
    """Return the app's main screen, whatever dialog is before it."""
    screen = app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen
