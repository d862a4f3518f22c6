"""Search: literal or by regular expression, with exact offsets, bounded in time and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..domain.errors import AnnotatorError

TIMEOUT = 2.0
"""Seconds after which a regular expression is given up."""
LONGEST_PATTERN = 1000
"""Code points of a regular expression; a longer one is refused."""
MOST_UNROLLED = 20_000
"""Items of a regular expression with its counted repeats written out; more are refused."""
_PART_OF_PATTERN = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?:\d{1,9},)?(?P<times>\d{1,9})\}|."
_RECURSION = r"\(\?(?:R|[+-]?\d|&|P>)"


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for.

    Attributes:
        pattern: literal text, or a regular expression in the syntax of the ``regex`` package,
            where ``^`` and ``$`` stand for the ends of lines.
        regex: whether ``pattern`` is a regular expression.
        ignore_case: None ignores case unless the pattern has an upper-case letter.
    """

    pattern: str
    regex: bool = False
    ignore_case: bool | None = None

    @property
    def folds(self) -> bool:
        """Whether upper and lower case are the same."""
        if self.ignore_case is not None:
            return self.ignore_case
        return self.pattern == self.pattern.lower()


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found.

    Attributes:
        ranges: the hits in code points, ascending, not overlapping, none empty.
        truncated: whether there are more.
    """

    ranges: list[tuple[int, int]]
    truncated: bool


def find_all(text: str, query: Query, limit: int = 100_000) -> Hits:
    """Find every occurrence of a query.

    Args:
        text: where to search.
        query: what to search for; an empty pattern finds nothing.
        limit: the most hits to return.

    Raises:
        AnnotatorError: the regular expression is wrong, too long, or takes longer than
            ``TIMEOUT``.
    """
    if not query.pattern:
        return Hits([], truncated=False)
    if query.regex:
        return _find_regex(text, query, limit)
    pattern = query.pattern
    if query.folds:
        text, pattern = _lowered_text(text), _lowered(pattern)
    ranges: list[tuple[int, int]] = []
    size = len(pattern)
    at = text.find(pattern)
    while at >= 0:
        if len(ranges) >= limit:
            return Hits(ranges, truncated=True)
        ranges.append((at, at + size))
        at = text.find(pattern, at + size)
    return Hits(ranges, truncated=False)


@lru_cache(1)
def _lowered_text(text: str) -> str:
    """Return the text last searched in lower case: searches of one text follow each other."""
    return _lowered(text)


def _lowered(text: str) -> str:
    """Return a text in lower case, code point by code point, so that offsets stay what they are.

    One code point has a lower case of two (the dotted capital I), and the sigma's depends on its
    place in the word; both are made regular.
    """
    if "\u0130" in text:
        text = text.replace("\u0130", "i")
    lower = text.lower()
    return lower.replace("ς", "σ") if not lower.isascii() and "ς" in lower else lower


def _find_regex(text: str, query: Query, limit: int) -> Hits:
    import regex  # 10 ms to import, and only this needs it; unlike re it can be timed out

    _refuse_bombs(query.pattern)
    flags = regex.MULTILINE | (regex.IGNORECASE if query.folds else 0)
    try:
        compiled = regex.compile(query.pattern, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise AnnotatorError(
            f"not a regular expression: {_one_line(error)}",
            "search literally, or put a backslash before special characters",
        ) from None
    ranges: list[tuple[int, int]] = []
    try:
        for found in compiled.finditer(text, timeout=TIMEOUT):
            if found.end() == found.start():
                continue
            if len(ranges) >= limit:
                return Hits(ranges, truncated=True)
            ranges.append(found.span())
    except TimeoutError:
        raise AnnotatorError(
            f"the search took longer than {TIMEOUT:g} seconds", "make the expression simpler"
        ) from None
    except (MemoryError, RecursionError):
        raise AnnotatorError(
            "the search needs too much memory", "make the expression simpler"
        ) from None
    return Hits(ranges, truncated=False)


def _refuse_bombs(pattern: str) -> None:
    """Refuse what would take gigabytes only to compile, or to match a short text."""
    complaint = ""
    if len(pattern) > LONGEST_PATTERN:
        complaint = f"is longer than {LONGEST_PATTERN} characters"
    elif re.search(_RECURSION, pattern):
        complaint = "calls itself"
    elif _unrolled(pattern) > MOST_UNROLLED:
        complaint = "repeats repeats too often"
    if complaint:
        raise AnnotatorError(f"the regular expression {complaint}", "make it simpler")


def _unrolled(pattern: str) -> int:
    """Return about how many items a pattern has when its counted repeats are written out."""
    sums = [0]
    last = 0
    for token in re.finditer(_PART_OF_PATTERN, pattern, re.DOTALL):
        text = token.group()
        if text == "(":
            sums[-1] += last
            last = 0
            sums.append(0)
        elif text == ")" and len(sums) > 1:
            last += sums.pop()
        elif token.group("times"):
            last *= max(1, int(token.group("times")))
        else:
            sums[-1] += last
            last = 1
    return sum(sums) + last


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
