"""Where exports go: wholly there or not at all, and never in place of something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import AnnotatorError, StorageError
from annotator.formats.targets import FileTarget, FolderTarget, StreamTarget


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_take_their_places_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"before")
    (tmp_path / "a.csv").chmod(0o640)
    target = FileTarget(tmp_path / "a.csv")
    target.file().write(b"one")
    beside = target.sibling(".documents.jsonl")
    assert beside is not None
    beside.write(b"two")
    assert (tmp_path / "a.csv").read_bytes() == b"before"
    assert target.commit() == [tmp_path / "a.csv", tmp_path / "a.documents.jsonl"]
    assert (tmp_path / "a.csv").read_bytes() == b"one"
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640
    assert names_in(tmp_path) == ["a.csv", "a.documents.jsonl"]


def test_nothing_is_left_of_what_is_discarded(tmp_path: Path) -> None:
    for target in (FileTarget(tmp_path / "a"), FolderTarget(tmp_path / "b")):
        if isinstance(target, FileTarget):
            target.file().write(b"one")
        else:
            (target.folder() / "x").write_bytes(b"one")
        target.discard()
    assert names_in(tmp_path) == []


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a").write_bytes(b"before")
    (tmp_path / "link").symlink_to(tmp_path / "real" / "a")
    target = FileTarget(tmp_path / "link")
    target.file().write(b"new")
    target.commit()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "a").read_bytes() == b"new"


def test_a_special_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(AnnotatorError):
            FileTarget(path)
    assert names_in(tmp_path) == ["pipe"]


def test_a_full_folder_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_bytes(b"")
    with pytest.raises(AnnotatorError, match="is there already"):
        FolderTarget(tmp_path / "full")
    target = FolderTarget(tmp_path / "new")
    (target.folder() / "x").write_bytes(b"one")
    assert not (tmp_path / "new").exists()
    target.commit()
    assert names_in(tmp_path / "new") == ["x"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="its folder is gone"):
        FileTarget(tmp_path / "no" / "a").file()


def test_a_stream_has_nothing_beside_it() -> None:
    pieces: list[bytes] = []
    target = StreamTarget(pieces.append)
    assert target.sibling(".x") is None
    target.file().write(b"one")
    target.discard()
    assert pieces == []


LEAVE = """
import os, sys
from pathlib import Path
from annotator.formats.targets import FileTarget, FolderTarget
file, folder = FileTarget(Path(sys.argv[1], "a.csv")), FolderTarget(Path(sys.argv[1], "b"))
file.file().write(b"half")
(folder.folder() / "half").write_bytes(b"half")
print("ready", flush=True)
sys.stdin.read()
os._exit(9)
"""


def test_what_a_killed_export_left_is_cleared_away_by_the_next_to_that_place(
    tmp_path: Path,
) -> None:
    (tmp_path / ".a.csv.0123abcd.tmp").mkdir()  # of an import
    before = names_in(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", LEAVE, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"ready\n"
        theirs = names_in(tmp_path)
        assert len(theirs) == len(before) + 2
        for round_ in ("while it runs", "when it is gone"):
            file, folder = FileTarget(tmp_path / "a.csv"), FolderTarget(tmp_path / "b")
            file.file()
            file.discard()
            folder.discard()
            assert names_in(tmp_path) == (theirs if round_ == "while it runs" else before)
            other.stdin.close()
            other.wait()
