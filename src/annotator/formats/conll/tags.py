"""Tags of tokens for spans and back: IOB1 (read), IOB2, BILOU and BIOES.

IOB1 is Ramshaw and Marcus 1995 (https://aclanthology.org/W95-0107), IOB2 Tjong Kim Sang and
Veenstra 1999 (https://aclanthology.org/E99-1023), BILOU Ratinov and Roth 2009
(https://aclanthology.org/W09-1119); BIOES is BILOU with E for L and S for U.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import unquote

OUTSIDE = "O"
NO_LABEL = "SPAN"
"""Label of a tag that has none, as in files of one kind of spans."""
SCHEMES = ("iob2", "bilou", "bioes")

_LETTERS = {
    "iob2": ("B", "I", "I", "B"),
    "bilou": ("B", "I", "L", "U"),
    "bioes": ("B", "I", "E", "S"),
}
"""Of the first, a middle, the last and the only token of a span."""
_TAG = re.compile(r"([BILUESM])(?:-(.+))?", re.DOTALL)
_BLANK = re.compile(r"[%\s]")


class TaggedSpan(NamedTuple):
    """A label on the tokens from ``first`` to ``last``, both inclusive and counted from 0."""

    first: int
    last: int
    label: str


def tags_of(count: int, spans: Iterable[TaggedSpan], scheme: str) -> list[str]:
    """Return a tag for each token.

    Args:
        count: how many tokens there are.
        spans: none overlapping another.
        scheme: one of :data:`SCHEMES`.
    """
    begin, middle, end, only = _LETTERS[scheme]
    tags = [OUTSIDE] * count
    for first, last, label in spans:
        tags[first : last + 1] = [f"{middle}-{label}"] * (last - first + 1)
        tags[last] = f"{end}-{label}"
        tags[first] = f"{only if first == last else begin}-{label}"
    return tags


def is_tag(text: str) -> bool:
    """Say whether a text is a tag of any of the schemes."""
    return text == OUTSIDE or _TAG.fullmatch(text) is not None


def spans_of(tags: Sequence[str], breaks: Iterable[int] = ()) -> list[TaggedSpan]:
    """Return the spans that tags of any of the schemes stand for.

    A span goes on with the same label behind I, L, E or M, and no other way: behind a tag that
    ends one, another label or a break a new one begins, as IOB1 has it.

    Args:
        tags: each satisfies :func:`is_tag`.
        breaks: places of tokens that begin a sentence.
    """
    broken = set(breaks)
    found: list[TaggedSpan] = []
    goes_on = False
    for place, tag in enumerate(tags):
        match = _TAG.fullmatch(tag)
        if match is None:
            goes_on = False
            continue
        letter, label = match[1], match[2] or NO_LABEL
        joins = goes_on and place not in broken and letter in "ILEM" and found[-1].label == label
        if joins:
            found[-1] = found[-1]._replace(last=place)
        else:
            found.append(TaggedSpan(place, place, label))
        goes_on = letter in "BIM"
    return found


def escaped_label(label: str) -> str:
    """Return a label without blanks, which would break the column: ``%20`` for a blank."""
    return _BLANK.sub(_percent, label)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def label_of(escaped: str) -> str:
    """Return the label that :func:`escaped_label` was given."""
    return unquote(escaped)
