"""W3C Web Annotation in JSON-LD: annotations that select a text by position and by quote.

The model: https://www.w3.org/TR/annotation-model/. A label is a body with the purpose *tagging*, a
note one with *commenting*, an attribute one with *classifying* that names it; a relation is an
annotation moved by *linking*. Positions count code points, as the model asks.
"""

from __future__ import annotations

from pathlib import Path

from ..aspects import EVERYTHING
from ..base import Format
from ..offsets import OFFSETS
from . import reader, writer

_CARRIED = frozenset(
    {
        "scheme", "status", "document-notes", "metadata", "orphans", "rejected",
        "rejected-relations", "unknown-keys",
        "encoding", "fragments", "other-attributes", "origin", "span-unknown-keys",
        "relation-details", "span-ids", "relation-ids",
    }
)  # fmt: skip


def _looks_like(_path: Path, head: bytes) -> float:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")):
        return 0.0
    if b"//www.w3.org/ns/anno.jsonld" in start:
        return 0.95
    return 0.6 if b"TextQuoteSelector" in start or b"TextPositionSelector" in start else 0.0


FORMAT = Format(
    name="w3c",
    title="W3C Web Annotation JSON-LD",
    extensions=(".jsonld", ".json"),
    holds=EVERYTHING,
    carries=_CARRIED,
    options=(OFFSETS,),
    make_writer=writer.W3cWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "A list of collections, one for each annotator of each document; the text stands in it.",
        "The texts of foreign annotations are looked for in the project, then beside the file.",
        "An annotation with a quote alone is placed where the quote stands for certain.",
        "Of a discontinuous span others see the range from its first to its last fragment.",
        "What is about no range of text, and keys that are not known, go back as they came.",
    ),
)
