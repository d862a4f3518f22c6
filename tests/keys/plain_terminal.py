"""What a terminal without the kitty protocol sends for a key, and what arrives of it."""

from __future__ import annotations

from textual import events
from textual._xterm_parser import XTermParser

from annotator.keys.names import key_name, split_key

_CONTROLS = {"space": "\0", "\\": "\x1c", "]": "\x1d", "^": "\x1e", "_": "\x1f"}
_BYTES = {"space": " ", "enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f"}
_ARROWS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}
_F_KEYS = dict(zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True))
_NUMBERED = {"insert": 2, "delete": 3, "pageup": 5, "pagedown": 6} | {
    f"f{number}": code for number, code in _F_KEYS.items()
}
_FIRST_F_KEYS = {"f1": "P", "f2": "Q", "f3": "R", "f4": "S"}


def sent(key: str) -> str:
    """Return what xterm and tmux send for a key, by our name for it.

    Raises:
        KeyError: they send nothing of its own for it.
    """
    modifiers, base = split_key(key)
    held = set(modifiers)
    code = 1 + ("shift" in held) + 2 * ("alt" in held) + 4 * ("ctrl" in held)
    if base in _ARROWS:
        return f"\x1b[{_ARROWS[base]}" if code == 1 else f"\x1b[1;{code}{_ARROWS[base]}"
    if base in _NUMBERED:
        return f"\x1b[{_NUMBERED[base]}~" if code == 1 else f"\x1b[{_NUMBERED[base]};{code}~"
    if base in _FIRST_F_KEYS:
        return f"\x1bO{_FIRST_F_KEYS[base]}" if code == 1 else f"\x1b[1;{code}{_FIRST_F_KEYS[base]}"
    if key == "shift+tab":
        return "\x1b[Z"
    if held == {"alt"}:
        return f"\x1b{_BYTES.get(base, base)}"
    if held == {"ctrl"}:
        letter = len(base) == 1 and base.isascii() and base.isalpha()
        return chr(ord(base) & 0x1F) if letter else _CONTROLS[base]
    if held:
        raise KeyError(key)
    return _BYTES.get(base, base)


def arrived(data: str) -> list[str]:
    """Return our names for the keys that Textual reads from what a terminal sent."""
    parser = XTermParser()
    messages = [*parser.feed(data), *parser.feed("")]
    return [key_name(m.key, m.character) for m in messages if isinstance(m, events.Key)]
