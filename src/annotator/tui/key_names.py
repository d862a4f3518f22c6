"""From Textual's key events to the key names that keymaps use."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

KeyHook = Callable[[events.Key], bool]
"""Gets a key before anything else does; True means it is dealt with."""

_RENAMED = {"ctrl+@": "ctrl+space", "ctrl+underscore": "ctrl+_", "ctrl+slash": "ctrl+/"}


def key_name(event: events.Key) -> str:
    """Return a key's name in keymaps: a printable character is itself, the rest is spelled out."""
    character = event.character
    if character and len(character) == 1 and character.isprintable() and character != " ":
        if event.key.startswith("alt+"):
            return f"alt+{character}"
        if not event.key.startswith("ctrl+"):
            return character
    return _RENAMED.get(event.key, event.key)
