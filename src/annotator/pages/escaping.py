"""Text from files in HTML and XML: nothing in it is markup, hides, or turns the line around."""

from __future__ import annotations

import re
from html import escape

from ..text.glyphs import UNKNOWN, describe, glyph

_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
)
_HIDDEN = re.compile(
    "\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    f"{_NONCHARACTERS}\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|(?<=[ -~])[\u200c\u200d]|[\u200c\u200d](?=[ -~])"
)
"""Controls, bidirectional marks and overrides, invisible, private and unpaired code points, and
those that no text may hold. Joiners are left where they join what is not ASCII: emoji, Persian and
Indic scripts need them."""


def text_html(text: str, start: int = 0, end: int | None = None) -> str:
    """Return a text for the content of an element that keeps white space.

    What cannot be seen is drawn as a glyph that tells its name.

    Args:
        text: the text.
        start, end: the part of it that is wanted, in code points. Whether a joiner joins is told
            by what is around it, and so is CRLF, so parts put together are the whole.
    """
    if end is None:
        end = len(text)
    parts = []
    at = start
    # One code point more is looked at: the one that tells CRLF and joiners.
    for found in _HIDDEN.finditer(text, start, end + 1):
        if found.start() >= end:
            break
        parts.append(escape(text[at : found.start()], quote=False))
        if found.end() <= end:
            parts.append(_drawn(found[0]))
        at = min(found.end(), end)  # the rest of a CRLF is the next part's
    parts.append(escape(text[at:end], quote=False))
    return "".join(parts)


def _drawn(hidden: str) -> str:
    if hidden == "\r\n":
        return "\n"
    name = escape(describe(hidden))
    behind = "\n" if hidden in "\r\u2028\u2029\x85" else ""
    return f'<span class="glyph" title="{name}">{escape(glyph(hidden) or UNKNOWN)}</span>{behind}'


def attribute_html(text: str) -> str:
    """Return a text for the value of an attribute or a title, glyphs for what cannot be seen."""
    return escape(visible(text))


def visible(text: str) -> str:
    """Return a text with glyphs for what cannot be seen; line ends become newlines.

    It is not escaped; what is left can stand in any XML once it is.
    """
    return _HIDDEN.sub(lambda found: _plain(found[0]), text)


def _plain(hidden: str) -> str:
    return "\n" if hidden == "\r\n" else glyph(hidden) or UNKNOWN
