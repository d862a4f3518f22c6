"""The claim suggester with the scores of a trained model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ...store.trained_models import read_meta
from ..base import Suggester, Suggestion, Suggestions, Text
from ..claims.weights import SURE
from .features import BLOCKS
from .model import COMPONENT, MODEL_FILE, ClaimModel, load

THRESHOLD = 0.5
"""Least score of a candidate; the model's scores are moved so that this is the best one."""
RULE = "trained"
_WORTH = "worthiness"
"""The attribute that the base fills in from its own score."""
_REASONS = 3
_NAMED = (BLOCKS[0],)
"""Blocks whose features mean something to people as they stand."""


class TrainedClaimSuggester:
    """Ranks by a trained model the sentences that another suggester holds for possible claims.

    That one finds sentences, attributes and reasons, and leaves out headings, questions and
    furniture; only its scores are replaced.

    Args:
        folder: what ``annotator train`` wrote.
        base: proposes every sentence that can be a claim, whatever it scores:
            ``ClaimSuggester(threshold=0)``.
        threshold: the least score of a candidate, 0 to 1; at 0 every one of them is.

    Raises:
        AnnotatorError: there is no model in the folder, or one that this version cannot use.
    """

    def __init__(self, folder: Path, base: Suggester, threshold: float = THRESHOLD) -> None:
        self.model: ClaimModel = load(folder)
        self.threshold = threshold
        self._base = base
        self._version = _version(folder)

    @property
    def name(self) -> str:
        """The base's: it is the same annotator, who has learned."""
        return self._base.name

    @property
    def version(self) -> str:
        """Base version, then the model's version and a hash of it."""
        return f"{self._base.version}+{self._version}"

    @property
    def labels(self) -> tuple[str, ...]:
        """The base's."""
        return self._base.labels

    @property
    def needs_entities(self) -> bool:
        """The base's."""
        return self._base.needs_entities

    def suggest(self, text: Text) -> Suggestions:
        """Return the claims of a text in document order."""
        found = self._base.suggest(text)
        scores = self.model.scores([text.text[one.start : one.end] for one in found.spans])
        kept = [place for place, score in enumerate(scores) if score >= self.threshold]
        moved = {old: new for new, old in enumerate(kept)}
        return Suggestions(
            tuple(self._scored(text, found.spans[place], scores[place]) for place in kept),
            tuple(
                replace(link, source=moved[link.source], target=moved[link.target])
                for link in found.links
                if link.source in moved and link.target in moved
            ),
        )

    def _scored(self, text: Text, one: Suggestion, score: float) -> Suggestion:
        words = tuple(self._words(text.text[one.start : one.end], score))
        attributes = {name: value for name, value in one.attributes.items() if name != _WORTH}
        if score >= SURE:
            attributes[_WORTH] = "check-worthy"
        return replace(
            one,
            score=round(score, 3),
            rule=RULE,
            reasons=(*words, *one.reasons),
            attributes=attributes,
        )

    def _words(self, sentence: str, score: float) -> Iterable[str]:
        """Yield the words that told the model most, those that agree with its judgement."""
        told = [one for one in self.model.explain(sentence, 40) if one.block in _NAMED]
        agreeing = [one for one in told if (one.weight > 0) == (score >= THRESHOLD)]
        if agreeing:
            yield "learned: " + ", ".join(one.feature for one in agreeing[:_REASONS])


def _version(folder: Path) -> str:
    number = str(read_meta(folder).get("version", "0")).split(".")[0]
    digest = hashlib.sha256((folder / COMPONENT / MODEL_FILE).read_bytes()).hexdigest()
    return f"trained.{number}.{digest[:8]}"
