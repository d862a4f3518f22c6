"""Selectors of the Web Annotation Data Model: what part of a text an annotation is about.

https://www.w3.org/TR/annotation-model/#selectors. Positions count Unicode code points ("the
'character number'"), not code units; browsers' programs count UTF-16 units all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...text.quotes import place_foreign
from ..offsets import Counter
from ..reading import join_key, need_offset, need_text, optional_text
from ..record import RecordError

TEXT_TYPES = ("TextPositionSelector", "TextQuoteSelector", "FragmentSelector")
_CHAR = re.compile(r"char=([0-9]{1,15}),([0-9]{1,15})(?:;.*)?")


class Claim(NamedTuple):
    """What selectors say together.

    Attributes:
        start, end: offsets in code points; None where no selector has a position.
        quote, prefix, suffix: the text and its context; empty where no selector has them.
    """

    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


def position_and_quote(start: int, end: int, quote: str, prefix: str, suffix: str) -> list[Any]:
    """Return the two selectors of a range."""
    exact = {"type": "TextQuoteSelector", "exact": quote, "prefix": prefix, "suffix": suffix}
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {key: value for key, value in exact.items() if value},
    ]


def selectors_of(target: Mapping[str, Any]) -> list[Any]:
    """Return the selectors of a target as a list."""
    found = target.get("selector")
    return found if isinstance(found, list) else [] if found is None else [found]


def chain_of(selector: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Iterate over a selector and those that refine it.

    Raises:
        RecordError: one is no object, or they refine each other without end.
    """
    for _ in range(16):
        if not isinstance(selector, dict):
            raise RecordError(at, "a selector must be an object")
        yield at, selector
        if "refinedBy" not in selector:
            return
        selector = selector["refinedBy"]
        at = join_key(at, "refinedBy")
    raise RecordError(at, "refined more than 16 times")


def claim_of(selectors: list[Any], text: str, counter: Counter, at: str) -> Claim | None:
    """Return what selectors say together; None where none of them is about text.

    Args:
        selectors: alternatives that all select the same.
        text: the text.
        counter: what positions count.
        at: dotted path of the list, for messages.

    Raises:
        RecordError: a selector is malformed.
    """
    whole = Claim()
    found = False
    for number, selector in enumerate(selectors):
        claim = _refined(selector, text, counter, join_key(at, number))
        if claim is None:
            continue
        found = True
        if whole.start is None and claim.start is not None:
            whole = whole._replace(start=claim.start, end=claim.end)
        if not whole.quote and claim.quote:
            whole = whole._replace(quote=claim.quote, prefix=claim.prefix, suffix=claim.suffix)
    return whole if found else None


def placed(claim: Claim, text: str) -> Claim:
    """Return a claim with a position: where its quote alone stands for certain, else nowhere.

    What stands nowhere has the empty range 0 to 0, so that it is kept aside with its quote.
    """
    if claim.start is not None:
        return claim
    found = place_foreign(text, claim.quote, claim.prefix, claim.suffix, 0)
    if found is None or not found.certain:
        return claim._replace(start=0, end=0)
    return claim._replace(start=found.start, end=found.end)


def _refined(selector: Any, text: str, counter: Counter, at: str) -> Claim | None:
    """Return what a selector says, each refinement looked for within what it refines."""
    claim: Claim | None = None
    low, high = 0, len(text)
    known = True
    for where, one in chain_of(selector, at):
        own = _single(one, counter, where, low if known else None)
        if own is None:
            # A part of a page that is not known here: only a quote within it can be found.
            known = claim is not None
            continue
        if own.start is None and claim is not None:
            first = text.find(own.quote, low, high) if own.quote else -1
            if first >= 0 and text.find(own.quote, first + 1, high) < 0:
                own = own._replace(start=first, end=first + len(own.quote))
        claim = own
        if "refinedBy" not in one:
            break  # nothing is looked for within it
        if own.start is not None and own.end is not None:
            low, high, known = min(own.start, len(text)), min(own.end, len(text)), True
        elif own.quote and (first := text.find(own.quote)) >= 0:
            low, high, known = first, first + len(own.quote), text.count(own.quote) == 1
        else:
            known = False
    return claim


def _single(
    selector: Mapping[str, Any], counter: Counter, at: str, base: int | None
) -> Claim | None:
    kind = selector.get("type")
    if kind == "TextQuoteSelector":
        quote = need_text(selector, "exact", at)
        context = (optional_text(selector, name, at) for name in ("prefix", "suffix"))
        return Claim(None, None, quote, *context)
    if kind == "TextPositionSelector":
        pair = need_offset(selector, "start", at), need_offset(selector, "end", at)
    elif kind == "FragmentSelector" and (
        found := _CHAR.fullmatch(optional_text(selector, "value", at))
    ):
        pair = int(found[1]), int(found[2])
    else:
        return None
    if base is None:
        return None  # a position within a part that is not known
    if base:
        before = counter.out(base)
        pair = pair[0] + before, pair[1] + before
    start, end = (counter.into(offset, at) for offset in pair)
    return Claim(start, end)
