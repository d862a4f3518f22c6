"""The end of a page: from a rule's match on, every short paragraph is furniture."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..text.units import Unit
from .base import Range, Text
from .rules.engine import Finding

LONGEST = 12
"""Words of a paragraph that can be furniture only because of where it stands."""
_MOST = 200
"""Paragraphs behind a match that are looked at."""


def with_tails(text: Text, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings, and those that rules with bounds ``tail`` bring along.

    A tail ends where the article goes on: at a longer paragraph that no rule knows. Short ones
    before it may be its heading, so they are left out.

    Args:
        text: the text.
        findings: what the rules found, in document order.
    """
    known = {(finding.start, finding.end) for finding in findings}
    more: dict[Range, Finding] = {}
    reached = 0
    for finding in findings:
        rule = next((rule for rule in finding.rules if rule.bounds == "tail"), None)
        if rule is None or finding.start < reached:
            continue
        for start, end in _tail(text, finding.end, findings):
            reached = end
            if (start, end) not in known:
                extra = more.setdefault((start, end), Finding(finding.label, start, end))
                extra.add(rule)
    return sorted([*findings, *more.values()], key=lambda found: (found.start, -found.end))


def _tail(text: Text, offset: int, findings: Sequence[Finding]) -> list[Range]:
    """Return the paragraphs behind an offset that are furniture."""
    found: list[Range] = []
    certain = 0
    starts = [finding.start for finding in findings]
    for start, end in _paragraphs(text, offset):
        by_rule = bisect_left(starts, end) > bisect_left(starts, start)
        if not by_rule and len(text.text[start:end].split()) > LONGEST:
            return found[:certain]
        found.append((start, end))
        if by_rule:
            certain = len(found)
    return found


def _paragraphs(text: Text, offset: int) -> Iterator[Range]:
    at = text.units.next(Unit.PARAGRAPH, offset)
    for _ in range(_MOST):
        paragraph = text.units.at(Unit.PARAGRAPH, at) if at is not None else None
        if paragraph is None:
            return
        yield paragraph
        at = text.units.next(Unit.PARAGRAPH, paragraph[1])
