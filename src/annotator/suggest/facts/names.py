"""Names: who is who, spelling variants, and codes such as MS-27."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .tokens import Token, is_capitalised
from .words import FUNCTION_WORDS, MONTHS, TITLES, WEEKDAYS, word_set

_CODE = re.compile(r"([A-Z][A-Za-z]{0,11})[-‑–]?(\d{1,4})([A-Z]?)$")
_BARE = re.compile(r"(\d{1,4})([A-Z]?)$")
_ROMAN = re.compile(r"(?:IX|IV|V?I{1,3}|V|X{1,3}(?:IX|IV|V?I{0,3}))$")
CODE_STEMS = word_set(
    "flight expedition apollo artemis gemini mission sol voyager falcon starship crew cosmos"
    " chandrayaan shenzhou vostok ariane atlas orbital cygnus progress soyuz train bus convoy"
    " route"
)
"""Words that a number of its own names one of; of others (Boeing 737, Figure 3) it does not."""

_SOUNDS = (
    ("iy", "i"), ("yi", "i"), ("ij", "i"), ("ii", "i"), ("y", "i"), ("j", "i"), ("kh", "h"),
    ("ph", "f"), ("w", "v"), ("ck", "k"), ("q", "k"), ("c", "k"), ("ou", "u"), ("oo", "u"),
    ("tz", "ts"), ("z", "s"), ("ks", "x"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_NOT_PEOPLE = word_set(
    "station space cosmodrome center centre university street city county river lake party"
    " house court agency company corporation inc ltd hospital church school college airport"
    " bank group institute council committee ministry department office news times post"
    " association union league cup games war treaty act prize award museum park island islands"
    " mountain ocean sea states kingdom republic federation north south east west island"
    " council fund"
)
_PARTICLES = word_set("de da di del della der den van von bin ibn al el la le du dos das ter")

ALIASES: dict[str, str] = {
    alias: name
    for name, aliases in {
        "united states": "us u.s usa u.s.a america",
        "united kingdom": "uk u.k britain",
        "european union": "eu e.u",
        "united nations": "un u.n",
        "kyiv": "kiev",
        "mumbai": "bombay",
        "myanmar": "burma",
        "beijing": "peking",
        "turkey": "turkiye türkiye",
        "international space station": "iss",
    }.items()
    for alias in aliases.split()
}


class Code(NamedTuple):
    """A name that ends in a number, such as ``MS-27``.

    Attributes:
        stem: what comes before the number, in lower case.
        number: the number as written.
        shown: the whole as written.
    """

    stem: str
    number: str
    shown: str


class Name(NamedTuple):
    """A run of capitalised words.

    Attributes:
        words: its words as written, titles left out.
        start, end: its range in the text.
        first, last: places of its tokens, half-open.
    """

    words: tuple[str, ...]
    start: int
    end: int
    first: int
    last: int

    @property
    def shown(self) -> str:
        """The name as people read it."""
        return " ".join(self.words)


def code_at(words: Sequence[Token], at: int) -> Code | None:
    """Return the code at a token: ``MS-27`` in one word, or the 11 of ``Apollo 11``."""
    text = words[at].text
    if not (text[-1].isdigit() or text[-2:-1].isdigit() or text[-1] in "IVX"):
        return None
    whole = _CODE.match(text)
    if whole:
        return Code(whole[1].lower(), whole[2] + whole[3], text)
    before = words[at - 1] if at else None
    if before is None or before.low not in CODE_STEMS or not is_capitalised(before):
        return None
    bare = _BARE.match(text) or _ROMAN.match(text)
    return Code(before.low, text, f"{before.text} {text}") if bare else None


def names(words: Sequence[Token], first: int = 0, last: int | None = None) -> list[Name]:
    """Return the runs of capitalised words between two tokens; a possessive ends a run."""
    found: list[Name] = []
    last = len(words) if last is None else last
    at = first
    while at < last:
        if not _names(words[at]):
            at += 1
            continue
        stop = at
        while stop < last and (_names(words[stop]) or _joins(words, stop, last)):
            stop += 1
            if words[stop - 1].owner:
                break
        found.extend(_between_titles(words, at, stop))
        at = stop
    return found


def _between_titles(words: Sequence[Token], first: int, last: int) -> Iterator[Name]:
    """Yield the names in a run: ``Acme CEO Ann Lee`` has two, parted by the title."""
    start = first
    for at in range(first, last + 1):
        if at < last and words[at].low not in TITLES:
            continue
        if start < at:
            parts = tuple(token.text for token in words[start:at])
            yield Name(parts, words[start].start, words[at - 1].end, start, at)
        start = at + 1


def _names(token: Token) -> bool:
    return (
        is_capitalised(token)
        and token.low not in FUNCTION_WORDS
        and token.low not in MONTHS
        and token.low not in WEEKDAYS
    )


def _joins(words: Sequence[Token], at: int, last: int) -> bool:
    """Say whether a small word or an initial's full stop stands inside a name."""
    if words[at].text == "." and len(words[at - 1].text) == 1:
        return at + 1 < last and is_capitalised(words[at + 1])
    return words[at].low in _PARTICLES and at + 1 < last and is_capitalised(words[at + 1])


def is_generic(word: str) -> bool:
    """Say whether a word of a name tells what kind of thing it names: ``Airport``, ``River``."""
    return word.lower() in _NOT_PEOPLE


def looks_like_person(name: Name) -> bool:
    """Say whether a name has the shape of a person's full name."""
    return 2 <= len(name.words) <= 5 and not any(
        word.lower() in _NOT_PEOPLE or word.isupper() or any(char.isdigit() for char in word)
        for word in name.words
        if len(word) > 2
    )


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Return a word without the marks and letters in which transliterations differ."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in folded if char.isalnum())
    for written, said in _SOUNDS:
        plain = plain.replace(written, said)
    return "".join(char for place, char in enumerate(plain) if plain[place - 1 : place] != char)


def same_word(one: str, other: str) -> bool:
    """Say whether two words of names may be one, spelt differently."""
    a, b = sound(one), sound(other)
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 2:
        return False
    return _distance_at_most(a, b, 1 + (min(len(a), len(b)) >= 7))


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two names may be of one: any word in common, or one the other's initials."""
    joined = [" ".join(words).lower().strip(".") for words in (one, other)]
    if ALIASES.get(joined[0], joined[0]) == ALIASES.get(joined[1], joined[1]):
        return True
    for short, long in ((one, other), (other, one)):
        initials = "".join(word[0] for word in long if word[0].isupper())
        if len(short) == 1 and len(long) > 1 and short[0].replace(".", "") == initials:
            return True
    return any(
        same_word(a, b)
        for a in one
        for b in other
        if len(a) > 2 and len(b) > 2 and a.lower() not in _PARTICLES
    )


def _distance_at_most(one: str, other: str, limit: int) -> bool:
    """Say whether at most ``limit`` letters must change to make one word of the other."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, found in enumerate(other, 1):
            before, row[at] = row[at], min(before + (letter != found), row[at] + 1, row[at - 1] + 1)
        if min(row) > limit:
            return False
    return row[-1] <= limit
