"""Sets of people in one role: the crew that a ship carries, the victims, the suspects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..base import Text
from .article import Article, Sentence
from .events import MOVES
from .names import Name, looks_like_person, names
from .phrases import Phrase, phrase, subject
from .tokens import Token
from .verbs import Status, Verb
from .words import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, VESSEL_CLASS, word_set

_CARRYING = word_set("carrying transporting ferrying")
_CARRIED = word_set("carried transported ferried")
_ROLES = {
    "crew": "crew", "astronauts": "crew", "cosmonauts": "crew", "victims": "victims",
    "suspects": "suspects", "winners": "winners", "defendants": "defendants",
    "hostages": "hostages", "laureates": "winners",
}  # fmt: skip
_SUM = word_set("of are were is was consists consisted comprises comprised named identified as")
_PARTIAL = word_set(
    "including includes include among join joins joined joining relieve replace replaced"
    " relieving replacing previous other others alongside current then former with"
)
_NO_PERSON = word_set("ORG GPE LOC FAC NORP EVENT WORK_OF_ART LAW LANGUAGE PRODUCT")
_LINES_OF_LIST = 12


@dataclass(frozen=True, slots=True)
class Group:
    """People in one role.

    Attributes:
        role: ``crew``, ``victims`` and so on.
        sentence: the sentence that says so.
        people: their names, two or more.
        carrier: what carries them, None where that is not told.
        verb: the event's verb, None where there is none.
        definite: whether it is "the" crew or "the" victims.
        scope: what narrows the role: the ``physics`` and ``prize`` of one prize's winners.
    """

    role: str
    sentence: Sentence
    people: tuple[Name, ...]
    carrier: Phrase | None
    verb: Verb | None
    definite: bool
    scope: frozenset[str]


def groups(article: Article) -> list[Group]:
    """Return the sets of people that an article names in full, in order."""
    found: list[Group] = []
    for sentence in article.sentences:
        if not sentence.may_claim:
            continue
        start = _role_at(sentence)
        if start is None:
            continue
        role, at = start
        people = _listed(article, sentence, at)
        if len(people) > 1:
            moves = [v for v in sentence.verbs if v.event in MOVES and v.first < at]
            verb = moves[-1] if moves else None
            if verb is not None and verb.status is not Status.HAPPENED:
                continue
            carrier = subject(sentence.words, verb) if verb else _carrier(sentence.words, at)
            definite, scope = _scope(sentence.words, at - 1)
            found.append(Group(role, sentence, people, carrier, verb, definite, scope))
    return found


def _role_at(sentence: Sentence) -> tuple[str, int] | None:
    """Return a role and the place of the token behind which its people stand."""
    words = sentence.words
    for at, token in enumerate(words):
        if token.low in _CARRYING or token.low in _CARRIED:
            return "crew", at + 1
        role = _ROLES.get(token.low)
        if role and at + 1 < len(words) and _introduces(words, at + 1):
            return role, at + 1
    return None


def _carrier(words: Sequence[Token], at: int) -> Phrase | None:
    """Return what ``crew of the capsule`` belongs to."""
    if words[at].low != "of":
        return None
    last = at + 1
    while last < len(words) and words[last].low not in _SUM and words[last].text[0].isalnum():
        last += 1
    found = phrase(words, at + 1, last)
    return found if found and found.kind in {VESSEL_CLASS, "aircraft"} else None


def _scope(words: Sequence[Token], at: int) -> tuple[bool, frozenset[str]]:
    """Return whether the noun at a token has a definite article, and the words that narrow it."""
    first = at
    while first and at - first < 4 and words[first].low not in DETERMINERS | PREPOSITIONS:
        first -= 1
    behind = at + 1
    while behind < len(words) and behind - at < 9 and words[behind].low not in _SUM - {"of"}:
        if not words[behind].text[0].isalpha():
            break
        behind += 1
    inside = (*words[first:at], *words[at + 1 : behind])
    return words[first].low in DETERMINERS, frozenset(
        token.low
        for token in inside
        if token.text.islower() and token.low not in FUNCTION_WORDS and token.low != "members"
    )


def _introduces(words: Sequence[Token], at: int) -> bool:
    """Say whether the words behind a role name all of its people."""
    if words[at].low == "members" and at + 1 < len(words):
        at += 1
    return words[at].text in {":", ","} or words[at].low in _SUM or words[at].text[0].isupper()


def _listed(article: Article, sentence: Sentence, at: int) -> tuple[Name, ...]:
    words = sentence.words
    stop = next(
        (place for place in range(at, len(words)) if words[place].text in {";", "."}), len(words)
    )
    if any(token.low in _PARTIAL - {"with"} for token in words[at:stop]):
        return ()
    if words and words[-1].text == ":":
        return _from_lines(article, sentence)
    return tuple(
        name
        for name in names(words, at, stop)
        if looks_like_person(name) and _may_be_person(article.text, name)
    )


def _from_lines(article: Article, sentence: Sentence) -> tuple[Name, ...]:
    """Return the names at the starts of the lines below ``crew members:``."""
    found: list[Name] = []
    end = sentence.end
    for below in article.sentences[sentence.place + 1 : sentence.place + 1 + _LINES_OF_LIST]:
        starts_line = "\n" in sentence.text[end : below.start]
        end = below.end
        if not starts_line:
            continue
        first = next(iter(names(below.words)), None)
        if first is None or first.first > 3 or not looks_like_person(first):
            break
        if not _may_be_person(article.text, first):
            break
        found.append(first)
    return tuple(found)


def _may_be_person(text: Text, name: Name) -> bool:
    """Say whether the recogniser, where it was asked, does not speak against a person."""
    labels = {
        entity.label
        for entity in text.entities_in(name.start, name.end)
        if entity.end - entity.start == name.end - name.start
    }
    return "PERSON" in labels or not labels & _NO_PERSON
