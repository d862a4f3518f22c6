"""W3C web annotations: whole round trips, and files as other programs write them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import records
from support.round_trips import check_round_trip, read_items, write_records

from annotator.domain.errors import Problem
from annotator.formats.anchoring import Anchored, anchor
from annotator.formats.record import Record
from annotator.formats.w3c import reader
from annotator.formats.w3c.format import FORMAT


@given(records(), st.sampled_from(["code-points", "utf-16"]))
def test_what_is_written_comes_back(drawn: list[Record], offsets: str) -> None:
    check_round_trip(FORMAT, drawn, write={"offsets": offsets}, read={"offsets": offsets})


TEXT = "Aino 😀 sailed to Port Hale. The ferry to Port Hale was late.\n"


def annotation(number: int, selector: Any, **more: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"http://example.org/anno{number}",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"id": "http://example.org/ada", "type": "Person", "name": "ada"},
        "created": "2026-01-02T03:04:05Z",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": "place"}],
        "target": {"source": "http://example.org/ferry.txt", "selector": selector},
    } | more


def quote(exact: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact} | more


def position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def write(folder: Path, value: Any, text: str = TEXT) -> Path:
    (folder / "ferry.txt").write_bytes(text.encode())
    path = folder / "annotations.jsonld"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def read_one(path: Path) -> Anchored:
    items = read_items(FORMAT, path)
    assert [type(item) for item in items] == [Record], items
    assert isinstance(items[0], Record)
    return anchor(items[0])


def quotes(path: Path) -> list[str]:
    anchored = read_one(path)
    assert not anchored.moved
    return [span.quote for span in anchored.record.sets[0].spans.values()]


@pytest.mark.parametrize(
    "selector",
    [
        position(17, 26),
        [position(17, 26), quote("Port Hale")],
        quote("Port Hale", prefix="sailed to ", suffix=". The"),
        quote("sailed to Port Hale.", refinedBy=quote("Port Hale")),
        quote("sailed to Port Hale.", refinedBy=position(10, 19)),
        position(0, 27) | {"refinedBy": quote("Port Hale")},
        position(7, 27) | {"refinedBy": position(10, 19)},
        {"type": "FragmentSelector", "value": "char=17,26"},
        [{"type": "CssSelector", "value": "p"}, position(17, 26)],
        {"type": "XPathSelector", "value": "/p"}
        | {"refinedBy": quote("Port Hale", prefix="sailed to ")},
    ],
)
def test_every_way_to_select(selector: Any, tmp_path: Path) -> None:
    path = write(tmp_path, annotation(1, selector))
    spans = read_one(path).record.sets[0].spans.values()
    assert [(span.start, span.end) for span in spans] == [(17, 26)]


def test_utf16_positions_are_proved_by_quotes(tmp_path: Path) -> None:
    both = [
        annotation(1, [position(18, 27), quote("Port Hale")]),
        annotation(2, [position(42, 51), quote("Port Hale")]),
    ]
    assert quotes(write(tmp_path, both)) == ["Port Hale", "Port Hale"]


def test_a_quote_at_several_places_is_kept_aside(tmp_path: Path) -> None:
    anchored = read_one(write(tmp_path, annotation(1, quote("Port Hale"))))
    assert [aside.item.id for aside in anchored.aside] == ["s1"]


def test_a_foreign_file_goes_back_with_all_it_said(tmp_path: Path) -> None:
    first = annotation(
        1,
        [position(17, 26), quote("Port Hale"), {"type": "CssSelector", "value": "p"}],
        rights="https://creativecommons.org/publicdomain/zero/1.0/",
        motivation=["tagging", "bookmarking"],
    )
    first["body"] += [
        {"type": "TextualBody", "purpose": "commenting", "value": "an island"},
        {
            "type": "TextualBody",
            "purpose": "describing",
            "value": "<b>x</b>",
            "format": "text/html",
        },
        {"source": "http://example.org/hale", "purpose": "identifying"},
    ]
    first["target"]["styleClass"] = "red"
    second = annotation(2, [position(0, 4), quote("Aino")])
    link = annotation(3, None) | {
        "motivation": "linking",
        "body": {"type": "SpecificResource", "purpose": "linking", "source": second["id"]},
        "target": first["id"],
    }
    whole = annotation(4, None) | {"target": "http://example.org/ferry.txt"}
    anchored = read_one(write(tmp_path, [first, second, link, whole]))
    record = anchored.record
    one = record.sets[0]
    assert one.annotator == "ada"
    assert one.spans["s1"].note == "an island"
    assert one.spans["s1"].created == "2026-01-02T03:04:05Z"
    assert [(r.type, r.source, r.target) for r in one.relations.values()] == [
        ("linking", "s1", "s2")
    ]
    assert "1 annotations of no range" in record.notes[0]
    _, losses = write_records(FORMAT, [record], tmp_path / "out.jsonld")
    assert not losses
    (collection,) = json.loads((tmp_path / "out.jsonld").read_text())
    again = {item["id"]: item for item in collection["first"]["items"]}
    assert sorted(again) == [first["id"], second["id"], link["id"], whole["id"]]
    for before in (first, second):
        after = again[before["id"]]
        for key in ("motivation", "creator", "created", "rights"):
            assert after.get(key) == before.get(key)
        assert all(body in after["body"] for body in before["body"])
        assert after["target"]["source"] == before["target"]["source"]
        assert after["target"].get("styleClass") == before["target"].get("styleClass")
    assert first["target"]["selector"][2] in again[first["id"]]["target"]["selector"]
    assert again[link["id"]]["target"] == first["id"]
    assert again[whole["id"]] == whole


def test_pages_and_collections(tmp_path: Path) -> None:
    page = {"type": "AnnotationPage", "items": [annotation(1, position(17, 26))]}
    for value in (page, {"type": "AnnotationCollection", "first": page}, [page]):
        assert quotes(write(tmp_path, value)) == ["Port Hale"]


@pytest.mark.parametrize(
    ("value", "key", "words"),
    [
        ({"type": "Video"}, "type", "neither"),
        ({"type": "AnnotationCollection", "first": "p1"}, "first", "not in the file"),
        (annotation(1, position(17, 99)), "target.selector", "no range"),
        (annotation(1, {"type": "TextQuoteSelector"}), "target.selector.0.exact", "missing"),
        (annotation(1, position(-1, 4)), "target.selector.0.start", "no offset"),
        (annotation(1, [7]), "target.selector.0", "must be an object"),
        (annotation(1, position(0, 4), target="http://example.org/x"), "target.source", "neither"),
        (annotation(1, position(0, 4), target=7), "target.source", "missing"),
        (annotation(1, position(0, 4), created=5), "created", "no time"),
    ],
)
def test_what_is_wrong_is_named(value: Any, key: str, words: str, tmp_path: Path) -> None:
    (item,) = read_items(FORMAT, write(tmp_path, value))
    assert isinstance(item, Problem)
    assert item.line == 1
    assert item.key.endswith(key)
    assert words in item.message


@pytest.mark.parametrize("source", ["sub/ferry%20x.txt", "http://example.org/sub/ferry%20x.txt#p"])
def test_texts_beside_the_file(source: str, tmp_path: Path) -> None:
    folder = tmp_path / "sub" if source.startswith("sub") else tmp_path
    folder.mkdir(exist_ok=True)
    (folder / "ferry x.txt").write_bytes(TEXT.encode())
    target = {"source": source, "selector": position(17, 26)}
    path = tmp_path / "annotations.jsonld"
    path.write_text(json.dumps(annotation(1, None, target=target)))
    assert quotes(path) == ["Port Hale"]


def test_no_text_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Port Hale")
    (tmp_path / "in").mkdir()
    target = {"source": "../secret.txt", "selector": position(0, 4)}
    (item,) = read_items(FORMAT, write(tmp_path / "in", annotation(1, None, target=target)))
    assert isinstance(item, Problem)


_SELECTOR = {
    "oneOf": [
        {
            "required": ["start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
        },
        {
            "required": ["exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string"},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
        },
    ]
}
_BODY = {
    "oneOf": [
        {
            "required": ["type", "value"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": ["tagging", "classifying", "commenting"]},
            },
        },
        {
            "required": ["type", "source"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"type": "string", "format": "uri-reference"},
                "purpose": {"const": "linking"},
            },
        },
    ]
}
MUSTS = {
    "type": "object",
    "required": ["@context", "id", "type", "first"],
    "properties": {
        "@context": {"contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "required": ["id", "type", "items"],
            "not": {"required": ["@context"]},
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {
                    "items": {
                        "required": ["id", "type", "target"],
                        "properties": {
                            "id": {"type": "string", "pattern": "^urn:annotator:[!-~]+$"},
                            "type": {"const": "Annotation"},
                            "motivation": {"enum": ["tagging", "linking"]},
                            "body": {"type": "array", "items": _BODY},
                            "created": {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT.*Z$"},
                            "target": {
                                "oneOf": [
                                    {"type": "string"},
                                    {
                                        "type": "object",
                                        "required": ["source", "selector"],
                                        "properties": {
                                            "source": {"type": "string", "pattern": "^[!-~]+$"},
                                            "selector": {"type": "array", "items": _SELECTOR},
                                        },
                                    },
                                ]
                            },
                        },
                    }
                },
            },
        },
    },
}
"""What https://www.w3.org/TR/annotation-model/ says that must be, for all that is written here."""


@given(records())
def test_what_must_be_is_there(drawn: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonld"
        write_records(FORMAT, drawn, path)
        collections = json.loads(path.read_text(encoding="utf-8"))
    for collection in collections:
        jsonschema.validate(collection, MUSTS)
        items = collection["first"]["items"]
        assert collection["total"] == len(items)
        assert len({item["id"] for item in items}) == len(items)


def test_more_foreign_annotations_than_memory_is_given_to_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MOST_ITEMS", 2)
    path = write(tmp_path, [annotation(n, position(0, 3)) for n in range(4)])
    problems = [item for item in read_items(FORMAT, path) if isinstance(item, Problem)]
    assert [problem.key for problem in problems] == ["record 3", "record 4"]
