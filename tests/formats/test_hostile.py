"""Whatever a file holds, a reader gives records, problems, or an error that a person can act on."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import json_values, small_record
from support.round_trips import write_records

from annotator.domain.errors import AnnotatorError, Problem
from annotator.formats.anchoring import anchor
from annotator.formats.base import Format, ReadContext
from annotator.formats.merging import merged
from annotator.formats.record import Record
from annotator.formats.registry import SHIPPED, load_format

READABLE = [name for name in SHIPPED if load_format(name).read is not None]


@cache
def valid_files(name: str) -> dict[str, bytes]:
    """Return the files of a small export, by name."""
    format_ = load_format(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{format_.extensions[0]}"
        write_records(format_, [small_record()], path)
        root = path if path.is_dir() else path.parent
        return {
            str(file.relative_to(path.parent)): file.read_bytes()
            for file in root.rglob("*")
            if file.is_file()
        }


def read_all(format_: Format, path: Path) -> list[Record | Problem]:
    """Read a file as an import does; let through only what a person can act on."""
    assert format_.read is not None
    try:
        items = list(merged(format_.read(path, ReadContext(format_.settings("read", {})))))
    except AnnotatorError:
        return []
    for item in items:
        if isinstance(item, Record):
            anchored = anchor(item)
            for one in anchored.record.sets:
                for span in one.spans.values():
                    assert 0 <= span.start < span.end <= item.document.length
                    assert span.label
                    assert span.quote == item.document.text[span.start : span.end]
        else:
            assert item.file
            assert item.message
    return items


def read_files(name: str, files: dict[str, bytes]) -> list[Record | Problem]:
    format_ = load_format(name)
    with tempfile.TemporaryDirectory() as folder:
        for file, data in files.items():
            (Path(folder) / file).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / file).write_bytes(data)
        return read_all(format_, Path(folder) / f"export{format_.extensions[0]}")


@pytest.mark.parametrize("name", READABLE)
@given(data=st.data())
def test_damaged_bytes(name: str, data: st.DataObject) -> None:
    files = dict(valid_files(name))
    file = data.draw(st.sampled_from(sorted(files)))
    content = files[file]
    at = data.draw(st.integers(0, len(content)))
    until = data.draw(st.integers(at, min(len(content), at + 20)) | st.just(len(content)))
    files[file] = content[:at] + data.draw(st.binary(max_size=6)) + content[until:]
    read_files(name, files)


@pytest.mark.parametrize("name", READABLE)
@given(
    content=st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes(name: str, content: bytes) -> None:
    files = dict(valid_files(name))
    read_files(name, dict.fromkeys(files, content))


ODD: st.SearchStrategy[Any] = (
    st.sampled_from(
        [
            None,
            True,
            -1,
            1.0,
            10**30,
            1 << 60,
            "",
            "x",
            [],
            {},
            [[]],
            [{}],
            {"start": 1},
            "0",
            float("nan"),
        ]
    )
    | json_values
)


def _paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here]
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, inner in items:
        found += _paths(inner, (*here, key))
    return found


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _with(value[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize(
    "name",
    [n for n in READABLE if n in ("prodigy", "doccano", "jsonl", "label-studio", "w3c", "brat")],
)
@given(data=st.data())
def test_odd_values_in_any_place(name: str, data: st.DataObject) -> None:
    files = dict(valid_files(name))
    file = data.draw(st.sampled_from(sorted(f for f in files if ".json" in f)))
    text = files[file].decode()
    lines = [json.loads(text)] if text.startswith("[") else [*map(json.loads, text.splitlines())]
    which = data.draw(st.integers(0, len(lines) - 1))
    path = data.draw(st.sampled_from(_paths(lines[which])))
    lines[which] = _with(lines[which], path, data.draw(ODD))
    files[file] = "\n".join(map(json.dumps, lines)).encode()
    read_files(name, files)


@pytest.mark.parametrize("name", READABLE)
def test_a_deep_nest_is_no_traceback(name: str) -> None:
    files = dict(valid_files(name))
    read_files(name, dict.fromkeys(files, b"[" * 200_000))
    read_files(name, dict.fromkeys(files, b'{"text": ' * 100_000))


@pytest.mark.parametrize("name", READABLE)
def test_a_record_is_found_where_it_is_said_to_be(name: str) -> None:
    items = read_files(name, valid_files(name))
    assert [type(item) for item in items] == [Record]
