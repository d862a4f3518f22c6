"""A trained model as a spaCy pipeline folder, with what it was made of."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .. import __version__
from ..suggest.trained_claims.model import COMPONENT, ClaimModel
from .labelling import Examples
from .train import CurvePoint, Trained

FORMAT = "annotator-trained/1"


def provenance(
    examples: Examples, trained: Trained, seed: int, against: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what a model was made of and what it is worth, as data for ``meta.json``.

    Args:
        examples: what it learned from.
        trained: the model and its scores.
        seed: of the folds.
        against: values of attributes that made a span speak against its sentence.
    """
    origins = Counter(example.origin for example in examples.examples)
    positives = sum(example.positive for example in examples.examples)
    return {
        "format": FORMAT,
        "annotator_version": __version__,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "label": examples.label,
        "annotators": list(examples.annotators),
        "against": {name: list(values) for name, values in against.items()},
        "counts": {
            "documents": len(examples.sources),
            "sentences": len(examples.examples),
            "positive": positives,
            "negative": len(examples.examples) - positives,
            "by_origin": dict(sorted(origins.items())),
        },
        "seed": seed,
        "folds": trained.folds,
        "settings": trained.settings._asdict(),
        "threshold": trained.threshold,
        "features": trained.model.size,
        "scores": trained.scores._asdict() if trained.scores else None,
        "untrained_scores": trained.untrained._asdict() if trained.untrained else None,
        "learning_curve": [curve_data(point) for point in trained.curve],
        "versions": _versions(),
        "documents": [source._asdict() for source in examples.sources],
    }


def curve_data(point: CurvePoint) -> dict[str, Any]:
    """Return a point of the learning curve as data for JSON."""
    return {**point._asdict(), "scores": point.scores._asdict()}


def write_pipeline(
    folder: Path, model: ClaimModel, *, label: str, language: str, version: str, made_of: Any
) -> None:
    """Write a pipeline that ``spacy.load(folder)`` loads.

    Args:
        folder: a new one.
        model: what it scores sentences with.
        label: the label of its spans.
        language: ISO 639-1 code of the texts.
        version: of the pipeline.
        made_of: see :func:`provenance`.
    """
    import spacy

    from .component import Claims

    try:
        pipeline = spacy.blank(language)
    except ImportError:
        # A language that spaCy does not know, or whose tokeniser is another package.
        pipeline = spacy.blank("xx")
    component = pipeline.add_pipe(COMPONENT, config={"label": label, "language": language})
    assert isinstance(component, Claims)
    component.model = model
    pipeline.meta.update(
        name=label,
        version=version,
        description=f"Sentences worth the label {label}, learned from a project's own annotations",
        annotator=_writable(made_of),
    )
    pipeline.to_disk(folder)


def _writable(data: Any) -> Any:
    """Return data with lone surrogates as escapes: an id may have them, spaCy cannot write them."""
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, Mapping):
        return {_writable(name): _writable(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_writable(value) for value in data]
    return data


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    packages = {package: version(package) for package in ("numpy", "spacy")}
    return {"python": platform.python_version(), **packages}
