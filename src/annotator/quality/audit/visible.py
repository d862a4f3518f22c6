"""Text for pages and XML, in which nothing is invisible, reorders a line or breaks the file."""

from __future__ import annotations

import unicodedata

from ...text.glyphs import glyph

_KEPT = "\n\t\u200c\u200d"
"""Line ends and tabs are wanted; joiners shape letters and emoji, and harm nobody."""
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str) -> str:
    """Return a text with glyphs for what has no shape of its own; line ends become newlines."""
    plain = text.replace("\r\n", "\n")
    if plain.replace("\n", "").isprintable():
        return plain
    return "".join(map(_drawn, plain))


def _drawn(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in _HIDDEN:
        return char
    return glyph(char) or "\ufffd"
