"""Suggesters put together: some build on what others find, on rule files, or on a trained model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ..domain.errors import AnnotatorError
from .base import Range, Suggester, Suggestions, Text
from .registry import load_suggester
from .specs import OWN_PIPELINE, SuggesterSpec

RULE_READERS = ("placeholders", "furniture")
"""Suggesters by rules, which read the project's rule files too."""
CLAIMS = "claims"


class Assembly:
    """Loads suggesters for one scheme; what several of them build on is loaded and asked once.

    Args:
        labels: the labels of the scheme.

    Attributes:
        problems: name and message where a suggester does less than it should.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = labels
        self._by_rules: dict[tuple[str, tuple[str, ...]], LastAnswer] = {}
        self._told: set[str] = set()
        self.problems: list[tuple[str, str]] = []

    def load(self, spec: SuggesterSpec) -> Suggester:
        """Return a suggester; a spaCy pipeline itself is loaded when it is first asked.

        Raises:
            AnnotatorError: there is no such suggester or pipeline, or it does not load.
        """
        if spec.name == OWN_PIPELINE and not spec.spans and spec.labels is None:
            from .entity_suggester import EntitySuggester

            return EntitySuggester(spec.pipeline or None, self._labels)
        if spec.pipeline:
            from .pipeline_suggester import PipelineSuggester

            suggester = PipelineSuggester(spec, self._labels)
            if suggester.misspelt:
                self.problems.append((spec.name, suggester.misspelt))
            return suggester
        if spec.name == "placeholders":
            from .answers.suggester import AnsweredPlaceholders

            return AnsweredPlaceholders(self._rules("placeholders", spec), self._labels)
        if spec.name in RULE_READERS:
            return self._rules(spec.name, spec)
        if spec.name == CLAIMS:
            return self._claims(spec)
        return load_suggester(spec.name)

    def _rules(self, name: str, spec: SuggesterSpec) -> LastAnswer:
        key = name, spec.rules
        if key not in self._by_rules:
            from .furniture import FurnitureSuggester
            from .placeholders import PlaceholderSuggester

            kind = PlaceholderSuggester if name == "placeholders" else FurnitureSuggester
            suggester = kind(map(Path, spec.rules))
            self._by_rules[key] = LastAnswer(suggester)
            self._tell_unreadable(name, suggester.unreadable)
        return self._by_rules[key]

    def _tell_unreadable(self, name: str, files: Sequence[str]) -> None:
        """Note what is wrong with rule files; several suggesters read the same."""
        fresh = [one for one in files if one not in self._told]
        self.problems += ((name, f"rules are left out: {one}") for one in fresh)
        self._told.update(fresh)

    def _claims(self, spec: SuggesterSpec) -> Suggester:
        from .claims import ClaimSuggester

        skipped = Skipped(self._rules("furniture", spec), self._rules("placeholders", spec))
        claims = ClaimSuggester(skip=skipped.ranges)
        claims.version = f"{claims.version}+{skipped.version}"
        if not spec.model:
            return claims
        from .trained_claims import TrainedClaimSuggester

        every = ClaimSuggester(threshold=0, skip=skipped.ranges)
        every.version = claims.version
        try:
            return TrainedClaimSuggester(Path(spec.model), every)
        except AnnotatorError as error:
            self.problems.append((CLAIMS, f"the untrained ones are shown: {error}"))
            return claims


class LastAnswer:
    """A suggester that remembers what it said of the text it was last asked about.

    Args:
        suggester: one that needs no entities.
    """

    def __init__(self, suggester: Suggester) -> None:
        self._suggester = suggester
        self._last: tuple[object, Suggestions] = (None, Suggestions())
        self.name = suggester.name
        self.version = suggester.version
        self.labels = suggester.labels
        self.needs_entities = suggester.needs_entities

    def suggest(self, text: Text) -> Suggestions:
        """Return what it proposes for a text."""
        # All states of one text share their units, with and without entities.
        if self._last[0] is not text.units:
            self._last = text.units, self._suggester.suggest(text)
        return self._last[1]


class Skipped:
    """The parts of a text in which no claim is looked for: furniture, and the assistant talking.

    Args:
        furniture: finds page furniture.
        placeholders: finds the assistant's talk among others.
    """

    def __init__(self, furniture: Suggester, placeholders: Suggester) -> None:
        self._furniture = furniture
        self._placeholders = placeholders

    @property
    def version(self) -> str:
        """Changes with the version of either."""
        both = f"{self._furniture.version}\0{self._placeholders.version}"
        return hashlib.sha256(both.encode()).hexdigest()[:8]

    def ranges(self, text: Text) -> Sequence[Range]:
        """Return the ranges in code points, sorted and disjoint."""
        from .placeholders import CHATTER

        found = [(one.start, one.end) for one in self._furniture.suggest(text).spans]
        found += [
            (one.start, one.end)
            for one in self._placeholders.suggest(text).spans
            if one.attributes.get("kind") in CHATTER
        ]
        return _joined(found)


def _joined(ranges: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
