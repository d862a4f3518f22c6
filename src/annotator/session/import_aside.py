"""What an import keeps aside: spans that have no place, and records that are broken."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any, Self

from ..domain.errors import Problem
from ..domain.span import Relation, Span
from ..formats.anchoring import Aside
from ..formats.own_keys import full_relation, full_span
from ..store.staging import Stage

SCRATCH = "aside.jsonl"
"""Name of the file while the import goes on."""


class AsideFile:
    """What cannot be placed, one JSON object a line; made when it is needed.

    Args:
        stage: the import's stage, which throws it away unless it is put.

    Attributes:
        count: how many lines it has.
    """

    def __init__(self, stage: Stage) -> None:
        self._path = stage.scratch(SCRATCH)
        self._file: Any = None
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(AttributeError):
            self._file.close()

    def add(self, item: Aside) -> None:
        """Add a span or relation."""
        record = item.record
        kind = "span" if isinstance(item.item, Span) else "relation"
        self._write(
            {
                "file": record.place.file,
                "line": record.place.line,
                "record": record.place.record,
                "document": record.document.id,
                "annotator": item.annotator,
                "reason": item.reason,
                kind: _item_json(item.item),
            }
        )

    def add_problem(self, problem: Problem) -> None:
        """Add a record that could not be read, by what is wrong with it."""
        self._write(
            {
                "file": problem.file,
                "line": problem.line,
                "key": problem.key,
                "reason": problem.message,
            }
        )

    def _write(self, row: dict[str, Any]) -> None:
        if self._file is None:
            self._file = self._path.open("w", encoding="ascii")
        self._file.write(json.dumps(row) + "\n")
        self.count += 1


def _item_json(item: Span | Relation) -> dict[str, Any]:
    if isinstance(item, Span):
        return full_span(item)
    return full_relation(item)
