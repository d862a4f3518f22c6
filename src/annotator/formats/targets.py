"""Where exports go: beside their final place first, and there only when all went well."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from ..domain.errors import AnnotatorError
from ..store.atomic import storage_error, sync_folder

_CHUNK = 1 << 20


class FileTarget:
    """One file, and perhaps further ones beside it.

    A link is followed and the mode of a file that is there is kept.

    Args:
        path: the file's final place; a file that is there is replaced by :meth:`commit`.

    Raises:
        AnnotatorError: it is a folder, a device or another special file, or read-only.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_dir():
            raise AnnotatorError(f"{path} is a folder", "name a file with -o")
        # To put a file in the place of a device would do away with it for everybody.
        if path.exists() and not path.is_file():
            raise AnnotatorError(f"{path} is not a regular file", "leave -o away and redirect")
        self._mark = secrets.token_hex(4)
        self._open: list[tuple[BinaryIO, Path, Path]] = []

    def file(self) -> BinaryIO:
        """Return the main file."""
        return self._new(self.path)

    def sibling(self, suffix: str) -> BinaryIO | None:
        """Return a file beside the main one, with another suffix."""
        return self._new(sibling_path(self.path, suffix))

    def folder(self) -> Path:
        """Refuse: this is a file."""
        raise AnnotatorError(f"{self.path} is to be a file, and the format writes a folder")

    def commit(self) -> list[Path]:
        """Put everything in its place, the main file last; return the places.

        Raises:
            StorageError: the disk refused; what was there before may be replaced in part.
        """
        try:
            for file, _, _ in self._open:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            for _, temporary, final in reversed(self._open):
                temporary.replace(final)
            sync_folder(_target_of(self.path).parent)
        except OSError as error:
            raise storage_error(error, self.path) from error
        return [final for _, _, final in self._open]

    def discard(self) -> None:
        """Remove what was written."""
        for file, temporary, _ in self._open:
            with suppress(OSError):
                file.close()  # writes what is still to be written, for which a disk may be too full
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _new(self, final: Path) -> BinaryIO:
        final = _target_of(final)
        temporary = _temporary(final, self._mark)
        try:
            _clear_abandoned(final)
            mode = None
            if final.exists():
                if not os.access(final, os.W_OK):
                    # A rename would get past the protection that someone put on the file.
                    raise PermissionError(errno.EACCES, "read-only file")
                mode = stat.S_IMODE(final.stat().st_mode)
            file = temporary.open("xb", buffering=_CHUNK)
            _lock(file.fileno())
            if mode is not None:
                os.fchmod(file.fileno(), mode)
        except OSError as error:
            raise storage_error(error, final) from error
        self._open.append((file, temporary, final))
        return file


class FolderTarget:
    """A folder that the format fills.

    Args:
        path: its final place; it must not be there yet, or be empty.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise AnnotatorError(f"{path} is there already", "name a new folder with -o")
        self._temporary = _temporary(path, secrets.token_hex(4))
        self._held = -1
        try:
            _clear_abandoned(path)
            self._temporary.mkdir()
            self._held = os.open(self._temporary, os.O_RDONLY | os.O_CLOEXEC)
            _lock(self._held)
        except OSError as error:
            raise storage_error(error, path) from error

    def file(self) -> BinaryIO:
        """Refuse: this is a folder."""
        raise AnnotatorError(f"{self.path} is to be a folder, and the format writes a file")

    def sibling(self, suffix: str) -> BinaryIO | None:  # noqa: ARG002 - part of the protocol
        """Refuse: this is a folder."""
        return None

    def folder(self) -> Path:
        """Return the folder to fill."""
        return self._temporary

    def commit(self) -> list[Path]:
        """Put the folder in its place; return that.

        Raises:
            StorageError: the disk refused; nothing is there then.
        """
        try:
            if self.path.exists():
                self.path.rmdir()
            self._temporary.replace(self.path)
            sync_folder(self.path.absolute().parent)
            self._release()
        except OSError as error:
            raise storage_error(error, self.path) from error
        return [self.path]

    def discard(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._release()

    def _release(self) -> None:
        if self._held >= 0:
            held, self._held = self._held, -1
            os.close(held)


class StreamTarget:
    """A stream such as standard output, which gets everything once all went well.

    Args:
        copy: is given the content in pieces.

    Attributes:
        path: the folder of the temporary file.
    """

    def __init__(self, copy: Callable[[bytes], object]) -> None:
        self.path = Path(tempfile.gettempdir())
        self._copy = copy
        self._file: BinaryIO | None = None

    def file(self) -> BinaryIO:
        """Return a temporary file."""
        # It must live longer than this call, so no `with`.
        file = cast("BinaryIO", tempfile.TemporaryFile(buffering=_CHUNK))  # noqa: SIM115
        self._file = file
        return file

    def sibling(self, suffix: str) -> BinaryIO | None:  # noqa: ARG002 - part of the protocol
        """Return None: a stream has nothing beside it."""
        return None

    def folder(self) -> Path:
        """Refuse: a folder cannot be streamed."""
        raise AnnotatorError("the format writes a folder", "name it with -o")

    def commit(self) -> list[Path]:
        """Copy everything to the stream."""
        if self._file is not None:
            self._file.seek(0)
            while piece := self._file.read(_CHUNK):
                self._copy(piece)
            self._file.close()
        return []

    def discard(self) -> None:
        """Forget what was written."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()


def _temporary(final: Path, mark: str) -> Path:
    """Return where something grows that is to be at a place."""
    return final.with_name(f".{final.name[:100]}.{mark}.export.tmp")


def _lock(fd: int) -> None:
    """Mark what is written as in use until it is closed, or the process ends however it does."""
    with suppress(OSError):  # where there are no locks, nothing is cleared away either
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear_abandoned(final: Path) -> None:
    """Remove what killed exports to the same place have left behind.

    Another export between making its file and locking it may lose that and then tells so.
    """
    pattern = re.compile(re.escape(f".{final.name[:100]}.") + r"[0-9a-f]{8}\.export\.tmp")
    with suppress(OSError):
        for left in final.absolute().parent.iterdir():
            if pattern.fullmatch(left.name) and not left.is_symlink():
                _remove_unless_locked(left)


def _remove_unless_locked(path: Path) -> None:
    with suppress(OSError):
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        finally:
            os.close(fd)


def _target_of(path: Path) -> Path:
    """Return what a link leads to, or the path itself."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def sibling_path(path: Path, suffix: str) -> Path:
    """Return the path of a file beside another: its suffix replaced."""
    return path.with_name(f"{path.stem}{suffix}")
