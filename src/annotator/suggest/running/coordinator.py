"""What to ask next about the open text: cache, worker, part in view. All in one thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ...domain.entity import Entity
from ...nlp.entities import pack as pack_entities
from ...nlp.process import Message, WorkerProcess
from ..specs import SuggestSetup, names_of
from .cache import SuggestionCache, entities_key
from .events import SuggesterFailed, SuggestionEvent, SuggestionsFound
from .job import LONG, Member, SuggestJob, Task
from .plain import Packed, unpack

WORKER = "annotator.suggest.running.worker"
PATIENCE = 10.0
"""Seconds that a text waits for the answer about another one, which nobody wants any more."""


class Coordinator:
    """The state of the service; every method but :meth:`kill` belongs to the service's thread.

    Args:
        setup: which suggesters.
        cache_dir: folder for results.
        emit: takes each event.
        on_message: takes each message of the worker, from a thread of the worker's own; it must
            bring it to :meth:`from_worker`.
    """

    def __init__(
        self,
        setup: SuggestSetup,
        cache_dir: Path,
        emit: Callable[[SuggestionEvent], None],
        on_message: Callable[[WorkerProcess, Message | None], None],
    ) -> None:
        self._setup = setup
        self._cache = SuggestionCache(cache_dir, setup.language)
        self._emit = emit
        self._on_message = on_message
        self._members: list[Member] | None = None
        self._worker: WorkerProcess | None = None
        self._worker_ready = False
        self._loading = ""
        self._died_loading: set[str] = set()
        self._worker_text: tuple[str, int, int, str] | None = None
        self._job: SuggestJob | None = None
        self._asked: tuple[SuggestJob, Task] | None = None

    @property
    def patience(self) -> float | None:
        """Seconds after which :meth:`lose_patience` is due if no message comes; None for never."""
        waits = self._asked is not None and self._asked[0] is not self._job
        return PATIENCE if waits and self._job is not None else None

    def lose_patience(self) -> None:
        """Give the answer up that nobody waits for, and ask about the text that is open."""
        self._stop_worker()
        self._feed()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, or None; from any thread."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def request(self, sha256: str, text: str, near: int) -> None:
        """Turn to a text; see ``SuggestionService.request``."""
        if self._job is not None and self._job.sha256 == sha256:
            self._job.refocus(near)
            self._feed()
            return
        self._job = SuggestJob(sha256, text, near)
        if self._asked is not None and self._asked[1].end - self._asked[1].start > LONG:
            self._stop_worker()  # its answer is of no use, and the new text must not wait for it
        if self._members is not None:
            self._job.plan(self._members)
        self._feed()

    def entities(self, sha256: str, entities: Sequence[Entity]) -> None:
        """Take a text's entities; see ``SuggestionService.entities``."""
        job = self._job
        if job is None or job.sha256 != sha256 or job.entities == tuple(entities):
            return
        job.entities = tuple(entities)
        if self._members is not None:
            job.plan([member for member in self._members if member.needs_entities])
        self._feed()

    def from_worker(self, worker: WorkerProcess, message: Message | None) -> None:
        """Take a message of the worker, or None for its end."""
        if worker is not self._worker:
            return
        if message is None:
            self._lost(worker)
        elif "loading" in message:
            self._loading = message["loading"]
        elif "loaded" in message:
            self._ready(message)
        else:
            self._answered(message)
        self._feed()

    def _ready(self, message: Message) -> None:
        self._worker_ready = True
        if self._members is not None:
            return  # a second worker: what is still to be asked stands in the job
        for name, problem in message["failed"]:
            self._emit(SuggesterFailed(name, problem))
        self._members = [Member(*one) for one in message["loaded"]]
        if self._job is not None:
            self._job.plan(self._members)

    def _feed(self) -> None:
        if self._job is None or self._asked is not None or not self._ensure_worker():
            return
        if not self._worker_ready:
            return
        while task := self._job.next():
            known = entities_key(task.entities)
            kept = self._kept(self._job, task, known)
            if kept is None:
                self._ask(self._job, task, known)
                return
            self._found(self._job, task, kept)

    def _kept(self, job: SuggestJob, task: Task, known: str) -> Packed | None:
        if not task.whole:
            return None
        name, version, _ = task.member
        return self._cache.get(name, version, job.sha256, known, len(job.text))

    def _ensure_worker(self) -> bool:
        if self._worker is None and self._setup.specs:
            try:
                self._worker = WorkerProcess((WORKER,), self._on_message)
            except OSError as error:
                problem = f"the suggester worker does not start: {error.strerror}"
                self._emit(SuggesterFailed("", problem))
                self._job = None
                return False
            setup = self._setup.to_json()
            self._worker.send({"setup": setup, "pipeline": None, "stand_back": True})
        return self._worker is not None

    def _ask(self, job: SuggestJob, task: Task, known: str) -> None:
        assert self._worker is not None
        packed = None if task.entities is None else pack_entities(task.entities)
        place = (job.sha256, task.start, task.end)
        if self._worker_text is None or self._worker_text[:3] != place:
            text = job.text[task.start : task.end]
            self._worker.send({"text": text, "entities": packed})
            self._worker_text = (*place, known)
        elif packed is not None and self._worker_text[3] != known:
            self._worker.send({"entities": packed})
            self._worker_text = (*place, known)
        self._asked = job, task
        self._worker.send({"ask": task.member.name})

    def _answered(self, message: Message) -> None:
        assert self._asked is not None
        (job, task), self._asked = self._asked, None
        if "failed" in message:
            if job is self._job:
                job.drop(task.member)
                self._emit(SuggesterFailed(task.member.name, message["failed"]))
            return
        if task.whole:
            known = entities_key(task.entities)
            name, version, _ = task.member
            self._cache.put(name, version, job.sha256, known, message["found"])
        if job is self._job:
            self._found(job, task, message["found"])

    def _found(self, job: SuggestJob, task: Task, packed: Packed) -> None:
        found = unpack(packed, task.end - task.start, task.start)
        name, version, _ = task.member
        part = (task.start, task.end)
        self._emit(SuggestionsFound(job.sha256, name, version, found, task.whole, *part))

    def _lost(self, worker: WorkerProcess) -> None:
        cause = f"the suggester worker ended: {worker.reap()}"
        asked, ready = self._asked, self._worker_ready
        self._forget_worker()
        if asked is not None:
            # Whoever was asked last may have brought it down: it gets one more chance, and the
            # others go on in a new worker.
            job, task = asked
            if not job.retry(task) and job is self._job:
                self._emit(SuggesterFailed(task.member.name, cause))
        elif not ready:
            self._lost_loading(cause)

    def _lost_loading(self, cause: str) -> None:
        """Load all again, and after a second time all but the one that took the process along.

        Where it was none of them, nothing is tried again before the next request.
        """
        name, self._loading = self._loading, ""
        if name not in self._died_loading:
            self._died_loading.add(name)
        elif name:
            self._emit(SuggesterFailed(name, f"it does not load: {cause}"))
            self._setup = self._setup.without(name)
        else:
            self._emit(SuggesterFailed(", ".join(names_of(self._setup.specs)), cause))
            self._job = None

    def _forget_worker(self) -> None:
        self._worker = None
        self._worker_ready = False
        self._worker_text = None
        self._asked = None

    def _stop_worker(self) -> None:
        worker = self._worker
        if worker is not None:
            worker.kill()
            worker.reap()
            self._forget_worker()

    def kill(self) -> None:
        """Kill the worker; from any thread."""
        worker = self._worker
        if worker is not None:
            worker.kill()

    def stop(self) -> None:
        """End and reap the worker."""
        self._stop_worker()
