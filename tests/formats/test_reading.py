"""Bounded reading: lines, items of arrays, other encodings; always a place for what is wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import InvalidFileError, Problem
from annotator.formats import json_items as json_items_module
from annotator.formats import reading
from annotator.formats.json_items import json_items
from annotator.formats.reading import dump_json, json_lines, lines_of
from annotator.formats.utf16 import Utf16

values = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(
    st.lists(values, max_size=5),
    st.integers(1, 40),
    st.sampled_from([None, 0, 2]),
    st.sampled_from(["", "\ufeff", " \n"]),
)
def test_items_of_an_array_whatever_the_size_of_pieces(
    tmp_path_factory: pytest.TempPathFactory,
    items: list[object],
    chunk: int,
    indent: int | None,
    before: str,
) -> None:
    path = tmp_path_factory.mktemp("array") / "x.json"
    path.write_text(before + json.dumps(items, indent=indent, ensure_ascii=False), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_items_module, "_CHUNK", chunk)
        found = list(json_items(path))
    assert [entry[1] for entry in found if not isinstance(entry, Problem)] == items
    assert [e[0].record for e in found if not isinstance(e, Problem)] == list(
        range(1, len(items) + 1)
    )


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2",
        "[1, 2, {",
        "[1, 2, x]",
        "[1, 2,, 3]",
        '[1, 2, "a',
        "[1, 2 3]",
        "[1, 2,]",
        "[1, 2][3]",
        "[1, 2] x",
    ],
)
def test_a_truncated_array_names_the_item(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(InvalidFileError) as caught:
        list(json_items(path))
    assert caught.value.problems[0].key == "record 3"


def test_one_object_over_several_lines_and_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{\n "a": 1\n}\n')
    assert [entry[1] for entry in json_items(path) if not isinstance(entry, Problem)] == [{"a": 1}]
    path.write_text('{"a": 1}\n\n{"a": 2}\n{"a"\n')
    *found, problem = json_items(path)
    assert [entry[1] for entry in found if not isinstance(entry, Problem)] == [{"a": 1}, {"a": 2}]
    assert isinstance(problem, Problem)
    assert problem.line == 4


def test_a_line_of_a_gigabyte_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST", 1000)
    path = tmp_path / "x.jsonl"
    with path.open("wb") as file:
        file.write(b'{"a": 1}\n')
        file.truncate(1 << 30)
    lines = json_lines(path)
    next(lines)
    with pytest.raises(InvalidFileError, match=r"x\.jsonl:2: the line is longer than"):
        next(lines)


def test_a_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("a\nbé\n".encode("latin-1"))
    with pytest.raises(InvalidFileError, match=r"x\.txt:2: not utf-8 \(byte 1\)"):
        list(lines_of(path))
    assert list(lines_of(path, "latin-1")) == [(1, "a\n"), (2, "bé\n")]
    path.write_bytes("a\nbé".encode("utf-16"))
    assert list(lines_of(path, "utf-16")) == [(1, "a\n"), (2, "bé")]


@given(st.text(st.characters(), max_size=20))
def test_json_is_one_line_for_any_reader(text: str) -> None:
    line = dump_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert len(line.decode("utf-8").splitlines()) == 1


@given(st.text(st.sampled_from("aé\u2028漢😀🇳\U0010ffff"), max_size=12))
def test_utf_16_offsets_and_back(text: str) -> None:
    table = Utf16(text)
    known = {len(text[:n].encode("utf-16-le")) // 2: n for n in range(len(text) + 1)}
    assert [table.units(n) for n in range(len(text) + 1)] == list(known)
    assert [table.points(unit) for unit in range(table.length + 1)] == [
        known.get(unit) for unit in range(table.length + 1)
    ]
    assert table.points(table.length + 5) == len(text) + 5


TWICE = '{"text": "a", "spans": [{"start": 0, "end": 1, "start": 1}]}'


@pytest.mark.parametrize("content", [f"{TWICE}\n[2]\n", f"[{TWICE}, [2]]"])
def test_a_key_that_stands_twice_is_a_problem_of_its_record(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content)
    entries = json_items(path) if content.startswith("[") else json_lines(path)
    problem, other = entries
    assert isinstance(problem, Problem)
    assert problem.message == "the key 'start' stands twice in an object"
    assert not isinstance(other, Problem)
    assert other[1] == [2]


@pytest.mark.parametrize(
    ("data", "remedy"),
    [(b'{"a": "caf\xe9"}\n', "convert the file"), (gzip.compress(b"{}"), "unpack it first")],
)
def test_json_that_is_not_utf_8_says_what_to_do(tmp_path: Path, data: bytes, remedy: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    with pytest.raises(InvalidFileError, match=remedy):
        list(json_lines(path))
