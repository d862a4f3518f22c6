"""Bracket groups: ``[...]``, ``{...}``, ``{{...}}``, ``<...>``, ``(...)`` and their CJK kin."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

LONGEST = 2000
"""Longest bracket group, in code points, brackets included."""

_DEEPEST = 50
"""Unclosed brackets remembered; text that nests deeper is an attack."""

OPENING = "[{<【［｛〔"
"""Brackets that open a slot, whatever stands in it."""

_PAIRS = {
    "[": "]",
    "{": "}",
    "<": ">",
    "(": ")",
    "【": "】",
    "［": "］",
    "｛": "｝",
    "〔": "〕",
    "（": "）",
}
_ANGLED = re.compile(r"</?[^\W\d_][^<>\n]*(?<!\s)>")


@cache
def openings() -> re.Pattern[str]:
    """Return the pattern of a bracket of ``OPENING``."""
    return re.compile("[" + re.escape(OPENING) + "]")


@cache
def _any() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_PAIRS) + "".join(_PAIRS.values())) + "]")


class Group(NamedTuple):
    """A bracket group.

    Attributes:
        start, end: its range in code points, brackets included.
        round: whether it is written with round brackets, so an aside rather than a slot.
    """

    start: int
    end: int
    round: bool


def groups(text: str, start: int, end: int) -> list[Group]:
    """Return the bracket groups of ``[start, end)`` by start, the outer ones first.

    Brackets without a partner count for nothing. Angle brackets must look like ``<words>``.
    Of doubled brackets, ``{{words}}``, only the outer pair is a group.
    """
    open_ones: list[tuple[int, str]] = []
    found: dict[int, int] = {}
    for match in _any().finditer(text, start, end):
        char, at = match.group(), match.start()
        if char == "<":
            angled = _ANGLED.match(text, at, min(end, at + LONGEST))
            if angled:
                found[at] = angled.end()
        elif char in _PAIRS:
            open_ones.append((at, _PAIRS[char]))
            del open_ones[:-_DEEPEST]
        elif char != ">":
            _close(open_ones, found, char, at)
    doubled = [at for at in found if found.get(at - 1) == found[at] + 1 and _is_pair(text, at)]
    for at in doubled:
        del found[at]
    return [Group(at, found[at], text[at] in "(（") for at in sorted(found)]


def _close(open_ones: list[tuple[int, str]], found: dict[int, int], char: str, at: int) -> None:
    """Match a closing bracket with the nearest opening one of its kind."""
    for place in range(len(open_ones) - 1, -1, -1):
        opened, closing = open_ones[place]
        if at - opened >= LONGEST:
            return
        if closing == char:
            del open_ones[place:]
            found[opened] = at + 1
            return


def _is_pair(text: str, at: int) -> bool:
    return text[at] == text[at - 1] and text[at] not in "(（"
