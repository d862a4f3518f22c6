"""Rules on measures: of things, prices, quakes and people's ages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..facts.article import Article, Fact, Sentence
from ..facts.events import STATES
from ..facts.names import Name, same_name, sound
from ..facts.numbers import number_at
from ..facts.things import telling
from ..facts.words import REVISED, word_set
from .counts import Count, clashing, number_hint
from .hints import Hint

_MEASURED = word_set("long tall high wide deep thick old heavy away")
_AGED_THEN = word_set("then ago when former late earlier turned brother sister son daughter")
_MONEY = word_set("dollars euros pounds yen rupees")
_QUAKES = word_set("earthquake quake tremor")
_AFTER_QUAKES = word_set("aftershock aftershocks revised downgraded upgraded measured")


def amount_of_property(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one measure or number of a named thing differently."""
    found = [count for fact in article.facts if (count := _property_amount(fact))]
    for one, other in clashing(found):
        yield number_hint("amount-of-property", one, other, 0.65)


def price_of_deal(article: Article) -> Iterator[Hint]:
    """Yield pairs that give two prices for what was bought or sold."""
    found = [count for fact in article.facts if (count := _price(fact))]
    for one, other in clashing(found):
        yield number_hint("price-of-deal", one, other, 0.7)


def magnitude_of_quake(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one earthquake or storm two strengths."""
    found: list[Count] = []
    for sentence in article.sentences:
        if sentence.may_claim and not sentence.year_told:
            found += _strengths(sentence)
    for one, other in clashing(found):
        yield number_hint("magnitude-of-quake", one, other, 0.65)


def age_of_person(article: Article) -> Iterator[Hint]:
    """Yield pairs that give one person two ages."""
    ages: dict[str, list[tuple[Name, float, Sentence]]] = {}
    for sentence in article.sentences:
        if sentence.may_claim:
            for name, age in _ages(sentence):
                ages.setdefault(sound(name.words[-1]), []).append((name, age, sentence))
    for found in ages.values():
        first_names = {name.words[0] for name, _, _ in found if len(name.words) > 1}
        if len(first_names) > 1:
            found = [aged for aged in found if len(aged[0].words) > 1]
        for (one, age, first), (other, other_age, second) in combinations(found[:24], 2):
            if first is second or age == other_age or not _one_person(one, other):
                continue
            if first.year_told or second.year_told or _AGED_THEN & (first.lows | second.lows):
                continue
            full = max(one, other, key=lambda name: len(name.words)).shown
            yield Hint(
                "age-of-person",
                "number",
                first,
                second,
                0.8,
                f"{full} is {age:g} here and {other_age:g} there",
            )


def _property_amount(fact: Fact) -> Count | None:
    """Return the number that a state verb gives for its named subject."""
    verb, subject, sentence = fact.verb, fact.subject, fact.sentence
    if fact.event not in STATES or not fact.happened or verb.passive or subject is None:
        return None
    if not subject.names or subject.names[0].first > subject.first + 1 or sentence.dates:
        return None
    if not sentence.lows.isdisjoint(REVISED):
        return None
    quantity = next((q for q in sentence.quantities if q.first == verb.last), None)
    if quantity is None or not quantity.exact:
        return None
    words = sentence.words
    behind = words[quantity.last] if quantity.last < len(words) else None
    measured = behind.low if behind and behind.low in _MEASURED else ""
    if behind and not measured and behind.text not in {".", ","}:
        return None
    of = " ".join(token.low for token in words[quantity.first + 1 : quantity.last])
    who = " ".join(word.low for word in words[subject.first : verb.first])
    tense = "now" if verb.present else "then"
    key = f"{who.removeprefix('the ')}|{fact.event}|{tense}|{of}|{measured}"
    return Count(sentence, key, quantity.value, f"{quantity.shown} {measured}".strip())


def _ages(sentence: Sentence) -> Iterator[tuple[Name, float]]:
    """Yield persons with their ages: ``Ann Lee, 34,`` and ``34-year-old Ann Lee``."""
    words = sentence.words
    for name in sentence.names:
        last = name.last
        if last + 2 < len(words) and words[last].text == "," and words[last + 2].text in {",", "."}:
            low = words[last + 1].low
            if low.isdecimal() and low.isascii() and 10 <= int(low) <= 105 and len(name.words) < 5:
                yield name, float(low)
        if (
            last + 2 < len(words)
            and words[last].text == ","
            and words[last + 1].low in {"a", "an", "the"}
        ):
            yield from _years_old(name, words[last + 2].low)
        before = words[name.first - 1].low if name.first else ""
        yield from _years_old(name, before)


def _years_old(name: Name, low: str) -> Iterator[tuple[Name, float]]:
    if low.endswith("-year-old") and low[:-9].isdecimal() and len(low) < 13:
        yield name, float(low[:-9])


def _one_person(one: Name, other: Name) -> bool:
    """Say whether two names may be one person's: alike in the first name where both have one."""
    if not same_name(one.words[-1:], other.words[-1:]):
        return False
    if len(one.words) < 2 or len(other.words) < 2:
        return True
    return same_name(one.words[:1], other.words[:1])


def _price(fact: Fact) -> Count | None:
    """Return the price behind ``bought Pixelum for``."""
    if fact.event not in {"buy", "sell"} or not fact.happened:
        return None
    theme = fact.theme if fact.verb.passive else fact.object
    if theme is None or not theme.names:
        return None
    words = fact.sentence.words
    prices = [q for q in fact.sentence.quantities if q.unit in _MONEY and q.exact]
    if len(prices) != 1 or prices[0].first <= fact.verb.at:
        return None
    before = words[prices[0].first - 2].low if prices[0].first > 1 else ""
    if before not in {"for", "at"}:
        return None
    price = prices[0]
    what = " ".join(telling(theme.names[-1].words)).lower()
    shown = fact.sentence.text[price.start : price.end]
    return Count(fact.sentence, f"{what} {price.unit}", price.value, shown)


def _strengths(sentence: Sentence) -> Iterator[Count]:
    """Yield the strength of a quake: ``magnitude 6.4``, ``magnitude of 6.4``."""
    if sentence.lows.isdisjoint(_QUAKES) or not sentence.lows.isdisjoint(_AFTER_QUAKES):
        return
    if "magnitude" not in sentence.lows:
        return
    words = sentence.words
    for at, token in enumerate(words[:-1]):
        if token.low == "magnitude":
            number = number_at(words, at + 1 + (words[at + 1].low == "of"))
            if number:
                yield Count(sentence, "quake", number.value, f"magnitude {number.value:g}")
