"""Entities of texts that were read before, one small JSON file a text."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from .entities import Entity, pack, unpack


class EntityCache:
    """Results of one version of one pipeline.

    A cache is only speed: what cannot be read counts as not there, what cannot be written is
    left.

    Args:
        folder: its own folder; made when something is first put.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return the file for the text with a hash."""
        return self.folder / sha256[:2] / f"{sha256}.json"

    def get(self, sha256: str, length: int) -> tuple[Entity, ...] | None:
        """Return a text's entities, or None when they are not known.

        Args:
            sha256: the text's hash.
            length: the text's length in code points, which every offset is checked against.
        """
        try:
            return tuple(unpack(json.loads(self.path(sha256).read_bytes()), length))
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, sha256: str, entities: Sequence[Entity]) -> None:
        """Keep a text's entities; all or nothing is written."""
        path = self.path(sha256)
        new = path.with_name(f"{sha256}.{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(pack(entities), separators=(",", ":")), encoding="ascii")
            new.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink()
