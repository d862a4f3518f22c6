"""Articles from files: decoded, and otherwise untouched."""

from __future__ import annotations

import codecs
import os
import stat
from pathlib import Path

from ..domain.errors import AnnotatorError, UnreadableTextError

LARGEST = 1 << 30
"""Bytes; larger files are refused rather than read until memory runs out."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EAT_BOM = ("utf-8-sig", "utf-16", "utf-32")


def read_text(path: Path, encoding: str = "utf-8") -> tuple[str, bool]:
    """Return a file's text, with every code point as it stands, line ends included.

    Args:
        path: a regular file.
        encoding: a codec that Python knows.

    Returns:
        The text without a byte order mark, and whether there was one.

    Raises:
        UnreadableTextError: the bytes are not text in that encoding; names the first that is not.
        AnnotatorError: there is no such file or encoding, or it cannot be read.
    """
    return decode_text(read_bytes(path), path, encoding)


def decode_text(data: bytes, path: Path, encoding: str = "utf-8") -> tuple[str, bool]:
    """Return the text that bytes stand for; see :func:`read_text`.

    Args:
        data: the bytes.
        path: where they come from, for messages.
        encoding: a codec that Python knows.
    """
    try:
        codec = codecs.lookup(encoding).name
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(data, path, encoding, error) from None
    except LookupError:
        hint = "name one such as utf-8, latin-1 or cp1252 with --encoding"
        raise AnnotatorError(f"there is no encoding {encoding!r}", hint) from None
    except (UnicodeError, ValueError) as error:
        raise UnreadableTextError(f"{path} is not {encoding}: {error}", _hint(data)) from None
    if codec in _EAT_BOM:
        return text, any(data.startswith(mark) for mark, of in _BOMS if codec.startswith(of))
    if text.startswith("\ufeff"):
        return text[1:], True
    return text, False


def read_bytes(path: Path) -> bytes:
    """Return a regular file's bytes.

    Raises:
        AnnotatorError: it is a folder, a device or too large, is missing, or cannot be read.
    """
    try:
        # Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(fd, "rb") as file:
            found = os.fstat(fd)
            if stat.S_ISDIR(found.st_mode):
                raise AnnotatorError(f"{path} is a folder, not a text", "open a file in it")
            if not stat.S_ISREG(found.st_mode):
                raise AnnotatorError(f"{path} is not a regular file", "copy its content to one")
            if found.st_size > LARGEST:
                size = f"{found.st_size / (1 << 30):.1f} GB"
                raise AnnotatorError(f"{path} is too large: {size}", "cut it into parts")
            return file.read()
    except (OSError, ValueError) as error:
        raise unreadable(error, path) from None


def unreadable(error: OSError | ValueError, path: Path) -> AnnotatorError:
    """Return an error that says why a file cannot be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return AnnotatorError(f"there is no file {path}", "check the name")
    if isinstance(error, PermissionError):
        return AnnotatorError(f"{path} may not be read", "ask its owner, or copy it")
    if isinstance(error, OSError):
        return AnnotatorError(f"{path} cannot be read: {error.strerror}")
    return AnnotatorError(f"{str(path)!r} is no file name", "check the name")


def _undecodable(
    data: bytes, path: Path, encoding: str, error: UnicodeDecodeError
) -> UnreadableTextError:
    wrong = data[error.start : error.start + 1].hex().upper()
    line = data.count(b"\n", 0, error.start) + 1
    where = f"byte 0x{wrong} at offset {error.start} (line {line})"
    return UnreadableTextError(f"{path} is not {encoding}: {where}", _hint(data))


def _hint(data: bytes) -> str:
    guess = next((name for mark, name in _BOMS if data.startswith(mark)), "latin-1")
    return f"name its encoding, e.g. --encoding {guess}"
