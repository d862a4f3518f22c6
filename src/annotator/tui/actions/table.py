"""All actions; importing this loads the modules of every command and their dialogs."""

from __future__ import annotations

from ...keys.registry import TAG_PREFIX, TAG_SENTENCE_PREFIX
from ...text.units import Unit
from . import documents, finding, interchange, moving, relating, reviewing, tagging, twins, viewing
from .registry import ACTIONS, Action

__all__ = [
    "ACTIONS",
    "action_for",
    "documents",
    "finding",
    "interchange",
    "moving",
    "relating",
    "reviewing",
    "tagging",
    "twins",
    "viewing",
]


def action_for(command_id: str, label: str = "") -> Action:
    """Return what does a command.

    Args:
        command_id: an id of the registry, ``tag.LABEL`` or ``tag-sentence.LABEL``.
        label: the label of ``tag.LABEL``; found from the id when that names no command.
    """
    if command_id.startswith(TAG_SENTENCE_PREFIX):
        return tagging.tag_action(command_id.removeprefix(TAG_SENTENCE_PREFIX), Unit.SENTENCE)
    if not label and command_id not in ACTIONS:
        label = command_id.removeprefix(TAG_PREFIX)
    return tagging.tag_action(label) if label else ACTIONS[command_id]
