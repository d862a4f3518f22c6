"""Who and what of a verb: the noun phrases before and behind it, found without a parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .names import Code, Name, code_at, names
from .numbers import unit_of
from .tokens import Token, is_word
from .verbs import Verb
from .words import (
    ADVERBS,
    CLASSES,
    CLAUSE_STARTS,
    DETERMINERS,
    INDEFINITE,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    WEEKDAYS,
)  # fmt: skip

_LONGEST = 12
"""Tokens of a noun phrase; what is longer was read wrongly."""
_MARKS = frozenset(',;:—–()"“”[]{}…')


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        head: its main noun in a form that its plural shares; a pronoun as written.
        kind: the kind of thing of :data:`CLASSES` that the head names, else "".
        names: the names in it.
        codes: the codes in it.
        modifiers: its other words in lower case, without determiners.
        definite: whether it points at something known: ``the``, ``its``, or a name alone.
        indefinite: whether it brings in something new: ``a``, ``another``.
        first, last: places of its tokens, half-open.
    """

    head: str
    kind: str
    names: tuple[Name, ...]
    codes: tuple[Code, ...]
    modifiers: frozenset[str]
    definite: bool
    indefinite: bool
    first: int
    last: int

    @property
    def pronoun(self) -> bool:
        """Whether it is a pronoun alone."""
        return self.head in PRONOUNS


def subject(words: Sequence[Token], verb: Verb) -> Phrase | None:
    """Return the noun phrase that a verb's subject is, None where it cannot be told."""
    end = verb.first
    if not end and not verb.ing:
        return _behind_comma(words, verb.last)
    if end and words[end - 1].low in {"which", "who", "that"}:
        end -= 1
        if end and words[end - 1].text == ",":
            end -= 1
        return phrase(words, _clause_start(words, end), end)
    if end and words[end - 1].text in {",", ")", "—", "–"}:
        end = _before_aside(words, end - 1) or end - 1
    return phrase(words, _clause_start(words, end), end)


def _behind_comma(words: Sequence[Token], first: int) -> Phrase | None:
    """Return the name behind the comma that ends ``Born in 1952 in Lagos, ...``."""
    comma = next((at for at in range(first, len(words)) if words[at].text == ","), -1)
    if comma < 0:
        return None
    found = next(iter(names(words, comma + 1, min(comma + 8, len(words)))), None)
    return phrase(words, found.first, found.last) if found else None


def object_of(words: Sequence[Token], verb: Verb) -> Phrase | None:
    """Return the noun phrase behind a verb, or behind the one preposition that follows it."""
    first = verb.last
    while first < len(words) and (words[first].low in ADVERBS or words[first].low.endswith("ly")):
        first += 1
    if first < len(words) and words[first].low in {"with", "at", "to", "for", "against"}:
        first += 1
    last = first
    while last < len(words) and last - first < _LONGEST and not _ends_phrase(words, first, last):
        last += 1
    return phrase(words, first, last)


def complements(words: Sequence[Token], first: int) -> dict[str, str]:
    """Return the head noun by preposition of what follows a token up to the next mark.

    ``of fraud in the north`` gives ``{"of": "fraud", "in": "north"}``.
    """
    found: dict[str, str] = {}
    at = first
    while at < len(words) and at - first < 2 * _LONGEST and is_word(words[at]):
        low = words[at].low
        if low in CLAUSE_STARTS and low != "as":
            break
        at += 1
        if low not in PREPOSITIONS:
            continue
        last = at
        while last < len(words) and last - at < 6 and not _ends_phrase(words, at, last):
            if words[last].low in PREPOSITIONS:
                break
            last += 1
        if last > at:
            found.setdefault(low, unit_of(words[last - 1].low))
    return found


def phrase(words: Sequence[Token], first: int, last: int) -> Phrase | None:
    """Return the noun phrase between two tokens, None when there is none to be told."""
    while first < last and not is_word(words[first]):
        first += 1
    if first < last and words[first].low in PREPOSITIONS:
        first = next((at for at in range(first + 1, last) if _determines(words[at])), last)
    while first < last and (words[first].low in ADVERBS or words[first].low in {"and", "or"}):
        first += 1
    core = first
    while core < last and words[core].low not in PREPOSITIONS and is_word(words[core]):
        core += 1
    if not 0 < core - first <= _LONGEST:
        return None
    head_at = core - 1
    while head_at > first and (code_at(words, head_at) or words[head_at].low in ADVERBS):
        head_at -= 1
    head = words[head_at]
    determiner = words[first].low
    reach = min(last, core + _LONGEST)
    found = tuple(names(words, first, reach))
    codes = tuple(code for at in range(first, core) if (code := code_at(words, at)))
    inside = frozenset(
        unit_of(token.low)
        for token in words[first:core]
        if token.low not in DETERMINERS and token.low not in INDEFINITE
    )
    named = any(name.first <= head_at < name.last for name in found)
    return Phrase(
        unit_of(head.low),
        CLASSES.get(head.low, CLASSES.get(unit_of(head.low), "")),
        found,
        codes,
        inside - {unit_of(head.low)},
        determiner in DETERMINERS or named,
        determiner in INDEFINITE,
        first,
        core,
    )


def _determines(token: Token) -> bool:
    return token.low in DETERMINERS or token.low in INDEFINITE


def _clause_start(words: Sequence[Token], end: int) -> int:
    """Return where the clause that ends before a token begins."""
    at = end
    while at and end - at < 2 * _LONGEST:
        token = words[at - 1]
        if token.text in _MARKS or token.low in CLAUSE_STARTS:
            break
        if token.low == "and" and at < end and _determines(words[at]):
            break
        at -= 1
    return at


def _before_aside(words: Sequence[Token], comma: int) -> int:
    """Return the end of what stands before an aside that ends at a comma or bracket."""
    opening = {")": "(", "—": "—", "–": "–"}.get(words[comma].text, ",")
    for at in range(comma - 1, max(-1, comma - 3 * _LONGEST), -1):
        if words[at].text == opening:
            return at
    return 0


def _ends_phrase(words: Sequence[Token], first: int, at: int) -> bool:
    token = words[at]
    if not is_word(token) or token.low in CLAUSE_STARTS or token.low in {"and", "or"}:
        return True
    if token.low in PREPOSITIONS and token.low != "of":
        return True
    if at > first + 1 and token.low.endswith("ed") and token.text.islower():
        behind = words[at + 1].low if at + 1 < len(words) else ""
        if behind in PREPOSITIONS:
            return True
    return (
        (token.low in WEEKDAYS or token.low in MONTHS) and token.text[0].isupper() and at >= first
    )
