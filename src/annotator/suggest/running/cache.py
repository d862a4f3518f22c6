"""Suggestions for texts that were read before, one small JSON file a text and suggester."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

from ...domain.entity import Entity
from ...nlp.entities import pack as pack_entities
from .plain import Packed, unpack

_UNSAFE = re.compile(r"[^\w.+-]")


class SuggestionCache:
    """What suggesters proposed, by suggester, version, text and known entities.

    A cache is only speed: what cannot be read counts as not there, what cannot be written is
    left.

    Args:
        folder: its own folder; made when something is first put.
        language: of the texts, since sentences depend on it.
    """

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        self.language = language

    def path(self, name: str, version: str, sha256: str, known: str) -> Path:
        """Return the file of one result.

        Args:
            name: of the suggester.
            version: of the suggester.
            sha256: the text's hash.
            known: what :func:`entities_key` says of its entities.
        """
        exact = hashlib.sha256(f"{name}\0{version}\0{self.language}".encode()).hexdigest()[:12]
        readable = _UNSAFE.sub("_", f"{name}-{version}"[:60])
        return self.folder / f"{readable}-{exact}" / sha256[:2] / f"{sha256}-{known}.json"

    def get(self, name: str, version: str, sha256: str, known: str, length: int) -> Packed | None:
        """Return what a suggester proposed, or None when it is not known.

        Args:
            name, version, sha256, known: as in :meth:`path`.
            length: the text's length in code points, which every offset is checked against.
        """
        try:
            data: Packed = json.loads(self.path(name, version, sha256, known).read_bytes())
            unpack(data, length)
        except (OSError, ValueError, RecursionError):
            return None
        return data

    def put(self, name: str, version: str, sha256: str, known: str, found: Packed) -> None:
        """Keep what a suggester proposed; all or nothing is written."""
        path = self.path(name, version, sha256, known)
        new = path.with_name(f"{path.stem}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(found, separators=(",", ":")), encoding="ascii")
            new.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink()


def entities_key(entities: Sequence[Entity] | None) -> str:
    """Return what tells one state of knowledge about a text's entities from another.

    Args:
        entities: the text's entities; None where nobody looked for them.
    """
    if entities is None:
        return "none"
    packed = json.dumps(pack_entities(entities), separators=(",", ":")).encode()
    return hashlib.sha256(packed).hexdigest()[:16]
