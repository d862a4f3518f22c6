"""What each command does: one function a command, found by the command's id."""

from __future__ import annotations

from . import documents, finding, moving, relating, tagging, viewing
from .registry import ACTIONS, Action

__all__ = [
    "ACTIONS",
    "Action",
    "documents",
    "finding",
    "moving",
    "relating",
    "tagging",
    "viewing",
]
