"""Where a quote whose words were changed may stand now."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

_SEED = 12
"""Code points at an end of quote or context by which places are looked for."""
_MOST = 6
"""Places of each seed that are tried: those nearest to where it was."""
_ALIKE = 0.6
"""Least ratio of Ratcliff and Obershelp (``difflib``) between the quote and what stands there."""
_LONGEST = 2000
"""Code points of the longest quote that is compared."""
_WINDOW = 20_000
"""Code points on either side of the old place that are searched."""


def most_alike(
    text: str,
    quote: str,
    prefix: str,
    suffix: str,
    near: int,
    between: tuple[int, int] | None = None,
) -> tuple[int, int] | None:
    """Return the range that is most like a quote that does not occur as it is.

    Its start is where the context before it ends or the quote's own beginning stands, its end
    likewise. What is returned is a guess, to be looked at by a person.

    Args:
        text: the text as it is now.
        quote, prefix, suffix: as for ``quotes.place``.
        near: offset in code points where it would be.
        between: a range that it may be, by what is known of the text around it.
    """
    if len(quote) > _LONGEST:
        return None
    starts = {*_behind(text, prefix[-_SEED:], near), *_at(text, quote[:_SEED], near)}
    near_end = near + len(quote)
    ends = {*_at(text, suffix[:_SEED], near_end), *_behind(text, quote[-_SEED:], near_end)}
    if between is not None:
        starts.add(between[0])
        ends.add(between[1])
    best, found = _ALIKE, None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(quote)
    for start in sorted(starts):
        for end in sorted(ends):
            if not 0 < end - start <= 2 * len(quote) + 2 * _SEED:
                continue
            matcher.set_seq1(text[start:end])
            if matcher.real_quick_ratio() > best and (ratio := matcher.ratio()) > best:
                best, found = ratio, (start, end)
    return found


def _at(text: str, seed: str, near: int) -> list[int]:
    if len(seed) < _SEED // 2:
        return []
    return sorted(_occurrences(text, seed, near), key=lambda at: abs(at - near))[:_MOST]


def _behind(text: str, seed: str, near: int) -> list[int]:
    return [at + len(seed) for at in _at(text, seed, near - len(seed))]


def _occurrences(text: str, seed: str, near: int) -> Iterator[int]:
    low, high = max(0, near - _WINDOW), near + _WINDOW
    at = text.find(seed, low, high)
    while at >= 0:
        yield at
        at = text.find(seed, at + 1, high)
