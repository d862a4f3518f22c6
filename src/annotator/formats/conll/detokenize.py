"""A readable text out of tokens, for files that do not say where blanks stood.

A blank stands between two tokens, but not before closing marks, behind opening ones, inside a
pair of straight double quotes, or before ``'s``, ``n't`` and their like. Sentences stand on lines
of their own. The marks themselves stay as they are, ``-LRB-`` and its like too: spans are ranges
of tokens, so they are exact whatever the text looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_QUOTE = '"'
_CLOSING = frozenset(".,;:!?)]}%’”»…")
_OPENING = frozenset("([{$£€#“‘«¿¡")
_JOINED = re.compile(r"(?:'|’)[A-Za-z]{1,2}|n['’]t|''|\.\.\.", re.IGNORECASE)


def detokenize(tokens: Sequence[str], breaks: Iterable[int] = ()) -> tuple[str, list[int]]:
    """Return a text made of tokens, and where each begins in code points.

    Args:
        tokens: none empty.
        breaks: places of tokens that begin a sentence.
    """
    starting = set(breaks)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    open_quote = False
    before = ""
    for place, token in enumerate(tokens):
        if place in starting:
            open_quote = False
        between = ""
        if place:
            between = "\n" if place in starting else _between(before, token, open_quote=open_quote)
        parts += between, token
        starts.append(length + len(between))
        length += len(between) + len(token)
        if token == _QUOTE:
            open_quote = not open_quote
        before = token
    return "".join(parts), starts


def _between(before: str, token: str, *, open_quote: bool) -> str:
    """Return what stands between two tokens; ``open_quote`` says whether a quote is open."""
    if token in _CLOSING or _JOINED.fullmatch(token):
        return ""
    if token == _QUOTE and open_quote:
        return ""
    if before in _OPENING or before == "``" or (before == _QUOTE and open_quote):
        return ""
    return " "
