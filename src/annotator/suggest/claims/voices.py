"""Whose voice the sentences of a text speak with, from one to the next."""

from __future__ import annotations

from typing import NamedTuple

from .attribution import Attribution, attribution
from .tokens import Tokens

_OPENING = '"“'
_CLOSING = '"”'
_REACH = 1_500
"""Code points behind a named source in which "he said" and an open quotation still mean it."""


class Voice(NamedTuple):
    """Who says a sentence.

    Attributes:
        is_attributed: whether somebody else than the article's author says it.
        claimer: who, by name or as the words that stand for the source; empty where not known.
        source: how the sentence itself tells it, if it does.
    """

    is_attributed: bool
    claimer: str
    source: Attribution | None


class Voices:
    """Follows the sources of a text; its sentences are asked for in order.

    A pronoun ("she added") and a sentence that is all quotation have the source that was named
    last, if that was not far away.

    Args:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = ""
        self._until = -1

    def of(self, start: int, end: int, tokens: Tokens) -> Voice:
        """Return who says a sentence.

        Args:
            start, end: the sentence, in code points.
            tokens: its tokens.
        """
        sentence = self._text[start:end]
        known = self._last if start <= self._until else ""
        source = attribution(sentence, tokens)
        if source is None:
            inside = sentence[:1] in _OPENING and sentence.rstrip(" .,")[-1:] in _CLOSING
            return Voice(inside, known if inside else "", None)
        claimer = known if source.pronoun else source.claimer
        if claimer and not source.pronoun:
            self._last, self._until = claimer, end + _REACH
        return Voice(is_attributed=True, claimer=claimer, source=source)
