"""The claim suggester: ranks the sentences of a text by how much they are worth a check."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..base import Range, Suggestion, Suggestions, Text
from .features import features
from .gate import candidates
from .scoring import score
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
    version = "1"
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
        found = (self._suggestion(text, sentence) for sentence in candidates(text, skip))
        return Suggestions(tuple(one for one in found if one is not None))

    def _suggestion(self, text: Text, sentence: Range) -> Suggestion | None:
        start, end = sentence
        entities = None if text.entities is None else text.entities_in(start, end)
        found = features(text.text[start:end], entities, start)
        scored = score(found)
        if scored.score < self.threshold:
            return None
        attributes = {"worthiness": "check-worthy"} if scored.score >= SURE else {}
        return Suggestion(
            label=LABEL,
            start=start,
            end=end,
            score=scored.score,
            rule=RULE,
            reasons=scored.reasons,
            attributes=attributes,
        )
