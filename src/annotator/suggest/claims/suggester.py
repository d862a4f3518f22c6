"""The claim suggester: ranks the sentences of a text by how much they are worth a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..base import Range, Suggestion, Suggestions, Text
from .features import features
from .gate import candidates
from .kinds import kinds
from .scoring import score
from .voices import Voices
from .weights import SURE, THRESHOLD

LABEL = "claim"
RULE = "check-worthy"


class ClaimSuggester:
    """Proposes sentences as claims, with score, reasons, type, voice and claimer.

    Args:
        threshold: the least score of a candidate, 0 to 1; at 0 every sentence that can be a claim
            at all is one, which is what a ranking needs.
        skip: gives the ranges of a text to leave out, sorted and disjoint: known furniture and
            chatter. Without it own cheap checks have to do.
    """

    name = "claims"
    version = "4"
    labels = (LABEL,)
    needs_entities = True

    def __init__(
        self,
        threshold: float = THRESHOLD,
        skip: Callable[[Text], Sequence[Range]] | None = None,
    ) -> None:
        self.threshold = threshold
        self._skip = skip

    def suggest(self, text: Text) -> Suggestions:
        """Return the claims of a text in document order."""
        skip = self._skip(text) if self._skip else ()
        voices = Voices(text.text)
        found = [self._suggestion(text, voices, one) for one in candidates(text, skip)]
        return Suggestions(tuple(one for one in found if one is not None))

    def _suggestion(self, text: Text, voices: Voices, sentence: Range) -> Suggestion | None:
        start, end = sentence
        entities = None if text.entities is None else text.entities_in(start, end)
        found = features(text.text[start:end], entities, start)
        voice = voices.of(start, end, found.tokens)
        scored = score(found)
        if scored.score < self.threshold:
            return None
        attributes: dict[str, Any] = {}
        if scored.score >= SURE:
            attributes["worthiness"] = "check-worthy"
        attributes["type"] = kinds(found.values, voice.source)
        attributes["voice"] = "attributed" if voice.is_attributed else "article"
        if voice.claimer:
            attributes["claimer"] = voice.claimer
        return Suggestion(
            label=LABEL,
            start=start,
            end=end,
            score=scored.score,
            rule=RULE,
            reasons=_with_claimer(scored.reasons, voice.claimer),
            attributes=attributes,
        )


def _with_claimer(reasons: tuple[str, ...], claimer: str) -> tuple[str, ...]:
    """Put the source in place of the word that told of one."""
    if not claimer:
        return reasons
    told = f"attributed to {claimer}"
    if any(reason.startswith("reported: ") for reason in reasons):
        return tuple(told if one.startswith("reported: ") else one for one in reasons)
    return (told, *reasons)
