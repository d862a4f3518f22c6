"""A named entity: what a pipeline found, as plain offsets."""

from __future__ import annotations

from typing import NamedTuple


class Entity(NamedTuple):
    """A named entity: the half-open range ``[start, end)`` in code points, and its label."""

    start: int
    end: int
    label: str
