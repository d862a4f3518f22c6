"""From a suggester's spec to the suggester."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .base import Suggester
from .registry import load_suggester
from .specs import OWN_PIPELINE, SuggesterSpec


def load_spec(spec: SuggesterSpec, labels: Sequence[str]) -> Suggester:
    """Return a suggester, loaded; a spaCy pipeline itself is loaded when it is first asked.

    Args:
        spec: which.
        labels: the labels of the scheme, which a pipeline's own may be called by.

    Raises:
        AnnotatorError: there is no such suggester or pipeline, or it does not load.
    """
    if spec.name == OWN_PIPELINE and not spec.spans and spec.labels is None:
        from .entity_suggester import EntitySuggester

        return EntitySuggester(spec.pipeline or None, labels)
    if spec.pipeline:
        from .pipeline_suggester import PipelineSuggester

        return PipelineSuggester(spec, labels)
    return load_suggester(spec.name, [Path(file) for file in spec.rules], labels)
