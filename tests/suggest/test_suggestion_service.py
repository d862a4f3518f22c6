"""The service with real worker processes and suggesters that another package brings."""

from __future__ import annotations

import os
import queue
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.document import text_sha256
from annotator.domain.entity import Entity
from annotator.nlp.priority import NICENESS
from annotator.suggest.base import Suggestions
from annotator.suggest.running.job import LONG
from annotator.suggest.running.service import (
    SuggesterFailed,
    SuggesterSpec,
    SuggestionEvent,
    SuggestionService,
    SuggestionsFound,
    SuggestSetup,
)

PATIENCE = 60.0
"""Seconds after which a test that waits in vain fails."""


class Listener:
    """A service and the events it sent."""

    def __init__(self, cache: Path, *names: str, seconds: float = PATIENCE) -> None:
        specs = tuple(SuggesterSpec(name=name) for name in names)
        setup = SuggestSetup(specs, ("claim",), seconds=seconds)
        self.events: queue.Queue[SuggestionEvent] = queue.Queue()
        self.service = SuggestionService(setup, cache, self.events.put)
        self.service.start()

    def ask(self, text: str, near: int = 0) -> str:
        sha256 = text_sha256(text)
        self.service.request(sha256, text, near)
        return sha256

    def next(self) -> SuggestionEvent:
        return self.events.get(timeout=PATIENCE)

    def found(self) -> SuggestionsFound:
        event = self.next()
        assert isinstance(event, SuggestionsFound), event
        return event


Listen = Callable[..., Listener]


@pytest.fixture
def listen(installed: Path, tmp_path: Path) -> Iterator[Listen]:
    made: list[Listener] = []

    def start(*names: str, seconds: float = PATIENCE) -> Listener:
        made.append(Listener(tmp_path / "cache", *names, seconds=seconds))
        return made[-1]

    yield start
    for listener in made:
        listener.service.close()


def ranges(found: Suggestions) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in found.spans]


def test_it_tells_spans_and_links_in_code_points(listen: Listen) -> None:
    listener = listen("words")
    sha256 = listener.ask("\U0001f468\u200d\U0001f469 FACT\r\n\ud800 LINKED")
    event = listener.found()
    assert (event.sha256, event.name, event.version, event.done) == (sha256, "words", "1.0", True)
    assert ranges(event.suggestions) == [(4, 8), (12, 18)]
    (link,) = event.suggestions.links
    assert (link.type, link.source, link.target) == ("restates", 0, 1)
    assert event.suggestions.spans[0].attributes == {"worthiness": "check-worthy"}
    pid = listener.service.worker_pid
    assert pid is not None
    assert os.getpriority(os.PRIO_PROCESS, pid) >= NICENESS
    listener.service.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_entities_bring_a_second_answer_of_those_who_want_them(listen: Listen) -> None:
    listener = listen("names", "words")
    text = "Ada met Ben. FACT"
    sha256 = listener.ask(text)
    assert ranges(listener.found().suggestions) == [(0, 1)]
    assert listener.found().name == "words"
    listener.service.entities("another text", [Entity(0, 5, "PERSON")])
    listener.service.entities(sha256, [Entity(0, 3, "PERSON"), Entity(8, 11, "PERSON")])
    event = listener.found()
    assert (event.name, ranges(event.suggestions)) == ("names", [(0, 3), (8, 11)])
    assert listener.events.empty()


