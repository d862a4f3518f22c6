"""Where a text itself tells what belongs into a placeholder: "At [insert launch time]" ...

... and elsewhere "lifted off at 10:47 a.m.". An answer is given only where one value fits: of the
kind that the slot expects, told of the same event of the same thing, with no other value for it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..base import Suggestion, Text
from ..contradictions.entity_rules import codes_of_one_event
from ..facts.article import Article, Fact, Sentence, parts, read
from ..facts.names import same_name
from ..facts.numbers import number_at
from ..facts.phrases import Phrase
from ..facts.things import same_thing, thing
from ..facts.tokens import Token, is_capitalised
from ..facts.values import NUMERIC, PLACES, Value, people, values
from ..facts.verbs import Status
from ..facts.words import FUNCTION_WORDS, PREPOSITIONS, TITLES, word_set
from .slots import Slot, events_of, is_of_another_event, may_be_filled, slot_of

LOWEST_SCORE = 0.5

_ROLE_BEFORE = 2
_MOST_ALIKE = 64
"""Sentences that may tell of the slot's event; where more do, none is sure to answer it."""
_LABEL_NUMBER = re.compile(r"\d{1,4}\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text says elsewhere about a placeholder.

    Attributes:
        placeholder: place of the placeholder in the sequence that was asked about.
        start, end: range of the sentence that answers it, in code points.
        fill_start, fill_end: range of the words that belong into the slot.
        score: how sure, 0 to 1.
        reason: why, for people.
    """

    placeholder: int
    start: int
    end: int
    fill_start: int
    fill_end: int
    score: float
    reason: str


class _Index:
    """An article by what answers are looked up by, each found when it is first asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def facts(self) -> dict[str, list[Fact]]:
        """Facts by event."""
        found: dict[str, list[Fact]] = {}
        for fact in self.article.facts:
            found.setdefault(fact.event, []).append(fact)
        return found

    @cached_property
    def facts_of(self) -> dict[int, list[Fact]]:
        """Facts by the number of their sentence."""
        found: dict[int, list[Fact]] = {}
        for fact in self.article.facts:
            found.setdefault(fact.sentence.place, []).append(fact)
        return found

    @cached_property
    def roles(self) -> dict[str, list[Sentence]]:
        """Sentences by the roles that they name."""
        found: dict[str, list[Sentence]] = {}
        for sentence in self.article.sentences:
            if sentence.may_claim:
                for role in sentence.lows & _ROLES:
                    found.setdefault(role, []).append(sentence)
        return found

    @cached_property
    def labels(self) -> dict[str, list[tuple[Sentence, Token]]]:
        """Numbers by the capitalised word before them: ``Expedition 72``."""
        found: dict[str, list[tuple[Sentence, Token]]] = {}
        for sentence in self.article.sentences:
            if sentence.may_claim:
                for word, number in pairwise(sentence.words):
                    if is_capitalised(word) and _LABEL_NUMBER.fullmatch(number.text):
                        found.setdefault(word.text, []).append((sentence, number))
        return found

    @cached_property
    def codes(self) -> frozenset[frozenset[str]]:
        """Pairs of code numbers that the article gives for one event, by mistake."""
        return codes_of_one_event(self.article)


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    value: Value
    score: float
    reason: str


def find_answers(text: Text, placeholders: Sequence[Suggestion]) -> tuple[Answer, ...]:
    """Return the sentences of a text that answer its placeholders, where one surely does.

    Args:
        text: the text.
        placeholders: its placeholders; each one's attributes ``kind`` and ``expects`` are used
            where they are there.

    Returns:
        At most one answer a placeholder, in the order of the placeholders.
    """
    if not any(may_be_filled(placeholder) for placeholder in placeholders):
        return ()
    asked = sorted(enumerate(placeholders), key=lambda pair: pair[1].start)
    found: list[Answer] = []
    at = 0
    for part in parts(text):
        here: list[tuple[int, Suggestion]] = []
        while at < len(asked) and asked[at][1].start < part[-1][1]:
            here.append(asked[at])
            at += 1
        if here:
            found.extend(_answers_in(read(text, part), here))
    return tuple(sorted(found, key=lambda answer: answer.placeholder))


def _answers_in(article: Article, asked: Sequence[tuple[int, Suggestion]]) -> Iterator[Answer]:
    """Yield the answers that an article has for its own placeholders."""
    index = _Index(article)
    starts = [sentence.start for sentence in article.sentences]
    places = [bisect_right(starts, placeholder.start) - 1 for _, placeholder in asked]
    taken = set(places)
    for (number, placeholder), at in zip(asked, places, strict=True):
        if at < 0:
            continue
        slot = slot_of(
            article.text.text, article.sentences[at], placeholder, index.facts_of.get(at, [])
        )
        best = _best(list(_candidates(index, slot, taken))) if slot else None
        if best is not None:
            sentence, value = best.sentence, best.value
            yield Answer(
                placeholder=number,
                start=sentence.start,
                end=sentence.end,
                fill_start=value.start,
                fill_end=value.end,
                score=round(best.score, 3),
                reason=best.reason,
            )


def _candidates(index: _Index, slot: Slot, taken: set[int]) -> Iterator[_Candidate]:
    if slot.kind in {"CARDINAL", "ORDINAL"}:
        yield from _labelled(index, slot)
    if slot.kind == "PERSON":
        yield from _holders(index, slot)
        return
    if slot.kind in NUMERIC and slot.kind not in {"MONEY", "PERCENT"} and not slot.unit:
        return
    facts = index.facts.get(slot.fact.event, []) if slot.fact else []
    if len(facts) > _MOST_ALIKE:
        return
    for fact in facts:
        sentence = fact.sentence
        if sentence is slot.sentence or sentence.place in taken or is_of_another_event(sentence):
            continue
        score = _fits(index, slot, fact)
        if not score:
            continue
        verb = " ".join(token.text for token in sentence.words[fact.verb.at : fact.verb.last])
        for value in values(index.article.text, sentence, slot.kind, slot.unit):
            if _belongs(fact, value, slot.kind):
                yield _Candidate(
                    sentence,
                    value,
                    score - (0 if value.sure else 0.15),
                    f"the same event is told there (“{verb}”), with what the slot asks for",
                )


def _fits(index: _Index, slot: Slot, fact: Fact) -> float:
    """Return how sure it is that a fact tells of a slot's event; 0 where it does not."""
    asked = slot.fact
    events = events_of(slot.words)
    if asked is None:
        return 0.0
    if fact.event != asked.event or (events and fact.event not in events):
        return 0.0
    if fact.verb.status is not asked.verb.status or fact.verb.status in {
        Status.NEGATED, Status.OTHER,
    }:  # fmt: skip
        return 0.0
    if fact.verb.earlier != asked.verb.earlier:
        return 0.0
    return 0.8 if _one_event(index, asked, fact) else 0.0


def _one_event(index: _Index, asked: Fact, fact: Fact) -> bool:
    """Say whether two facts have the same subject and, where both tell it, the same object."""
    if asked.verb.passive == fact.verb.passive:
        parts = [(asked.subject, fact.subject)]
        if asked.object and fact.object and not (_counted(asked) or _counted(fact)):
            parts.append((asked.object, fact.object))
    else:
        parts = [(asked.theme, fact.theme)]
    return all(
        one is not None and other is not None and _one_thing(index, (asked, one), (fact, other))
        for one, other in parts
    )


def _counted(fact: Fact) -> bool:
    """Say whether a fact's object begins with a number or is no noun phrase of its own."""
    assert fact.object is not None
    words = fact.sentence.words
    before = words[fact.object.first - 1].low
    return before in PREPOSITIONS or number_at(words, fact.object.first) is not None


def _one_thing(index: _Index, one: tuple[Fact, Phrase], other: tuple[Fact, Phrase]) -> bool:
    if one[1].pronoun or other[1].pronoun:
        return False
    a = thing(index.article, one[0].sentence, one[1])
    b = thing(index.article, other[0].sentence, other[1])
    if a.code and b.code and a.code.number != b.code.number:
        numbers = frozenset((a.code.number, b.code.number))
        if numbers not in index.codes:
            return False
    later = max(one, other, key=lambda part: part[0].sentence.start)
    if later[1].indefinite:
        return False
    if (a.words and b.words) or (a.kind and b.kind):
        return same_thing(a, b)
    return a.head == b.head and one[1].modifiers == other[1].modifiers


def _belongs(fact: Fact, value: Value, kind: str) -> bool:
    """Say whether a value stands with a verb: no other verb of an event between them."""
    words = fact.sentence.words
    at = words[fact.verb.at].start
    low, high = min(at, value.start), max(at, value.start)
    between = any(
        verb.event != fact.event and low < words[verb.at].start < high
        for verb in fact.sentence.verbs
    )
    if between:
        return False
    return kind not in PLACES or value.start > at


def _labelled(index: _Index, slot: Slot) -> Iterator[_Candidate]:
    """Yield the numbers of a name whose number is the slot: ``Expedition [XX]``."""
    before = [token for token in slot.sentence.words if token.end <= slot.start]
    if not before or not is_capitalised(before[-1]) or before[-1].low in FUNCTION_WORDS:
        return
    if index.article.text.text[before[-1].end : slot.start].strip():
        return
    label = before[-1].text
    found = index.labels.get(label, [])
    for sentence, number in found if len(found) <= _MOST_ALIKE else []:
        if sentence is not slot.sentence:
            value = Value((number.text,), number.start, number.end)
            yield _Candidate(sentence, value, 0.7, f"{label} {number.text} is named there")


def _holders(index: _Index, slot: Slot) -> Iterator[_Candidate]:
    """Yield the people who are called there what the slot asks for: ``Mayor [name]``."""
    roles = _roles(slot)
    if not roles:
        return
    found = index.roles.get(min(roles), [])
    for sentence in found if len(found) <= _MOST_ALIKE else []:
        if sentence is slot.sentence or is_of_another_event(sentence):
            continue
        if not sentence.lows.isdisjoint(_NO_HOLDER):
            continue
        for name in people(index.article.text, sentence):
            if _called(sentence.words, name.first, name.last, roles):
                value = Value((name.words,), name.start, name.end)
                role = " ".join(sorted(roles))
                yield _Candidate(sentence, value, 0.7, f"{name.shown} is called {role} there")


_NO_HOLDER = word_set("former ex previous deputy vice acting interim assistant then")
_ROLES = TITLES | word_set(
    "spokesperson author analyst researcher scientist manager owner founder editor pilot driver"
    " winner victim suspect witness lawyer doctor engineer teacher minister"
)


def _roles(slot: Slot) -> frozenset[str]:
    """Return the roles that a slot's own words, or the words right before it, ask for."""
    before = [token.low for token in slot.sentence.words if token.end <= slot.start]
    near = slot.words | set(before[-_ROLE_BEFORE:])
    return frozenset(word for word in near if word in _ROLES)


def _called(words: Sequence[Token], first: int, last: int, roles: frozenset[str]) -> bool:
    """Say whether a name has a role before it or, behind a comma, after it."""
    before = {token.low for token in words[max(0, first - 2) : first]}
    if roles <= before:
        return True
    if last < len(words) and words[last].text == ",":
        behind: set[str] = set()
        for token in words[last + 1 : last + 6]:
            if not token.low[0].isalpha():
                break
            behind.add(token.low)
        return roles <= behind
    return False


def _best(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the best candidate, None where two of different values are as good."""
    if not candidates:
        return None
    top = max(candidate.score for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.score > top - 0.2]
    first = max(best, key=lambda candidate: (candidate.score, -candidate.sentence.start))
    if top < LOWEST_SCORE or not all(_same(first.value, other.value) for other in best):
        return None
    return first


def _same(one: Value, other: Value) -> bool:
    """Say whether two values are one; of names a word in common is enough."""
    if one.key == other.key:
        return True
    a, b = one.key[0], other.key[0]
    return isinstance(a, tuple) and isinstance(b, tuple) and same_name(a, b)
