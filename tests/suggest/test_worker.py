"""The suggesters' worker as a program: what it says, what it loads, when it ends."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from annotator.suggest.specs import SuggesterSpec, SuggestSetup

SHIPPED = ("placeholders", "furniture", "claims", "contradictions")
LABELS = ("claim", "placeholder", "furniture")


def worker(*requests: object, names: tuple[str, ...]) -> tuple[list[dict[str, object]], str]:
    """Run a worker over requests; return what it said, and the modules that it loaded."""
    setup = SuggestSetup(tuple(SuggesterSpec(name=name) for name in names), LABELS)
    order = {"setup": setup.to_json(), "pipeline": None, "stand_back": False}
    done = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", "-m", "annotator.suggest.running.worker"],
        input="".join(json.dumps(line) + "\n" for line in (order, *requests)),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_the_shipped_suggesters_need_no_spacy() -> None:
    text = "At [insert time], 48 people left the Varnholm harbour on 4 May 2021.\n\u2028\ud800"
    said, loaded = worker(
        {"text": text, "entities": None}, *({"ask": name} for name in SHIPPED), names=SHIPPED
    )
    *loading, ready = said[: len(SHIPPED) + 1]
    answers = said[len(SHIPPED) + 1 :]
    assert loading == [{"loading": name} for name in SHIPPED]
    assert [name for name, _, _ in ready["loaded"]] == list(SHIPPED)  # type: ignore[attr-defined]
    assert [answer["name"] for answer in answers] == list(SHIPPED)
    assert all("found" in answer for answer in answers)
    assert "annotator.suggest.claims" in loaded
    for heavy in ("spacy", "thinc", "numpy", "textual"):
        assert not any(line.split("|")[-1].strip() == heavy for line in loaded.splitlines())


@pytest.mark.usefixtures("installed")
def test_what_a_suggester_prints_is_no_answer() -> None:
    said, complaints = worker(
        {"text": "a FACT", "entities": None}, {"ask": "words"}, names=("words",)
    )
    assert len(said) == 3
    assert "a library that prints" in complaints


@pytest.mark.usefixtures("installed")
def test_entities_can_follow_their_text() -> None:
    packed = {"labels": ["ORG"], "entities": [2, 6, 0]}
    said, _ = worker(
        {"text": "a FACT", "entities": None},
        {"ask": "names"},
        {"entities": packed},
        {"ask": "names"},
        names=("names",),
    )
    spans = [answer["found"]["spans"][0][1:3] for answer in said[2:]]  # type: ignore[index]
    assert spans == [[0, 1], [2, 6]]


def test_without_any_input_it_ends() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "annotator.suggest.running.worker"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    assert done.stdout == b""
