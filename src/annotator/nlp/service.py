"""Entities of the open document, found in a process of its own and told as events.

The interface's thread only puts a request into a queue. One thread of the service looks into the
cache, starts the worker process when it must, feeds it paragraphs (those near the caret first)
and tells what came back. A newer request replaces the one before.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .coordinator import Coordinator
from .entities import Entity
from .events import EntitiesFound, EntityEvent, PipelineMissing, PipelineReady, WorkerFailed
from .process import Message, WorkerProcess

__all__ = [
    "EntitiesFound",
    "Entity",
    "EntityEvent",
    "EntityService",
    "PipelineMissing",
    "PipelineReady",
    "WorkerFailed",
]


@dataclass(frozen=True, slots=True)
class _Request:
    sha256: str
    text: str
    near: int


@dataclass(frozen=True, slots=True)
class _FromWorker:
    worker: WorkerProcess
    message: Message | None


class EntityService:
    """Finds entities without ever making its caller wait.

    Args:
        pipeline: an importable pipeline package or a folder that ``spacy.load`` takes; None for
            the default one.
        cache_dir: folder for results; made when first needed. A cache that cannot be read or
            written is not an error, only slower.
        on_event: called with each event, in the service's own thread, so it must hand the event
            on (Textual's ``post_message``) and return. Never called once :meth:`close` returned.
    """

    def __init__(
        self,
        pipeline: str | None,
        cache_dir: Path,
        on_event: Callable[[EntityEvent], None],
    ) -> None:
        self._inbox: queue.SimpleQueue[_Request | _FromWorker | None] = queue.SimpleQueue()
        self._newest: _Request | None = None
        self._closing = threading.Event()
        self._coordinator = Coordinator(pipeline, cache_dir, on_event, self._from_worker)
        self._thread = threading.Thread(target=self._run, name="entities", daemon=True)

    def start(self) -> None:
        """Start the service's thread. The worker process comes with the first cache miss.

        Raises:
            RuntimeError: it was started before.
        """
        self._thread.start()

    def request(self, sha256: str, text: str, near: int = 0) -> None:
        """Ask for the entities of a text; returns at once and replaces any earlier request.

        Asked again for the text that is being read, it goes on with the paragraphs around the
        new place and keeps what it found.

        Args:
            sha256: the text's hash, see ``domain.document.text_sha256``.
            text: the whole text.
            near: offset in code points around which to begin: the caret.
        """
        self._newest = _Request(sha256, text, near)
        self._inbox.put(self._newest)

    def close(self) -> None:
        """End the thread and the worker process; safe to call twice, from any thread."""
        self._closing.set()
        self._inbox.put(None)
        self._coordinator.kill()  # the thread may be writing to a worker that does not read
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, or None while there is none."""
        return self._coordinator.worker_pid

    def _from_worker(self, worker: WorkerProcess, message: Message | None) -> None:
        self._inbox.put(_FromWorker(worker, message))

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                match self._inbox.get():
                    case _FromWorker(worker, message):
                        self._coordinator.from_worker(worker, message)
                    case _Request() as request if request is self._newest:
                        self._coordinator.request(request.sha256, request.text, request.near)
        finally:
            self._coordinator.stop()
