"""Time and keys of annotators by day, from what their journals say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..store.journal_history import Action

PAUSE = 120.0
"""Seconds; a longer time between two actions is a pause, and does not count as work."""


@dataclass(slots=True)
class Day:
    """What an annotator did on one day (UTC).

    Attributes:
        actions: edits, undos and redos.
        keys: that were pressed.
        seconds: between actions, pauses left out.
        made: spans added, those taken away or undone subtracted.
    """

    actions: int = 0
    keys: int = 0
    seconds: float = 0.0
    made: int = 0

    def to_json(self) -> dict[str, Any]:
        """Return the day as plain data; what a span took is null where none was made."""
        made = max(0, self.made)
        return {
            "actions": self.actions,
            "keys": self.keys,
            "seconds": round(self.seconds, 1),
            "spans": self.made,
            "seconds_per_span": round(self.seconds / made, 1) if made else None,
            "keys_per_span": round(self.keys / made, 1) if made else None,
        }


def days_of(actions: Iterable[Action]) -> dict[str, Day]:
    """Return an annotator's work by day, ``2026-11-24``, from the actions on all documents."""
    days: defaultdict[str, Day] = defaultdict(Day)
    before: datetime | None = None
    for action in sorted(actions, key=lambda action: action.time):
        if action.kind not in ("edit", "undo", "redo"):
            continue
        with suppress(ValueError):
            now = datetime.fromisoformat(action.time)
            now = now if now.tzinfo else now.replace(tzinfo=UTC)
            day = days[action.time[:10]]
            day.actions += 1
            day.keys += action.keys
            day.made += action.made
            if before is not None and 0 <= (gap := (now - before).total_seconds()) <= PAUSE:
                day.seconds += gap
            before = now
    return dict(days)
