"""The table from command ids to functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...session.document_session import Change

if TYPE_CHECKING:
    from ..main_screen import MainScreen

Action = Callable[["MainScreen", int | None], Change | None]
"""Does a command on the screen's session; gets the count typed before it, or None.

Returns the change when it edited something. Raises ``AnnotatorError`` with what to tell.
"""

ACTIONS: dict[str, Action] = {}


KEEPS_COLUMN = frozenset(
    {"move.up", "move.down", "move.page-up", "move.page-down", "select.up", "select.down"}
)
"""Commands after which a further vertical move goes on in the same column."""


def action(command_id: str) -> Callable[[Action], Action]:
    """Register a function as what a command does."""

    def register(function: Action) -> Action:
        ACTIONS[command_id] = function
        return function

    return register
