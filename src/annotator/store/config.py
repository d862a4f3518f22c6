"""What a project's ``annotator.yaml`` says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..domain.errors import InvalidFileError, Problem, Source
from .compiled import load_compiled

DEFAULT_SCHEME = "claims-and-placeholders"
FORMAT = "annotator-project/1"
_KEYS = ("format", "scheme", "documents", "annotator", "language", "pipeline")


class ProjectConfig(NamedTuple):
    """The settings of a project.

    Attributes:
        scheme: a shipped scheme's name, or a scheme file relative to the project's folder.
        documents: glob patterns relative to the project's folder, ``**`` for any folders;
            empty for every ``.txt``, ``.md`` and ``.jsonl``.
        annotator: whose sets are written when nobody says otherwise; empty for the user.
        language: ISO 639-1 code of the texts.
        pipeline: the spaCy pipeline to use; None for the default one.
        problems: unknown keys, each with file, line and key; they are ignored.
    """

    scheme: str = DEFAULT_SCHEME
    documents: tuple[str, ...] = ()
    annotator: str = ""
    language: str = "en"
    pipeline: str | None = None
    problems: tuple[Problem, ...] = ()


def load_config(path: Path) -> ProjectConfig:
    """Return the settings of a file; a file that is not there gives the defaults.

    Raises:
        InvalidFileError: a value is not what it must be; names file, line and key.
        AnnotatorError: the file cannot be read.
    """
    return load_compiled(path, parse_config) if path.is_file() else ProjectConfig()


def parse_config(data: object, source: Source) -> ProjectConfig:
    """Return the settings that a file's data describe; an empty file is one with defaults.

    Raises:
        InvalidFileError: with every problem but unknown keys.
    """
    if data is None:
        return ProjectConfig()
    if not isinstance(data, Mapping):
        raise InvalidFileError([source.problem((), "expected keys and values")])
    return _Parser(source, data).config()


class _Parser:
    def __init__(self, source: Source, data: Mapping[Any, Any]) -> None:
        self.source = source
        self.data = data
        self.problems: list[Problem] = []

    def config(self) -> ProjectConfig:
        if (found := self.data.get("format", FORMAT)) != FORMAT:
            self.complain("format", f"expected {FORMAT}, found {found!r}")
        config = ProjectConfig(
            self.text("scheme", DEFAULT_SCHEME),
            self.patterns(),
            self.text("annotator", ""),
            self.text("language", "en"),
            self.text("pipeline", "") or None,
            tuple(
                self.source.problem((str(key),), f"unknown key; expected {', '.join(_KEYS)}")
                for key in self.data
                if key not in _KEYS
            ),
        )
        if self.problems:
            raise InvalidFileError(self.problems)
        return config

    def complain(self, key: str, message: str) -> None:
        self.problems.append(self.source.problem((key,), message))

    def text(self, key: str, default: str) -> str:
        value = self.data.get(key, default)
        if isinstance(value, str) and (value or not default):
            return value
        self.complain(key, f"{value!r} is not a string" if value != "" else "missing")
        return default

    def patterns(self) -> tuple[str, ...]:
        value = self.data.get("documents", [])
        patterns = [value] if isinstance(value, str) else value
        if not isinstance(patterns, list) or not all(isinstance(p, str) and p for p in patterns):
            self.complain("documents", f"{value!r} is no list of patterns such as articles/*.txt")
            return ()
        for pattern in patterns:
            if pattern.startswith("/") or ".." in pattern.split("/"):
                self.complain("documents", f"{pattern!r} leads out of the project")
        return tuple(patterns)
