"""Files that are either wholly old or wholly new, and errors of the disk in words."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from ..domain.errors import ForbiddenError, StorageError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV)


def storage_error(error: OSError, path: Path) -> StorageError:
    """Return an error that says what the disk refused and what to do about it.

    Args:
        error: what the system said.
        path: the file that was to be written.
    """
    if error.errno in _FULL:
        return StorageError(
            f"cannot write {path}: the disk is full", "free some space, then save again"
        )
    if error.errno in _FORBIDDEN:
        return ForbiddenError(
            f"cannot write {path}: it is read-only for you",
            "allow writing there, or look only, with --read-only",
        )
    if error.errno in _GONE:
        return StorageError(
            f"cannot write {path}: its folder is gone", "put the folder back, then save again"
        )
    if error.errno == errno.ENAMETOOLONG:
        return StorageError(f"cannot write {path}: the name is too long", "shorten the id")
    reason = error.strerror or str(error)
    return StorageError(f"cannot write {path}: {reason}", "nothing that was saved is lost")


def read_if_there(path: Path) -> bytes | None:
    """Return a file's content, None when there is no file.

    Raises:
        StorageError: it is there and cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(error, path) from error


def hash_of_file(path: Path) -> str:
    """Return the SHA-256 (hex) of a file's content, read bit by bit; empty for no file.

    Raises:
        StorageError: it is there and cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise _unreadable(error, path) from error


def _unreadable(error: OSError, path: Path) -> StorageError:
    reason = error.strerror or str(error)
    hint = "see to it that you may read it, then try again"
    return StorageError(f"cannot read {path}: {reason}", hint)


def make_folder(folder: Path, root: Path) -> list[Path]:
    """Make a folder and its parents, but nothing at or above ``root``.

    A project that was moved away while it was open must not come back as an empty skeleton.

    Args:
        folder: the folder that is needed; ``root`` or below it.
        root: a folder that must be there.

    Returns:
        The folders whose content changed and which must be fsynced with what is put into
        ``folder``: empty when it was there already.

    Raises:
        StorageError: it cannot be made.
    """
    if folder.is_dir():
        return []
    missing = [folder]
    while missing[-1] != root and not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    if missing[-1] == root:
        raise storage_error(FileNotFoundError(errno.ENOENT, "gone"), folder)
    for made in reversed(missing):
        try:
            made.mkdir()
        except FileExistsError:
            if not made.is_dir():
                message = f"cannot make the folder {made}: a file has that name"
                raise StorageError(message, "rename or remove that file") from None
        except OSError as error:
            raise storage_error(error, made) from error
    return [made.parent for made in missing]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Raises:
        OSError: the folder cannot be opened or synced.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        # Some network file systems cannot sync a folder and make renames durable by themselves.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(fd)


def write_atomic(
    path: Path,
    data: bytes | Iterable[bytes],
    *,
    temporary: Path | None = None,
    before_replace: Callable[[], None] | None = None,
) -> None:
    """Replace a file's content: after a crash or power loss it is the old or the new one, whole.

    The data goes to a temporary file in the same folder, is fsynced and renamed; then the folder
    is fsynced. A symbolic link is followed and the file's mode is kept.

    Args:
        path: the file; its folder must be there.
        data: all of the new content, or its parts one after another.
        temporary: the temporary file's path, in the same folder, when only the caller can be
            writing there: what a killed process left is then overwritten, not added to.
        before_replace: called when everything is on disk except the rename; what it raises
            leaves the file as it was.

    Raises:
        StorageError: the disk refused; the file is as it was, or, where only the last step
            failed, wholly new but not yet sure to outlive a power loss.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if temporary is None:
        temporary = target.with_name(f".{os.urandom(8).hex()}.tmp")
    elif target is not path:
        temporary = target.with_name(temporary.name)
    try:
        mode = _mode_of(target)
        if mode is not None and not os.access(target, os.W_OK):
            # A rename would get past the protection that someone put on the file.
            raise PermissionError(errno.EACCES, "read-only file")
        _write_new(temporary, [data] if isinstance(data, bytes) else data, mode)
        try:
            if before_replace is not None:
                before_replace()
            temporary.replace(target)
        except BaseException:
            _remove(temporary)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise storage_error(error, path) from error


def _mode_of(path: Path) -> int | None:
    """Return the permissions of a file that is there, as bits; None when it is not there.

    Raises:
        OSError: it is a device, a pipe or a socket. A rename would put a file in its place: root
            could take /dev/null away from everybody.
    """
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
        return stat.S_IMODE(mode)
    return None


def _write_new(path: Path, parts: Iterable[bytes], mode: int | None) -> None:
    """Write and fsync a temporary file; remove it again if that fails."""
    _remove(path)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        if mode is not None:
            os.fchmod(fd, mode)
        for part in parts:
            view = memoryview(part)
            while view:
                view = view[os.write(fd, view) :]
        os.fsync(fd)
    except BaseException:
        os.close(fd)
        _remove(path)
        raise
    os.close(fd)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
