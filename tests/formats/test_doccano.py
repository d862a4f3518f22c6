"""doccano JSONL in both of its styles."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import records, small_record
from support.round_trips import check_round_trip, read_items, read_records, write_records

from annotator.domain.errors import Problem
from annotator.domain.span import Relation, Span
from annotator.formats.changes import revised
from annotator.formats.doccano.format import FORMAT
from annotator.formats.record import Record
from annotator.formats.registry import guess_format


@given(
    records(), st.sampled_from(["entities", "label"]), st.sampled_from(["code-points", "utf-16"])
)
def test_what_is_written_comes_back(drawn: list[Record], style: str, offsets: str) -> None:
    check_round_trip(
        FORMAT, drawn, write={"style": style, "offsets": offsets}, read={"offsets": offsets}
    )


TEXT = "😀 Ann met Bob."


def read(tmp_path: Path, line: dict[str, Any], **options: Any) -> Record | Problem:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": 4, "text": TEXT} | line), encoding="utf-8")
    (item,) = read_items(FORMAT, path, options)
    return item


def test_both_styles_of_doccano_s_own_files(tmp_path: Path) -> None:
    entities = [
        {"id": 31, "label": "PER", "start_offset": 2, "end_offset": 5},
        {"id": 32, "label": "PER", "start_offset": 10, "end_offset": 13},
    ]
    relations = [{"id": 9, "from_id": 32, "to_id": 31, "type": "knows"}]
    one = read(tmp_path, {"entities": entities, "relations": relations, "Comments": ["a", "b"]})
    assert isinstance(one, Record)
    assert one.document.id == "4"
    (found,) = one.sets
    assert [(s.id, TEXT[s.start : s.end]) for s in found.spans.values()] == [
        ("31", "Ann"),
        ("32", "Bob"),
    ]
    assert [(r.type, r.source, r.target) for r in found.relations.values()] == [
        ("knows", "32", "31")
    ]
    assert found.note == "a\nb"
    for key in ("label", "labels"):
        other = read(tmp_path, {key: [[2, 5, "PER"]], "source": "x", "Comments": []})
        assert isinstance(other, Record)
        assert [TEXT[s.start : s.end] for s in other.sets[0].spans.values()] == ["Ann"]
        assert other.document.meta == {"source": "x"}


def test_details_follow_their_span_when_doccano_sorts_and_people_edit(tmp_path: Path) -> None:
    record = small_record()
    spans = [
        Span(id="s1", label="claim", start=0, end=12, note="long"),
        Span(id="s2", label="claim", start=0, end=3, note="short"),
        Span(id="s3", label="gap", start=4, end=9, note="gone"),
    ]
    one = revised(record.sets[0], spans=spans, rejected=[], relations=[])
    path = tmp_path / "x.jsonl"
    write_records(FORMAT, [replace(record, sets=(one,))], path, {"style": "label"})
    line = json.loads(path.read_text(encoding="utf-8"))
    line["label"] = [*sorted(line["label"])[:2], [13, 17, "gap"]]
    path.write_text(json.dumps(line), encoding="utf-8")
    (back,) = read_records(FORMAT, path)
    notes = {span.range: span.note for span in back.sets[0].spans.values()}
    assert notes == {(0, 12): "long", (0, 3): "short", (13, 17): ""}
    assert {"s1", "s2"} < back.sets[0].spans.keys()


def test_details_survive_what_doccano_drops(tmp_path: Path) -> None:
    record = small_record()
    one = record.sets[0]
    links = [
        *one.relations.values(),
        Relation(id="r2", type="blocks", source="s1", target="s2", note="n"),
        Relation(id="r3", type="blocks", source="s3", target="s1"),
    ]
    wanted = replace(record, sets=(revised(one, relations=links),))
    path = tmp_path / "x.jsonl"
    write_records(FORMAT, [wanted], path)
    line = json.loads(path.read_text(encoding="utf-8"))
    # doccano knows these keys of an entity and of a relation alone, and numbers them anew.
    assert all(
        each.keys() == {"id", "label", "start_offset", "end_offset"} for each in line["entities"]
    )
    assert all(each.keys() == {"id", "from_id", "to_id", "type"} for each in line["relations"])
    line["relations"] = [each for each in line["relations"] if each["from_id"] == 1]
    for each in line["entities"]:
        each["id"] += 70
    for each in line["relations"]:
        each["from_id"], each["to_id"] = each["from_id"] + 70, each["to_id"] + 70
    path.write_text(json.dumps(line), encoding="utf-8")
    (back,) = read_records(FORMAT, path)
    assert back.sets[0].spans["s1"].attributes == {"worth": "high", "n": 3}
    assert back.sets[0].relations["r2"].note == "n"
    assert back.sets[0].relations.keys() == {"r2", "r3"}  # r1 was taken away in doccano


def test_what_several_versions_of_doccano_export(tmp_path: Path) -> None:
    text = "Aino sailed."
    entity = {"id": 7, "label": "PER", "start_offset": 0, "end_offset": 4}
    lines: list[dict[str, Any]] = [
        {"id": 1, "data": text, "label": [[0, 4, "PER"]]},
        {"id": 2, "text": text, "cats": ["news"], "entities": [[0, 4, "PER"]], "Comments": []},
        {"id": 3, "text": text, "entities": [entity], "Comments": [{"id": 1, "comment": "who?"}]},
        {"id": 4, "text": text, "label": [[0, 4, "PER"]], "username": "ben"},
        {"id": 5, "text": text, "annotations": [{**entity, "label": 3, "user": 2}], "meta": {}},
    ]
    path = tmp_path / "x.jsonl"
    for line in lines:
        path.write_text(json.dumps(line), encoding="utf-8")
        assert guess_format(path) is FORMAT
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    records = read_records(FORMAT, path)
    spans = [next(iter(record.sets[0].spans.values())) for record in records]
    assert [span.quote for span in spans] == ["Aino"] * 5
    assert [span.label for span in spans] == ["PER", "PER", "PER", "PER", "3"]
    assert records[1].document.meta == {"cats": ["news"]}
    assert records[2].sets[0].note == "who?"
    assert [record.sets[0].annotator for record in records[3:]] == ["ben", "user-2"]
    write_records(FORMAT, [records[3]], tmp_path / "back.jsonl")
    assert json.loads((tmp_path / "back.jsonl").read_text(encoding="utf-8"))["username"] == "ben"


def test_utf_16_offsets_when_that_is_said(tmp_path: Path) -> None:
    one = read(tmp_path, {"label": [[3, 6, "PER"]]}, offsets="utf-16")
    assert isinstance(one, Record)
    assert [TEXT[s.start : s.end] for s in one.sets[0].spans.values()] == ["Ann"]
    half = read(tmp_path, {"label": [[1, 6, "PER"]]}, offsets="utf-16")
    assert isinstance(half, Problem)


def test_labels_of_a_whole_text_are_metadata(tmp_path: Path) -> None:
    one = read(tmp_path, {"label": ["sport", "news"]})
    assert isinstance(one, Record)
    assert one.document.meta == {"label": ["sport", "news"]}
    path = tmp_path / "out.jsonl"
    write_records(FORMAT, [one], path)
    assert json.loads(path.read_text(encoding="utf-8"))["entities"] == []
    (back,) = read_items(FORMAT, path)
    assert isinstance(back, Record)
    assert back.document.meta == one.document.meta


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ({"label": [[2, 5]]}, "label.0"),
        ({"label": [[2.0, 5, "PER"]]}, "label.0"),
        ({"label": [[5, 2, "PER"]]}, "label.0"),
        ({"label": [[2, 5, ""]]}, "label.0.label"),
        ({"entities": [{"label": "PER", "start_offset": 2}]}, "entities.0.end_offset"),
        ({"entities": [], "relations": [{"from_id": 1}]}, "relations.0.type"),
        ({"Comments": [7]}, "Comments"),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, line: dict[str, Any], key: str) -> None:
    problem = read(tmp_path, line)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.key) == (1, key)
