"""The suggester: reads an article, asks the rules, keeps the best few hints."""

from __future__ import annotations

from ..base import SuggestedLink, Suggestion, Suggestions, Text
from ..facts.article import Article, Sentence, parts, read
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
    version = "2"
    labels = ("claim",)
    needs_entities = True

    def suggest(self, text: Text) -> Suggestions:
        """Return the two claims of each contradiction as spans, and the links between them."""
        return _as_suggestions(find_hints(text))


def find_hints(text: Text) -> list[Hint]:
    """Return the hints for a text: at most one for two sentences, the best first."""
    best: dict[tuple[int, int], Hint] = {}
    for part in parts(text):
        _find_in(read(text, part), best)
    ranked = sorted(best.values(), key=lambda hint: (-hint.score, hint.first.start))
    return ranked[:MOST_HINTS]


def _find_in(article: Article, best: dict[tuple[int, int], Hint]) -> None:
    """Ask the rules about an article, and keep the best hint for each pair of sentences."""
    for rule in RULES:
        if not (article.english or rule.any_language):
            continue
        for hint in rule.find(article):
            pair = (hint.first.start, hint.second.start)
            if hint.score >= LOWEST_SCORE and (pair not in best or hint.score > best[pair].score):
                best[pair] = hint


def _as_suggestions(hints: list[Hint]) -> Suggestions:
    sentences: dict[int, Sentence] = {}
    best: dict[int, Hint] = {}
    for hint in reversed(hints):
        for sentence in (hint.first, hint.second):
            sentences[sentence.start] = sentence
            best[sentence.start] = hint
    starts = sorted(sentences)
    spans = tuple(
        Suggestion(
            label="claim",
            start=sentences[start].start,
            end=sentences[start].end,
            score=round(best[start].score, 3),
            rule=best[start].rule,
            reasons=(best[start].reason,),
        )
        for start in starts
    )
    at = {start: number for number, start in enumerate(starts)}
    links = tuple(
        SuggestedLink(
            type="contradicts",
            source=at[hint.first.start],
            target=at[hint.second.start],
            score=round(hint.score, 3),
            rule=hint.rule,
            reasons=(hint.reason,),
            attributes={"kind": hint.kind},
        )
        for hint in sorted(hints, key=lambda hint: (hint.first.start, hint.second.start))
    )
    return Suggestions(spans, links)
