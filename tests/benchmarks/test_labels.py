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
    LABELS,
    Labelled,
    family,
    join,
    read_jsonl,
    text_hash,
)


def test_every_kind_of_the_scheme_is_in_one_family() -> None:
    kinds = [kind for members in FAMILIES.values() for kind in members]
    scheme = load_scheme("claims-and-placeholders")
    values = scheme.labels["placeholder"].attributes["kind"].values
    assert sorted(kinds) == sorted(values)


def test_the_sample_is_the_one_its_seed_draws() -> None:
    header, *lines = read_jsonl(LABELS)
    assert header["format"] == FORMAT
    drawn = random.Random(header["seed"]).sample(range(header["source_records"]), header["n"])
    assert [line["record"] for line in lines] == sorted(drawn)


def test_spans_are_sorted_apart_and_of_known_kinds() -> None:
    for line in read_jsonl(LABELS)[1:]:
        assert re.fullmatch("[0-9a-f]{16}", line["sha256"])
        last = 0
        for start, end, kind in line["spans"]:
            assert last <= start < end
            assert family(kind) in FAMILIES
            last = end


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
