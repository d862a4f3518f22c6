"""Which sentences may be claims at all: no heading, question, chatter, furniture or markup."""

from __future__ import annotations

import re

from .tokens import LONGEST_SENTENCE

_FEWEST_WORDS = 4
_CLOSED = re.compile(r"[.!…:;。！…\"'”’)\]*]$")
_QUESTION = re.compile(r"[?？][\"'”’)\]*]*$")
_NO_PROSE = re.compile(r"(?:\||```|<[a-z!/]|https?://|©|\{|\}|//|import |def )")
_CHATTER = re.compile(
    r"\W{0,4}(?:(?:I|I'm|I’m|I'll|I’ll|I've|I’ve)\b|as an ai\b|let me know\b|would you\b|do you\b"
    r"|here(?:'s|’s| is| are)\b|sure[,!]|certainly[,!]|of course[,!]|feel free\b|please\b"
    r"|sign (?:in|up)\b|share (?:this|on)\b|subscribe\b|click\b|read (?:more|also)\b"
    r"|by continuing\b|all rights\b|copyright\b|advertisement\b"
    r"|follow us\b|note:|disclaimer|sources?:|photo\b"
    r"|image\b|imagine\b|suppose\b|for example\b|e\.g\.|for instance\b|once upon\b|true or false"
    r"|question:|answer:|q:|a:|step \d)",
    re.IGNORECASE,
)


def may_claim(text: str, start: int, end: int) -> bool:
    """Say whether a sentence of a text may be a claim by its form.

    Args:
        text: the whole text.
        start, end: the sentence, in code points.
    """
    if not 15 <= end - start <= LONGEST_SENTENCE:
        return False
    last = text[end - 3 : end]
    if not _CLOSED.search(last) or _QUESTION.search(last):
        return False
    if text.count(" ", start, end) + 1 < _FEWEST_WORDS:
        return False
    return not (_NO_PROSE.match(text, start, end) or _CHATTER.match(text, start, end))
