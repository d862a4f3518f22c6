"""Prodigy JSONL: our sets come back whole, and Prodigy's own tasks key by key."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import json_values, records, texts
from support.round_trips import check_round_trip, read_items, read_records, write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.errors import Problem
from annotator.domain.span import Relation, Span
from annotator.formats.aspects import is_finite
from annotator.formats.changes import revised
from annotator.formats.own_keys import make_set
from annotator.formats.prodigy import reader
from annotator.formats.prodigy.format import FORMAT
from annotator.formats.prodigy.keys import token_objects
from annotator.formats.record import Record
from annotator.formats.registry import guess_format
from annotator.formats.tokens import TokenIndex, tokenize
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set


@given(records(), st.booleans())
def test_what_is_written_comes_back(drawn: list[Record], tokens: bool) -> None:
    check_round_trip(FORMAT, drawn, write={"tokens": tokens})


@st.composite
def tasks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a task as Prodigy writes it, its keys in any order."""
    text = draw(texts(surrogates=False))
    tokens = tokenize(text)
    odd = json_values.filter(is_finite)
    task: dict[str, Any] = {
        "text": text,
        "_input_hash": draw(st.integers(-(2**31), 2**31)),
        "_task_hash": draw(st.integers(-(2**31), 2**31)),
        "_session_id": draw(st.none() | st.just("set-ada")),
        "_view_id": "ner_manual",
        "options": draw(odd),
    }
    if draw(st.booleans()):
        task["tokens"] = token_objects(text, tokens)
    if draw(st.booleans()):
        task["meta"] = {"source": draw(odd)}
    if draw(st.integers(0, 3)):
        task["answer"] = draw(st.sampled_from(["accept", "accept", "reject", "ignore"]))
    if draw(st.integers(0, 4)):
        count = draw(st.integers(0, 3))
        task["spans"] = [draw(native_spans(text, "tokens" in task)) for _ in range(count)]
        if count and draw(st.booleans()):
            ends = st.sampled_from([*task["spans"], {"start": 0, "end": 1, "label": None}])
            task["relations"] = [draw(native_relations(draw(ends), draw(ends)))]
    return dict(draw(st.permutations(list(task.items()))))


@st.composite
def native_spans(draw: st.DrawFn, text: str, tokens: bool) -> dict[str, Any]:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    span: dict[str, Any] = {"start": start, "end": end}
    if tokens and (touched := TokenIndex(tokenize(text)).touched(start, end)):
        span["token_start"], span["token_end"] = touched
    if draw(st.integers(0, 3)) == 0:
        span["token_start"], span["token_end"] = 3, draw(st.integers(0, 9))
    if draw(st.booleans()):
        span["text"] = text[start:end]
    if draw(st.integers(0, 3)):
        span["label"] = draw(st.sampled_from(["PERSON", "ORG"]))
    if draw(st.booleans()):
        span |= {"score": 1, "rank": 0, "source": "a_pipeline", "note": 5}
    return dict(draw(st.permutations(list(span.items()))))


@st.composite
def native_relations(draw: st.DrawFn, head: dict[str, Any], child: dict[str, Any]) -> Any:
    keys = ("start", "end", "token_start", "token_end", "label")
    return {
        "head": draw(st.integers(0, 9)),
        "child": draw(st.integers(0, 9)),
        "head_span": {key: head.get(key) for key in keys},
        "child_span": {key: child.get(key) for key in keys},
        "color": "#c5bdf4",
        "label": "COREF",
    }


def stored(record: Record) -> Record:
    """Return a record as it is after its sets were saved and loaded."""
    sets = []
    for one in record.sets:
        here = replace(one.document, id="1")
        named = revised(one, document=here, annotator=one.annotator or "ada", scheme="s/1")
        sets.append(load_set(dump_set(named), "x.yaml").annotations)
    return replace(record, sets=tuple(sets))


