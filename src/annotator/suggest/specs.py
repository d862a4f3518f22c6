"""Which suggesters are asked, as plain data that can be handed to another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

OWN_PIPELINE = "pipeline"
"""Name of the suggester that proposes the entities which the program looks for anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggesterSpec:
    """One suggester, not loaded yet.

    Attributes:
        name: its set is ``model:NAME``.
        pipeline: the spaCy pipeline (an installed package's name or a folder) whose annotations
            it proposes; empty for a suggester of the registry.
        labels: the pipeline's labels and the scheme's that stand for them; None for those that
            have the name of a label of the scheme, whatever the case.
        spans: the group of ``doc.spans`` to take; empty for ``doc.ents``.
        rules: rule files of the project, for a suggester that reads rules.
        model: folder of a model that was trained on the project; empty for none.
    """

    name: str
    pipeline: str = ""
    labels: Mapping[str, str] | None = None
    spans: str = ""
    rules: tuple[str, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class SuggestSetup:
    """What a process that runs suggesters must know.

    Attributes:
        specs: the suggesters in the order in which they are asked.
        labels: the labels of the scheme; a suggester that proposes another is not asked.
        language: ISO 639-1 code of the texts.
        seconds: how long one may take to load, and (beside a little for each code point) to read
            a text.
    """

    specs: tuple[SuggesterSpec, ...]
    labels: tuple[str, ...]
    language: str = "en"
    seconds: float = 120

    def to_json(self) -> dict[str, Any]:
        """Return the setup as plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SuggestSetup:
        """Return the setup that :meth:`to_json` made plain."""
        return cls(
            tuple(_spec(one) for one in data["specs"]),
            tuple(data["labels"]),
            data["language"],
            data["seconds"],
        )

    def without(self, name: str) -> SuggestSetup:
        """Return the setup without one of its suggesters."""
        return replace(self, specs=tuple(one for one in self.specs if one.name != name))


def _spec(data: Mapping[str, Any]) -> SuggesterSpec:
    return SuggesterSpec(**{**data, "rules": tuple(data["rules"])})


def names_of(specs: Sequence[SuggesterSpec]) -> list[str]:
    """Return the names of suggesters, in order."""
    return [spec.name for spec in specs]
