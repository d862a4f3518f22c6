"""Worker processes that read batches of documents side by side.

They are our own and not spaCy's ``n_process``: what comes back are offsets, not documents, and a
worker that dies takes one batch with it, which is then given out again document by document.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from ...domain.errors import AnnotatorError
from ...nlp.process import Message, WorkerProcess
from ..specs import SuggestSetup
from .coordinator import WORKER
from .job import Member

_IN_FLIGHT = 2
"""Batches at a worker: one that it reads and one that waits, so that it never waits itself."""

Request = dict[str, Any]
"""What a worker must know of one document; see ``batch``."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one document.

    Attributes:
        request: as it was given to the pool.
        reply: the worker's answer, see ``batch``; None when the worker died over it.
        problem: how the worker died, in one line.
    """

    request: Request
    reply: dict[str, Any] | None
    problem: str = ""


@dataclass(slots=True)
class _Hand:
    """One worker process and what it holds."""

    process: WorkerProcess
    outbox: queue.SimpleQueue[Message | None]
    held: dict[int, Sequence[Request]] = field(default_factory=dict)
    ready: bool = False


class SuggestPool:
    """Workers that run the suggesters of a setup; a context manager that kills them at its end.

    Args:
        setup: the suggesters.
        pipeline: what finds entities; None where none are asked for.
        jobs: most worker processes at a time; they start when there is work for them.

    Attributes:
        members: the suggesters that loaded and whose labels the scheme has.
        failed: name and message of each that did not load.
        left_out: names of those whose labels the scheme lacks.
    """

    def __init__(self, setup: SuggestSetup, pipeline: str | None, jobs: int) -> None:
        self._setup = setup
        self._pipeline = pipeline
        self._jobs = jobs
        self._inbox: queue.SimpleQueue[tuple[WorkerProcess, Message | None]] = queue.SimpleQueue()
        self._hands: dict[WorkerProcess, _Hand] = {}
        self._again: deque[list[Request]] = deque()
        self._batches = 0
        self._died_loading: set[str] = set()
        self.members: list[Member] = []
        self.failed: list[tuple[str, str]] = []
        self.left_out: list[str] = []

    def __enter__(self) -> Self:
        """Start the first worker and learn which suggesters there are.

        Raises:
            AnnotatorError: the worker does not start.
        """
        try:
            while (message := self._first_message()) is None:
                pass
        except BaseException:
            self.close()
            raise
        self.members = [Member(*one) for one in message["loaded"]]
        self.failed += [(name, problem) for name, problem in message["failed"]]
        self.left_out = message["left_out"]
        return self

    def _first_message(self) -> Message | None:
        """Start a worker; return what it says of its suggesters, None if one took it along.

        That one is left out of the setup when it did so twice.

        Raises:
            AnnotatorError: the worker does not start.
        """
        hand = self._start_worker()
        loading = ""
        while True:
            _, message = self._inbox.get()
            if message is None:
                break
            if "loaded" in message:
                hand.ready = True
                return message
            loading = message["loading"]
        del self._hands[hand.process]
        hand.outbox.put(None)
        cause = hand.process.reap()
        if not loading:
            raise AnnotatorError(f"the suggester worker does not start: {cause}")
        if loading in self._died_loading:
            self.failed.append((loading, f"it does not load: {cause}"))
            self._setup = self._setup.without(loading)
        self._died_loading.add(loading)
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers that there are now."""
        return [process.pid for process in self._hands]

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._again) or any(hand.held for hand in self._hands.values())

    @property
    def free(self) -> bool:
        """Whether a batch would be taken in hand soon."""
        if self._again:
            return False
        return len(self._hands) < self._jobs or bool(self._least_busy())

    def give(self, batch: list[Request]) -> None:
        """Hand a batch out.

        Args:
            batch: what is to be done with some documents, see ``batch``.

        Raises:
            AnnotatorError: no worker could be started.
        """
        self._again.append(batch)
        self._hand_out()

    def wait(self, seconds: float) -> list[Answer]:
        """Return the answers that come within a time, as soon as there are any.

        Raises:
            AnnotatorError: the pipeline does not load, or no worker could be started.
        """
        try:
            process, message = (
                self._inbox.get(timeout=seconds) if seconds else self._inbox.get_nowait()
            )
        except queue.Empty:
            return []
        hand = self._hands.get(process)
        if hand is None:
            return []
        answers: list[Answer] = []
        if message is None:
            answers = self._lost(hand)
        elif "loading" in message:
            pass  # the first worker has told who does not load
        elif "loaded" in message:
            hand.ready = True
        elif "missing" in message:
            raise AnnotatorError(message["missing"])
        else:
            batch = hand.held.pop(message["batch"])
            answers = [
                Answer(request, reply)
                for request, reply in zip(batch, message["documents"], strict=True)
            ]
        self._hand_out()
        return answers

    def close(self) -> None:
        """Kill and reap the workers."""
        for hand in self._hands.values():
            hand.process.kill()
            hand.outbox.put(None)
        for hand in self._hands.values():
            hand.process.reap()
        self._hands.clear()

    def _hand_out(self) -> None:
        while self._again:
            hand = self._least_busy()
            if (hand is None or hand.held) and len(self._hands) < self._jobs:
                hand = self._start_worker()
            if hand is None:
                return
            self._batches += 1
            batch = self._again.popleft()
            hand.held[self._batches] = batch
            hand.outbox.put({"batch": self._batches, "documents": batch})

    def _least_busy(self) -> _Hand | None:
        hand = min(self._hands.values(), key=lambda one: len(one.held), default=None)
        return hand if hand is not None and len(hand.held) < _IN_FLIGHT else None

    def _start_worker(self) -> _Hand:
        try:
            process = WorkerProcess((WORKER,), lambda who, what: self._inbox.put((who, what)))
        except OSError as error:
            problem = f"the suggester worker does not start: {error.strerror}"
            raise AnnotatorError(problem) from error
        hand = self._hands[process] = _Hand(process, queue.SimpleQueue())
        setup = self._setup.to_json()
        hand.outbox.put({"setup": setup, "pipeline": self._pipeline, "stand_back": False})
        # A worker reads only when it is done with what it has, and nobody else must wait for it.
        threading.Thread(
            target=_send_all, args=(hand.outbox, process.send), name="batch-sender", daemon=True
        ).start()
        return hand

    def _lost(self, hand: _Hand) -> list[Answer]:
        del self._hands[hand.process]
        hand.outbox.put(None)
        cause = f"the suggester worker ended: {hand.process.reap()}"
        if not hand.ready:
            raise AnnotatorError(cause)  # the next one would end the same way
        if not hand.held:
            return []
        first, *others = hand.held.values()
        self._again.extend(list(batch) for batch in others)
        if len(first) == 1:
            return [Answer(first[0], None, cause)]
        self._again.extend([request] for request in first)
        return []


def _send_all(outbox: queue.SimpleQueue[Message | None], send: Callable[[Message], None]) -> None:
    while (message := outbox.get()) is not None:
        try:
            send(message)
        except ValueError:
            return  # the process was reaped, and its pipe closed, in the middle
