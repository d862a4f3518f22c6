"""Keymaps by name or file."""

from __future__ import annotations

from pathlib import Path

from ..domain.errors import Source
from ..keys.keymap import Keymap, default_keymap, parse_keymap
from .compiled import load_compiled
from .resources import keymap_path, shipped_keymap_path


def find_keymap(name_or_path: str | Path) -> Path:
    """Return the file of a keymap.

    Args:
        name_or_path: a name such as ``vim`` (the user's own come before the shipped ones), or a
            file: a path, or text with a slash or a YAML suffix.

    Raises:
        AnnotatorError: there is no keymap of that name.
    """
    text = str(name_or_path)
    is_file = isinstance(name_or_path, Path) or "/" in text or text.endswith((".yaml", ".yml"))
    return Path(name_or_path) if is_file else keymap_path(text)


def load_keymap(name_or_path: str | Path) -> Keymap:
    """Return a keymap; see :func:`find_keymap`.

    Raises:
        InvalidFileError: the file is no valid keymap; names file, line and both commands.
        AnnotatorError: there is no such keymap, or its file cannot be read.
    """
    path = find_keymap(name_or_path)
    # The shipped default is what the registry says (a test holds it), so it need not be read.
    if name_or_path == "default" and path == shipped_keymap_path("default"):
        return default_keymap()
    return load_compiled(path, _parse)


def _parse(data: object, source: Source) -> Keymap:
    return parse_keymap(data, source, _inherited)


def _inherited(name: str) -> Keymap:
    """Return a shipped keymap for one that inherits from it."""
    if name == "default":
        return default_keymap()
    return load_compiled(shipped_keymap_path(name), _parse)
