"""A text as sentences with their facts: what :mod:`..contradictions` and answers compare."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..base import Range, Text
from .claims import may_claim
from .events import NOMINAL, STATES
from .names import CODE_STEMS, Code, Name, code_at, names
from .numbers import Quantity, number_at, quantities
from .phrases import Phrase, object_of, subject
from .times import Clock, Date, clocks, dates
from .tokens import LONGEST_SENTENCE, Token, is_capitalised, tokens
from .verbs import Status, Verb, verbs
from .words import (
    ATTRIBUTING,
    CLASSES,
    ENGLISH,
    FOREIGN,
    FUNCTION_WORDS,
    NUMBER_WORDS,
    PREPOSITIONS,
    SETTING_APART,
    WEEKDAYS,
)  # fmt: skip

LONGEST_ARTICLE = 250_000
"""Code points that are read as one article."""

_DIGIT = re.compile(r"\d")
_SLOT_MARKS = frozenset(("[", "{", "<", "XX", "XXX"))


class Sentence:
    """A sentence; what is known of it is found when asked for.

    Args:
        text: the whole text.
        place: its number among those that are read together.
        start, end: its range in code points.
    """

    def __init__(self, text: str, place: int, start: int, end: int) -> None:
        self.text = text
        self.place = place
        self.start = start
        self.end = end

    @cached_property
    def words(self) -> list[Token]:
        """Its words and marks."""
        return tokens(self.text, self.start, min(self.end, self.start + LONGEST_SENTENCE))

    @cached_property
    def lows(self) -> frozenset[str]:
        """Its words in lower case."""
        return frozenset(token.low for token in self.words)

    @cached_property
    def has_digit(self) -> bool:
        """Whether it has a digit, as nearly all that is compared has."""
        return _DIGIT.search(self.text, self.start, self.end) is not None

    @cached_property
    def may_claim(self) -> bool:
        """Whether it has the form of a claim."""
        return may_claim(self.text, self.start, self.end)

    @cached_property
    def verbs(self) -> list[Verb]:
        """Its verbs of events."""
        return verbs(self.words)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers with what they count."""
        if not self.has_digit and self.lows.isdisjoint(NUMBER_WORDS):
            return []
        return quantities(self.words)

    @cached_property
    def dates(self) -> list[Date]:
        """Its dates."""
        if not self.has_digit and self.lows.isdisjoint(WEEKDAYS):
            return []
        return dates(self.words)

    @cached_property
    def clocks(self) -> list[Clock]:
        """Its times of day."""
        return clocks(self.text, self.start, self.end) if self.has_digit else []

    @cached_property
    def codes(self) -> list[Code]:
        """The codes in it, such as MS-27."""
        if not self.has_digit and self.lows.isdisjoint(CODE_STEMS):
            return []
        found = (code_at(self.words, at) for at in range(len(self.words)))
        return [code for code in found if code]

    @cached_property
    def names(self) -> list[Name]:
        """The runs of capitalised words in it."""
        return names(self.words)

    @property
    def attributed(self) -> bool:
        """Whether it is somebody's word."""
        return not self.lows.isdisjoint(ATTRIBUTING)

    @cached_property
    def apart(self) -> bool:
        """Whether a word sets what it tells apart from what is told elsewhere."""
        return not self.lows.isdisjoint(SETTING_APART)

    @property
    def year_told(self) -> bool:
        """Whether it has a date with a month or a year."""
        return any(date.absolute() for date in self.dates)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event that a sentence tells of.

    Attributes:
        sentence: where.
        verb: the event and its status.
        subject: who or what does it, None where it cannot be told.
        object: whom or what it is done to, None where there is none.
        nominal: whether the subject is the event itself: ``liftoff occurred``.
    """

    sentence: Sentence
    verb: Verb
    subject: Phrase | None
    object: Phrase | None
    nominal: bool = False

    @property
    def event(self) -> str:
        """The event."""
        return self.verb.event

    @property
    def happened(self) -> bool:
        """Whether the sentence says that it happened."""
        return self.verb.status is Status.HAPPENED

    @property
    def theme(self) -> Phrase | None:
        """What the event befell: the direct object, else the subject."""
        if self.verb.passive or self.object is None:
            return self.subject
        before = self.sentence.words[self.object.first - 1].low
        return self.subject if before in PREPOSITIONS else self.object


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing of a kind: ``the Soyuz MS-27 spacecraft``.

    Attributes:
        place: number of its sentence.
        start: offset of its first code point.
        words: its names, in order.
        code: its code, if it has one.
    """

    place: int
    start: int
    words: tuple[str, ...]
    code: Code | None


