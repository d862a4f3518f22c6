"""The append-only log of every action of one annotator on one document."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..domain.errors import StorageError
from .atomic import make_folder, storage_error, sync_folder
from .journal_file import JournalContent, encode_line, parse_journal, read_journal


def utc_now() -> str:
    """Return the time in UTC as ISO 8601 to the millisecond."""
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    return f"{_to_the_second(seconds)}.{nanoseconds // 1_000_000:03d}Z"


@lru_cache(maxsize=1)
def _to_the_second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


class Journal:
    """Appends to one journal file; safe to use from several threads.

    Nothing is created before the first append. There must be one writer a file (see ``locks``).

    Args:
        path: the file.
        root: the project's folder; folders are made below it and never in its stead.
        now: returns the time for new lines.

    Raises:
        StorageError: the file is there and cannot be read.
    """

    def __init__(self, path: Path, root: Path, *, now: Callable[[], str] = utc_now) -> None:
        self.path = path
        self._name = str(path)
        self._root = root
        self._now = now
        self._fd = -1
        self._identity = (0, 0)
        self._append_lock = threading.Lock()
        self._sync_lock = threading.Lock()
        self._new_in: list[Path] = []
        content = read_journal(path)
        self._opened: JournalContent | None = content
        self._last = content.last
        self._size = content.size
        self._exists = content.exists
        self._synced = 0

    @property
    def last(self) -> int:
        """Number of the last line."""
        return self._last

    def read(self) -> JournalContent:
        """Return what the journal holds; the content read at opening is handed out once.

        Raises:
            StorageError: the file cannot be read.
        """
        with self._append_lock:
            content, self._opened = self._opened, None
            if content is not None:
                return content
            if self._fd < 0:
                return read_journal(self.path)
            try:
                # The file may have been deleted meanwhile; what is open is still there.
                return parse_journal(self._all_bytes(), exists=True)
            except OSError as error:
                raise storage_error(error, self.path) from error

    def append(self, kind: str, *, of: int = 0, **fields: Any) -> int:
        """Add a line; it outlives this process at once, and a power loss after :meth:`sync`.

        Args:
            kind: see ``journal_file``.
            of: number of the edit that an undo or redo speaks of.
            **fields: the rest of the line, plain data.

        Returns:
            The line's number.

        Raises:
            StorageError: nothing was added; the journal is as it was.
        """
        with self._append_lock:
            n = self._last + 1
            head: dict[str, Any] = {"n": n, "t": self._now(), "k": kind}
            if of:
                head["of"] = of
            line = encode_line(head | fields)
            try:
                self._prepare()
                self._write(line)
            except OSError as error:
                raise storage_error(error, self.path) from error
            self._last = n
            return n

    def sync(self) -> int:
        """Make every line that was appended before this call outlive a power loss.

        Meant for a background thread; appends go on meanwhile.

        Returns:
            The number of the last line that is now durable.

        Raises:
            StorageError: the disk did not confirm.
        """
        with self._sync_lock:
            last, fd = self._last, self._fd
            if last <= self._synced or fd < 0:
                return self._synced
            try:
                os.fsync(fd)
                while self._new_in:
                    sync_folder(self._new_in[-1])
                    self._new_in.pop()
            except OSError as error:
                raise storage_error(error, self.path) from error
            self._synced = max(self._synced, last)
            return self._synced

    def close(self) -> None:
        """Release the file; what was appended but not synced is left to the system."""
        with self._append_lock, self._sync_lock:
            if self._fd >= 0:
                os.close(self._fd)
                self._fd = -1

    def _prepare(self) -> None:
        """See to it that the open file is the one that the path names."""
        if self._fd < 0:
            self._open()
            return
        try:
            there = os.stat(self._name)  # noqa: PTH116 - once a keystroke; Path takes longer
        except FileNotFoundError:
            self._restore()
            return
        if (there.st_dev, there.st_ino) != self._identity:
            raise self._tampered()
        self._cut(self._fd, there.st_size)

    def _cut(self, fd: int, size: int) -> None:
        """Cut off half a line: one of a killed process, or one that the disk refused."""
        if size < self._size:
            raise self._tampered()
        if size > self._size:
            os.ftruncate(fd, self._size)

    def _tampered(self) -> StorageError:
        message = f"{self.path} was changed by another program"
        return StorageError(message, "save, close this document and open it again")

    def _open(self) -> None:
        if not self._exists:
            made_in = make_folder(self.path.parent, self._root)
            self._new_in = [*made_in, self.path.parent]
        flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC
        # A file that was there when it was read must not be made anew: it has gone since.
        fd = os.open(self.path, flags if self._exists else flags | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            opened = os.fstat(fd)
            self._cut(fd, opened.st_size)
        except BaseException:
            os.close(fd)
            raise
        self._fd, self._identity = fd, (opened.st_dev, opened.st_ino)
        self._exists = True

    def _write(self, line: bytes) -> None:
        """Write a whole line or nothing."""
        left = line
        try:
            while left:
                # On a full disk the first call writes what still fits and the next one fails.
                left = left[os.write(self._fd, left) :]
        except BaseException:
            # Shortening a file works on a full disk too. If it fails even so, the half line is
            # cut off before the next append.
            with suppress(OSError):
                os.ftruncate(self._fd, self._size)
            raise
        self._size += len(line)

    def _restore(self) -> None:
        """Put the file back that was deleted while it was open: its content is still there."""
        make_folder(self.path.parent, self._root)
        content = self._all_bytes()
        flags = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_CREAT | os.O_EXCL
        fd = os.open(self.path, flags, 0o666)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(fd, view) :]
            os.fsync(fd)
            sync_folder(self.path.parent)
            restored = os.fstat(fd)
        except BaseException:
            os.close(fd)
            with suppress(OSError):
                self.path.unlink()
            raise
        with self._sync_lock:
            # A sync that runs in another thread must not see its file closed, nor another one
            # opened under the same number.
            os.close(self._fd)
            self._fd, self._identity = fd, (restored.st_dev, restored.st_ino)

    def _all_bytes(self) -> bytes:
        content = bytearray()
        while chunk := os.pread(self._fd, 1 << 20, len(content)):
            content += chunk
        return bytes(content)
