"""Where sentences begin, for formats that break a text into them."""

from __future__ import annotations

from collections.abc import Iterator


def sentence_ranges(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Iterate over the sentences of a text, in order and without outer white space.

    Args:
        text: the text.
        language: whose rules for sentences hold, e.g. ``en``.

    Yields:
        Start and end in code points.
    """
    from ..text.units import Unit, Units

    units = Units(text, language)
    found = units.at(Unit.SENTENCE, 0)
    at = 0 if found is not None else units.next(Unit.SENTENCE, 0)
    done = 0
    while at is not None:
        found = units.at(Unit.SENTENCE, at)
        if found is not None and found[0] >= done:
            yield found
            done = found[1]
        at = units.next(Unit.SENTENCE, at)
