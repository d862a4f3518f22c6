"""Any spaCy pipeline as a suggester: its ``doc.ents``, or a group of its ``doc.spans``.

So transformer, span-categoriser and spacy-llm pipelines propose candidates without any code here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from ..nlp.info import PipelineInfo, pipeline_info
from ..nlp.paragraphs import pieces, readable
from .base import UNMEASURED, Suggestion, Suggestions, Text
from .entity_suggester import same_names
from .specs import SuggesterSpec

if TYPE_CHECKING:
    from ..nlp.pipeline import Pipeline


class PipelineSuggester:
    """Proposes what a pipeline finds; the pipeline is loaded when it is first asked.

    Like the entities of the program, it reads a text piece by piece (``nlp.paragraphs``).

    Args:
        spec: pipeline, labels and span group.
        labels: the labels of the scheme.

    Raises:
        AnnotatorError: there is no such pipeline, or a label that is mapped to is not in the
            scheme.
    """

    needs_entities = False

    def __init__(self, spec: SuggesterSpec, labels: Sequence[str]) -> None:
        self.name = spec.name
        self._spec = spec
        self._info = pipeline_info(spec.pipeline)
        self._label_of = _mapping(spec, self._info, labels)
        self.labels = tuple(dict.fromkeys(self._label_of.values()))
        settings = json.dumps([self._label_of, spec.spans, self._info.key], sort_keys=True)
        stamp = hashlib.sha256(settings.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        self.version = f"{self._info.version}+{stamp}"

    @cached_property
    def _pipeline(self) -> Pipeline:
        from ..nlp.pipeline import Pipeline

        return Pipeline(self._spec.pipeline, whole=bool(self._spec.spans))

    def suggest(self, text: Text) -> Suggestions:
        """Return what the pipeline finds under the labels that are mapped.

        Raises:
            AnnotatorError: the pipeline does not load, or has no such span group.
        """
        places = pieces(text.text)
        texts = [readable(text.text[start:end]) for start, end in places]
        found = [
            Suggestion(
                label=self._label_of[label],
                start=offset + start,
                end=offset + end,
                score=UNMEASURED if score is None else min(1.0, max(0.0, score)),
                # spaCy's entity recogniser gives no score.
                measured=score is not None,
                rule=f"{self._info.name}/{label}" if self._spec.pipeline.isidentifier() else label,
            )
            for (offset, _), spans in zip(places, self._read(texts), strict=True)
            for start, end, label, score in spans
            if label in self._label_of and start < end
        ]
        found.sort(key=lambda one: (one.start, -one.end))
        return Suggestions(tuple(found))

    def _read(self, texts: Sequence[str]) -> Sequence[Sequence[tuple[int, int, str, float | None]]]:
        if self._spec.spans:
            return self._pipeline.spans(texts, self._spec.spans)
        return [
            [(start, end, label, None) for start, end, label in entities]
            for entities in self._pipeline.entities(texts)
        ]


def _mapping(spec: SuggesterSpec, info: PipelineInfo, labels: Sequence[str]) -> Mapping[str, str]:
    if spec.labels is None:
        # A pipeline of rules or of a language model may not have noted its labels down.
        known = info.span_labels or [*labels, *map(str.upper, labels), *map(str.lower, labels)]
        return same_names(known, labels)
    for label, ours in spec.labels.items():
        if ours not in labels:
            raise AnnotatorError(
                f"{label} stands for {ours!r}, which is no label of the scheme",
                f"mend suggesters.{spec.name}.labels in annotator.yaml",
            )
    return spec.labels
