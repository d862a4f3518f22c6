"""brat standoff: a folder of texts (``.txt``) and their annotations (``.ann``).

The format is described at https://brat.nlplab.org/standoff.html. Offsets are code points. One
file holds what one annotator said about one document, so each annotator gets a folder; what brat
cannot say stands in a third file beside the two (see :mod:`.details_file`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from ..aspect import Aspect
from ..aspects import EVERYTHING, SURROGATES
from ..base import Format
from . import files, reader, writer

_CARRIED = frozenset(
    {
        "annotator", "scheme", "status", "document-notes", "metadata", "orphans", "rejected",
        "rejected-relations", "unknown-keys", "encoding", "number-attributes", "list-attributes",
        "other-attributes",
        "origin", "authorship", "span-unknown-keys", "relation-attributes", "relation-details",
        "span-ids", "relation-ids",
    }
)  # fmt: skip
_LINE = re.compile(rb"(?:\A|\n)T\d+\t\S+[ \t]\d+[ \t]\d+")
_LOOKED_AT = 200
"""Files of a folder that are looked at to know it."""

LINES = Aspect(
    writer.LINES_LOST,
    "lines of brat's own about spans that are gone",
    lambda _record: 0,
    lambda record: record,
)


def _own(_options: Mapping[str, Any]) -> tuple[Aspect, ...]:
    return (SURROGATES, LINES)


def _looks_like(path: Path, head: bytes) -> float:
    if not path.is_dir():
        usual = path.suffix in files.ANNOTATIONS
        return 0.9 if usual and (not head or _LINE.search(head)) else 0.0
    names = (name for _, _, files in os.walk(path) for name in files)
    found = any(name.endswith(files.ANNOTATIONS) for name in islice(names, _LOOKED_AT))
    return 0.9 if found else 0.0


FORMAT = Format(
    name="brat",
    title="brat standoff",
    extensions=("",),
    holds=EVERYTHING,
    carries=_CARRIED,
    own=_own,
    output="folder",
    make_writer=writer.BratWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "A span is split at line breaks, and joined again when it is read.",
        "Labels, types and attributes get ASCII names; the real ones are remembered.",
        "Texts with blanks, such as a claim's rewrite, stand beside the file.",
        "Ids such as `T7` and `R2` stay.",
        "Events, normalisations and further notes are kept and written back, and not shown.",
        "What offsets count in a file (CRLF as one, UTF-16, bytes) is told by its quotes.",
    ),
)
