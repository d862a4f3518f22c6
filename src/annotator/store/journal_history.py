"""What the lines of a journal tell a person: actions with their time, name and items."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..domain.annotations import Drop, Op, Put
from ..domain.history import Edit
from ..domain.span import Relation, Span
from .journal_file import read_journal
from .replay import edit_of

_ACTIONS = ("edit", "moved", "undo", "redo", "external")


class Action(NamedTuple):
    """One line of a journal that changed something.

    Attributes:
        time: ISO 8601 in UTC.
        kind: ``edit``, ``moved`` (to another text), ``undo``, ``redo``, or ``external``: somebody
            changed the file by other means.
        name: of the edit; for undo and redo that of the edit they speak of.
        at: offset in code points where it took place.
        keys: keys pressed since the action before it.
        items: spans and relations that were put; for those dropped, as they were.
        ids: of all items it touched.
        made: spans that it added; negative for one that took them away or was undone.
    """

    time: str
    kind: str
    name: str = ""
    at: int = 0
    keys: int = 0
    items: tuple[Span | Relation, ...] = ()
    ids: frozenset[str] = frozenset()
    made: int = 0

    @property
    def told(self) -> str:
        """What was done, for people."""
        if self.kind == "external":
            return "changed by another program"
        return f"{self.kind} {self.name}" if self.kind in ("undo", "redo") else self.name


def read_actions(path: Path) -> tuple[list[Action], list[int]]:
    """Return a journal's actions, oldest first, and the numbers of lines that are damaged.

    Raises:
        StorageError: the file is there and cannot be read.
    """
    content = read_journal(path)
    damaged = list(content.gaps)
    edits: dict[int, Edit] = {}
    found: list[Action] = []
    for entry in content.entries:
        if entry.kind not in _ACTIONS:
            continue
        try:
            data = entry.data()
            if entry.kind in ("edit", "moved"):
                edits[entry.n] = edit_of(data)
        except ValueError:
            damaged.append(entry.line)
            continue
        time = str(data.get("t", ""))
        edit = edits.get(entry.of or entry.n)
        if edit is None:
            found.append(Action(time, entry.kind))
            continue
        keys = edit.keys if entry.kind in ("edit", "moved") else 0
        items, ids = _touched(edit)
        made = _added(edit.inverse) - _added(edit.ops)
        made = {"undo": -made, "moved": 0}.get(entry.kind, made)
        found.append(Action(time, entry.kind, edit.name, edit.at, keys, items, ids, made))
    return found, sorted(damaged)


def _touched(edit: Edit) -> tuple[tuple[Span | Relation, ...], frozenset[str]]:
    items: dict[str, Span | Relation] = {}
    ops: tuple[Op, ...] = (*edit.inverse, *edit.ops)
    for op in ops:
        if isinstance(op, Put):
            items[op.item.id] = op.item
    ids = {op.id for op in ops if isinstance(op, Drop)} | items.keys()
    return tuple(items.values()), frozenset(ids)


def _added(ops: tuple[Op, ...]) -> int:
    """Return how many spans operations take away: those of an inverse are what the edit added.

    What becomes an orphan, or comes back from there, was made long before.
    """
    back = {op.item.id for op in ops if isinstance(op, Put) and op.section == "orphans"}
    gone = [op.id for op in ops if isinstance(op, Drop) and op.section == "spans"]
    return sum(1 for name in gone if name not in back)