@given(st.lists(tasks(), min_size=1, max_size=3))
def test_tasks_of_prodigy_go_back_key_by_key(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("tasks") / "in.jsonl"
    lines = [json.dumps(task) for task in drawn]
    path.write_text("\n".join(lines), encoding="utf-8")
    back = path.with_name("out.jsonl")
    _, losses = write_records(FORMAT, map(stored, read_records(FORMAT, path)), back)
    assert losses == []
    written = [json.loads(line) for line in back.read_text(encoding="utf-8").splitlines()]
    assert list(map(json.dumps, written)) == lines


def test_tasks_of_one_input_become_one_document_and_go_back_on_their_own(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines: list[dict[str, Any]] = [
        {"text": "Ann", "_input_hash": 7, "_session_id": name, "meta": {"by": name}, "spans": []}
        for name in ("ada", "ben")
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert len(read_items(FORMAT, path)) == 2
    (joined,) = read_items(FORMAT, path, {"join": True})
    assert isinstance(joined, Record)
    assert joined.document.id == "7"
    back = tmp_path / "out.jsonl"
    write_records(FORMAT, [joined], back)
    assert [json.loads(line) for line in back.read_text(encoding="utf-8").splitlines()] == lines


def one_task(tmp_path: Path, **changes: Any) -> list[Record | Problem]:
    task = {"text": "Ann left.", "spans": [{"start": 0, "end": 3, "label": "PERSON"}]}
    path = tmp_path / "task.jsonl"
    path.write_text(f"\n{json.dumps(task | changes)}\n", encoding="utf-8")
    return read_items(FORMAT, path)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"text": 5}, "text"),
        ({"answer": "yes"}, "answer"),
        ({"spans": {}}, "spans"),
        ({"spans": [{"start": -1, "end": 3, "label": "X"}]}, "spans.0.start"),
        ({"spans": [{"start": 0.0, "end": 3, "label": "X"}]}, "spans.0.start"),
        ({"spans": [{"start": False, "end": 3, "label": "X"}]}, "spans.0.start"),
        ({"spans": [{"start": 3, "end": 3, "label": "X"}]}, "spans.0"),
        ({"spans": [{"start": 0, "label": "X"}]}, "spans.0.end"),
        ({"spans": [{"start": 0, "end": 10**30, "label": "X"}]}, "spans.0.end"),
        ({"spans": [{"start": 0, "end": 3, "label": 7}]}, "spans.0.label"),
    ],
)
def test_a_broken_task_is_named_by_line_and_key(
    tmp_path: Path, changes: dict[str, Any], key: str
) -> None:
    (problem,) = one_task(tmp_path, **changes)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.key) == (2, key)


def test_rejected_tasks_are_rejected_candidates(tmp_path: Path) -> None:
    (record,) = one_task(tmp_path, answer="reject")
    assert isinstance(record, Record)
    assert not record.sets[0].spans
    assert [span.label for span in record.sets[0].rejected.values()] == ["PERSON"]


def test_an_edit_shows_in_the_task(tmp_path: Path) -> None:
    (record,) = one_task(tmp_path, tokens=token_objects("Ann left.", tokenize("Ann left.")))
    assert isinstance(record, Record)
    one = record.sets[0]
    (span,) = one.spans.values()
    moved = replace(span, start=4, end=8, quote="", label="VERB", note="sure?")
    path = tmp_path / "out.jsonl"
    edited = replace(record, sets=(revised(one, spans=[moved], status="skipped"),))
    write_records(FORMAT, [edited], path)
    task = json.loads(path.read_text(encoding="utf-8"))
    assert task["answer"] == "ignore"
    (written,) = task["spans"]
    own = written.pop("annotator")
    assert written == {"start": 4, "end": 8, "label": "VERB"}
    assert own == {"note": "sure?"}


def test_tokens_end_inclusively_and_count_code_points(tmp_path: Path) -> None:
    (record,) = one_task(
        tmp_path, text="😀 Ann Lee left", spans=[{"start": 2, "end": 9, "label": "PERSON"}]
    )
    assert isinstance(record, Record)
    one = revised(record.sets[0], extra={})
    span = replace(next(iter(one.spans.values())), extra={})
    path = tmp_path / "out.jsonl"
    new = replace(record, sets=(revised(one, spans=[span]),))
    write_records(FORMAT, [new], path, {"tokens": True})
    task = json.loads(path.read_text(encoding="utf-8"))
    assert [token["text"] for token in task["tokens"]] == ["😀", "Ann", "Lee", "left"]
    (written,) = task["spans"]
    assert (written["token_start"], written["token_end"]) == (1, 2)
    assert written["text"] == "Ann Lee"


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ({"image": "a.png", "_view_id": "image_manual", "_input_hash": 1}, "'image_manual' with"),
        ({"pages": [{"text": "a"}], "_input_hash": 1}, "'pages' and no text"),
        ({"options": [], "_input_hash": 1}, "only texts can be read"),
    ],
)
def test_a_task_of_another_kind_is_refused(
    task: dict[str, Any], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(task))
    assert guess_format(path) is FORMAT
    (found,) = read_items(FORMAT, path)
    assert isinstance(found, Problem)
    assert words in found.message


