"""The workers of ``annotator suggest``, and what is said of suggesters that cannot be asked."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from ..domain.errors import AnnotatorError
from ..nlp.info import PipelineInfo, pipeline_info
from ..store.project import Project
from ..suggest.choice import setup_of
from ..suggest.running.pool import SuggestPool
from ..suggest.specs import OWN_PIPELINE
from .output import say


class Workers(NamedTuple):
    """Workers that are ready.

    Attributes:
        pool: the workers.
        pipeline: the pipeline whose entities suggesters are told; None for none.
        problems: document (none here), suggester and message of each that cannot be asked.
    """

    pool: SuggestPool
    pipeline: PipelineInfo | None
    problems: list[tuple[str, str, str]]


@contextmanager
def open_pool(project: Project, arguments: Namespace, jobs: int) -> Iterator[Workers]:
    """Start the workers that a command line asks for; they end with the context.

    Args:
        project: settings and scheme.
        arguments: ``model``, ``pipeline`` and ``no_entities``.
        jobs: most worker processes.

    Raises:
        AnnotatorError: a suggester that was asked for by name cannot be asked, or none can.
    """
    named = arguments.pipeline or project.config.pipeline
    pipeline = _entity_pipeline(arguments.pipeline, named, wanted=not arguments.no_entities)
    setup = setup_of(project, dict.fromkeys(arguments.model), pipeline=named)
    if pipeline is None and OWN_PIPELINE not in arguments.model:
        # Its entities are all that it has.
        specs = tuple(spec for spec in setup.specs if spec.name != OWN_PIPELINE)
        setup = replace(setup, specs=specs)
    with SuggestPool(setup, pipeline.name if pipeline else None, jobs) as pool:
        yield Workers(pool, pipeline, _problems(pool, arguments.model, project.scheme.id))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _entity_pipeline(given: str | None, named: str | None, *, wanted: bool) -> PipelineInfo | None:
    if not wanted:
        return None
    try:
        return pipeline_info(named)
    except AnnotatorError as error:
        if given is not None:
            raise
        say(f"annotator: no entities: {error}")
        return None


def _problems(pool: SuggestPool, asked: list[str], scheme: str) -> list[tuple[str, str, str]]:
    for name, message in pool.failed:
        if name in asked:
            raise AnnotatorError(f"{name}: {message}")
        say(f"annotator: {name}: {message}")
    for name in pool.left_out:
        if name in asked:
            message = f"{name} proposes labels that the scheme {scheme} does not have"
            raise AnnotatorError(message, "name another with --scheme")
    if not pool.members:
        raise AnnotatorError(f"there is no suggester for the scheme {scheme}")
    return [("", name, message) for name, message in pool.failed]
