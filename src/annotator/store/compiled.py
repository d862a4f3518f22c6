"""Scheme and keymap files as plain data, so that a start needs no YAML parser.

Parsing YAML with the line of each value costs tens of milliseconds, most of it the import. What
a valid file said is kept as JSON in the user's cache, under the hash of the file's bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from .. import __version__
from ..domain.errors import AnnotatorError, InvalidFileError, Source
from .resources import user_cache_dir
from .texts import unreadable

T = TypeVar("T")


def load_compiled(path: Path, parse: Callable[[object, Source], T]) -> T:
    """Return ``parse(data, source)`` of a YAML file, from the cache where possible.

    Args:
        path: the file.
        parse: checks the data; must not depend on where its values stood.

    Raises:
        InvalidFileError: the file is not valid; names file, line and key.
        AnnotatorError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
    digest = hashlib.sha256(__version__.encode() + b"\0" + data).hexdigest()
    kept = user_cache_dir() / "compiled" / f"{digest}.json"
    with suppress(OSError, ValueError, AnnotatorError):
        return parse(json.loads(kept.read_bytes()), Source(str(path), {}))
    return _parse_anew(path, data, parse, kept)


def _parse_anew(path: Path, data: bytes, parse: Callable[[object, Source], T], kept: Path) -> T:
    from .located import load_located

    plain, source = load_located(data, str(path))
    try:
        parsed = parse(plain, source)
    except InvalidFileError:
        with suppress(OSError):
            kept.unlink(missing_ok=True)
        raise
    with suppress(OSError, TypeError, ValueError):
        if json.loads(json.dumps(plain)) == plain:
            _keep(kept, json.dumps(plain))
    return parsed


def _keep(path: Path, text: str) -> None:
    """Write a cache file so that no other process ever reads half of it."""
    import os

    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
