"""Which entries of a list a typed filter leaves, best first where it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Entry = TypeVar("Entry")

SCATTERED = 100
"""Rank of a word whose letters only follow each other with gaps; worse than anything else."""


def matches(text: str, words: Iterable[str]) -> bool:
    """Say whether a text holds every word, whatever their case.

    Args:
        text: raw text.
        words: from :func:`words_of`.
    """
    folded = text.casefold()
    return all(word in folded for word in words)


def words_of(pattern: str) -> list[str]:
    """Return the blank-separated words of a filter, case-folded."""
    return pattern.casefold().split()


def rank(text: str, words: Iterable[str]) -> int | None:
    """Return how well a short text fits the words of a filter; None when it does not.

    A word counts most at the start of the text, then at the start of one of its words, then
    anywhere, then as letters that follow each other with gaps. Smaller is better.

    Args:
        text: a title.
        words: from :func:`words_of`.
    """
    folded = text.casefold()
    total = 0
    for word in words:
        if folded.startswith(word):
            continue
        at = folded.find(word)
        if any(f"{sign}{word}" in folded for sign in " .-"):
            total += 1
        elif at >= 0:
            total += 2
        elif _subsequence(word, folded):
            total += SCATTERED
        else:
            return None
    return total


def _subsequence(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)


def ranked(entries: Iterable[Entry], pattern: str, text_of: Callable[[Entry], str]) -> list[Entry]:
    """Return the entries that fit a filter, the best first, equal ones in their order.

    Scattered letters count only when nothing fits better.
    """
    words = words_of(pattern)
    found = [(rank(text_of(entry), words), entry) for entry in entries]
    fitting = [(place, entry) for place, entry in found if place is not None]
    whole = [pair for pair in fitting if pair[0] < SCATTERED]
    return [entry for _, entry in sorted(whole or fitting, key=lambda pair: pair[0])]
