"""What to do next about entities: cache, worker, paragraphs. All in one thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..domain.errors import AnnotatorError
from .cache import EntityCache
from .events import EntitiesFound, EntityEvent, PipelineMissing, PipelineReady, WorkerFailed
from .info import PipelineInfo, pipeline_info
from .job import Job
from .process import Message, WorkerProcess

_WORKER = "annotator.nlp.worker"
_IN_FLIGHT = 2
"""Batches at the worker: one that it reads and one that waits, so that it never waits itself.
No more, since a newer request stands behind them."""


class Coordinator:
    """The state of the service; every method but :meth:`kill` belongs to the service's thread.

    Args:
        pipeline: name or folder of the pipeline; None for the default.
        cache_dir: folder for results.
        emit: takes each event.
        on_message: takes each message of the worker, from a thread of the worker's own; it must
            bring it to :meth:`from_worker`.
    """

    def __init__(
        self,
        pipeline: str | None,
        cache_dir: Path,
        emit: Callable[[EntityEvent], None],
        on_message: Callable[[WorkerProcess, Message | None], None],
    ) -> None:
        self._pipeline = pipeline
        self._cache_dir = cache_dir
        self._emit = emit
        self._on_message = on_message
        self._info: PipelineInfo | None = None
        self._cannot_load = ""
        self._announced = False
        self._worker: WorkerProcess | None = None
        self._worker_ready = False
        self._job: Job | None = None
        self._in_flight: dict[int, tuple[Job, list[int]]] = {}
        self._batches = 0

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, or None; from any thread."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def request(self, sha256: str, text: str, near: int) -> None:
        """Turn to a text; see ``EntityService.request``."""
        if self._job is not None and self._job.sha256 == sha256:
            self._job.refocus(near)
            return
        self._job = None
        try:
            cache = self._cache()
        except AnnotatorError as error:
            self._emit(PipelineMissing(str(error)))
            return
        known = cache.get(sha256, len(text))
        if known is not None:
            self._announce()
            self._emit(EntitiesFound(sha256, known, 1.0, done=True, cached=True))
            return
        job = Job(sha256, text, near)
        if job.done:
            self._emit(job.report())
        elif self._ensure_worker():
            self._job = job
            self._feed()

    def _cache(self) -> EntityCache:
        if self._cannot_load:
            raise AnnotatorError(self._cannot_load)
        if self._info is None:
            self._info = pipeline_info(self._pipeline)
        return EntityCache(self._cache_dir / self._info.key)

    def _announce(self) -> None:
        if not self._announced and self._info is not None:
            self._announced = True
            self._emit(PipelineReady(self._info.name, self._info.version))

    def _ensure_worker(self) -> bool:
        if self._worker is None and self._info is not None:
            try:
                self._worker = WorkerProcess((_WORKER, self._info.name), self._on_message)
            except OSError as error:
                self._emit(WorkerFailed(f"the entity worker does not start: {error.strerror}"))
        return self._worker is not None

    def _feed(self) -> None:
        while (
            self._worker is not None
            and self._worker_ready
            and self._job is not None
            and len(self._in_flight) < _IN_FLIGHT
            and (batch := self._job.next_batch())
        ):
            self._batches += 1
            self._in_flight[self._batches] = self._job, batch
            self._worker.send({"batch": self._batches, "texts": self._job.texts(batch)})

    def from_worker(self, worker: WorkerProcess, message: Message | None) -> None:
        """Take a message of the worker, or None for its end."""
        if worker is not self._worker:
            return
        if message is None:
            self._lost(worker)
        elif "missing" in message:
            self._cannot_load = str(message["missing"])
        elif "ready" in message:
            self._worker_ready = True
            self._announce()
        else:
            job, batch = self._in_flight.pop(message["batch"])
            if job is self._job:
                self._found(job, batch, message)
        self._feed()

    def _found(self, job: Job, batch: list[int], message: Message) -> None:
        report = job.take(batch, message["entities"])
        if report is None:
            return
        if report.done:
            self._job = None
            self._cache().put(report.sha256, report.entities)
        self._emit(report)

    def _lost(self, worker: WorkerProcess) -> None:
        cause = worker.reap()
        asked = self._job is not None
        self._forget_worker()
        if self._cannot_load:
            self._emit(PipelineMissing(self._cannot_load))
        elif asked:
            self._emit(WorkerFailed(f"the entity worker ended: {cause}"))

    def _forget_worker(self) -> None:
        self._worker = None
        self._worker_ready = False
        self._job = None
        self._in_flight.clear()

    def kill(self) -> None:
        """Kill the worker; from any thread."""
        worker = self._worker
        if worker is not None:
            worker.kill()

    def stop(self) -> None:
        """End and reap the worker."""
        worker = self._worker
        if worker is not None:
            worker.kill()
            worker.reap()
            self._forget_worker()
