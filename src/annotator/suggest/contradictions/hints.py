"""What a rule returns, and when two sentences can speak of one thing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from ..facts.article import Article, Fact, Sentence
from ..facts.names import Code, same_name
from ..facts.phrases import Phrase

MOST_IN_GROUP = 24
"""Facts of one key that are compared with each other; of more, the first ones."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Two sentences that cannot both hold.

    Attributes:
        rule: id of the rule.
        kind: in what they differ: a value of the relation's attribute ``kind``.
        first, second: the sentences, in document order.
        score: 0 to 1.
        reason: why, for people.
    """

    rule: str
    kind: str
    first: Sentence
    second: Sentence
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What a noun phrase stands for.

    Attributes:
        kind: the kind of thing, "" where the head tells none.
        head: the head noun.
        words: words of its names in lower case.
        code: its code, if any.
        own: whether it is named where it stands, rather than by what stands before it.
    """

    kind: str
    head: str
    words: frozenset[str]
    code: Code | None
    own: bool


def thing(article: Article, sentence: Sentence, phrase: Phrase) -> Thing:
    """Return what a phrase stands for: ``the ship`` is the last vessel that was named."""
    words = frozenset(word.lower() for name in phrase.names for word in name.words)
    kind = phrase.kind
    if not kind and words:
        kind = next((article.kinds[word] for word in sorted(words) if word in article.kinds), "")
    code = phrase.codes[0] if phrase.codes else None
    if words or code or not kind or not phrase.definite:
        return Thing(kind, phrase.head, words, code, own=True)
    start = sentence.words[phrase.first].start
    before = [mention for mention in article.mentions.get(kind, ()) if mention.start < start]
    if not before:
        return Thing(kind, phrase.head, words, None, own=False)
    return Thing(kind, phrase.head, before[-1].words, before[-1].code, own=False)


def same_thing(one: Thing, other: Thing) -> bool:
    """Say whether two things are one as far as they are told; codes are not looked at."""
    if one.words and other.words:
        plain = [
            sorted(word for word in thing.words if not any(char.isdigit() for char in word))
            for thing in (one, other)
        ]
        if plain[0] and plain[1]:
            return same_name(*plain) and (one.kind == other.kind or not (one.kind and other.kind))
        return one.kind == other.kind
    return bool(one.kind) and one.kind == other.kind


def dates_apart(one: Sentence, other: Sentence) -> bool:
    """Say whether dates set two sentences apart.

    They do when they clash, or when only the later one tells a month or year: that is where
    articles tell of what was before.
    """
    if any(a.clashes(b) for a in one.dates for b in other.dates):
        return True
    return other.year_told and not one.year_told


def apart(one: Sentence, other: Sentence) -> bool:
    """Say whether words or dates set what two sentences tell apart."""
    return one.apart or other.apart or dates_apart(one, other)


def disputed(one: Sentence, other: Sentence) -> float:
    """Return what to take from a score since somebody else is quoted for one of the two."""
    return 0.1 * (one.attributed + other.attributed)


def pairs(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs of facts of two sentences, in document order, of a bounded number."""
    kept: list[Fact] = []
    for fact in facts:
        if len(kept) == MOST_IN_GROUP:
            break
        kept.append(fact)
    for one, other in combinations(kept, 2):
        if one.sentence.place != other.sentence.place:
            yield one, other


def grouped(facts: Iterable[Fact], key: Callable[[Fact], str | None]) -> dict[str, list[Fact]]:
    """Return facts by a key; those whose key is None are left out."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        of = key(fact)
        if of is not None:
            found.setdefault(of, []).append(fact)
    return found
