"""Rules on sentences that say nearly the same in the same words, but for a number or a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..facts.article import Article, Sentence
from ..facts.names import code_at
from ..facts.numbers import Quantity, near, number_at, unit_of
from ..facts.times import dates
from ..facts.tokens import Token, is_capitalised, is_word
from ..facts.words import (
    FUNCTION_WORDS,
    MONTHS,
    NUMBER_WORDS,
    PEOPLE,
    REVISED,
    WEEKDAYS,
    word_set,
)
from .hints import MOST_IN_GROUP, Hint, dates_apart, disputed

_FEWEST_SHARED = 5
"""Content words that sentences of the same wording share at least."""
_MANY_SHARED = 8
"""Content words from which on even "another" or "the previous" cannot make two stories of one."""
_LABELS = word_set(
    "step line question chapter section part group page figure table game round stage day week"
    " phase level lesson unit option example sample premise team row column item act scene verse"
    " volume episode season set class grade type model version no number point article"
)
"""Nouns whose number is a label and not a count."""


def same_words(article: Article) -> Iterator[Hint]:
    """Yield pairs of sentences that differ in one number, code or day alone."""
    by_frame: dict[tuple[str, ...], list[Sentence]] = {}
    for sentence in article.sentences:
        if not sentence.may_claim or len(sentence.words) > 60:
            continue
        content = _content(sentence)
        if len(content) >= _FEWEST_SHARED and (len(content) >= _MANY_SHARED or not sentence.apart):
            by_frame.setdefault(_frame(sentence), []).append(sentence)
    for found in by_frame.values():
        if len(found) != 2:
            continue
        one, other = found
        kind = _difference(one, other)
        if kind:
            yield Hint(
                "same-words",
                kind[0],
                one,
                other,
                0.7 - disputed(one, other) / 2,
                f"{kind[1]} here, {kind[2]} there, in the same words",
            )


def number_of_unit(article: Article) -> Iterator[Hint]:
    """Yield pairs that share a name and most words, but count the same things differently."""
    by_unit: dict[str, list[tuple[Sentence, Quantity]]] = {}
    for sentence in article.sentences:
        if sentence.may_claim and not sentence.apart and sentence.lows.isdisjoint(REVISED):
            for quantity in sentence.quantities:
                if quantity.exact and quantity.unit:
                    of = [token.low for token in sentence.words[quantity.first + 1 : quantity.last]]
                    by_unit.setdefault(" ".join([*of[:-1], quantity.unit]), []).append(
                        (sentence, quantity)
                    )
    for found in by_unit.values():
        if len({quantity.value for _, quantity in found}) != 2:
            continue
        if len({sentence.place for sentence, _ in found}) != len(found):
            continue
        for (one, a), (other, b) in combinations(found[:MOST_IN_GROUP], 2):
            if near(a.value, b.value) or _clash_of_dates(one, other):
                continue
            if not _says_the_same(one, other):
                continue
            yield Hint(
                "number-of-unit",
                "number",
                one,
                other,
                0.55 - disputed(one, other) / 2,
                f"{a.shown} here, {b.shown} there",
            )
            break


def _content(sentence: Sentence) -> list[str]:
    return [
        token.low
        for token in sentence.words
        if is_word(token) and token.low not in FUNCTION_WORDS and not token.low[0].isdigit()
    ]


def _frame(sentence: Sentence) -> tuple[str, ...]:
    """Return a sentence's words with a gap for each number, code and day."""
    frame: list[str] = []
    for at, token in enumerate(sentence.words):
        if _varies(sentence.words, at):
            if frame[-1:] != ["_"]:
                frame.append("_")
        elif is_word(token):
            frame.append(token.low)
    return tuple(frame)


def _varies(words: list[Token], at: int) -> bool:
    low = words[at].low
    if low[0].isdigit() or low in NUMBER_WORDS or low in WEEKDAYS or low in MONTHS:
        return True
    return low[-1].isdigit()


def _difference(one: Sentence, other: Sentence) -> tuple[str, str, str] | None:
    """Return kind and wording of what two sentences of one frame differ in, if in one thing."""
    a, b = one.words, other.words
    if len(a) != len(b):
        return None
    different = [at for at in range(len(a)) if a[at].low != b[at].low]
    if len(different) != 1:
        return None
    at = different[0]
    before = a[at - 1] if at else None
    if before is None or unit_of(before.low) in _LABELS:
        return None
    x, y = a[at], b[at]
    if code_at(a, at) and code_at(b, at):
        return "entity", x.text, y.text
    first, second = number_at(a, at), number_at(b, at)
    if first and second:
        dated = dates(a) != dates(b)
        if dated and (before.low in MONTHS or x.low.isdecimal()):
            return "time", x.text, y.text
        named = is_capitalised(before) and before.low not in FUNCTION_WORDS
        if named or near(first.value, second.value):
            return None
        return "number", x.text, y.text
    if x.low in WEEKDAYS and y.low in WEEKDAYS:
        return "time", x.text, y.text
    return None


def _letters(sentence: Sentence) -> set[str]:
    """Return the single capitals that label things: ``Group A``."""
    return {
        token.text for token in sentence.words[1:] if len(token.text) == 1 and is_capitalised(token)
    }


def _clash_of_dates(one: Sentence, other: Sentence) -> bool:
    return dates_apart(one, other) or one.year_told != other.year_told


def _says_the_same(one: Sentence, other: Sentence) -> bool:
    """Say whether two sentences share a name and half of their other content words."""
    named = [
        {word.lower() for name in sentence.names if name.first for word in name.words}
        for sentence in (one, other)
    ]
    if _letters(one) != _letters(other):
        return False
    if not named[0] & named[1] or (named[0] - named[1] and named[1] - named[0]):
        return False
    content = [
        {unit_of(low) for low in _content(sentence)} - named[0] - named[1] - PEOPLE.keys()
        for sentence in (one, other)
    ]
    shared = content[0] & content[1]
    return len(shared) >= 2 and 2 * len(shared) > min(len(content[0]), len(content[1]))
