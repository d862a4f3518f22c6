from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import StorageError
from annotator.store.journal import Journal
from annotator.store.journal_file import decode_line, encode_line, read_journal

TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=6)
FIELDS = st.dictionaries(
    st.sampled_from(["name", "do", "back"]),
    st.recursive(
        st.one_of(TEXTS, st.integers(), st.booleans(), st.none()),
        lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(TEXTS, inner)),
        max_leaves=4,
    ),
)
WORDS = ["one", "zwei", "три", "四", "\ud800", "🚀"]


def written(path: Path, words: list[str] = WORDS) -> bytes:
    """Fill a journal, one edit a word, and return its bytes."""
    journal = Journal(path, path.parent)
    for word in words:
        journal.append("edit", name=word)
    journal.close()
    return path.read_bytes()


def names(path: Path) -> list[str]:
    return [str(entry.data()["name"]) for entry in read_journal(path).entries]


@given(FIELDS)
def test_a_line_comes_back_whatever_it_holds(fields: dict[str, Any]) -> None:
    line = encode_line(fields)
    assert line.count(b"\n") == 1
    assert decode_line(line) == fields


def test_surrogates_side_by_side_do_not_become_an_emoji() -> None:
    assert decode_line(encode_line({"name": "\ud83d\ude80"})) == {"name": "\ud83d\ude80"}


def test_lines_are_numbered_and_dated(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", tmp_path, now=lambda: "2026-11-22T10:01:02.000Z")
    assert [journal.append("edit", name="x"), journal.append("undo", of=1)] == [1, 2]
    assert (tmp_path / "j.jsonl").read_text() == (
        '{"n":1,"t":"2026-11-22T10:01:02.000Z","k":"edit","name":"x"}\n'
        '{"n":2,"t":"2026-11-22T10:01:02.000Z","k":"undo","of":1}\n'
    )
    undo = read_journal(tmp_path / "j.jsonl").entries[1]
    assert (undo.n, undo.kind, undo.of) == (2, "undo", 1)
    journal.close()


def test_a_line_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "j.jsonl"
    journal = Journal(path, tmp_path)
    assert not path.parent.exists()  # looking creates nothing
    journal.append("edit", name="x")
    assert names(path) == ["x"]
    journal.close()


@given(st.data())
def test_a_line_cut_off_anywhere_is_dropped_and_the_rest_goes_on(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "j.jsonl"
        whole = written(path)
        cut = data.draw(st.integers(0, len(whole)))
        path.write_bytes(whole[:cut])
        kept = WORDS[: whole[:cut].count(b"\n")]
        content = read_journal(path)
        assert names(path) == kept
        assert content.gaps == []
        journal = Journal(path, path.parent)
        assert journal.append("edit", name="next") == len(kept) + 1
        journal.close()
        assert names(path) == [*kept, "next"]
        assert read_journal(path).gaps == []


def test_a_torn_line_stays_until_something_is_written(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_bytes(written(path) + b'{"n":7,"t"')
    before = path.read_bytes()
    Journal(path, tmp_path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"\0\0\0\0", b"[1]", b'{"n":', b"\xff\xfe", b'{"n":2,"k":5}', b"[" * 100_000],
)
def test_a_damaged_line_is_reported_and_the_rest_is_kept(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "j.jsonl"
    lines = written(path).split(b"\n")
    lines[2] = damage
    path.write_bytes(b"\n".join(lines))
    assert names(path) == [*WORDS[:2], *WORDS[3:]]
    assert read_journal(path).gaps == [3]
    journal = Journal(path, tmp_path)
    assert journal.append("edit", name="next") == 7
    journal.close()


def test_lines_that_are_missing_or_twice_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    lines = written(path).splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    assert read_journal(path).gaps == [3]
    path.write_bytes(b"".join([*lines[:3], lines[1], *lines[3:]]))
    assert read_journal(path).gaps == [4]
    assert names(path) == WORDS


def test_lines_by_another_hand_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    path.write_text('{"k": "edit", "name": "x", "n": 1}\n')
    assert names(path) == ["x"]


def test_a_full_disk_leaves_the_journal_as_it_was(
    disk: tuple[Path, Callable[[], AbstractContextManager[None]]],
) -> None:
    folder, full = disk
    path = folder / "j.jsonl"
    journal = Journal(path, folder)
    journal.append("edit", name="before")
    before = path.read_bytes()
    with full(), pytest.raises(StorageError) as caught:
        journal.append("edit", name="x" * 5000)
    assert "full" in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == before
    assert journal.append("edit", name="after") == 2
    journal.close()
    assert names(path) == ["before", "after"]


def test_a_journal_deleted_while_it_is_open_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "journals" / "j.jsonl"
    journal = Journal(path, tmp_path)
    journal.append("edit", name="before")
    shutil.rmtree(path.parent)
    journal.append("edit", name="after")
    journal.sync()
    journal.append("edit", name="later")
    journal.close()
    assert names(path) == ["before", "after", "later"]


def test_a_project_that_is_gone_does_not_come_back_as_a_skeleton(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    journal = Journal(root / "journals" / "j.jsonl", root)
    journal.append("edit", name="before")
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(StorageError, match="gone"):
        journal.append("edit", name="after")
    journal.close()
    assert not root.exists()
    assert names(tmp_path / "elsewhere" / "journals" / "j.jsonl") == ["before"]


@pytest.mark.parametrize("shorter", [False, True])
def test_a_journal_changed_by_another_program_is_left_alone(tmp_path: Path, shorter: bool) -> None:
    path = tmp_path / "j.jsonl"
    journal = Journal(path, tmp_path)
    journal.append("edit", name="ours")
    if shorter:
        os.truncate(path, 3)
    else:
        (tmp_path / "other").write_text("theirs" * 100)
        (tmp_path / "other").rename(path)
    theirs = path.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        journal.append("edit", name="more")
    journal.close()
    assert path.read_bytes() == theirs


def test_syncing_says_what_is_durable_while_lines_are_added(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", tmp_path)
    assert journal.sync() == 0
    done = threading.Event()
    seen: list[int] = []

    def keep_syncing() -> None:
        while not done.is_set():
            seen.append(journal.sync())

    thread = threading.Thread(target=keep_syncing)
    thread.start()
    for number in range(200):
        journal.append("edit", name=str(number))
    done.set()
    thread.join()
    assert seen == sorted(seen)
    assert journal.sync() == 200
    journal.close()
    assert journal.sync() == 200
    assert len(names(tmp_path / "j.jsonl")) == 200


def test_lines_from_several_threads_are_whole(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.jsonl", tmp_path)

    def add(name: str) -> None:
        for _ in range(50):
            journal.append("edit", name=name * 100)

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    content = read_journal(tmp_path / "j.jsonl")
    assert [entry.n for entry in content.entries] == list(range(1, 151))
    for line in (tmp_path / "j.jsonl").read_bytes().splitlines():
        assert len(set(json.loads(line)["name"])) == 1


def test_a_journal_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        Journal(tmp_path, tmp_path)
