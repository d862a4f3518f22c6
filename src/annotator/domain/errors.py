"""Errors that a person can act on: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way to a value inside a file: mapping keys and list positions, outermost first."""


class AnnotatorError(Exception):
    """A failure with a one-line message for the person at the keyboard.

    Args:
        message: what is wrong, in one line.
        hint: what to do about it, in one line; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class Problem(NamedTuple):
    """One thing wrong in one file.

    Attributes:
        file: the file as the user named it.
        line: 1-based line number; 0 where the whole file is meant.
        key: dotted path of the key, e.g. ``labels.claim.key``; empty for the whole file.
        message: what is wrong.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class InvalidFileError(AnnotatorError):
    """A file was read but says something it must not; carries every problem found.

    Args:
        problems: at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")


class UnreadableTextError(AnnotatorError):
    """The bytes of an article are not text in the encoding that was asked for."""


class LockedError(AnnotatorError):
    """Another process works on the same annotation set."""


class ReadOnlyError(AnnotatorError):
    """An edit was asked of a session that may only look."""


class StorageError(AnnotatorError):
    """The disk refused: full, read-only, gone."""


class ForbiddenError(StorageError):
    """The disk, or that part of it, is read-only for this person."""


class Source(NamedTuple):
    """Where the values of a parsed file stood, so that a complaint can name its line.

    Attributes:
        file: the file's name as the user knows it.
        lines: 1-based line of the value at each path; ``()`` is the file itself.
    """

    file: str
    lines: Mapping[Path, int]

    def problem(self, path: Path, message: str) -> Problem:
        """Return a problem located at ``path``, or at its nearest parent that has a line."""
        line = 0
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                line = self.lines[path[:length]]
                break
        return Problem(self.file, line, ".".join(str(part) for part in path), message)
