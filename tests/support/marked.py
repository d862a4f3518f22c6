"""Texts in which the spans that must be found stand between ⟦ and ⟧."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotator.store.located import load_located
from annotator.suggest.base import Range

FOLDER = Path(__file__).parents[1] / "suggest"


def marked(text: str) -> tuple[str, list[Range]]:
    """Return a text without its marks, and the ranges between them in order."""
    parts: list[str] = []
    ranges: list[Range] = []
    length = 0
    for place, part in enumerate(text.replace("⟧", "⟦").split("⟦")):
        if place % 2:
            ranges.append((length, length + len(part)))
        parts.append(part)
        length += len(part)
    return "".join(parts), ranges


def cases(name: str) -> list[tuple[str, str]]:
    """Return the texts of a data file of tests/suggest, each with its category."""
    path = FOLDER / name
    data: Any = load_located(path.read_bytes(), name)[0]
    return [(category, text) for category, texts in data.items() for text in texts]