@dataclass(slots=True)
class Article:
    """A text's sentences and facts.

    Attributes:
        text: the text.
        sentences: all of it, in order.
        facts: what those that may be claims tell, in order.
        mentions: named things by kind, in order.
        kinds: kind of thing by name in lower case: a Soyuz is a vessel.
        numbers: by the stem of a code its numbers: ``{"ms": {"25", "27"}}``.
        together: the stems of which one sentence has two numbers.
        english: whether it reads as English, whose verbs and names the rules know.
    """

    text: Text
    sentences: list[Sentence] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, set[str]] = field(default_factory=dict)
    together: set[str] = field(default_factory=set)
    english: bool = True


def parts(text: Text) -> Iterator[Sequence[Range]]:
    """Yield a text's sentences in parts of an article's size; nearly every text is one part.

    What stands further apart than that is not told of one thing, and memory stays bounded.
    """
    sentences = text.sentences
    first = 0
    while first < len(sentences):
        limit = sentences[first][0] + LONGEST_ARTICLE
        last = bisect_left(sentences, limit, first + 1, key=lambda sentence: sentence[0])
        yield sentences[first:last]
        first = last


def read(text: Text, sentences: Sequence[Range] | None = None) -> Article:
    """Return a text's sentences with their facts; what was read before is remembered.

    Args:
        text: the text.
        sentences: those to read, in order; all of them when None.
    """
    if len(text.text) > LONGEST_ARTICLE:
        return _read(text, sentences)  # to keep the facts of all its parts would take much memory
    key = (read, None if sentences is None else tuple(sentences))
    if key not in text.memory:
        text.memory[key] = _read(text, sentences)
    article: Article = text.memory[key]
    return article


def _read(text: Text, sentences: Sequence[Range] | None) -> Article:
    article = Article(text)
    for place, (start, end) in enumerate(text.sentences if sentences is None else sentences):
        sentence = Sentence(text.text, place, start, end)
        article.sentences.append(sentence)
        if end - start > LONGEST_SENTENCE:
            continue
        _note_mentions(article, sentence)
        _note_codes(article, sentence)
        if sentence.may_claim:
            article.facts.extend(_facts(sentence))
    article.english = _is_english(article.sentences)
    return article


def _is_english(sentences: Sequence[Sentence]) -> bool:
    """Say whether more sentences have small words of English than of its neighbours alone."""
    english = foreign = 0
    for sentence in sentences[:200]:
        if not sentence.lows.isdisjoint(ENGLISH):
            english += 1
        elif not sentence.lows.isdisjoint(FOREIGN):
            foreign += 1
    return english >= foreign


def _facts(sentence: Sentence) -> Iterator[Fact]:
    before: Phrase | None = None
    for verb in sentence.verbs:
        if verb.event in STATES and not _counts(sentence.words, verb.last):
            continue
        found = subject(sentence.words, verb)
        if found is None and (verb.ing or _goes_on(sentence, verb)):
            found = before
        before = found or before
        if verb.event == "occur":
            event = NOMINAL.get(found.head) if found else None
            if event:
                yield Fact(sentence, verb._replace(event=event), found, None, nominal=True)
            continue
        yield Fact(sentence, verb, found, object_of(sentence.words, verb))


def _counts(words: list[Token], at: int) -> bool:
    """Say whether a number, or a slot for one, stands right behind a verb."""
    return any(
        words[place].text in _SLOT_MARKS or number_at(words, place)
        for place in range(at, min(at + 4, len(words)))
    )


def _goes_on(sentence: Sentence, verb: Verb) -> bool:
    """Say whether a verb shares the subject of the verb before it: ``rose and fell``."""
    return verb.first > 0 and sentence.words[verb.first - 1].low in {"and", "but", "then"}


def _note_codes(article: Article, sentence: Sentence) -> None:
    here: dict[str, str] = {}
    for code in sentence.codes:
        article.numbers.setdefault(code.stem, set()).add(code.number)
        if here.setdefault(code.stem, code.number) != code.number:
            article.together.add(code.stem)


def _note_mentions(article: Article, sentence: Sentence) -> None:
    words = sentence.words
    for at, token in enumerate(words):
        kind = CLASSES.get(token.low)
        if kind is None or not at:
            continue
        first = at
        while (
            first
            and first > at - 5
            and is_capitalised(words[first - 1])
            and (words[first - 1].low not in FUNCTION_WORDS)
        ):
            first -= 1
        code = next((c for place in range(first, at) if (c := code_at(words, place))), None)
        if at + 1 < len(words) and first == at:
            code = code_at(words, at + 1)
        named = tuple(word.text for word in words[first:at])
        if named or code:
            mention = Mention(sentence.place, words[first].start, named, code)
            article.mentions.setdefault(kind, []).append(mention)
            for name in named:
                article.kinds.setdefault(name.lower(), kind)
