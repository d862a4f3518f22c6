"""Scheme, keymap and settings files as plain data, so that a start needs no YAML parser.

Parsing YAML with the line of each value costs tens of milliseconds, most of it the import. What
a valid file said, and where, is kept as JSON in the user's cache, under the hash of the file's
bytes. The cache only saves time: whatever is wrong with it, the file itself is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from .. import __version__
from ..domain.errors import AnnotatorError, Source
from .resources import user_cache_dir
from .texts import read_bytes

T = TypeVar("T")


def load_compiled(path: Path, parse: Callable[[object, Source], T]) -> T:
    """Return ``parse(data, source)`` of a YAML file, from the cache where possible.

    Args:
        path: the file.
        parse: checks the data.

    Raises:
        InvalidFileError: the file is not valid; names file, line and key.
        AnnotatorError: the file cannot be read.
    """
    content = read_bytes(path)
    kept = _kept_file(content)
    if kept is not None:
        with suppress(OSError, ValueError, TypeError, RecursionError, AnnotatorError):
            data, lines = json.loads(kept.read_bytes())
            source = Source(str(path), {tuple(place): int(line) for place, line in lines})
            return parse(data, source)
    return _parse_anew(path, content, parse, kept)


def _kept_file(content: bytes) -> Path | None:
    digest = hashlib.sha256(__version__.encode() + b"\0" + content).hexdigest()
    # A system may know no folder for a user without a home.
    with suppress(OSError, RuntimeError, KeyError):
        return user_cache_dir() / "compiled" / f"{digest}.json"
    return None


def _parse_anew(
    path: Path, content: bytes, parse: Callable[[object, Source], T], kept: Path | None
) -> T:
    from .located import load_located

    data, source = load_located(content, str(path))
    parsed = parse(data, source)
    if kept is not None:
        with suppress(OSError, TypeError, ValueError):
            _keep(kept, [data, list(source.lines.items())])
    return parsed


def _keep(path: Path, value: Any) -> None:
    """Write a cache file so that no other process ever reads half of it."""
    import os

    text = json.dumps(value)
    if json.loads(text)[0] != value[0]:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
