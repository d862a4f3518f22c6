"""Rules on who did it, who holds an office, and where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ..facts.article import Article, Fact, Sentence
from ..facts.events import MOVES
from ..facts.names import Name, looks_like_person, names, same_name
from ..facts.phrases import Phrase, phrase
from ..facts.things import same_thing, telling, thing
from ..facts.tokens import Token, is_capitalised, is_word
from ..facts.words import FUNCTION_WORDS, word_set
from .hints import MOST_IN_GROUP, Hint, apart, disputed, grouped, pairs

_ONE_DOER = word_set("win defeat found invent discover build buy")
_OFFICES: dict[str, str] = {
    "ceo": "chief executive",
    "chief executive": "chief executive",
    "chief executive officer": "chief executive",
    "president": "president",
    "prime minister": "prime minister",
    "chancellor": "chancellor",
    "mayor": "mayor",
    "governor": "governor",
    "chairman": "chair",
    "chairwoman": "chair",
    "foreign minister": "foreign minister",
    "defence minister": "defence minister",
    "defense minister": "defence minister",
    "finance minister": "finance minister",
    "captain": "captain",
    "head coach": "head coach",
    "police chief": "police chief",
    "fire chief": "fire chief",
}
"""Offices that one person holds at a time, as they are written before a name."""
_OF_ONE_FIRM = word_set("mayor") | {
    "chief executive",
    "police chief",
    "fire chief",
    "head coach",
}
_GENERIC_OWNERS = word_set("team party club company city state national side")
_OTHER_HOLDER = word_set(
    "former ex then vice deputy acting interim outgoing incoming late succeeded succeeds"
    " successor predecessor replaced replaces candidate ex-president elect"
)
_SITES = word_set(
    "cosmodrome airport hospital stadium university station bridge prison church cathedral school"
    " hotel base port harbour harbor square theatre theater museum spaceport center centre"
)


class Holder(NamedTuple):
    """Somebody in an office.

    Attributes:
        sentence: where.
        of: whose office it is, with the office: ``acme chief executive``.
        name: who holds it.
    """

    sentence: Sentence
    of: str
    name: Name


def doer_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that say of two different people or firms that they did one thing."""
    facts = [fact for fact in article.facts if fact.event in _ONE_DOER and fact.happened]
    for same in grouped(facts, lambda fact: fact.event).values():
        for one, other in pairs(same):
            a, b = _doer(one), _doer(other)
            if a is None or b is None or same_name(a.words, b.words):
                continue
            if apart(one.sentence, other.sentence) or not _one_deed(article, one, other):
                continue
            yield Hint(
                "doer-of-event", "entity", one.sentence, other.sentence,
                0.6 - disputed(one.sentence, other.sentence),
                f"{a.shown} here, {b.shown} there: both are said to have done it",
            )  # fmt: skip
            break


def holder_of_office(article: Article) -> Iterator[Hint]:
    """Yield pairs that put two different people into one office."""
    by_office: dict[str, list[Holder]] = {}
    for sentence in article.sentences:
        if (
            sentence.may_claim
            and not sentence.year_told
            and sentence.lows.isdisjoint(_OTHER_HOLDER)
        ):
            for holder in _holders(sentence):
                by_office.setdefault(holder.of, []).append(holder)
    _place_bare_offices(by_office)
    for holders in by_office.values():
        for one, other in combinations(holders[:MOST_IN_GROUP], 2):
            if one.sentence is other.sentence or same_name(one.name.words, other.name.words):
                continue
            yield Hint(
                "holder-of-office", "entity", one.sentence, other.sentence,
                0.65, f"{one.of}: {one.name.shown} here, {other.name.shown} there",
            )  # fmt: skip
            break


