"""Checks of annotation files and projects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: file, 1-based line (0 the whole file), severity, code, message."""

    file: str
    line: int
    severity: str
    code: str
    message: str


def validate(path: Path) -> list[Finding]:
    """Check an annotation file, a folder or a project."""
    raise NotImplementedError
