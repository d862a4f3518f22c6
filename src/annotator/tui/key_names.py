"""Textual's key events: who gets them first, and how keymaps call them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from ..keys import names

KeyHook = Callable[[events.Key], bool]
"""Gets a key before anything else does; True means it is dealt with."""


def key_name(event: events.Key) -> str:
    """Return a key's name in keymaps; empty for a modifier pressed alone."""
    return names.key_name(event.key, event.character)
