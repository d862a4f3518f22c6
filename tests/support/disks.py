"""Folders that the system lets nobody write to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mounted(*arguments: str) -> bool:
    """Mount a file system; say whether this machine lets us."""
    try:
        return (
            subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


@contextmanager
def read_only(folder: Path, *below: Path) -> Iterator[None]:
    """Let nobody write to a folder and folders below it, or skip the test."""
    if os.geteuid():
        for one in (folder, *below):
            one.chmod(0o555)
        try:
            yield
        finally:
            for one in (folder, *below):
                one.chmod(0o755)
        return
    # Permissions do not bind root, a read-only file system does.
    if not mounted("--bind", str(folder), str(folder)):
        pytest.skip("neither permissions nor mounts can make a folder read-only here")
    try:
        if not mounted("-o", "remount,ro,bind", str(folder)):
            pytest.skip("a bind mount cannot be made read-only here")
        yield
    finally:
        unmount(folder)
