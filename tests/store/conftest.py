"""Disks that are full or read-only, for real, and sets to work on."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from support.disks import mounted, read_only, unmount

from annotator.domain.document import Document
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore

TEXT = "The dam holds [NUMBER] litres. It was built in 1931.\nNobody has checked [DATE] yet.\n"

Disk = tuple[Path, Callable[[], AbstractContextManager[None]]]
"""A folder, and what leaves no room there for as long as it is entered."""


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no byte free on a small file system."""
    filler = folder / "filler"
    fd = os.open(filler, os.O_WRONLY | os.O_CREAT)
    try:
        with suppress(OSError):
            while True:
                os.write(fd, b"x" * 4096)
        yield
    finally:
        os.close(fd)
        filler.unlink()


@contextmanager
def limited() -> Iterator[None]:
    """Let this process write no file: every write meets the limit on a file's size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is compiled out of the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(params=["tmpfs", "limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if request.param == "limit":
        yield folder, limited
        return
    if not mounted("-t", "tmpfs", "-o", "size=64k", "none", str(folder)):
        pytest.skip("mounting is not allowed here; the limit on file sizes stands in")
    try:
        yield folder, lambda: filled(folder)
    finally:
        unmount(folder)


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that nobody may write to, with ``old.txt`` and the folder ``annotations`` in it."""
    folder = tmp_path / "frozen"
    folder.mkdir()
    (folder / "old.txt").write_text("old")
    (folder / "annotations").mkdir()
    with read_only(folder, folder / "annotations"):
        yield folder


@pytest.fixture
def document() -> Document:
    return Document.of("dam.txt", TEXT)


@pytest.fixture
def paths(tmp_path: Path) -> SetPaths:
    return SetPaths.of(tmp_path, "mira", "dam.txt")


@pytest.fixture
def store(paths: SetPaths, document: Document) -> Iterator[SetStore]:
    opened = SetStore.open(paths, document, "mira", "claims/1")
    yield opened
    opened.close()
