"""Rules on who and what: codes, crews."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..facts.article import Article, Fact
from ..facts.events import MOVES
from ..facts.names import Code, Name, same_name
from ..facts.people import Group, groups
from ..facts.phrases import Phrase
from ..facts.things import same_thing, telling, thing
from ..facts.words import word_set
from .hints import Hint, apart, dates_apart, disputed, grouped, pairs

_SHORTEST_CREW = 2


def code_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that tell of one event of things that differ in the number of their code.

    The article must know exactly two numbers of that code, never side by side: one that tells of
    several missions names them together, dates them, or says "the previous one".
    """

    def key(fact: Fact) -> str | None:
        code = _code(fact)
        return f"{fact.event} {code.stem}" if code and fact.happened else None

    for facts in grouped(article.facts, key).values():
        for one, other in pairs(facts):
            a, b = _code(one), _code(other)
            assert a is not None
            assert b is not None
            if a.number == b.number or len(article.numbers[a.stem]) != 2:
                continue
            if a.stem in article.together or apart(one.sentence, other.sentence):
                continue
            if one.verb.earlier or other.verb.earlier or not _one_thing(article, one, other):
                continue
            score = 0.85 - disputed(one.sentence, other.sentence)
            score -= 0.1 * (one.sentence.year_told and not other.sentence.year_told)
            said = other.sentence.words[other.verb.at : other.verb.last]
            what = " ".join(word.text for word in said)
            yield Hint(
                "code-of-event", "entity", one.sentence, other.sentence, score,
                f"{a.shown} here, {b.shown} there: both name {_what(other)} that {what}",
            )  # fmt: skip
            break


def codes_of_one_event(article: Article) -> frozenset[frozenset[str]]:
    """Return the pairs of code numbers that an article gives for one event, by mistake."""
    return frozenset(
        frozenset(code.number for s in (hint.first, hint.second) for code in s.codes)
        for hint in code_of_event(article)
    )


def crew_of_event(article: Article) -> Iterator[Hint]:
    """Yield pairs that name different people in full for one crew (or other role)."""
    one_event = codes_of_one_event(article)
    found = [group for group in groups(article) if len(group.people) >= _SHORTEST_CREW][:24]
    for one, other in combinations(found, 2):
        if one.role != other.role or one.sentence.place == other.sentence.place:
            continue
        if not _differ(one.people, other.people) or dates_apart(one.sentence, other.sentence):
            continue
        if _SETTING_CREWS_APART & (one.sentence.lows | other.sentence.lows):
            continue
        confidence = _one_carrier(article, one, other, one_event)
        if confidence:
            score = confidence - disputed(one.sentence, other.sentence) / 2
            yield Hint(
                "crew-of-event", "entity", one.sentence, other.sentence, score,
                f"different {one.role}: {_listing(one.people)} here,"
                f" {_listing(other.people)} there",
            )  # fmt: skip


_SETTING_CREWS_APART = word_set(
    "another other previous previously former different next last ago second third earlier"
    " backup separate future original originally instead"
)


def _code(fact: Fact) -> Code | None:
    phrase = _coded(fact)
    if phrase is None or len(phrase.codes) != 1 or phrase.indefinite or fact.event not in MOVES:
        return None
    return phrase.codes[0]


def _coded(fact: Fact) -> Phrase | None:
    """Return the phrase of a fact that holds its code: the subject, else what it befell."""
    return fact.subject if fact.subject and fact.subject.codes else fact.theme


def _what(fact: Fact) -> str:
    phrase = _coded(fact)
    assert phrase is not None
    code = phrase.codes[0].shown.split()
    words = [
        word
        for name in phrase.names
        for word in name.words
        if word not in code and not word.isdigit()
    ]
    return "the " + (" ".join(words) or phrase.head)


def _one_thing(article: Article, one: Fact, other: Fact) -> bool:
    a, b = _coded(one), _coded(other)
    if a is None or b is None:
        return False
    first, second = thing(article, one.sentence, a), thing(article, other.sentence, b)
    if first.kind and second.kind and first.kind != second.kind:
        return False
    x, y = telling(first.words), telling(second.words)
    return not (x and y) or same_name(x, y)


def _differ(one: tuple[Name, ...], other: tuple[Name, ...]) -> bool:
    """Say whether two sets of people have nobody in common."""
    return not any(same_name(a.words, b.words) for a in one for b in other)


def _one_carrier(
    article: Article, one: Group, other: Group, one_event: frozenset[frozenset[str]]
) -> float:
    """Return how sure it is that two crews are of one carrier, 0 where they are not."""
    if one.carrier is None or other.carrier is None:
        told = one.carrier is other.carrier and one.definite and other.definite
        return 0.55 if told and one.scope == other.scope and not (one.verb or other.verb) else 0.0
    a = thing(article, one.sentence, one.carrier)
    b = thing(article, other.sentence, other.carrier)
    if not same_thing(a, b):
        return 0.0
    if a.code and b.code and a.code.number != b.code.number:
        return 0.8 if frozenset((a.code.number, b.code.number)) in one_event else 0.0
    return 0.8


def _listing(people: tuple[Name, ...]) -> str:
    return ", ".join(person.shown for person in people[:4]) + (" ..." if len(people) > 4 else "")
