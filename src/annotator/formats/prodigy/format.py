"""Prodigy JSONL: one task a line.

The task format is described at https://prodi.gy/docs/api-interfaces. ``start`` and ``end`` count
code points, ``token_end`` is inclusive. A task that came from a Prodigy file goes back key by key
as it came, in the same order; whatever else a set says stands under a key of our own.
"""

from __future__ import annotations

from pathlib import Path

from ..aspects import EVERYTHING
from ..base import Format, Option
from ..reading import first_object
from . import reader, writer

_CARRIED = frozenset(
    {
        "annotator", "scheme", "status", "document-notes", "rejected-relations", "orphans",
        "unknown-keys", "encoding",
        "fragments", "text-attributes", "number-attributes", "flag-attributes", "list-attributes",
        "other-attributes", "span-notes", "origin", "authorship", "span-unknown-keys",
        "relation-attributes", "relation-details", "span-ids", "relation-ids",
    }
)  # fmt: skip


def _looks_like(path: Path, head: bytes) -> float:
    found = first_object(path, head)
    sure = "_input_hash" in found or "_task_hash" in found or "_view_id" in found
    if "text" not in found:
        return 0.4 if sure else 0.0
    return 0.95 if sure else 0.6 if "answer" in found else 0.3 if "spans" in found else 0.0


FORMAT = Format(
    name="prodigy",
    title="Prodigy JSONL",
    extensions=(".jsonl",),
    holds=EVERYTHING,
    carries=_CARRIED,
    says_skipped=True,
    options=(
        Option("tokens", "add tokens to tasks that have none: words and single signs"),
        Option(
            "join",
            "make one document of the tasks that have the same _input_hash",
            side="read",
        ),
    ),
    make_writer=writer.ProdigyWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "A rejected candidate becomes a task of its own with `answer: reject`.",
        "`answer: ignore` is a document that was skipped.",
        "A task from a Prodigy file goes back the same: what it is called here is not added.",
        "Relations of plain tokens, or of a span and itself, are kept as they are and not shown.",
    ),
)
