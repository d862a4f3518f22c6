"""The entities that the program looks for anyway, as candidates of a scheme of entity labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from ..domain.errors import AnnotatorError
from ..nlp.info import pipeline_info
from .base import UNMEASURED, Suggestion, Suggestions, Text
from .specs import OWN_PIPELINE


class EntitySuggester:
    """Proposes each entity of a text under the label that has its name.

    Nothing is read twice: it takes what the text is said to hold.

    Args:
        pipeline: what finds the entities; None for the default pipeline.
        labels: the labels of the scheme. Where it has none of the pipeline's, or there is no
            pipeline, nothing is proposed.
    """

    name = OWN_PIPELINE
    needs_entities = True

    def __init__(self, pipeline: str | None, labels: Sequence[str]) -> None:
        self._label_of: Mapping[str, str] = {}
        self.labels: tuple[str, ...] = ()
        self.version = self._name = ""
        # Without a pipeline nobody looks for entities, which is said elsewhere, and once.
        with suppress(AnnotatorError):
            info = pipeline_info(pipeline)
            self._label_of = same_names(info.labels, labels)
            self.labels = tuple(self._label_of.values())
            self.version, self._name = info.exact_version, info.name

    def suggest(self, text: Text) -> Suggestions:
        """Return the text's entities; none where nobody looked for them."""
        return Suggestions(
            tuple(
                Suggestion(
                    label=self._label_of[entity.label],
                    start=entity.start,
                    end=entity.end,
                    score=UNMEASURED,
                    measured=False,
                    rule=f"{self._name}/{entity.label}",
                )
                for entity in text.entities or ()
                if entity.label in self._label_of
            )
        )


def same_names(found: Iterable[str], labels: Iterable[str]) -> Mapping[str, str]:
    """Return the labels of a pipeline that a scheme has too, and what they are called there.

    Args:
        found: labels of the pipeline.
        labels: labels of the scheme; case does not matter.
    """
    by_name = {label.casefold(): label for label in reversed(list(labels))}
    return {
        label: by_name[label.casefold()] for label in sorted(found) if label.casefold() in by_name
    }
