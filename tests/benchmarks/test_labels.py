"""The committed labels are whole, and are refused for texts they were not made on."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.store.scheme_files import load_scheme
from benchmarks.labels import (
    FAMILIES,
    FORMAT,
    SAMPLE,
    WIDER,
    Labelled,
    family,
    join,
    others,
    read_jsonl,
    text_hash,
)


def test_every_kind_of_the_scheme_is_in_one_family() -> None:
    kinds = [kind for members in FAMILIES.values() for kind in members]
    scheme = load_scheme("claims-and-placeholders")
    values = scheme.labels["placeholder"].attributes["kind"].values
    assert sorted(kinds) == sorted(values)


def test_the_sample_is_the_one_its_seed_draws() -> None:
    header, *lines = read_jsonl(SAMPLE)
    assert header["format"] == FORMAT
    drawn = random.Random(header["seed"]).sample(range(header["source_records"]), header["n"])
    assert [line["record"] for line in lines] == sorted(drawn)


@pytest.mark.parametrize("path", [SAMPLE, WIDER], ids=lambda path: path.stem)
def test_spans_are_sorted_apart_and_of_known_kinds(path: Path) -> None:
    for line in read_jsonl(path)[1:]:
        assert re.fullmatch("[0-9a-f]{16}", line["sha256"])
        last = 0
        for start, end, kind in line["spans"]:
            assert last <= start < end
            assert family(kind) in FAMILIES
            last = end


def test_the_wider_labels_are_slots_outside_the_sample() -> None:
    sample, wider = read_jsonl(SAMPLE), read_jsonl(WIDER)
    assert wider[0]["source_sha256"] == sample[0]["source_sha256"]
    records = [line["record"] for line in wider[1:]]
    assert records == sorted(set(records))
    assert not set(records) & {line["record"] for line in sample[1:]}
    assert {family(kind) for line in wider[1:] for _, _, kind in line["spans"]} == {"slots"}


def test_texts_that_nobody_labelled_have_no_spans() -> None:
    texts = ["a", "b", "c [x]", "d"]
    sample, marked = Labelled(1, "b", ()), Labelled(2, "c [x]", ((2, 5, "slot"),))
    assert others(texts, [sample], [marked]) == [
        Labelled(0, "a", ()),
        marked,
        Labelled(3, "d", ()),
    ]


def labels_for(text: str, record: int = 0) -> list[dict[str, object]]:
    header: dict[str, object] = {"format": FORMAT, "source": "answers.jsonl", "source_sha256": "ab"}
    return [header, {"record": record, "sha256": text_hash(text), "spans": [[0, 5, "opener"]]}]


def test_labels_join_their_text() -> None:
    text = "Sure! 🌱"
    assert join(labels_for(text), [text]) == [Labelled(0, text, ((0, 5, "opener"),))]


@pytest.mark.parametrize("texts", [["Sure? 🌱"], []])
def test_other_texts_are_refused(texts: list[str]) -> None:
    with pytest.raises(AnnotatorError, match=r"answers\.jsonl"):
        join(labels_for("Sure! 🌱"), texts)


def test_another_format_is_refused() -> None:
    with pytest.raises(AnnotatorError, match="no labels"):
        join([], [])
    with pytest.raises(AnnotatorError, match="no labels"):
        join([{"format": "other/1"}], [])


def test_only_a_line_feed_ends_a_record(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"text": "a\u2028b"}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_jsonl(path) == [{"text": "a\u2028b"}]


@pytest.mark.parametrize("line", ["{", "[1]"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{}\n" + line + "\n", encoding="utf-8")
    with pytest.raises(AnnotatorError, match=r"bad\.jsonl:2"):
        read_jsonl(path)
