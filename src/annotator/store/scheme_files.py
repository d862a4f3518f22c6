"""Schemes by name or file."""

from __future__ import annotations

from pathlib import Path

from ..domain.scheme import Scheme
from ..domain.scheme_parser import parse_scheme
from .compiled import load_compiled
from .resources import scheme_path


def find_scheme(name_or_path: str | Path) -> Path:
    """Return the file of a scheme.

    Args:
        name_or_path: a name such as ``claims-and-placeholders`` (the user's own come before the
            shipped ones), or a file: a path, or text with a slash or a YAML suffix.

    Raises:
        AnnotatorError: there is no scheme of that name.
    """
    text = str(name_or_path)
    is_file = isinstance(name_or_path, Path) or "/" in text or text.endswith((".yaml", ".yml"))
    return Path(name_or_path) if is_file else scheme_path(text)


def load_scheme(name_or_path: str | Path) -> Scheme:
    """Return a scheme; see :func:`find_scheme`.

    Raises:
        InvalidFileError: the file is no valid scheme; names file, line and key.
        AnnotatorError: there is no such scheme, or its file cannot be read.
    """
    return load_compiled(find_scheme(name_or_path), parse_scheme)
