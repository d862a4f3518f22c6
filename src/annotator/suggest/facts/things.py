"""What noun phrases stand for, and whether two of them stand for one thing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from .article import Article, Sentence
from .names import Code, is_generic, same_name
from .phrases import Phrase
from .words import CLASSES


@dataclass(frozen=True, slots=True)
class Thing:
    """What a noun phrase stands for.

    Attributes:
        kind: the kind of thing, "" where the head tells none.
        head: the head noun.
        words: the words of its names, in order.
        code: its code, if any.
        own: whether it is named where it stands, rather than by what stands before it.
        modifiers: its other words.
    """

    kind: str
    head: str
    words: tuple[str, ...]
    code: Code | None
    own: bool
    modifiers: frozenset[str] = frozenset()


def thing(article: Article, sentence: Sentence, phrase: Phrase) -> Thing:
    """Return what a phrase stands for: ``the ship`` is the last vessel that was named."""
    words = tuple(word for name in phrase.names for word in name.words)
    kind = phrase.kind
    if not kind and words:
        kind = next((article.kinds[w.lower()] for w in words if w.lower() in article.kinds), "")
    code = phrase.codes[0] if phrase.codes else None
    if words or code or not kind or not phrase.definite:
        return Thing(kind, phrase.head, words, code, True, phrase.modifiers)
    start = sentence.words[phrase.first].start
    mentions = article.mentions.get(kind, ())
    place = bisect_left(mentions, start, key=lambda mention: mention.start)
    if not place:
        return Thing(kind, phrase.head, words, None, False, phrase.modifiers)
    before = mentions[place - 1]
    return Thing(kind, phrase.head, before.words, before.code, own=False)


def same_thing(one: Thing, other: Thing) -> bool:
    """Say whether two things are one as far as they are told; codes are not looked at."""
    if one.words and other.words:
        plain = [telling(found.words) for found in (one, other)]
        if plain[0] and plain[1]:
            return same_name(*plain) and (one.kind == other.kind or not (one.kind and other.kind))
        return one.kind == other.kind
    if one.kind or other.kind:
        return one.kind == other.kind
    if one.words or other.words:
        return False
    return one.head == other.head and one.modifiers == other.modifiers


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: no codes, no "Bridge", no "Airport"."""
    plain = tuple(word for word in words if not any(char.isdigit() for char in word))
    own = tuple(word for word in plain if word.lower() not in CLASSES and not is_generic(word))
    return own if own and plain[0] in own else plain