def test_what_is_said_of_the_whole_text_is_kept_and_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    tasks = [
        {"text": "a", "options": [{"id": "A", "text": "x"}], "accept": ["A"], "answer": "accept"},
        {"text": "b", "label": "GOOD", "answer": "reject"},
    ]
    path.write_text(json.dumps(tasks, indent=1))
    records = read_records(FORMAT, path)
    assert all("whole text is kept" in record.notes[0] for record in records)
    write_records(FORMAT, records, tmp_path / "back.jsonl")
    back = (tmp_path / "back.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in back] == tasks


@pytest.mark.parametrize("units", [True, False])
def test_offsets_of_a_browser_are_refused_where_tokens_prove_them(
    units: bool, tmp_path: Path
) -> None:
    start = 3 if units else 2
    token = {"text": "Salo", "start": start, "end": start + 4, "id": 1}
    span = {"start": start, "end": start + 4, "label": "PER"}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": "😀 Salo", "tokens": [token], "spans": [span]}))
    (found,) = read_items(FORMAT, path)
    assert isinstance(found, Problem) is units
    assert not isinstance(found, Problem) or "tokens.0.start" in found.key


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_candidates_turned_down_later_follow_a_task_of_prodigy_s(
    tmp_path: Path, answer: str
) -> None:
    spans = [{"start": a, "end": b, "label": "PERSON"} for a, b in ((0, 3), (4, 8))]
    (record,) = one_task(tmp_path, answer=answer, spans=spans)
    assert isinstance(record, Record)
    one = record.sets[0]
    first, *others = (*one.spans.values(), *one.rejected.values())
    ours = Span(id="x1", label="VERB", start=4, end=8)
    new = {"spans": others, "rejected": [first, ours]}
    if answer == "reject":
        new = {"rejected": [first, *others, ours]}
    named = replace(record.document, id="in.jsonl#1")
    edited = replace(record, document=named, sets=(revised(one, annotator="ada", **new),))
    path = tmp_path / "out.jsonl"
    write_records(FORMAT, [edited], path)
    (back,) = read_items(FORMAT, path)
    assert isinstance(back, Record)
    found = back.sets[0]
    for name in ("spans", "rejected"):
        wanted = [(s.id, s.range, s.label) for s in new.get(name, [])]
        assert [(s.id, s.range, s.label) for s in getattr(found, name).values()] == wanted


def test_a_link_stays_with_its_spans_when_one_before_them_is_taken_away(tmp_path: Path) -> None:
    spans = [{"start": a, "end": b, "label": "PERSON"} for a, b in ((0, 3), (4, 8), (8, 9))]
    (record,) = one_task(tmp_path, spans=spans)
    assert isinstance(record, Record)
    one = record.sets[0]
    link = Relation(id="x", type="near", source="s2", target="s3")
    turned_down = replace(link, id="y", source="s3", target="s2")
    left = [span for span in one.spans.values() if span.id != "s1"]
    changed = revised(one, spans=left, relations=[link], rejected_relations=[turned_down])
    path = tmp_path / "out.jsonl"
    write_records(FORMAT, [replace(record, sets=(changed,))], path)
    (back,) = read_items(FORMAT, path)
    assert isinstance(back, Record)
    found = back.sets[0]
    for section in ("relations", "rejected_relations"):
        (before,), (after,) = (getattr(each, section).values() for each in (changed, found))
        for end in ("source", "target"):
            ends = changed.spans[getattr(before, end)], found.spans[getattr(after, end)]
            assert ends[0].range == ends[1].range


def test_rejections_are_put_together_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = [Span(id=f"s{n}", label="x", start=n, end=n + 1) for n in range(200)]
    document = Document.of("a", "x" * 200)
    one = make_set({}, document, spans=[], rejected=rejected, annotator="ada")
    write_records(FORMAT, [Record(document, (one,))], tmp_path / "out.jsonl")
    count = 0

    def counted(one: AnnotationSet, **changes: Any) -> AnnotationSet:
        nonlocal count
        count += 1
        return revised(one, **changes)

    monkeypatch.setattr(reader, "revised", counted)
    (back,) = read_items(FORMAT, tmp_path / "out.jsonl")
    assert isinstance(back, Record)
    assert [s.range for s in back.sets[0].rejected.values()] == [s.range for s in rejected]
    assert count == 1  # each copies the whole set
