"""One text, immutable while it is annotated."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def text_sha256(text: str) -> str:
    """Return the SHA-256 (hex) of a decoded text as UTF-8.

    The hash is of the text, not of the file's bytes, so a BOM or another encoding of the same
    text does not count as a change. For UTF-8 without BOM it equals ``sha256sum FILE``. Lone
    surrogates, which JSON can carry, are hashed by ``surrogatepass``.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A text with a name.

    Attributes:
        id: the document's name inside its project; a relative POSIX path for a file.
        text: the decoded text, never normalised; every offset counts its code points.
        sha256: see :func:`text_sha256`.
        encoding: the codec the file was read with, e.g. ``utf-8``.
        bom: whether a byte order mark was dropped.
        meta: what came with a JSONL record.
    """

    id: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    bom: bool = False
    meta: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        id: str,  # noqa: A002 - the field's own name
        text: str,
        encoding: str = "utf-8",
        bom: bool = False,
        meta: Mapping[str, Any] | None = None,
    ) -> Document:
        """Return a document with its hash filled in."""
        return cls(id, text, text_sha256(text), encoding, bom, meta or {})

    @property
    def length(self) -> int:
        """Length in code points."""
        return len(self.text)
