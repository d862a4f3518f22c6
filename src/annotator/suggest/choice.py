"""Whom to ask: what a project's settings, its scheme and the command line say together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..domain.annotations import MODEL_PREFIX
from ..store.escaping import escape
from ..store.project import Project
from ..store.set_paths import ANNOTATIONS
from ..store.trained_models import trained_model_folder
from .assembly import CLAIMS
from .registry import SHIPPED
from .specs import OWN_PIPELINE, SuggesterSpec, SuggestSetup


def setup_of(
    project: Project, names: Iterable[str] = (), *, pipeline: str | None = None
) -> SuggestSetup:
    """Return the suggesters of a project, not loaded yet; costs no import of any of them.

    Args:
        project: with its settings and its scheme.
        names: of suggesters; without any those of the settings, and where they say nothing the
            shipped ones, the settings' pipelines and the program's own pipeline. Those whose
            labels the scheme lacks are left out when they are loaded.
        pipeline: the spaCy pipeline for entities; None for the project's own, else the default.
    """
    # Others may be slow, and those that ship never are.
    chosen = sorted(list(names) or _default_names(project), key=lambda name: name not in SHIPPED)
    own = pipeline or project.config.pipeline
    return SuggestSetup(
        tuple(_spec(project, name, own) for name in chosen),
        tuple(project.scheme.labels),
        project.config.language,
    )


def candidate_annotators(project: Project) -> list[str]:
    """Return the annotators whose spans the settings want shown as candidates, in order.

    These are the names under ``candidates`` that are no suggester's: people, ``gold``, and
    ``model:NAME`` for a set that was written before.
    """
    return [name for name in project.config.candidates or () if _is_annotator(project, name)]


def _default_names(project: Project) -> Sequence[str]:
    wanted = project.config.candidates
    if wanted is None:
        return [*SHIPPED, *project.config.suggesters, OWN_PIPELINE]
    return [name for name in wanted if not _is_annotator(project, name)]


def _is_annotator(project: Project, name: str) -> bool:
    if name.startswith(MODEL_PREFIX):
        return True
    if name in SHIPPED or name in project.config.suggesters or name == OWN_PIPELINE:
        return False
    return (project.root / ANNOTATIONS / escape(name)).is_dir()


def _spec(project: Project, name: str, own_pipeline: str | None) -> SuggesterSpec:
    settings = project.config.suggesters.get(name)
    if settings is not None:
        return SuggesterSpec(
            name=name,
            pipeline=_located(project.root, settings.pipeline),
            labels=settings.labels,
            spans=settings.spans,
        )
    if name == OWN_PIPELINE:
        return SuggesterSpec(name=name, pipeline=own_pipeline or "")
    rules = tuple(str(project.root / one) for one in project.config.rules)
    model = trained_model_folder(project.root) if name == CLAIMS else None
    return SuggesterSpec(name=name, rules=rules, model=str(model) if model else "")


def _located(root: Path, pipeline: str) -> str:
    """Return a pipeline's folder as a whole path; the name of a package as it is."""
    folder = root / pipeline
    return str(folder) if "/" in pipeline or folder.is_dir() else pipeline
