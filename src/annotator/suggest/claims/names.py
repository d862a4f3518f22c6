"""Names in a sentence: the entities that a pipeline found, else runs of capitalised words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.entity import Entity
from .lexicon import SINGLE, words_of
from .tokens import Tokens

NAME_LABELS = frozenset(
    [
        "PERSON",
        "PER",
        "ORG",
        "GPE",
        "LOC",
        "NORP",
        "FAC",
        "EVENT",
        "PRODUCT",
        "LAW",
        "WORK_OF_ART",
        "MISC",
    ]
)
"""Labels of entities that are names, as English pipelines write them."""

_NOT_NAMES = frozenset({"i", "ok", "okay", "mr", "mrs", "ms", "sir", "god", "tv"})
_STARTERS = words_of("starter")
_TITLES = frozenset(
    {"president", "senator", "governor", "congressman", "congresswoman", "mayor", "secretary"}
    | {"general", "minister", "chancellor", "prime", "vice", "dr", "professor", "representative"}
)
_OPENING = "\"“'‘:([•*-–—"


def named(
    sentence: str, tokens: Tokens, begin: int, entities: Sequence[Entity] | None, offset: int
) -> Iterator[str]:
    """Yield the names of a sentence as they stand in it.

    Args:
        sentence: the sentence.
        tokens: its tokens.
        begin: the token that it begins with.
        entities: the entities in it; None where nobody looked for them.
        offset: where the sentence begins in the text that the entities' offsets count from.
    """
    if entities is not None:
        for entity in entities:
            if entity.label in NAME_LABELS:
                yield sentence[entity.start - offset : entity.end - offset]
        return
    for first, last in capital_runs(sentence, tokens, begin):
        if _TITLES.issuperset(tokens.lower[first : last + 1]):
            continue
        yield sentence[tokens.starts[first] : tokens.starts[last] + len(tokens.words[last])]


def capital_runs(
    sentence: str, tokens: Tokens, begin: int = 0, stretch: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each run of capitalised words.

    The word that begins a sentence counts only where a capital is no matter of course: before
    another capitalised word, or all in capitals.

    Args:
        sentence: the sentence.
        tokens: its tokens.
        begin: the token that it begins with.
        stretch: the first and the last token that a run may hold; None for all from ``begin``.
    """
    words, lower, starts = tokens
    place, limit = stretch or (begin, len(words) - 1)
    while place <= limit:
        if not _capital(words[place], lower[place]):
            place += 1
            continue
        last = place
        while last < limit and _joined(sentence, tokens, last):
            last += 1
        first = place
        if _opens(sentence, starts[place], place == begin) and not _acronym(words[place]):
            first += lower[place] in _STARTERS or last == place
        if first <= last:
            yield first, last
        place = last + 1


def _capital(word: str, lower: str) -> bool:
    return word[0].isupper() and lower not in _NOT_NAMES and "date" not in SINGLE.get(lower, ())


def _acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _joined(sentence: str, tokens: Tokens, place: int) -> bool:
    """Say whether the token behind one goes on the same name."""
    words, lower, starts = tokens
    gap = sentence[starts[place] + len(words[place]) : starts[place + 1]]
    following = words[place + 1]
    if following[0].isdigit():
        return gap == "-"
    return _capital(following, lower[place + 1]) and (gap in (" ", "-", ". ", "&", " & "))


def _opens(sentence: str, start: int, is_first: bool) -> bool:
    """Say whether a sentence, or a quoted one within it, begins here."""
    return is_first or sentence[max(0, start - 2) : start].strip()[-1:] in _OPENING
