from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.domain.errors import LockedError, StorageError
from annotator.store.locks import SetLock, lock_holder

HOLD = """
import sys
from pathlib import Path
from annotator.store.locks import SetLock
lock = SetLock(Path(sys.argv[1]), Path(sys.argv[1]).parent.parent)
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "locks" / "a.lock"
    with holder(path) as process:
        with pytest.raises(LockedError) as caught:
            SetLock(path, tmp_path)
        assert f"process {process.pid} on {os.uname().nodename} since 2" in caught.value.message
        assert "--read-only" in caught.value.hint
        # The attempt did not wipe out the holder's name.
        assert lock_holder(path).pid == process.pid
        process.kill()
    assert process.returncode == -signal.SIGKILL
    # The killed process left its name there, and no lock.
    assert lock_holder(path).pid == process.pid
    with SetLock(path, tmp_path):
        assert lock_holder(path).pid == os.getpid()


def test_the_same_process_cannot_take_it_twice(tmp_path: Path) -> None:
    lock = SetLock(tmp_path / "a.lock", tmp_path)
    with pytest.raises(LockedError, match=str(os.getpid())):
        SetLock(tmp_path / "a.lock", tmp_path)
    lock.release()
    lock.release()
    SetLock(tmp_path / "a.lock", tmp_path).release()


def test_a_released_lock_file_can_be_deleted_and_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    SetLock(path, tmp_path).release()
    path.unlink()
    with SetLock(path, tmp_path):
        assert path.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff", b"[" * 100_000])
def test_a_lock_file_that_says_nothing_names_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.lock").write_bytes(content)
    assert str(lock_holder(tmp_path / "a.lock")) == "another process"


def test_a_name_in_a_lock_file_cannot_drive_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.lock").write_text('{"pid": 1, "host": "\\u001b[2Jx", "since": "now"}')
    assert lock_holder(tmp_path / "a.lock").host == "?[2Jx"


def test_a_read_only_folder_is_a_storage_error(read_only_folder: Path) -> None:
    with pytest.raises(StorageError, match="read-only"):
        SetLock(read_only_folder / ".annotator" / "a.lock", read_only_folder)


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("data")
    (tmp_path / "a.lock").symlink_to(tmp_path / "precious")
    with pytest.raises(StorageError):
        SetLock(tmp_path / "a.lock", tmp_path)
    assert (tmp_path / "precious").read_text() == "data"