def test_a_long_text_is_read_around_the_caret_first(listen: Listen) -> None:
    listener = listen("words", "names")
    block = "Nothing to see here, only words that fill.\n\n"
    before = block * (LONG // len(block))
    text = f"FACT {before}Here is a FACT in view.\n\n{before}"
    sha256 = listener.ask(text, near=len(before) + 20)
    in_view = text.index("FACT", 10)
    part = listener.found()
    assert (part.done, ranges(part.suggestions)) == (False, [(in_view, in_view + 4)])
    entities = [Entity(0, 4, "ORG"), Entity(in_view, in_view + 4, "ORG")]
    listener.service.entities(sha256, entities)
    told = [listener.found() for _ in range(3)]
    assert [(event.name, event.done) for event in told] == [
        ("names", False),
        ("words", True),
        ("names", True),
    ]
    assert ranges(told[1].suggestions) == [(0, 4), (in_view, in_view + 4)]


def test_a_newer_request_does_not_wait_for_a_long_text(listen: Listen) -> None:
    listener = listen("endless")
    listener.ask("short and FACT")
    assert listener.found().done
    first = listener.service.worker_pid
    # The caret is far from the words that never let go, so the part in view is answered.
    listener.ask(f"{'word ' * LONG}ENDLESS")
    assert not listener.found().done
    newer = listener.ask("another short one")
    event = listener.found()
    assert (event.sha256, event.done) == (newer, True)
    assert listener.service.worker_pid != first


def test_the_answer_for_a_text_that_is_no_longer_wanted_is_dropped(
    listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    monkeypatch.setenv("GATE", str(gate))
    listener = listen("gated")
    listener.ask("GATE and FACT")
    with gate.open("w"):  # opens when the worker has come to it
        newer = listener.ask("a newer FACT")
    event = listener.found()
    assert event.sha256 == newer
    assert listener.events.empty()
    # It was not for nothing: the text is known when one comes back to it.
    older = listener.ask("GATE and FACT")
    assert listener.found().sha256 == older


def test_of_many_requests_in_a_row_the_last_is_answered(listen: Listen) -> None:
    listener = listen("words")
    asked = [listener.ask(f"number {number}: FACT") for number in range(50)]
    told = [listener.found().sha256]
    while told[-1] != asked[-1]:
        told.append(listener.found().sha256)
    assert [asked.index(one) for one in told] == sorted(asked.index(one) for one in told)


def test_one_that_raises_is_told_in_a_line_and_the_others_go_on(listen: Listen) -> None:
    wrong = ("raising", "outside", "stray", "leaving", "nothing", "countless")
    absent = ("broken", "thing", "absent", "none", "leaving_early", "numbered", "letters")
    listener = listen(*wrong, *absent, "words")
    listener.ask("LEAVE COUNTLESS FACT")
    failed: dict[str, str] = {}
    while isinstance(event := listener.next(), SuggesterFailed):
        failed[event.name] = event.message
    assert event.name == "words"
    assert failed["raising"] == "RuntimeError: first line"
    assert "a span from 0 to 21 is not in a text of 20" in failed["outside"]
    assert failed["leaving"] == failed["leaving_early"] == "SystemExit: no licence"
    assert failed["nothing"] == "it returned NoneType in place of Suggestions"
    assert failed["countless"] == "it proposes too much: 1,001 spans for 20 code points"
    assert "version, 3, is not a string" in failed["numbered"]
    assert "labels, 'claim', are no tuple" in failed["letters"]
    assert "'other'" in failed["stray"]
    assert "it lacks a part" in failed["broken"]
    assert "returns no suggester" in failed["thing"]
    assert "annotator_no_such_module" in failed["absent"]
    assert "no suggester named 'none'" in failed["none"]
    assert all("\n" not in message for message in failed.values())


def test_one_without_labels_of_the_scheme_is_not_asked(listen: Listen) -> None:
    listener = listen("foreign", "words")
    listener.ask("a FACT")
    assert listener.found().name == "words"


def test_one_that_brings_its_process_down_is_told_and_the_others_go_on(listen: Listen) -> None:
    listener = listen("deadly", "words", "names")
    sha256 = listener.ask("a FACT that is DEADLY")
    event = listener.next()
    assert isinstance(event, SuggesterFailed)
    assert event.name == "deadly"
    assert "signal 9" in event.message
    assert [listener.found().name for _ in range(2)] == ["words", "names"]
    # Entities, and asking for the same text again, do not bring it down once more.
    listener.service.entities(sha256, [])
    assert listener.found().name == "names"
    listener.ask("a harmless FACT")
    assert [listener.found().name for _ in range(3)] == ["deadly", "words", "names"]


def test_one_that_brings_its_process_down_as_it_is_loaded_is_left_out(listen: Listen) -> None:
    listener = listen("words", "fatal", "names")
    listener.ask("a FACT")
    event = listener.next()
    assert isinstance(event, SuggesterFailed)
    assert (event.name, "exit code 7" in event.message) == ("fatal", True)
    assert [listener.found().name for _ in range(2)] == ["words", "names"]


def test_a_worker_that_is_killed_as_it_loads_is_replaced(
    listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATAL_ONCE", str(tmp_path / "once"))
    listener = listen("names", "fatal_once")
    listener.ask("a FACT")
    assert [listener.found().name for _ in range(2)] == ["names", "fatal_once"]


def test_a_worker_that_ends_before_it_loads_anything_is_replaced_once(
    listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who starts Python finds it wanting, the first time and then ever after.
    python, count = tmp_path / "python", tmp_path / "count"
    fine = f'[ $(wc -l < {count}) = $FINE ] && exec {sys.executable} "$@"'
    python.write_text(f"#!/bin/sh\necho >> {count}\n{fine}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setenv("FINE", "2")
    listener = listen("words")
    listener.ask("a FACT")
    assert listener.found().name == "words"
    listener.service.close()
    monkeypatch.setenv("FINE", "9")
    listener = listen("words")
    listener.ask("another FACT")
    event = listener.next()
    assert isinstance(event, SuggesterFailed)
    assert (event.name, "ended" in event.message) == ("words", True)
    assert count.read_text() == "\n" * 4


def test_one_that_comes_to_no_end_is_told_and_the_others_go_on(listen: Listen) -> None:
    listener = listen("endless_load", "stubborn", "endless", "words", seconds=0.2)
    listener.ask("a FACT that is ENDLESS")
    told = [listener.next() for _ in range(3)]
    failed = {event.name: event.message for event in told if isinstance(event, SuggesterFailed)}
    assert sorted(failed) == ["endless", "endless_load", "stubborn"]
    assert "not loaded within" in failed["endless_load"]
    assert "did not answer within" in failed["stubborn"]
    assert listener.found().name == "words"
    pid = listener.service.worker_pid
    # It is asked about another text, and once more not in vain; the third time not at all.
    listener.ask("a FACT")
    assert [listener.found().name for _ in range(3)] == ["stubborn", "endless", "words"]
    listener.ask("another ENDLESS FACT")
    assert {listener.next().name for _ in range(2)} == {"stubborn", "endless"}
    assert listener.found().name == "words"
    listener.ask("the last ENDLESS FACT")
    event = listener.next()
    assert isinstance(event, SuggesterFailed)
    assert "asked no more" in event.message
    assert listener.service.worker_pid == pid


def test_another_text_does_not_wait_for_an_answer_without_end(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.suggest.running.coordinator.PATIENCE", 0.1)
    listener = listen("words", "endless")
    listener.ask("a FACT that is ENDLESS")
    assert listener.found().name == "words"
    newer = listener.ask("a FACT")
    told = [listener.found() for _ in range(2)]
    assert [(event.sha256, event.name) for event in told] == [(newer, "words"), (newer, "endless")]


def test_a_worker_that_does_not_start_is_told(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    listener = listen("words")
    for _ in range(2):
        listener.ask("a FACT")
        event = listener.next()
        assert isinstance(event, SuggesterFailed)
        assert "does not start" in event.message


def test_a_worker_that_is_killed_at_rest_is_replaced(listen: Listen) -> None:
    listener = listen("words")
    listener.ask("a FACT")
    listener.found()
    pid = listener.service.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    listener.ask("another FACT")
    assert ranges(listener.found().suggestions) == [(8, 12)]


def test_what_was_read_once_comes_from_the_cache(listen: Listen, tmp_path: Path) -> None:
    first = listen("words", "names")
    sha256 = first.ask("Ada has a FACT")
    first.found(), first.found()
    first.service.entities(sha256, [Entity(0, 3, "PERSON")])
    first.found()
    first.service.close()
    (kept,) = (tmp_path / "cache").glob("words-*/*/*.json")
    # That it is read is shown by what it says.
    kept.write_text(kept.read_text().replace("words/fact", "kept"))
    second = listen("words", "names")
    second.service.request(sha256, "Ada has a FACT")
    second.service.entities(sha256, [Entity(0, 3, "PERSON")])
    told = [second.found(), second.found()]
    assert told[0].suggestions.spans[0].rule == "kept"
    assert ranges(told[1].suggestions) in ([(0, 3)], [(0, 1)])
    kept.write_text("{not json")
    third = listen("words")
    third.ask("Ada has a FACT")
    assert third.found().suggestions.spans[0].rule == "words/fact"


def test_closing_while_the_worker_is_busy_returns(listen: Listen) -> None:
    listener = listen("endless")
    listener.ask("ENDLESS")
    listener.service.close()
    listener.service.close()
    assert listener.service.worker_pid is None
