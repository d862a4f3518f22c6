from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from annotator.domain.errors import StorageError
from annotator.store.atomic import make_folder, storage_error, write_atomic


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_content_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["a.yaml"]


def test_the_old_file_stands_until_everything_is_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    seen: list[bytes] = []

    def look() -> None:
        (temporary,) = (p for p in tmp_path.iterdir() if p != path)
        seen.extend([path.read_bytes(), temporary.read_bytes()])

    write_atomic(path, b"new", before_replace=look)
    assert seen == [b"old", b"new"]


def test_a_refusal_at_the_last_moment_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")

    def refuse() -> None:
        raise StorageError("someone else was here")

    with pytest.raises(StorageError, match="someone else"):
        write_atomic(path, b"new", before_replace=refuse)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.yaml"]


def test_a_full_disk_leaves_the_old_file(
    disk: tuple[Path, Callable[[], AbstractContextManager[None]]],
) -> None:
    folder, full = disk
    path = folder / "a.yaml"
    path.write_bytes(b"old")
    with full(), pytest.raises(StorageError) as caught:
        write_atomic(path, b"n" * 10_000)
    assert "full" in caught.value.message
    assert "free some space" in caught.value.hint
    assert path.read_bytes() == b"old"
    assert names(folder) == ["a.yaml"]


def test_a_read_only_folder_is_named_with_the_way_out(read_only_folder: Path) -> None:
    with pytest.raises(StorageError) as caught:
        write_atomic(read_only_folder / "old.txt", b"new")
    assert "read-only" in caught.value.message
    assert "--read-only" in caught.value.hint
    assert (read_only_folder / "old.txt").read_text() == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(StorageError, match="read-only"):
        write_atomic(path, b"new")


def test_mode_and_link_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "a.yaml"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "a.yaml"
    link.symlink_to(real)
    write_atomic(link, b"new", temporary=tmp_path / ".a.tmp")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_a_killed_process_left_is_overwritten(tmp_path: Path) -> None:
    left = tmp_path / ".a.tmp"
    left.write_bytes(b"half of something much longer")
    left.chmod(0o400)
    write_atomic(tmp_path / "a.yaml", b"new", temporary=left)
    assert (tmp_path / "a.yaml").read_bytes() == b"new"
    assert names(tmp_path) == ["a.yaml"]


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="gone"):
        write_atomic(tmp_path / "gone" / "a.yaml", b"new")


def test_folders_are_made_below_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with pytest.raises(StorageError, match="gone"):
        make_folder(root / "a" / "b", root)
    assert not root.exists()
    root.mkdir()
    assert make_folder(root / "a" / "b", root) == [root / "a", root]
    assert (root / "a" / "b").is_dir()
    assert make_folder(root / "a" / "b", root) == []


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "annotations").write_text("notes")
    with pytest.raises(StorageError) as caught:
        make_folder(tmp_path / "annotations" / "mira", tmp_path)
    assert "a file has that name" in caught.value.message
    assert (tmp_path / "annotations").read_text() == "notes"


def test_every_error_of_the_system_has_words() -> None:
    for code in (*errno.errorcode, 0, 99999):
        error = storage_error(OSError(code, os.strerror(code)), Path("x/a.yaml"))
        assert error.message.startswith("cannot write x/a.yaml: ")
        assert error.hint


def test_a_pipe_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(StorageError, match="device or a pipe"):
            write_atomic(path, b"new")
    assert pipe.is_fifo()
    assert sorted(tmp_path.iterdir()) == [link, pipe]
