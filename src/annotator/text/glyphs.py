"""What to draw for text that a terminal must not see as it is.

An article is data from strangers: control characters, escape sequences, bidirectional overrides,
invisible and private-use code points are replaced by glyphs that every terminal draws in one
cell, so nothing moves the cursor, reorders a line or hides. Sequences whose width terminals
dispute (joined emoji, flags, keycaps) are drawn as their visible parts.

Nothing here is markup: the strings are meant to be painted literally.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

from . import charset
from .graphemes import clusters

INVISIBLE = "◌"
"""Drawn for invisible code points without a glyph of their own, and under a lone mark."""
UNKNOWN = "\ufffd"
"""Drawn for unassigned code points and those whose width terminals dispute."""
NEWLINE = "↵"
TAB = "→"
ELLIPSIS = "…"
MAX_MARKS = 8
"""Combining marks drawn on one base; the rest of the heap becomes an ellipsis."""

_GLYPHS = {
    "\x7f": "␡",
    "\x85": "␤",
    "\u00ad": "¬",  # soft hyphen
    "\u061c": "◂",  # Arabic letter mark
    "\u200b": "¦",  # zero width space
    "\u200c": "∤",  # zero width non-joiner
    "\u200d": "⋈",  # zero width joiner
    "\u200e": "▸",  # left-to-right mark
    "\u200f": "◂",  # right-to-left mark
    "\u2028": "↲",  # line separator
    "\u2029": "¶",  # paragraph separator
    "\u202a": "↦",  # left-to-right embedding
    "\u202b": "↤",
    "\u202c": "↥",  # pop directional formatting
    "\u202d": "⇒",  # left-to-right override
    "\u202e": "⇐",
    "\u2060": "⁀",  # word joiner
    "\u2066": "⇨",  # left-to-right isolate
    "\u2067": "⇦",
    "\u2068": "⇧",  # first strong isolate
    "\u2069": "⇩",  # pop directional isolate
    "\ufeff": "⁀",  # zero width no-break space
}

_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
"""Invisible code points that Unicode calls letters or marks."""

_CONTROL_NAMES = """NULL,START OF HEADING,START OF TEXT,END OF TEXT,END OF TRANSMISSION,ENQUIRY,
ACKNOWLEDGE,BELL,BACKSPACE,TAB,LINE FEED,LINE TABULATION,FORM FEED,CARRIAGE RETURN,SHIFT OUT,
SHIFT IN,DATA LINK ESCAPE,DEVICE CONTROL ONE,DEVICE CONTROL TWO,DEVICE CONTROL THREE,
DEVICE CONTROL FOUR,NEGATIVE ACKNOWLEDGE,SYNCHRONOUS IDLE,END OF TRANSMISSION BLOCK,CANCEL,
END OF MEDIUM,SUBSTITUTE,ESCAPE,FILE SEPARATOR,GROUP SEPARATOR,RECORD SEPARATOR,UNIT SEPARATOR"""
_TAGGED_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")


def glyph(char: str) -> str | None:
    """Return what to draw, in one cell, instead of one code point; None when it draws itself.

    A tab and a newline have a glyph here too; how far a tab reaches is up to ``cells``. A lone
    combining mark is drawn on a dotted circle.
    """
    if charset.NARROW.match(char):
        return None
    return _GLYPHS.get(char) or _rare_glyph(char)


@lru_cache(4096)
def _rare_glyph(char: str) -> str | None:
    code = ord(char)
    category = unicodedata.category(char)
    if code < 0x20:
        return TAB if char == "\t" else NEWLINE if char == "\n" else chr(0x2400 + code)
    if category == "Cc":
        return "␦"
    if category == "Cs":
        return "☒"
    if category == "Co":
        return "□"
    if 0x1F1E6 <= code <= 0x1F1FF:  # regional indicators: half of a flag
        return chr(ord("A") + code - 0x1F1E6)
    if 0xE0020 <= code <= 0xE007E:  # tags: ASCII that nobody sees
        return chr(code - 0xE0000) if code != 0xE0020 else INVISIBLE
    if 0x1F3FB <= code <= 0x1F3FF:  # skin tones
        return "▒"
    if category == "Cf" or char in _FILLERS or _is_selector(char):
        return INVISIBLE
    width = get_character_cell_size(char)
    if charset.lone().match(char):
        return None
    if not _agreed(char, width) or (category == "Cn" and width != 2):
        return UNKNOWN
    if category[0] == "M":
        return INVISIBLE + char if width == 0 else None
    return None if width else UNKNOWN


def _agreed(char: str, width: int) -> bool:
    """Say whether wcwidth measures a code point as Rich does."""
    from wcwidth import wcwidth  # 30 ms to import, and most text never needs it

    return wcwidth(char) == width


def _is_hangul_part(char: str) -> bool:
    return (
        "\u1100" <= char <= "\u11ff" or "\ua960" <= char <= "\ua97f" or "\ud7b0" <= char <= "\ud7ff"
    )


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


@lru_cache(8192)
def draw(cluster: str) -> tuple[str, bool]:
    """Return what to draw for one grapheme cluster.

    Returns:
        The string, whose cells are the sum over its code points, and whether something in the
        cluster was replaced by a glyph. It is empty only for an empty cluster.
    """
    if cluster == "\r\n":
        return NEWLINE, True
    if len(cluster) > 1 and any(map(_is_hangul_part, cluster)):
        cluster = unicodedata.normalize("NFC", cluster)
    if _TAGGED_FLAG.fullmatch(cluster):
        return cluster[0], False
    parts: list[str] = []
    special = False
    marks = 0
    for place, char in enumerate(cluster):
        if parts and _is_silent(cluster, place):
            continue
        other = glyph(char)
        if parts and other is not None and other[0] == INVISIBLE and other[1:] == char:
            marks += 1
            if marks > MAX_MARKS:
                parts.append(ELLIPSIS)
                return "".join(parts), True
            parts.append(char)
            continue
        special = special or other is not None
        parts.append(char if other is None else other)
    return "".join(parts), special


def _is_silent(cluster: str, place: int) -> bool:
    """Say whether an invisible code point does its ordinary work, so that it needs no glyph.

    Emoji presentation, skin tones, joined emoji, ideographic variants and the joiners of Indic
    conjuncts are ordinary; the same code points elsewhere are not, and hide things.
    """
    char, before = cluster[place], cluster[place - 1]
    if char in "\ufe0e\ufe0f":
        return unicodedata.category(before)[0] in "SPN"
    if _is_selector(char):
        return unicodedata.category(before) == "Sm" or get_character_cell_size(before) == 2
    if "\u180b" <= char <= "\u180d" or char == "\u180f":
        return "\u1820" <= before <= "\u18aa"
    if "\U0001f3fb" <= char <= "\U0001f3ff":
        base = cluster[place - 2] if before == "\ufe0f" and place > 1 else before
        return unicodedata.category(base) == "So"
    if char == "\u200d":
        after = cluster[place + 1 : place + 2]
        if after and unicodedata.category(after) == "So":
            return True
    return char in "\u200c\u200d" and unicodedata.combining(before) == 9


def visible(text: str) -> str:
    """Return a string made safe for any terminal, for labels, list rows and messages.

    Newlines and tabs become one-cell glyphs too. The result has no control, bidirectional,
    zero-width (but marks on a base) or private-use code point. Markup is left as it is: paint
    the result as plain text.
    """
    if not text or charset.NARROW.fullmatch(text):
        return text
    if charset.lone().fullmatch(text):
        return "".join([glyph(char) or char for char in text])
    return "".join(draw(cluster)[0] for cluster in clusters(text, 0, len(text)))


def describe(cluster: str) -> str:
    """Return the code points of a grapheme by number and name, for the status line.

    At most four are spelled out: ``U+200D ZERO WIDTH JOINER``.
    """
    names = [f"U+{ord(char):04X} {_name(char)}" for char in cluster[:4]]
    if len(cluster) > 4:
        names.append(f"{len(cluster) - 4} more")
    return " + ".join(names)


def _name(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return _CONTROL_NAMES.split(",")[code].strip()
    if code == 0x7F:
        return "DELETE"
    category = unicodedata.category(char)
    if category == "Cc":
        return "NEXT LINE" if code == 0x85 else "CONTROL"
    if category == "Cs":
        return "LONE SURROGATE"
    if category == "Co":
        return "PRIVATE USE"
    return unicodedata.name(char, "UNASSIGNED")


def __getattr__(name: str) -> re.Pattern[str]:
    """Offer ``SIMPLE``, the pattern of ``charset.simple()``, without compiling it at import."""
    if name == "SIMPLE":
        return charset.simple()
    raise AttributeError(name)
