"""Safe YAML with a line for each value: for scheme, keymap, config and hand-edited files.

Data are what JSON can hold. A plain scalar is a number, flag or null only where YAML 1.1 and 1.2
agree on it: ``no`` and ``2026-11-22`` are strings. Anchors, aliases and merge keys work, each
alias as a copy of its own. Every tag beyond YAML's core ones is refused, and so is what would
cost more than a file of its size may.
"""

from __future__ import annotations

from typing import Any

from ..domain.errors import InvalidFileError, Problem, Source
from .yaml_builder import Builder, Limits
from .yaml_decoding import decode_yaml

CONFIG_LIMITS = Limits()


def load_located(
    text: bytes | str, file: str, limits: Limits = CONFIG_LIMITS
) -> tuple[Any, Source]:
    """Return the data of a YAML file, and where each value stood.

    Args:
        text: the file's content; bytes are UTF-8, or UTF-16 with a byte order mark.
        file: the file's name as the user knows it, for messages.
        limits: what the file may ask for.

    Returns:
        The data (dictionaries with string keys, lists, strings, numbers, flags, None) and a
        :class:`Source`. A value's line is that of its key, or of its start in a list.

    Raises:
        InvalidFileError: it is no YAML, or holds a duplicate key or something else that is not
            allowed here; with line and, where there is one, key.
    """
    content = decode_yaml(text, file) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    if len(content) > limits.size:
        message = f"too long: {len(content)} characters, {limits.size} are allowed"
        raise InvalidFileError([Problem(file, 0, "", message)])
    return Builder(content, file, limits).load()
