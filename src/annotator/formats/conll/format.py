"""CoNLL-2003 and other files of one token a line, with tags in IOB2, BILOU or BIOES.

The format is https://aclanthology.org/W03-0419: columns, the tag last; a blank line behind each
sentence; a line ``-DOCSTART-`` before each document. Such a file has no text, no ids and no
attributes, and a comment would break most readers. So texts, and what a document and its
annotator are called, stand in a file beside it, ``NAME.documents.jsonl``, a line a document.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..alignment import MISALIGNED, TokenBounds, alignment_aspects
from ..aspect import Aspect
from ..aspects import SURROGATES
from ..base import Format, Option
from ..changes import numbered
from ..overlaps import flat_aspect, overlaps_option
from . import reader, writer
from .layout import COLUMNS_OF_U, misc_tag
from .tags import SCHEMES, is_tag
from .tokenizing import token_bounds

_BESIDE = frozenset(
    {
        "metadata", "encoding", "annotator", "scheme", "status", "document-notes", "unknown-keys",
        "several-annotators",
    }
)  # fmt: skip


def _own(options: Mapping[str, Any]) -> tuple[Aspect, ...]:
    def bounds(text: str) -> TokenBounds:
        return token_bounds(options["tokenizer"], text)

    return (
        SURROGATES,
        *alignment_aspects(options["misaligned"], bounds, numbered),
        flat_aspect(options["overlaps"]),
        writer.NO_TEXTS,
    )


def _looks_like(path: Path, head: bytes) -> float:
    if path.is_dir() or b"\0" in head:
        return 0.0
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    if text.startswith("-DOCSTART-"):
        return 0.95
    lines = [line.split() for line in text.splitlines()[:50] if line.strip()]
    rows = [row for row in lines if not row[0].startswith("#") or is_tag(row[-1])]
    if rows and len(rows[0]) == COLUMNS_OF_U:
        return 0.8 if any(misc_tag(row[-1]) for row in rows) else 0.0
    tagged = [row for row in rows if len(row) > 1 and is_tag(row[-1])]
    usual = path.suffix in (".conll", ".iob", ".bio", ".bioes", ".bilou")
    if rows and len(tagged) == len(rows):
        return 0.8 if usual else 0.5
    return 0.3 if usual and tagged else 0.0


FORMAT = Format(
    name="conll",
    title="CoNLL-2003, IOB2, BILOU",
    extensions=(".conll",),
    holds=_BESIDE,
    carries=_BESIDE,
    resolves=frozenset({"duplicates", "crossing", "nesting"}),
    own=_own,
    offsets="tokens",
    options=(
        Option("tags", "how spans are written", type="choice", default="iob2", choices=SCHEMES),
        Option(
            "columns",
            "conll2003: token, -X-, -X-, tag with blanks between; two: token, tab, tag",
            type="choice",
            default="conll2003",
            choices=("conll2003", "two"),
        ),
        Option(
            "tokenizer",
            "words and single signs, or a language such as en for spaCy's tokens",
            type="text",
            default="words",
        ),
        MISALIGNED,
        overlaps_option("refuse"),
        Option(
            "token-column",
            "the token's column (the first; the second where the first numbers the tokens)",
            type="number",
            side="read",
        ),
        Option(
            "tag-column",
            "the tag's column, from the end if negative",
            type="number",
            default=-1,
            side="read",
        ),
    ),
    make_writer=writer.ConllWriter,
    read=reader.read,
    looks_like=_looks_like,
    notes=(
        "Each annotator's set is a document of its own.",
        "Texts stand in `NAME.documents.jsonl` beside the file.",
        "Without that file the text is made of the tokens.",
        "White space and `%` in labels are written as in a URL (`a%20b`).",
        "Tags are read in IOB1, IOB2, BILOU and BIOES alike.",
        "So are those among the last values of CoNLL-U (`NER=B-PER`).",
    ),
)
