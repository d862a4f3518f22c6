"""The suggester: reads an article, asks the rules, keeps the best few hints."""

from __future__ import annotations

from ..base import SuggestedLink, Suggestion, Suggestions, Text
from ..facts.article import Sentence, read
from .hints import Hint
from .table import RULES

MOST_HINTS = 12
"""Hints an article; a text with more is a list of different things."""
LOWEST_SCORE = 0.4


class ContradictionSuggester:
    """Proposes ``contradicts`` links between claims that cannot both hold.

    Rules over entities, numbers, times and verbs; each is described with examples in
    :mod:`.table`. It works without :attr:`Text.entities`, which only keep organisations and
    places from being taken for people.
    """

    name = "contradictions"
    version = "1"
    labels = ("claim",)
    needs_entities = True

    def suggest(self, text: Text) -> Suggestions:
        """Return the two claims of each contradiction as spans, and the links between them."""
        return _as_suggestions(find_hints(text))


def find_hints(text: Text) -> list[Hint]:
    """Return the hints for a text: at most one for two sentences, the best first."""
    article = read(text)
    best: dict[tuple[int, int], Hint] = {}
    for rule in RULES:
        if not (article.english or rule.any_language):
            continue
        for hint in rule.find(article):
            pair = (hint.first.place, hint.second.place)
            if hint.score >= LOWEST_SCORE and (pair not in best or hint.score > best[pair].score):
                best[pair] = hint
    ranked = sorted(best.values(), key=lambda hint: (-hint.score, hint.first.start))
    return ranked[:MOST_HINTS]


def _as_suggestions(hints: list[Hint]) -> Suggestions:
    sentences: dict[int, Sentence] = {}
    best: dict[int, Hint] = {}
    for hint in reversed(hints):
        for sentence in (hint.first, hint.second):
            sentences[sentence.place] = sentence
            best[sentence.place] = hint
    places = sorted(sentences)
    spans = tuple(
        Suggestion(
            label="claim",
            start=sentences[place].start,
            end=sentences[place].end,
            score=round(best[place].score, 3),
            rule=best[place].rule,
            reasons=(best[place].reason,),
        )
        for place in places
    )
    at = {place: number for number, place in enumerate(places)}
    links = tuple(
        SuggestedLink(
            type="contradicts",
            source=at[hint.first.place],
            target=at[hint.second.place],
            score=round(hint.score, 3),
            rule=hint.rule,
            reasons=(hint.reason,),
            attributes={"kind": hint.kind},
        )
        for hint in sorted(hints, key=lambda hint: (hint.first.start, hint.second.start))
    )
    return Suggestions(spans, links)
