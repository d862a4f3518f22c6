"""spaCy's binary corpora (``DocBin``, ``.spacy``), what ``spacy train`` reads.

Spans stand in ``doc.spans`` under one key for all labels, ``sc`` unless named, which is what
spaCy's span categorizer reads. ``span.id_`` is the span's id; everything spaCy has no place for is
JSON text in ``doc.user_data["annotator"]``. https://spacy.io/api/docbin
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ..alignment import MISALIGNED, TokenBounds, alignment_aspects
from ..aspect import Aspect
from ..aspects import EVERYTHING, SURROGATES
from ..base import Format, Option
from ..overlaps import overlaps_option
from . import reader, writer
from .keys import DEFAULT_KEY, ENTITIES

_UNDERSTOOD = frozenset(
    {"duplicates", "crossing", "nesting", "several-annotators", "span-ids", "rejected"}
)


def _own(options: Mapping[str, Any]) -> tuple[Aspect, ...]:
    language = str(options["language"])

    def bounds(text: str) -> TokenBounds:
        from ...nlp.docbin import tokens_of

        tokens = tokens_of(language, text)
        return TokenBounds(tokens.starts, tokens.ends)

    aspects = (SURROGATES, *alignment_aspects(options["misaligned"], bounds))
    return aspects + (writer.ENTITY_ASPECTS if options["ents"] else ())


def _output(options: Mapping[str, Any]) -> Literal["file", "folder"]:
    return "folder" if options["split"] else "file"


def _looks_like(path: Path, head: bytes) -> float:
    if path.is_dir():
        return 0.9 if any(path.glob("*.spacy")) else 0.0
    # The first byte of what zlib packs.
    if not head.startswith(b"\x78"):
        return 0.0
    import zlib

    try:
        start = zlib.decompressobj().decompress(head, 64)
    except zlib.error:
        return 0.0
    return 0.95 if b"version" in start and b"attrs" in start else 0.0


FORMAT = Format(
    name="docbin",
    title="spaCy DocBin",
    extensions=(".spacy",),
    holds=EVERYTHING,
    carries=EVERYTHING - _UNDERSTOOD,
    own=_own,
    output_with=_output,
    options=(
        MISALIGNED,
        Option(
            "spans-key",
            "key of doc.spans: written under it; reading, only what is under it, or `ents` for "
            f"doc.ents (reading: all; writing: {DEFAULT_KEY})",
            type="text",
            side="both",
        ),
        Option("ents", "set doc.ents too, for ner"),
        overlaps_option("longest"),
        Option(
            "language", "whose tokenizer cuts texts, a code of spaCy's", type="text", default="en"
        ),
        Option(
            "split",
            "write a folder with train, dev and test, by document: shares such as 0.8,0.1,0.1",
            type="text",
            default="",
        ),
        Option("seed", "which documents go where in a split", type="number", default=0),
    ),
    make_writer=writer.DocBinWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "Each annotator's set is a Doc of its own.",
        "Rejected candidates stand in `doc.spans` under `rejected`.",
        "With `--ents` spans also stand in `doc.ents`.",
        f"Reading with `--spans-key {ENTITIES}` takes `doc.ents`.",
    ),
)
