"""Undo and redo over edits, and their replay from a log."""

from __future__ import annotations

from typing import NamedTuple

from .annotations import AnnotationSet, Op


class Edit(NamedTuple):
    """One action of the annotator: one step of undo.

    Attributes:
        name: what was done, for people: ``tag claim``.
        ops: what it changed.
        inverse: what takes it back.
        at: offset in code points where the action took place, to return to on undo.
        keys: keys pressed since the last edit; for honest statistics.
    """

    name: str
    ops: tuple[Op, ...]
    inverse: tuple[Op, ...]
    at: int = 0
    keys: int = 0


class History:
    """The edits done and those undone, newest last."""

    def __init__(self) -> None:
        self.done: list[Edit] = []
        self.undone: list[Edit] = []

    def record(self, edit: Edit) -> None:
        """Add an edit that was just applied; what was undone before can no longer be redone."""
        self.done.append(edit)
        self.undone.clear()

    def undo(self, annotations: AnnotationSet) -> Edit | None:
        """Take the last edit back; return it, or None when there is none."""
        if not self.done:
            return None
        edit = self.done.pop()
        annotations.apply(edit.inverse)
        self.undone.append(edit)
        return edit

    def redo(self, annotations: AnnotationSet) -> Edit | None:
        """Do the last undone edit again; return it, or None when there is none."""
        if not self.undone:
            return None
        edit = self.undone.pop()
        annotations.apply(edit.ops)
        self.done.append(edit)
        return edit

    def clear(self) -> None:
        """Forget everything: the set was changed by someone else."""
        self.done.clear()
        self.undone.clear()
