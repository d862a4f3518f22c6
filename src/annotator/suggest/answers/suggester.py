"""Placeholders with what the text itself tells elsewhere about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..base import SuggestedLink, Suggester, Suggestion, Suggestions, Text
from .find import Answer, find_answers

RULE = "answered-by"
CLAIM, LINK = "claim", "answered-by"
LONGEST = 100_000
"""Code points of the longest text in which answers are looked for: longer ones are no article."""
MOST = 100
"""Placeholders of a text for which answers are looked for: one with more is a form."""


class AnsweredPlaceholders:
    """Proposes placeholders with ``fill``, and a link to the claim that tells it.

    Args:
        placeholders: finds them.
        labels: the labels of the scheme; without ``claim`` nothing is linked, but filled in.
    """

    def __init__(self, placeholders: Suggester, labels: Sequence[str]) -> None:
        self._placeholders = placeholders
        self._linked = CLAIM in labels
        self.name = placeholders.name
        self.version = f"{placeholders.version}.1"
        self.labels = (*placeholders.labels, CLAIM) if self._linked else placeholders.labels
        self.needs_entities = placeholders.needs_entities

    def suggest(self, text: Text) -> Suggestions:
        """Return the placeholders, the claims that answer them, and the links between them."""
        spans = list(self._placeholders.suggest(text).spans)
        is_article = len(text.text) <= LONGEST and len(spans) <= MOST
        answers = find_answers(text, spans) if is_article else ()
        if not answers:
            return Suggestions(tuple(spans))
        for one in answers:
            slot = spans[one.placeholder]
            fill = {"fill": " ".join(text.text[one.fill_start : one.fill_end].split())}
            spans[one.placeholder] = replace(slot, attributes={**slot.attributes, **fill})
        if not self._linked:
            return Suggestions(tuple(spans))
        return _linked(spans, answers)


def _linked(slots: list[Suggestion], answers: Sequence[Answer]) -> Suggestions:
    claims: dict[tuple[int, int], Suggestion] = {}
    for one in answers:
        known = claims.get((one.start, one.end))
        if known is None or one.score > known.score:
            claims[one.start, one.end] = Suggestion(
                label=CLAIM,
                start=one.start,
                end=one.end,
                score=round(one.score, 3),
                rule=RULE,
                reasons=("tells what belongs in a placeholder",),
            )
    spans = sorted([*slots, *claims.values()], key=lambda span: (span.start, -span.end))
    place = {(span.label, span.start, span.end): number for number, span in enumerate(spans)}
    links = tuple(
        SuggestedLink(
            type=LINK,
            source=place[slot.label, slot.start, slot.end],
            target=place[CLAIM, one.start, one.end],
            score=round(one.score, 3),
            rule=RULE,
            reasons=(one.reason,),
        )
        for one in answers
        for slot in (slots[one.placeholder],)
    )
    return Suggestions(tuple(spans), links)
