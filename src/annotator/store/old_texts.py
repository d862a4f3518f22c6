"""Copies of the texts that annotations were made in, to compare with when an article was edited.

A copy lies in ``.annotator/texts``, packed and named by the text's hash, from the first time that a
set was saved. It may be deleted: spans are then looked for by their quotes alone.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..domain.document import Document, text_sha256
from ..domain.errors import StorageError
from .atomic import make_folder, read_if_there, write_atomic
from .set_paths import PRIVATE

TEXTS = "texts"
"""Folder of the copies, in ``.annotator``."""
_LEVEL = 1
"""Of compression: 10 MB take a fifth of a second, and a third of their size."""
_PART = 1 << 16
"""Code points that are packed at a time."""
_LARGEST = 400_000_000
"""Bytes of a text that are unpacked at most: the file may be anybody's."""
_HASH = re.compile(r"[0-9a-f]{64}")


def keep_text(root: Path, document: Document) -> None:
    """Keep a copy of a text, unless there is one; an error of the disk is not told.

    Args:
        root: the project's folder.
        document: the text.
    """
    path = _path(root, document.sha256)
    with suppress(StorageError, OSError):
        if not path.exists():
            make_folder(path.parent, root)
            write_atomic(path, _packed(document.text))


def old_text(root: Path, sha256: str, length: int | None, now: str) -> str | None:
    """Return the text with a hash, None when it cannot be had.

    Args:
        root: the project's folder.
        sha256: the text's hash (hex), as a set names it.
        length: its length in code points; None if it is not known.
        now: the text as it is now. If it differs in its line ends, its last line end or its
            composition alone, that tells the older one without a copy.
    """
    if not _HASH.fullmatch(sha256):
        return None
    for text in _variants(now):
        if length in (None, len(text)) and text_sha256(text) == sha256:
            return text
    with suppress(StorageError, zlib.error, UnicodeDecodeError):
        packed = read_if_there(_path(root, sha256))
        if packed is not None:
            text = zlib.decompressobj().decompress(packed, _LARGEST).decode(*_CODEC)
            return text if text_sha256(text) == sha256 else None
    return None


_CODEC = "utf-8", "surrogatepass"


def _packed(text: str) -> Iterator[bytes]:
    """Yield a text as it is packed, part by part: a whole copy would be much memory for a while."""
    packer = zlib.compressobj(_LEVEL)
    for start in range(0, len(text), _PART):
        yield packer.compress(text[start : start + _PART].encode(*_CODEC))
    yield packer.flush()


def _path(root: Path, sha256: str) -> Path:
    return root / PRIVATE / TEXTS / f"{sha256}.z"


def _variants(text: str) -> Iterator[str]:
    unix = text.replace("\r\n", "\n")
    for lines in (unix, unix.replace("\n", "\r\n")):
        end = "\r\n" if "\r\n" in lines else "\n"
        for ended in (lines, lines.removesuffix(end), lines + end):
            yield ended
            if not ended.isascii():
                yield unicodedata.normalize("NFC", ended)
                yield unicodedata.normalize("NFD", ended)
