"""Label Studio JSON: tasks with annotations and predictions, and their labelling configuration.

The format is described at https://labelstud.io/guide/export and .../guide/task_format. Offsets
are UTF-16 code units in files of browsers and code points in others; what a file has is told by
the quotes in it (``value.text``), task by task.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..aspects import EVERYTHING
from ..base import Format, Option
from ..offsets import UNITS
from ..reading import first_object
from . import reader, writer
from .json_min import task_of

_CARRIED = frozenset(
    {
        "annotator", "scheme", "document-notes", "orphans", "rejected", "rejected-relations",
        "unknown-keys", "encoding",
        "fragments", "other-attributes", "origin", "authorship", "span-unknown-keys",
        "relation-attributes", "relation-details", "relation-ids", "status",
    }
)  # fmt: skip


def _looks_like(path: Path, head: bytes) -> float:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        text = start.decode("utf-8", "replace")
        try:
            found = json.JSONDecoder().raw_decode(text, text.find("{"))[0]
        except (ValueError, RecursionError):
            keys = ('"data"', '"annotations"', '"predictions"')
            return 0.7 if sum(key in text for key in keys) > 1 else 0.0
    else:
        found = first_object(path, head)
    if not isinstance(found, dict):
        return 0.0
    if task_of(found) is not None:
        return 0.6
    if not isinstance(found.get("data"), dict):
        return 0.0
    return 0.95 if "annotations" in found or "predictions" in found else 0.5


FORMAT = Format(
    name="label-studio",
    title="Label Studio JSON",
    extensions=(".json",),
    holds=EVERYTHING,
    carries=_CARRIED,
    offsets="UTF-16 units",
    says_skipped=True,
    options=(
        Option(
            "offsets",
            "what offsets count; read by what the quotes prove",
            "choice",
            "utf-16",
            UNITS,
        ),
        Option("text-key", "key of the text in a task's data", "text", "", side="read"),
    ),
    make_writer=writer.LabelStudioWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "Sets of models are predictions, all others annotations.",
        "The labelling configuration is written beside the file, to `NAME.config.xml`.",
        "A skipped document is an annotation that was cancelled.",
        "Regions of other kinds than text are kept and written back, and not shown.",
    ),
)
