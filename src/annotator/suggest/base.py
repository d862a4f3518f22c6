"""What a suggester is given and what it returns. Nothing heavy is imported here.

A suggester is an annotator that is no person: what it proposes for a text becomes the annotation
set ``model:NAME``, and each proposal a candidate that a person accepts or rejects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from ..domain.entity import Entity
from ..text.units import Unit, Units

Range = tuple[int, int]


class Text:
    """One text with what is known of it; sentences and paragraphs are found when asked for.

    Args:
        text: the text; every offset counts its code points.
        language: ISO 639-1 code, for sentence splitting.
        entities: the text's named entities sorted by start; None where nobody looked for them.

    Attributes:
        memory: what suggesters found out of text and entities that others need too, under keys of
            theirs; nobody changes what is in it.
    """

    def __init__(
        self, text: str, language: str = "en", entities: Sequence[Entity] | None = None
    ) -> None:
        self.text = text
        self.language = language
        self.units = Units(text, language)
        self.memory: dict[object, Any] = {}
        self._tell(entities)
        self._ranges: dict[Unit, tuple[Range, ...]] = {}

    @property
    def sentences(self) -> tuple[Range, ...]:
        """All sentences in order, without outer white space."""
        return self._all(Unit.SENTENCE)

    @property
    def paragraphs(self) -> tuple[Range, ...]:
        """All paragraphs (runs of lines that are not blank), without outer white space."""
        return self._all(Unit.PARAGRAPH)

    def entities_in(self, start: int, end: int) -> tuple[Entity, ...]:
        """Return the entities that lie within a range."""
        if not self.entities:
            return ()
        first = bisect_left(self._entity_starts, start)
        last = bisect_right(self._entity_starts, end)
        return tuple(entity for entity in self.entities[first:last] if entity.end <= end)

    def with_entities(self, entities: Sequence[Entity] | None) -> Text:
        """Return the same text with other entities; what else is found out of it is shared.

        Args:
            entities: sorted by start; None for a text whose entities nobody looked for.
        """
        told = copy(self)
        told._tell(entities)  # noqa: SLF001 - one of its own kind
        return told

    def _tell(self, entities: Sequence[Entity] | None) -> None:
        self.entities = None if entities is None else tuple(entities)
        self._entity_starts = [entity.start for entity in entities or ()]
        self.memory = {}

    def _all(self, unit: Unit) -> tuple[Range, ...]:
        if unit not in self._ranges:
            self._ranges[unit] = self._find_all(unit)
        return self._ranges[unit]

    def _find_all(self, unit: Unit) -> tuple[Range, ...]:
        found: list[Range] = []
        at = 0 if self.units.at(unit, 0) else self.units.next(unit, 0)
        while at is not None:
            here = self.units.at(unit, at)
            if here is not None and (not found or here[0] >= found[-1][1]):
                found.append(here)
            at = self.units.next(unit, at)
        return tuple(found)


UNMEASURED = 1.0
"""The score of what a suggester proposes without a measure of how sure it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A span that a suggester proposes.

    Attributes:
        label: a label of the scheme.
        start: offset of its first code point.
        end: offset after its last code point.
        score: how sure the suggester is, 0 to 1.
        rule: id of the rule that found it; suggestions of one rule can be decided at once.
        reasons: why, for people; short phrases.
        attributes: proposed attributes of the label.
        measured: whether the suggester measures how sure it is. Where it does not, the score says
            nothing and is neither kept nor shown.
    """

    label: str
    start: int
    end: int
    score: float
    rule: str
    reasons: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    measured: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedLink:
    """A relation that a suggester proposes between two of its suggestions.

    Attributes:
        type: a relation type of the scheme.
        source: place in :attr:`Suggestions.spans` of the span it goes out from.
        target: place of the span it goes to.
        score: how sure the suggester is, 0 to 1.
        rule: id of the rule that found it.
        reasons: why, for people; short phrases.
        attributes: proposed attributes of the relation.
    """

    type: str
    source: int
    target: int
    score: float
    rule: str
    reasons: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that a suggester proposes for one text.

    Attributes:
        spans: in document order (by start, the longer first).
        links: relations between them.
    """

    spans: tuple[Suggestion, ...] = ()
    links: tuple[SuggestedLink, ...] = ()


@runtime_checkable
class Suggester(Protocol):
    """Proposes spans and links for a text. Deterministic: the same text gives the same.

    Attributes:
        name: its set is ``model:NAME``.
        version: rises when it may propose something else for the same text.
        labels: the labels it proposes; it is not asked under a scheme that lacks one of them.
        needs_entities: whether it wants :attr:`Text.entities`; it must do what it can without.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see Attributes

    @property
    def version(self) -> str: ...  # noqa: D102 - see Attributes

    @property
    def labels(self) -> tuple[str, ...]: ...  # noqa: D102 - see Attributes

    @property
    def needs_entities(self) -> bool: ...  # noqa: D102 - see Attributes

    def suggest(self, text: Text) -> Suggestions:
        """Return what it proposes for a text."""
        ...
