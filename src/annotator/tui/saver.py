"""Writes journals and YAML off the UI thread, one thing after another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Literal, NamedTuple

from ..domain.errors import AnnotatorError
from ..store.set_store import Frozen, SetStore


class SaveEvent(NamedTuple):
    """What became of a request.

    Attributes:
        kind: ``synced`` the journal is durable, ``written`` the YAML is too, ``failed``.
        store: whose files.
        revision: the session's revision that was saved.
        error: why it failed.
    """

    kind: Literal["synced", "written", "failed"]
    store: SetStore
    revision: int
    error: AnnotatorError | None = None


class Saver:
    """One background thread for everything that waits for a disk.

    Args:
        post: called in that thread with each outcome; must be thread-safe.
    """

    def __init__(self, post: Callable[[SaveEvent], None]) -> None:
        self._post = post
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._sync_wanted: dict[int, int] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
        self._thread.start()

    def sync(self, store: SetStore, revision: int) -> None:
        """Make the journal durable; requests that wait already are joined into one."""
        with self._lock:
            waiting = id(store) in self._sync_wanted
            self._sync_wanted[id(store)] = revision
        if not waiting:
            self._jobs.put(lambda: self._sync(store))

    def _sync(self, store: SetStore) -> None:
        with self._lock:
            revision = self._sync_wanted.pop(id(store))
        self._attempt(store.sync, "synced", store, revision)

    def write(self, store: SetStore, frozen: Frozen, revision: int) -> None:
        """Write the YAML of a frozen set."""
        self._jobs.put(
            lambda: self._attempt(lambda: store.write(frozen), "written", store, revision)
        )

    def close(self, store: SetStore) -> None:
        """Release a set once everything asked for before is done."""
        self._jobs.put(store.close)

    def wait(self) -> None:
        """Return when everything asked for so far is done; at once after :meth:`stop`."""
        if not self._thread.is_alive():
            return
        done = threading.Event()
        self._jobs.put(done.set)
        done.wait()

    def stop(self) -> None:
        """Finish what was asked for, then end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _attempt(
        self,
        job: Callable[[], object],
        kind: Literal["synced", "written"],
        store: SetStore,
        revision: int,
    ) -> None:
        try:
            job()
        except AnnotatorError as error:
            self._post(SaveEvent("failed", store, revision, error))
        except OSError as error:
            failure = AnnotatorError(str(error), "free the disk; your work is in the journal")
            self._post(SaveEvent("failed", store, revision, failure))
        else:
            self._post(SaveEvent(kind, store, revision))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 - the thread must outlive any one failure
                self._last_error = error
            del job  # while the thread waits, it must not hold the copy of a large set
