"""Tokens for files of one token a line: none with white space in it."""

from __future__ import annotations

from functools import lru_cache

from ..alignment import TokenBounds
from ..tokens import tokenize


@lru_cache(maxsize=2)
def token_bounds(tokenizer: str, text: str) -> TokenBounds:
    """Return the tokens of a text, none with white space in it; of the last texts from memory.

    Args:
        tokenizer: ``words``, or a language whose tokenizer spaCy has.
        text: the text.
    """
    if tokenizer == "words":
        tokens = tokenize(text)
        return TokenBounds([token.start for token in tokens], [token.end for token in tokens])
    from ...nlp.docbin import tokens_of

    found = tokens_of(tokenizer, text)
    starts, ends = [], []
    for word, start in zip(found.words, found.starts, strict=True):
        at = start
        for piece in word.split():
            at = text.index(piece, at)
            starts.append(at)
            at += len(piece)
            ends.append(at)
    return TokenBounds(starts, ends)
