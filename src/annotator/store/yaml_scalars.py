r"""Scalars of the annotation format: which may stand plain, how the others are quoted.

A scalar stands plain only when every YAML 1.1 and 1.2 reader takes it for that very string: it
starts with a letter and is none of YAML's words for true, false and nothing. Any other is a JSON
string, which is a YAML double-quoted scalar, with everything escaped that some reader would
refuse, fold or show wrongly.

No YAML reader in C can hold a lone surrogate (JSON texts and file names can). So a surrogate is
written as the six characters ``\udXXX``; backslashes in front of it, or in front of what merely
looks like it, are doubled, which makes it reversible: see :func:`hide_surrogates`.
"""

from __future__ import annotations

import re
from functools import cache
from json.encoder import encode_basestring

WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"))
"""Lower-case words that some YAML reader takes for something other than a string."""

FLOW_TEXT = r"[A-Za-z][\w ./%()+'-]*(?<! )"
"""What may stand plain within ``{}`` and ``[]``, and as a key."""
QUOTED = r'"[^"\\]*(?:\\(?:["\\bfnrt]|u(?!d[89a-f])[0-9a-f]{4})[^"\\]*)*"'
"""A double-quoted scalar as :func:`quoted` writes it; says nothing about :func:`hazards`."""

_HAZARDS = (
    "[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_plain_flow = re.compile(FLOW_TEXT).fullmatch
_TO_HIDE = re.compile(r"(?<!\\)(\\*)(?:([\ud800-\udfff])|(?<=\\)(?=ud[89a-f][0-9a-f]{2}))")
_HIDDEN = re.compile(r"(?<!\\)(\\+)u(d[89a-f][0-9a-f]{2})")
_LOOKS_HIDDEN = "\\ud"


@cache
def hazards() -> re.Pattern[str]:
    """Return the pattern of a code point that must not stand as itself.

    Controls, breaks and blanks that YAML folds or that no one can see, bidirectional controls,
    noncharacters, surrogates. None of them is printable in any version of Unicode, so that what
    is printable never needs a second look, and most files never need the pattern.
    """
    return re.compile(_HAZARDS)


def hide_surrogates(value: str) -> str:
    r"""Return a string without lone surrogates, from which the original can be told.

    A surrogate becomes ``\udXXX``; n backslashes in front of it become 2n + 1, and n in front of
    a literal ``udXXX`` become 2n.
    """
    return _TO_HIDE.sub(_hide, value)


def reveal_surrogates(value: str) -> str:
    """Return the string that :func:`hide_surrogates` was given."""
    return _HIDDEN.sub(_reveal, value) if _LOOKS_HIDDEN in value else value


def _hide(match: re.Match[str]) -> str:
    slashes, surrogate = match.groups()
    return f"{slashes * 2}\\u{ord(surrogate):04x}" if surrogate else slashes * 2


def _reveal(match: re.Match[str]) -> str:
    count, code = len(match[1]), match[2]
    literal = chr(int(code, 16)) if count % 2 else f"u{code}"
    return "\\" * (count // 2) + literal


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def stands_plain(value: str) -> bool:
    """Say whether a string may stand plain as the value of a key in a block mapping."""
    return (
        value.isprintable()
        and value[:1] in _LETTERS
        and ":" not in value
        and "#" not in value
        and "\\" not in value
        and value[-1] != " "
        and (len(value) > 5 or value.lower() not in WORDS)
    )


def quoted(value: str) -> str:
    """Return a string as a double-quoted YAML scalar on one line."""
    raw = encode_basestring(value)
    if raw.isprintable() and _LOOKS_HIDDEN not in value:
        return raw
    return hazards().sub(_escape, encode_basestring(hide_surrogates(value)))


def block_scalar(value: str) -> str:
    """Return a string as the value of a key in a block mapping."""
    return value if stands_plain(value) else quoted(value)


def flow_scalar(value: str) -> str:
    """Return a string as a key, or as a value within ``{}`` or ``[]``."""
    if _plain_flow(value) and value.lower() not in WORDS:
        return value
    return quoted(value)
