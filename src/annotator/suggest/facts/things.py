"""What noun phrases stand for, and whether two of them stand for one thing."""

from __future__ import annotations

from dataclasses import dataclass

from .article import Article, Sentence
from .names import Code, same_name
from .phrases import Phrase


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
