"""Counts of features while a sentence is read."""

from __future__ import annotations

from .tokens import Tokens


class Counter:
    """Counts of features, and the words where each was found first.

    Args:
        sentence: the sentence.
        tokens: its tokens.
        begin: the token that it begins with, behind a list marker or a speaker's name.
    """

    __slots__ = ("begin", "evidence", "sentence", "tokens", "values")

    def __init__(self, sentence: str, tokens: Tokens, begin: int) -> None:
        self.sentence = sentence
        self.tokens = tokens
        self.begin = begin
        self.values: dict[str, float] = {}
        self.evidence: dict[str, str] = {}

    def add(self, name: str, evidence: str) -> None:
        """Count a feature once more."""
        if name in self.values:
            self.values[name] += 1
        else:
            self.values[name] = 1
            self.evidence[name] = evidence

    def has(self, *names: str) -> bool:
        """Say whether one of some features was found."""
        return any(name in self.values for name in names)

    def text(self, first: int, last: int) -> str:
        """Return the sentence from one token through another."""
        starts, words = self.tokens.starts, self.tokens.words
        return self.sentence[starts[first] : starts[last] + len(words[last])]
