"""Label Studio JSON: whole round trips, and files as Label Studio itself writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import SCHEME, records
from support.round_trips import check_round_trip, read_items, write_records

from annotator.domain.errors import Problem
from annotator.domain.scheme import Attribute, Label
from annotator.formats.anchoring import anchor
from annotator.formats.label_studio.format import FORMAT
from annotator.formats.record import Record


@given(records(), st.sampled_from(["code-points", "utf-16"]))
def test_what_is_written_comes_back(drawn: list[Record], offsets: str) -> None:
    check_round_trip(FORMAT, drawn, write={"offsets": offsets})


TEXT = "Olá 😀 Ann Lee\nmet 🇳🇴 Bob."


def result(quote: str, units: bool, **more: Any) -> dict[str, Any]:
    at = TEXT.index(quote)
    start, end = at, at + len(quote)
    if units:
        start, end = (len(TEXT[:n].encode("utf-16-le")) // 2 for n in (start, end))
    value = {"start": start, "end": end, "text": quote, "labels": ["PER"]}
    return {
        "id": f"r{start}",
        "from_name": "ner",
        "to_name": "t",
        "type": "labels",
        "value": value,
    } | more


def read(tmp_path: Path, *tasks: dict[str, Any], **options: Any) -> list[Record | Problem]:
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps(tasks, indent=1), encoding="utf-8")
    return read_items(FORMAT, path, options)


def task(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": 7, "data": {"text": TEXT}, "annotations": [{"id": 1, "result": results}]} | more


def quotes(item: Record | Problem) -> list[str]:
    assert isinstance(item, Record)
    return [TEXT[s.start : s.end] for one in item.sets for s in one.spans.values()]


@pytest.mark.parametrize("units", [False, True])
def test_quotes_prove_what_offsets_count_task_by_task(tmp_path: Path, units: bool) -> None:
    mixed = [task(result("Ann Lee", units)), task(result("Bob", not units))]
    # No sign beyond the first plane stands before it: both counts are right, nothing is proved.
    plain = task(result("Olá", units))
    items = read(tmp_path, plain, *mixed)
    assert [quotes(item) for item in items] == [["Olá"], ["Ann Lee"], ["Bob"]]


def test_what_was_proved_holds_for_tasks_without_quotes(tmp_path: Path) -> None:
    bare = task(result("Bob", False))
    del bare["annotations"][0]["result"][0]["value"]["text"]
    items = read(tmp_path, task(result("Ann Lee", False)), bare)
    assert quotes(items[1]) == ["Bob"]


def test_an_offset_within_a_character_is_named(tmp_path: Path) -> None:
    half = result("Ann Lee", True)
    half["value"] |= {"start": 5, "text": "?"}
    (problem,) = read(tmp_path, task(half))
    assert isinstance(problem, Problem)
    assert problem.key == "record 1.annotations.0.result.0.value.start"


def test_line_ends_written_as_two_characters_are_no_other_quote(tmp_path: Path) -> None:
    odd = result("Lee\nmet", True)
    odd["value"]["text"] = "Lee\\nmet"
    (item,) = read(tmp_path, task(odd))
    assert isinstance(item, Record)
    assert not anchor(item).moved
    assert quotes(item) == ["Lee\nmet"]


def test_attributes_notes_relations_and_predictions(tmp_path: Path) -> None:
    ann, bob = result("Ann Lee", True), result("Bob", True, meta={"text": ["who?"]})
    place = {k: ann["value"][k] for k in ("start", "end")}

    def about(name: str, kind: str, **value: Any) -> dict[str, Any]:
        tag = {"id": ann["id"], "from_name": name, "to_name": "t", "type": kind}
        return tag | {"value": place | value}

    attributes = [
        about("sex", "choices", choices=["f"]),
        about("as", "choices", choices=["a", "b"]),
        about("real", "textarea", text=["Anna"]),
        about("age", "number", number=31),
    ]
    whole = {"from_name": "tone", "to_name": "t", "type": "choices", "value": {"choices": ["calm"]}}
    link = {"type": "relation", "from_id": bob["id"], "to_id": ann["id"], "labels": ["knows"]}
    link["direction"] = "left"
    guess = {"model_version": "m1", "result": [result("Bob", True, score=0.5)]}
    one = task(ann, *attributes, whole, bob, link, predictions=[guess])
    one["annotations"][0] |= {"completed_by": {"email": "a@example.org"}, "lead_time": 3.5}
    (item,) = read(tmp_path, one)
    assert isinstance(item, Record)
    person, model = item.sets
    assert (person.annotator, person.status) == ("a@example.org", "done")
    first, second = person.spans.values()
    assert first.attributes == {"sex": "f", "as": ["a", "b"], "real": "Anna", "age": 31}
    assert second.note == "who?"
    (relation,) = person.relations.values()
    assert (relation.type, relation.source, relation.target) == ("knows", first.id, second.id)
    assert item.notes == ("1 results of other kinds are kept, and not shown",)
    assert model.annotator == "model:m1"
    assert [span.origin["score"] for span in model.spans.values()] == [0.5]
    # What has no place here goes back.
    path = tmp_path / "back.json"
    write_records(FORMAT, [item], path)
    (back,) = json.loads(path.read_text(encoding="utf-8"))
    assert whole in back["annotations"][0]["result"]
    assert back["annotations"][0]["lead_time"] == 3.5
    assert back["predictions"][0]["model_version"] == "m1"


def test_a_cancelled_annotation_is_a_skipped_document(tmp_path: Path) -> None:
    one = task(result("Bob", True))
    one["annotations"][0]["was_cancelled"] = True
    (item,) = read(tmp_path, one)
    assert isinstance(item, Record)
    assert item.sets[0].status == "skipped"


def test_the_configuration_is_xml_with_every_label_and_attribute(tmp_path: Path) -> None:
    odd = Label('a"<&\n', "a", attributes={"n": Attribute("n", "number")})
    scheme = SCHEME._replace(labels={**SCHEME.labels, odd.name: odd})
    write_records(FORMAT, [], tmp_path / "x.json", scheme=scheme)
    root = ET.parse(tmp_path / "x.config.xml").getroot()
    assert [label.get("value") for label in root.iter("Label")] == ["claim", "gap", odd.name]
    assert [c.get("choice") for c in root.iter("Choices")] == ["single", "multiple"]
    assert [n.get("name") for n in root.iter("Number")] == [f"{odd.name}.n"]
    assert {tag.get("toName") for tag in root if tag.get("toName")} == {"text"}
    assert json.loads((tmp_path / "x.json").read_text()) == []


def test_the_text_is_found_or_asked_for(tmp_path: Path) -> None:
    assert quotes(read(tmp_path, task(result("Bob", True), data={"body": TEXT, "n": 1}))[0])
    two = task(result("Bob", True), data={"body": TEXT, "head": "x"})
    (problem,) = read(tmp_path, two)
    assert isinstance(problem, Problem)
    assert quotes(read(tmp_path, two, **{"text-key": "body"})[0]) == ["Bob"]
