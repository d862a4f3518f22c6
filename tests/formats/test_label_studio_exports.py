"""What Label Studio's own exports hold beside labels, and that it goes back as it came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.round_trips import read_items, read_records, write_records

from annotator.domain.errors import Problem
from annotator.formats.label_studio.format import FORMAT
from annotator.formats.offsets import LineEnds, counter_for
from annotator.formats.record import Record
from annotator.formats.registry import guess_format

TEXT = "Aino 😀 Salo sailed.\r\nPort Hale."


def region(own_id: str, start: int, end: int, label: str, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]}
    tags = {"from_name": "ner", "to_name": "body", "type": "labels"}
    return {"id": own_id, **tags, "origin": "manual", "value": value, **more}


def task(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    annotation = {"id": 9, "completed_by": 3, "was_cancelled": False, "result": list(results)}
    return {
        "id": 101,
        "data": {"text": TEXT},
        "annotations": [annotation],
        "predictions": [],
        **more,
    }


def written(folder: Path, *tasks: dict[str, Any]) -> Path:
    path = folder / "tasks.json"
    path.write_text(json.dumps(list(tasks)), encoding="utf-8")
    return path


def back(folder: Path, *tasks: dict[str, Any]) -> list[dict[str, Any]]:
    """Return tasks that were read and written, without what is the program's own."""
    records = read_records(FORMAT, written(folder, *tasks))
    write_records(FORMAT, records, folder / "back.json")
    found: list[dict[str, Any]] = json.loads((folder / "back.json").read_text(encoding="utf-8"))
    for one in found:
        del one["meta"]["annotator"]
        for annotation in one["annotations"]:
            del annotation["annotator"]
            for result in annotation["result"]:
                result.pop("annotator", None)
    return found


def test_results_go_back_under_the_names_of_their_own_configuration(tmp_path: Path) -> None:
    place = {"start": 0, "end": 4, "text": "Aino"}
    tags = {"id": "a", "to_name": "body", "origin": "manual"}
    results = [
        region("a", 0, 4, "PER", hidden=True, parentID="b", meta={"text": ["n"], "x": 1}),
        {**tags, "from_name": "kind", "type": "choices", "value": {**place, "choices": ["first"]}},
        {**tags, "from_name": "stars", "type": "rating", "value": {**place, "rating": 3}},
        region("b", 8, 12, "PER"),
        {"type": "relation", "from_id": "b", "to_id": "a", "direction": "left", "labels": ["at"]},
        {
            "type": "relation",
            "from_id": "a",
            "to_id": "b",
            "direction": "bi",
            "labels": ["at", "by"],
        },
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right", "labels": []},
    ]
    results[0]["value"]["text"], results[3]["value"]["text"] = "Aino", "Salo"
    meant = task(*results, inner_id=4, meta={}, drafts=[])
    assert back(tmp_path, meant) == [meant]


def test_a_task_that_nobody_has_labelled_goes_back_so(tmp_path: Path) -> None:
    meant = task(meta={"x": 1}, drafts=[{"id": 1, "result": []}], data={"text": TEXT, "title": "t"})
    meant["annotations"] = []
    assert back(tmp_path, meant) == [meant]
    (record,) = read_items(FORMAT, tmp_path / "tasks.json")
    assert isinstance(record, Record)
    assert record.sets[0].status == "new"
    assert record.notes == ("drafts are kept, and not shown",)


def test_a_region_labelled_by_two_tags_is_two_spans(tmp_path: Path) -> None:
    path = written(tmp_path, task(region("a", 0, 4, "PER"), region("a", 0, 4, "NOUN")))
    spans = read_records(FORMAT, path)[0].sets[0].spans
    assert {(span.id, span.label) for span in spans.values()} == {("a", "PER"), ("a.2", "NOUN")}


def test_regions_of_another_text_of_the_task_are_kept_and_not_shown(tmp_path: Path) -> None:
    other = region("z", 0, 3, "X") | {"to_name": "title"}
    path = written(
        tmp_path, task(region("a", 0, 4, "PER"), other, data={"text": TEXT, "title": "Big"})
    )
    (record,) = read_records(FORMAT, path)
    assert record.sets[0].spans.keys() == {"a"}
    assert record.sets[0].extra["label-studio"]["results"] == [other]


def test_a_browser_counts_a_carriage_return_and_a_line_feed_as_one(tmp_path: Path) -> None:
    start = TEXT.index("Port")  # one more for the emoji, one less for the line end
    near = region("a", start, start + 4, "PLACE")
    near["value"]["text"] = "Port"
    over = region("b", 8, start + 4, "X")
    over["value"]["text"] = "Salo sailed.\nPort"
    spans = read_records(FORMAT, written(tmp_path, task(near, over)))[0].sets[0].spans
    assert (spans["a"].quote, spans["b"].quote) == ("Port", "Salo sailed.\r\nPort")


@given(st.text(st.sampled_from("a😀\r\n")), st.sampled_from(["code-points", "utf-16"]), st.data())
def test_line_ends_as_one_are_counted_there_and_back(
    text: str, units: str, data: st.DataObject
) -> None:
    counter = LineEnds(text, counter_for(text, units))
    at = data.draw(st.integers(0, len(text)))
    before = text[:at].replace("\r\n", "\n") if text[at - 1 : at + 1] != "\r\n" else ""
    if before or not at:
        size = len(before.encode("utf-16-le")) // 2 if units == "utf-16" else len(before)
        assert counter.into(size, "") == at
        assert counter.out(at) == size


def test_json_min(tmp_path: Path) -> None:
    labels = [{"start": 8, "end": 12, "text": "Salo", "labels": ["PER"]}]
    path = written(
        tmp_path,
        {
            "text": TEXT,
            "id": 1,
            "ner": labels,
            "annotation_id": 9,
            "annotator": 3,
            "lead_time": 1.5,
        },
    )
    assert guess_format(path) is FORMAT
    (record,) = read_records(FORMAT, path)
    assert record.document.text == TEXT
    assert record.sets[0].annotator == "user-3"
    assert [span.quote for span in record.sets[0].spans.values()] == ["Salo"]


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        ({"image": "a.png"}, "rectanglelabels", "rectanglelabels and no spans"),
        ({"talk": [{"text": "Hi"}]}, "paragraphlabels", "none of its keys is a text"),
        ({"a": "x", "b": "y"}, "labels", "--text-key"),
    ],
)
def test_a_task_of_another_kind_is_refused(
    data: dict[str, Any], kind: str, words: str, tmp_path: Path
) -> None:
    result = {"id": "a", "type": kind, "value": {"x": 1, kind: ["X"]}}
    (found,) = read_items(FORMAT, written(tmp_path, task(result, data=data)))
    assert isinstance(found, Problem)
    assert words in found.message
