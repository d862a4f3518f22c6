"""Words and phrases behind the claim features, and the table that looks them up.

A group is a name and its words; a phrase is tried where its first word stands, the longest first.
One word may be in several groups. All are in lower case, without commas inside.
"""

from __future__ import annotations

from .lexicon_negative import GROUPS as NEGATIVE
from .lexicon_positive import GROUPS as POSITIVE
from .tokens import tokenize

Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""The words behind the first two, and the groups that the phrase belongs to."""

GROUPS: dict[str, str] = {**POSITIVE, **NEGATIVE}


def phrases_of(group: str) -> list[str]:
    """Return the words and phrases of a group, contractions apart as tokens are."""
    parts = (part.strip() for line in GROUPS[group].split("\n") for part in line.split(","))
    return [part for part in parts if part]


def words_of(group: str) -> frozenset[str]:
    """Return the single words of a group."""
    return frozenset(phrase for phrase in phrases_of(group) if " " not in phrase)


def _table() -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], tuple[Phrase, ...]]]:
    singles: dict[str, list[str]] = {}
    longer: dict[tuple[str, str], dict[tuple[str, ...], list[str]]] = {}
    for group in GROUPS:
        for phrase in phrases_of(group):
            first, *rest = tokenize(phrase).lower
            if rest:
                found = longer.setdefault((first, rest[0]), {})
                found.setdefault(tuple(rest[1:]), []).append(group)
            elif group not in singles.setdefault(first, []):
                singles[first].append(group)
    ordered = {
        pair: tuple((rest, tuple(groups)) for rest, groups in sorted(found.items(), key=_by_length))
        for pair, found in longer.items()
    }
    return {word: tuple(groups) for word, groups in singles.items()}, ordered


def _by_length(item: tuple[tuple[str, ...], list[str]]) -> int:
    return -len(item[0])


SINGLE, PHRASES = _table()
"""Groups by word, and by two words the phrases that begin with them, the longest first."""

PHRASE_STARTS = frozenset(first for first, _ in PHRASES)
"""The words that a phrase begins with."""
