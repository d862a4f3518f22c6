"""The order in which documents come."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet
from annotator.domain.span import Span
from annotator.session.queue_order import Reading, nearness, ordered
from annotator.session.queue_reader import QueueReader, queue_of
from annotator.session.workspace import Workspace
from annotator.store.config import QUEUE_ORDERS, QueueConfig
from annotator.store.opening import reference
from annotator.store.project import Project, open_project
from annotator.store.yaml_emitter import dump_set

TEXT = "One two three four five six seven eight nine ten."
READINGS = st.lists(
    st.builds(
        Reading,
        st.booleans(),
        st.integers(0, 3),
        st.sampled_from([0.0, 0.5, 1.0]),
        st.dictionaries(st.sampled_from("ab"), st.integers(1, 3)),
        st.lists(st.sampled_from("ab"), unique=True).map(tuple),
    ),
    max_size=12,
)


@given(READINGS, st.sampled_from(QUEUE_ORDERS), st.integers())
def test_every_order_has_every_document_once(
    readings: list[Reading], order: str, seed: int
) -> None:
    ids = [f"{number}.txt" for number in range(len(readings))]
    found = ordered(order, ids, readings, seed)
    assert sorted(found) == list(range(len(ids)))
    assert found == ordered(order, ids, readings, seed)


@given(READINGS)
def test_equals_stay_in_the_order_of_the_project(readings: list[Reading]) -> None:
    ids = [str(number) for number in range(len(readings))]
    found = ordered("candidates", ids, readings)
    keys = [(readings[n].finished, -readings[n].open, n) for n in found]
    assert keys == sorted(keys)


@given(st.lists(st.text(max_size=4), unique=True, min_size=2), st.integers(), st.randoms())
def test_a_shuffle_outlives_documents_that_come_and_go(
    ids: list[str], seed: int, draw: random.Random
) -> None:
    left = [one for one in ids if draw.random() < 0.6]
    before = [ids[n] for n in ordered("random", ids, seed=seed)]
    assert [left[n] for n in ordered("random", left, seed=seed)] == [
        one for one in before if one in left
    ]


def test_another_seed_shuffles_otherwise() -> None:
    ids = [str(number) for number in range(50)]
    assert ordered("random", ids, seed=1) != ordered("random", ids, seed=2)


def test_nearness_to_a_coins_toss() -> None:
    assert [nearness(score) for score in (0, 0.25, 0.5, 0.75, 1)] == [0, 0.5, 1, 0.5, 0]


def put(project: Project, number: int, annotator: str, *spans: Span, **more: object) -> Path:
    """Write what an annotator said about a document; return the file."""
    entry = project.documents[number]
    document = project.load_document(entry)
    found = AnnotationSet(reference(document), annotator, project.scheme.id, **more)  # type: ignore[arg-type]
    found.spans = {span.id: span for span in spans if not span.note}
    found.rejected = {span.id: span for span in spans if span.note}
    path = project.paths(entry, annotator).annotations
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_set(found))
    return path


def claim(start: int, score: float | None = None, *, rejected: bool = False) -> Span:
    origin = {} if score is None else {"from": "model:m", "score": score}
    note = "rejected" if rejected else ""
    return Span(id=f"s{start}", label="claim", start=start, end=start + 3, origin=origin, note=note)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "annotator.yaml").write_text("")
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    return open_project(tmp_path, annotator="ada")


def test_open_candidates_are_counted(project: Project) -> None:
    put(project, 0, "model:m", claim(0, 0.9))
    put(project, 1, "model:m", claim(0, 0.9), claim(10, 0.9), claim(20, 0.9))
    put(project, 1, "ada", claim(0), claim(10, rejected=True))
    put(project, 2, "model:m", claim(0, 0.9), claim(10, 0.9))
    put(project, 3, "model:m", claim(0, 0.9), claim(10, 0.9), claim(20, 0.9))
    put(project, 3, "ada", status="done")
    assert queue_of(project, "ada", QueueConfig("candidates")) == [2, 0, 1, 3]
    # For somebody else nothing is decided yet.
    assert queue_of(project, "ben", QueueConfig("candidates")) == [1, 3, 2, 0]


def test_the_least_certain_come_first(project: Project) -> None:
    put(project, 0, "model:m", claim(0, 0.99), claim(10, 0.01))
    put(project, 2, "model:m", claim(0, 0.8), claim(10, 0.6))
    put(project, 3, "model:m", claim(0, 0.5), claim(10, 0.9))
    put(project, 3, "ada", claim(0))
    assert queue_of(project, "ada", QueueConfig("uncertainty")) == [2, 3, 0, 1]


def test_disagreement_with_the_models_and_between_two_people(project: Project) -> None:
    other = Span(id="p", label="placeholder", start=0, end=3)
    put(project, 0, "model:m", claim(0, 0.9))
    put(project, 0, "ada", claim(0), other)  # the model never proposes placeholders
    put(project, 1, "model:m", claim(0, 0.9))
    put(project, 1, "ada", claim(10))
    put(project, 2, "model:m")
    put(project, 2, "ada", claim(10))
    put(project, 3, "model:m", claim(0, 0.9), claim(10, 0.8), claim(20, 0.8))  # nobody looked yet
    assert queue_of(project, "ada", QueueConfig("disagreement")) == [1, 2, 0, 3]
    put(project, 3, "ben", claim(0), other)
    put(project, 3, "cleo", claim(0))
    assert queue_of(project, "ada", QueueConfig("disagreement", between=("ben", "cleo")))[0] == 3


def test_a_file_that_changed_is_read_anew_and_others_are_not(project: Project) -> None:
    put(project, 0, "model:m", claim(0, 0.9))
    changed = put(project, 1, "model:m", claim(0, 0.9))
    assert queue_of(project, "ada", QueueConfig("candidates")) == [0, 1, 2, 3]
    kept = project.root / ".annotator" / "queue.json"
    data = json.loads(kept.read_text())
    data["documents"]["2.txt"][1]["open"] = 7  # shows that it is this that is used
    kept.write_text(json.dumps(data))
    put(project, 1, "model:m", claim(0, 0.9), claim(10, 0.9))
    assert changed.exists()
    assert queue_of(project, "ada", QueueConfig("candidates")) == [2, 1, 0, 3]
    kept.write_text("[1")
    assert queue_of(project, "ada", QueueConfig("candidates")) == [1, 0, 2, 3]


def test_looking_only_writes_nothing(project: Project) -> None:
    put(project, 1, "model:m", claim(0, 0.9))
    assert queue_of(project, "ada", QueueConfig("candidates"), read_only=True)[0] == 1
    assert not (project.root / ".annotator").exists()


def test_a_broken_file_is_no_reason_to_stop(project: Project) -> None:
    put(project, 1, "model:m", claim(0, 0.9))
    put(project, 0, "model:m", claim(0, 0.9)).write_text("{")
    assert queue_of(project, "ada", QueueConfig("candidates"))[0] == 1


def test_settings_say_whose_candidates_count(project: Project) -> None:
    put(project, 0, "model:m", claim(0, 0.9))
    put(project, 1, "model:n", claim(0, 0.9))
    put(project, 2, "ben", claim(0))
    config = project.config._replace(candidates=("n", "ben"))
    reader = QueueReader(project, "ada", ["model:n", "ben"])
    assert [reader.reading(entry).open for entry in project.documents] == [0, 1, 1, 0]
    queue = queue_of(project._replace(config=config), "ada", QueueConfig("candidates"))
    assert queue == [1, 2, 0, 3]


def test_the_workspace_follows_the_order_and_documents_keep_their_names(project: Project) -> None:
    workspace = Workspace(project, "ada", order=[2, 0, 3, 1])
    assert [entry.id for entry in workspace.documents] == ["2.txt", "0.txt", "3.txt", "1.txt"]
    assert [entry.id for entry in workspace.documents[1:3]] == ["0.txt", "3.txt"]
    put(project, 0, "ada", status="done")
    session = workspace.open(0)
    assert session.document.id == "2.txt"
    session.store.close()
    assert workspace.next_unfinished() == 2
