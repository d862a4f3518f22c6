from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import AnnotatorError, InvalidFileError
from annotator.store.corpus import JsonlCorpus
from annotator.store.documents import record_name


def corpus(folder: Path, *lines: str | bytes | dict[str, Any]) -> JsonlCorpus:
    path = folder / "news.jsonl"
    with path.open("wb") as file:
        for line in lines:
            data = json.dumps(line) if isinstance(line, dict) else line
            file.write(data if isinstance(data, bytes) else data.encode())
            file.write(b"\n")
    return JsonlCorpus(path, "news.jsonl")


def test_records_are_read_by_number(tmp_path: Path) -> None:
    found = corpus(
        tmp_path,
        {"text": "one", "id": "a", "meta": {"desk": 7}},
        "",
        {"text": "zwei\u2028\r\n", "id": 5},
        "  ",
        {"id": None, "text": "\ud800"},
    )
    assert len(found) == 3
    assert [(r.text, r.id, r.meta) for r in map(found.record, (1, 2, 3))] == [
        ("one", "a", {"desk": 7}),
        ("zwei\u2028\r\n", "5", {}),
        ("\ud800", None, {}),
    ]


def test_a_last_line_without_end_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"text": "one"}\r\n{"text": "two"}')
    found = JsonlCorpus(tmp_path / "a.jsonl", "a.jsonl")
    assert [found.record(1).text, found.record(2).text] == ["one", "two"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b'{"text": "x"', "no JSON"),
        (b'"text"', "not an object"),
        (b'{"id": "a"}', "text: missing"),
        (b'{"text": 5}', "text: not a string"),
        (b'{"text": "x", "id": [1]}', "id: neither"),
        (b'{"text": "x", "id": true}', "id: neither"),
        (b'{"text": "\xff"}', "byte 10 is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"text": ' + b"1" * 5000 + b"}", "no JSON"),
    ],
)
def test_a_broken_record_is_named_with_file_and_line(
    tmp_path: Path, line: bytes, complaint: str
) -> None:
    found = corpus(tmp_path, {"text": "fine"}, "", line)
    with pytest.raises(InvalidFileError) as caught:
        found.record(2)
    assert str(caught.value).startswith("news.jsonl:3: ")
    assert complaint in str(caught.value)
    assert found.id_of(2) is None
    assert found.record(1).text == "fine"


@pytest.mark.parametrize(
    ("first", "second"),
    [('"é"', '"\\u00e9"'), ("17", '"17"'), ('"a\\/b"', '"a/b"'), ('"x"', '"x"')],
)
def test_an_id_that_stands_twice_is_refused(tmp_path: Path, first: str, second: str) -> None:
    found = corpus(
        tmp_path,
        f'{{"id": {first}, "text": "one"}}',
        f'{{"text": "two", "id" : {second}}}',
        '{"text": "three", "meta": {"id": "x"}}',
    )
    assert found.record(1).text == "one"
    assert found.record(3).text == "three"
    with pytest.raises(InvalidFileError, match=r"news.jsonl:2: id: .* line 1"):
        found.record(2)


def test_a_corpus_changed_while_it_is_open_is_noticed(tmp_path: Path) -> None:
    found = corpus(tmp_path, {"text": "one"}, {"text": "two"})
    corpus(tmp_path, {"text": "a longer one"}, {"text": "two"})
    with pytest.raises(AnnotatorError, match="changed while it was open"):
        found.record(2)


def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="there is no file"):
        JsonlCorpus(tmp_path / "none.jsonl", "none.jsonl")


IDS = st.one_of(st.none(), st.text(max_size=5), st.sampled_from(["1", "id=1", "id=", "id=id=1"]))


@given(st.lists(IDS, min_size=2, max_size=2, unique=True))
def test_no_two_records_have_one_name(ids: list[str | None]) -> None:
    first, second = (record_name(own, number) for number, own in enumerate(ids, 1))
    assert first != second


@given(blank_before=st.lists(st.booleans(), min_size=1, max_size=12), data=st.data())
def test_the_line_of_a_record_is_told_in_any_order(
    blank_before: list[bool], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("corpus") / "c.jsonl"
    lines: list[str] = []
    expected: list[int] = []
    for blank in blank_before:
        lines += ["", '{"text": "a"}'] if blank else ['{"text": "a"}']
        expected.append(len(lines))
    path.write_text("\n".join(lines))
    found = JsonlCorpus(path, "c.jsonl")
    for number in data.draw(st.lists(st.integers(1, len(expected)), max_size=8)):
        assert found.line_of(number) == expected[number - 1]