def site_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that put one event to two sites of one kind: two airports, two hospitals."""
    facts = [fact for fact in article.facts if fact.event in MOVES | {"die", "explode"}]
    for same in grouped(facts, lambda fact: fact.event if fact.happened else None).values():
        for one, other in pairs(same):
            a, b = _site(one), _site(other)
            if a is None or b is None or a.words[-1].lower() != b.words[-1].lower():
                continue
            if same_name(telling(a.words), telling(b.words)) or apart(one.sentence, other.sentence):
                continue
            if not _one_theme(article, one, other):
                continue
            yield Hint(
                "site-of-event", "entity", one.sentence, other.sentence,
                0.65 - disputed(one.sentence, other.sentence),
                f"{a.shown} here, {b.shown} there",
            )  # fmt: skip
            break


def _doer(fact: Fact) -> Name | None:
    """Return the one name of who did it."""
    doer = agent_of(fact)
    if doer is None or not doer.names:
        return None
    name = doer.names[-1]
    words = fact.sentence.words
    described = not is_capitalised(words[name.first - 1]) or words[name.first - 1].owner
    inside = (name.first <= doer.first + 1 or described) and name.last >= doer.last
    return name if inside and len(doer.names) < 3 and name.words[-1].isalpha() else None


def agent_of(fact: Fact) -> Phrase | None:
    """Return who did it: the subject, or of a passive what stands behind ``by``."""
    if not fact.verb.passive:
        return fact.subject
    words, at = fact.sentence.words, fact.verb.last
    if at < len(words) and words[at].low == "by":
        last = at + 1
        while last < len(words) and last < at + 8 and words[last].text[0].isalnum():
            if words[last].low in {"in", "on", "at", "and", "for", "after", "to"}:
                break
            last += 1
        return phrase(words, at + 1, last)
    return None


def _one_deed(article: Article, one: Fact, other: Fact) -> bool:
    """Say whether two facts have the same object, told in full by both."""
    a, b = one.theme, other.theme
    if a is None or b is None or not (a.definite and b.definite):
        return False
    if one.theme is one.subject and not one.verb.passive:
        return False
    if other.theme is other.subject and not other.verb.passive:
        return False
    if a.names or b.names:
        first, second = thing(article, one.sentence, a), thing(article, other.sentence, b)
        return a.head == b.head and first.words == second.words and a.modifiers == b.modifiers
    return a.head == b.head and a.modifiers == b.modifiers and not a.pronoun


def _place_bare_offices(by_office: dict[str, list[Holder]]) -> None:
    """Take ``chief executive Ann Lee`` for the only firm whose chief executive is named."""
    for office in _OF_ONE_FIRM:
        named = [of for of in by_office if of.endswith(" " + office)]
        bare = by_office.pop(office, [])
        if len(named) == 1 and bare:
            by_office[named[0]] = sorted(
                (*by_office[named[0]], *bare), key=lambda holder: holder.sentence.place
            )


def _holders(sentence: Sentence) -> Iterator[Holder]:
    words = sentence.words
    for name in sentence.names:
        first = name.first
        if not looks_like_person(name):
            continue
        if of_place := _office_of_place(words, name.first):
            yield Holder(sentence, of_place, name)
            continue
        for size in (3, 2, 1):
            if first - size < 1:
                continue
            office = " ".join(token.low for token in words[first - size : first])
            if office in _OFFICES:
                start = first - size
                while start and is_capitalised(words[start - 1]):
                    start -= 1
                if start and words[start - 1].low == "new":
                    break
                of = [token.low for token in words[start : first - size]]
                if not of and office in _OFFICES and _OFFICES[office] in _OF_ONE_FIRM:
                    before = words[start - 1] if start else None
                    described = before and is_word(before) and before.low not in FUNCTION_WORDS
                    behind = words[min(name.last, len(words) - 1)].low
                    if not described and behind not in {"of", ","}:
                        yield Holder(sentence, _OFFICES[office], name)
                elif not _GENERIC_OWNERS.issuperset(of) and of[0] not in FUNCTION_WORDS:
                    yield Holder(sentence, f"{' '.join(of)} {_OFFICES[office]}", name)
                break


def _office_of_place(words: Sequence[Token], at: int) -> str:
    """Return the office, with its place, that stands before a name: ``the mayor of Oslo, ...``.

    Args:
        words: of the sentence.
        at: place of the name's first token.

    Returns:
        As :attr:`Holder.of`; "" where there is none.
    """
    last = at - 1
    if last < 1 or words[last].text != ",":
        return ""
    first = last
    while first and last - first < 4 and is_capitalised(words[first - 1]):
        first -= 1
    if first == last or first < 2 or words[first - 1].low != "of":
        return ""
    for size in (3, 2, 1):
        start = first - 1 - size
        office = _OFFICES.get(" ".join(token.low for token in words[max(0, start) : first - 1]))
        if start >= 0 and office:
            is_new = start and words[start - 1].low == "new"
            place = " ".join(token.low for token in words[first:last])
            return "" if is_new else f"{place} {office}"
    return ""


def _site(fact: Fact) -> Name | None:
    """Return the site that follows a verb."""
    words, at = fact.sentence.words, fact.verb.last
    limit = min(at + 12, len(words))
    for name in names(words, at, limit):
        if words[name.first - 1].low in {"to", "for", "toward", "towards"}:
            continue
        if len(name.words) > 1 and name.words[-1].lower() in _SITES:
            return name
    return None


def _one_theme(article: Article, one: Fact, other: Fact) -> bool:
    a, b = one.subject, other.subject
    if a is None or b is None or a.pronoun or b.pronoun or b.indefinite:
        return False
    first, second = thing(article, one.sentence, a), thing(article, other.sentence, b)
    if first.code and second.code and first.code != second.code:
        return False
    return same_thing(first, second)
