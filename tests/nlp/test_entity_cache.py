"""The cache is only speed: nothing that happens to it is an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.nlp.cache import EntityCache
from annotator.nlp.entities import Entity

KEY = "ab" * 32
FOUND = (Entity(0, 4, "PERSON"), Entity(9, 12, "DATE"))


def test_what_was_put_is_got_by_hash_and_nothing_else_is_left(tmp_path: Path) -> None:
    cache = EntityCache(tmp_path / "deep" / "folder")
    assert cache.get(KEY, 12) is None
    cache.put(KEY, FOUND)
    assert cache.get(KEY, 12) == FOUND
    assert cache.get("cd" * 32, 12) is None
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"{KEY}.json"]


def test_an_empty_result_is_a_result(tmp_path: Path) -> None:
    cache = EntityCache(tmp_path)
    cache.put(KEY, ())
    assert cache.get(KEY, 5) == ()


@pytest.mark.parametrize("junk", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b'{"labels":1}'])
def test_a_damaged_file_counts_as_not_there_and_is_replaced(tmp_path: Path, junk: bytes) -> None:
    cache = EntityCache(tmp_path)
    cache.put(KEY, FOUND)
    cache.path(KEY).write_bytes(junk)
    assert cache.get(KEY, 12) is None
    cache.put(KEY, FOUND)
    assert cache.get(KEY, 12) == FOUND


def test_entities_that_reach_behind_the_text_are_not_trusted(tmp_path: Path) -> None:
    cache = EntityCache(tmp_path)
    cache.put(KEY, FOUND)
    assert cache.get(KEY, 11) is None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = EntityCache(tmp_path / "file")
    cache.put(KEY, FOUND)
    assert cache.get(KEY, 12) is None


def test_the_record_stays_small(tmp_path: Path) -> None:
    cache = EntityCache(tmp_path)
    cache.put(KEY, FOUND)
    assert json.loads(cache.path(KEY).read_text()) == {
        "labels": ["DATE", "PERSON"],
        "entities": [0, 4, 1, 9, 12, 0],
    }
