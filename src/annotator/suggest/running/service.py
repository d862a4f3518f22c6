"""Suggestions for the open document, made in a process of its own and told as events.

The interface's thread only puts a request into a queue. One thread of the service looks into the
cache, starts the worker process when it must, asks one suggester after the other, about the part
around the caret first where a text is long, and tells what came back. A newer request replaces
the one before.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...domain.entity import Entity
from ...nlp.process import Message, WorkerProcess
from ..specs import SuggesterSpec, SuggestSetup
from .coordinator import Coordinator
from .events import SuggesterFailed, SuggestionEvent, SuggestionsFound

__all__ = [
    "SuggestSetup",
    "SuggesterFailed",
    "SuggesterSpec",
    "SuggestionEvent",
    "SuggestionService",
    "SuggestionsFound",
]


@dataclass(frozen=True, slots=True)
class _Request:
    sha256: str
    text: str
    near: int


@dataclass(frozen=True, slots=True)
class _Entities:
    sha256: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class _FromWorker:
    worker: WorkerProcess
    message: Message | None


class SuggestionService:
    """Asks suggesters without ever making its caller wait.

    Args:
        setup: which suggesters, under which labels; see ``choice.setup_of``.
        cache_dir: folder for results; made when first needed. A cache that cannot be read or
            written is not an error, only slower.
        on_event: called with each event, in the service's own thread, so it must hand the event
            on (Textual's ``post_message``) and return. Never called once :meth:`close` returned.
    """

    def __init__(
        self, setup: SuggestSetup, cache_dir: Path, on_event: Callable[[SuggestionEvent], None]
    ) -> None:
        self._inbox: queue.SimpleQueue[_Request | _Entities | _FromWorker | None] = (
            queue.SimpleQueue()
        )
        self._newest: _Request | None = None
        self._closing = threading.Event()
        self._coordinator = Coordinator(setup, cache_dir, on_event, self._from_worker)
        self._thread = threading.Thread(target=self._run, name="suggestions", daemon=True)

    def start(self) -> None:
        """Start the service's thread. The worker process comes with the first request.

        Raises:
            RuntimeError: it was started before.
        """
        self._thread.start()

    def request(self, sha256: str, text: str, near: int = 0) -> None:
        """Ask about a text; returns at once and replaces any earlier request.

        Asked again for the text that is being read, it turns to the part around the new place.

        Args:
            sha256: the text's hash, see ``domain.document.text_sha256``.
            text: the whole text.
            near: offset in code points around which to begin: the caret.
        """
        self._newest = _Request(sha256, text, near)
        self._inbox.put(self._newest)

    def entities(self, sha256: str, entities: Sequence[Entity]) -> None:
        """Tell all entities of a text; those who want them are asked (again) with them.

        What speaks of another text than the one last asked for is dropped.

        Args:
            sha256: the text's hash.
            entities: sorted by start.
        """
        self._inbox.put(_Entities(sha256, tuple(entities)))

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
                match self._next():
                    case _FromWorker(worker, message):
                        self._coordinator.from_worker(worker, message)
                    case _Entities(sha256, entities):
                        self._coordinator.entities(sha256, entities)
                    case _Request() as request if request is self._newest:
                        self._coordinator.request(request.sha256, request.text, request.near)
                    case "late":
                        self._coordinator.lose_patience()
        finally:
            self._coordinator.stop()

    def _next(self) -> _Request | _Entities | _FromWorker | Literal["late"] | None:
        try:
            return self._inbox.get(timeout=self._coordinator.patience)
        except queue.Empty:
            return "late"
