"""What a linear model sees of a sentence: words, pairs, word classes, pieces of words, shape, cues.

Word and word-pair features are the strong baseline for sentence classification (Wang and Manning
2012, "Baselines and bigrams"). What parts of speech add in the literature on check-worthiness
(Hassan et al. 2017, "ClaimBuster") is approximated without a tagger: frequent words stand for
themselves, any other for its shape and ending, and of these classes pairs and triples are taken.
The cues are what the untrained suggester counts.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..claims.features import features as cues_of
from ..claims.scoring import score

RECIPE = 1
"""Rises when the same sentence gives other features, so that older models are not used."""

BLOCKS = ("word", "class", "piece", "shape", "cue")
"""Groups of features. Within a sentence each group has length 1, so that none drowns another."""

FREQUENT = 150
"""How many of the most frequent words stand for themselves in word classes."""

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:['’‘][^\W\d_]+)*|\w+|[^\w\s]+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_QUOTES = frozenset('"“”«»„‟')
_LENGTHS = (3, 5, 8, 12, 16, 20, 25, 30, 40, 60)
_LONGEST_WORD = 40
_CHARACTERS = 20_000
"""Of a longer sentence only so many code points are looked at: it is a table or no prose."""

_SUREST = 5.0
"""Largest log odds of the untrained suggester that count."""

Blocks = tuple[list[str], ...]


class Seen(NamedTuple):
    """What is seen of one sentence.

    Attributes:
        blocks: its features, one list a block of :data:`BLOCKS`, none twice.
        untrained: log odds that the untrained suggester gives it.
    """

    blocks: Blocks
    untrained: float


def tokens(sentence: str) -> list[str]:
    """Return the words, numbers and runs of punctuation of a sentence, as they stand there."""
    return _TOKEN.findall(sentence[:_CHARACTERS])


def frequent_words(sentences: Iterable[Sequence[str]], count: int = FREQUENT) -> frozenset[str]:
    """Return the most frequent lower-case words: mostly function words, in any language.

    Args:
        sentences: each as :func:`tokens` returns it.
        count: how many; ties are broken by the alphabet.
    """
    seen: Counter[str] = Counter()
    for words in sentences:
        seen.update(normal for normal, _ in map(_forms, words) if normal[0] != "<")
    ranked = sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    return frozenset(word for word, _ in ranked[:count])


def features(sentence: str, frequent: frozenset[str]) -> Seen:
    """Return what is to be seen of a sentence.

    Args:
        sentence: its text; of a very long one only the beginning counts.
        frequent: what :func:`frequent_words` returned for the texts that the model learned from.
    """
    words = tokens(sentence)
    normal: list[str] = []
    classes: list[str] = ["^"]
    pieces: list[str] = []
    for place, word in enumerate(words):
        form, kind = _forms(word)
        normal.append(form)
        if form in frequent:
            classes.append(form)
        else:
            capital = place and kind == "~" and word[0].isupper()
            classes.append("<Name>" if capital else _ending(form) if kind == "~" else form)
        if kind == "~":
            pieces += _pieces(form)
    classes.append("$")
    pairs = [f"{first} {second}" for first, second in pairwise(normal)]
    class_pairs = [f"{first}|{second}" for first, second in pairwise(classes)]
    triples = [f"{pair}|{third}" for pair, third in zip(class_pairs, classes[2:], strict=False)]
    cues, untrained = _cues(sentence)
    blocks = (
        list(dict.fromkeys(normal + pairs)),
        list(dict.fromkeys(class_pairs + triples)),
        list(dict.fromkeys(pieces)),
        _shape(words, classes),
        cues,
    )
    return Seen(blocks, untrained)


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, str]:
    """Return a word's normal form, and ``~`` where it is a word and not a number or a sign."""
    first = word[0]
    if first.isdigit():
        if _YEAR.match(word):
            return "<year>", ""
        return ("<digits>" if word.isdigit() and len(word) < 3 else "<number>"), ""
    if not first.isalpha() and first != "_":
        return f"<{word[:3]}>", ""
    return word.lower().replace("’", "'").replace("‘", "'"), "~"


@lru_cache(maxsize=1 << 16)
def _ending(word: str) -> str:
    return f"-{word[-2:]}" if len(word) > 3 else "-"


@lru_cache(maxsize=1 << 14)
def _pieces(word: str) -> tuple[str, ...]:
    """Return the runs of three and four characters of a word with its edges marked."""
    marked = f"_{word[:_LONGEST_WORD]}_"
    return tuple(marked[at : at + size] for size in (3, 4) for at in range(len(marked) - size + 1))


def _shape(words: Sequence[str], classes: Sequence[str]) -> list[str]:
    """Return what the sentence is like as a whole; numbers are counted up to three."""
    numbers = sum(word[0].isdigit() for word in words)
    names = classes.count("<Name>")
    found = [
        f"length {sum(len(words) >= limit for limit in _LENGTHS)}",
        f"numbers {min(numbers, 3)}",
        f"names {min(names, 4)}",
    ]
    if words:
        found.append(f"begins {_forms(words[0])[0]}")
        last = words[-1]
        found.append(f"ends {last[:2] if not last[0].isalnum() else 'word'}")
    if any(not _QUOTES.isdisjoint(word) for word in words if not word[0].isalnum()):
        found.append("quotes")
    if numbers and names:
        found.append("number and name")
    return found


def _cues(sentence: str) -> tuple[list[str], float]:
    """Return what the untrained suggester counts, once for each time up to three, and log odds.

    Entities play no part, so that the same sentence always has the same cues.
    """
    found = cues_of(sentence[:_CHARACTERS])
    cues = [
        name if times == 1 else f"{name} {times}"
        for name, value in found.values.items()
        if name != "words"
        for times in range(1, min(3, int(value)) + 1)
    ]
    chance = min(max(score(found).score, 1e-6), 1 - 1e-6)
    odds = math.log(chance / (1 - chance))
    return cues, min(max(odds, -_SUREST), _SUREST)
