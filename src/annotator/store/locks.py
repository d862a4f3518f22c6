"""One writer an annotation set.

The lock is the system's own (``flock``), so it is gone the moment its process is, however that
ended. ``fcntl`` is used as it is: the filelock package would add 20 ms to every start.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from ..domain.errors import LockedError, StorageError
from .atomic import make_folder, storage_error

_SIGNATURE = 512
"""Bytes of a lock file that say who holds it."""
_HELD = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK)


class Holder(NamedTuple):
    """Who holds a lock.

    Attributes:
        pid: its process id; 0 when unknown.
        host: the machine's name.
        since: ISO 8601 time in UTC.
    """

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        if not self.pid:
            return "another process"
        return f"process {self.pid} on {self.host} since {self.since}"


def lock_holder(path: Path) -> Holder:
    """Return who wrote their name into a lock file last, whether they still hold it or not."""
    try:
        data = json.loads(path.read_bytes()[:_SIGNATURE])
        return Holder(int(data["pid"]), _printable(data["host"]), _printable(data["since"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Holder(0, "", "")


def _printable(text: object) -> str:
    """Return what may go to a terminal; the file lies where others can write."""
    return "".join(c if c.isprintable() else "?" for c in str(text)[:100])


class SetLock:
    """The right to write one annotation set; held until :meth:`release` or the process's end.

    Args:
        path: the lock file; it stays where it is, since removing it would let two processes
            each hold a lock of that name.
        root: the project's folder; folders are made below it.

    Raises:
        LockedError: another process holds it; names its pid and host.
        StorageError: the lock file cannot be written, or the file system cannot lock.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        try:
            make_folder(path.parent, root)
            self._fd = self._acquire()
        except OSError as error:
            raise storage_error(error, path) from error
        self._sign()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let others write; may be called from any thread, and twice."""
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            os.close(fd)

    def _acquire(self) -> int:
        while True:
            fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
            try:
                self._flock(fd)
                if self._still_named(fd):
                    return fd
            except BaseException:
                os.close(fd)
                raise
            os.close(fd)

    def _flock(self, fd: int) -> None:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                message = f"{lock_holder(self.path)} has these annotations open"
                hint = "close it there, or look only, with --read-only"
                raise LockedError(message, hint) from None
            message = f"cannot lock {self.path}: {error.strerror}"
            hint = "this file system has no locks: work on a local copy, or use --read-only"
            raise StorageError(message, hint) from error

    def _still_named(self, fd: int) -> bool:
        """Say whether the path still leads to the locked file, not to one made meanwhile."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            return False
        ours = os.fstat(fd)
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def _sign(self) -> None:
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        name = {"pid": os.getpid(), "host": os.uname().nodename[:300], "since": since}
        try:
            # Always of one length, so that nothing needs cutting off: ext4 writes a file that was
            # cut to the disk at once when it is closed, which takes milliseconds.
            os.pwrite(self._fd, json.dumps(name).encode("ascii").ljust(_SIGNATURE), 0)
        except OSError:
            # On a full disk the lock holds all the same; it only cannot say by whom it is held.
            return
