"""The hand-made labels in ``benchmarks/data``, joined with the texts that they were made on.

A label file holds no text. Its first line names the source file and its hash; each other line is
``{"record": N, "sha256": ..., "spans": [[start, end, kind], ...]}`` with offsets in code points
and the first 16 hexadecimal digits of the text's hash. How the labels were made:
``docs/labelling-slots-and-chatter.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.errors import AnnotatorError

SAMPLE = Path(__file__).parent / "data" / "factbench-slots-chatter.jsonl"
"""Slots and chatter in a random sample, read whole."""
WIDER = Path(__file__).parent / "data" / "factbench-slots-wider.jsonl"
"""Slots alone in all other texts, judged wherever anything might mark one."""
FORMAT = "slots-and-chatter/1"

FAMILIES: Mapping[str, frozenset[str]] = {
    "slots": frozenset(
        {"slot", "alternatives", "hint", "marker", "template-variable", "dummy", "media-stub"}
    ),
    "chatter": frozenset(
        {
            "meta-text", "offer", "opener", "closer", "self-id", "cutoff", "cite-token", "tracking",
        }
    ),
}  # fmt: skip
"""What is evaluated as one: what a writer left open, and the assistant that talks."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text and what a reader found in it.

    Attributes:
        record: line of the source file, from 0.
        text: the answer.
        spans: start, end (code points) and kind, sorted.
    """

    record: int
    text: str
    spans: tuple[tuple[int, int, str], ...]


def family(kind: str) -> str:
    """Return the family of a kind of placeholder.

    Raises:
        AnnotatorError: no family has it.
    """
    for name, kinds in FAMILIES.items():
        if kind in kinds:
            return name
    raise AnnotatorError(f"no family of placeholders has the kind {kind!r}")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSON Lines file; only a line feed ends a line.

    Raises:
        AnnotatorError: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise AnnotatorError(f"{path}: {error}") from error
    records = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise AnnotatorError(f"{path}:{number}: {error}") from error
        if not isinstance(record, dict):
            raise AnnotatorError(f"{path}:{number}: not a JSON object")
        records.append(record)
    return records


def text_hash(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def join(labels: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> list[Labelled]:
    """Return the labelled texts.

    Args:
        labels: the lines of a label file, its header first.
        texts: all texts of the source file, in order.

    Raises:
        AnnotatorError: the labels were made on other texts.
    """
    if not labels or labels[0].get("format") != FORMAT:
        raise AnnotatorError(f"these are no labels of the format {FORMAT}")
    joined = []
    for line in labels[1:]:
        record = line["record"]
        if record >= len(texts) or text_hash(texts[record]) != line["sha256"]:
            raise AnnotatorError(
                f"record {record} is not the text that was labelled",
                f"the labels belong to {labels[0]['source']}, SHA-256 {labels[0]['source_sha256']}",
            )
        spans = tuple((start, end, kind) for start, end, kind in line["spans"])
        joined.append(Labelled(record, texts[record], spans))
    return joined


def others(
    texts: Sequence[str], sample: Sequence[Labelled], labelled: Sequence[Labelled]
) -> list[Labelled]:
    """Return all texts that are not in the sample; those that are not labelled have no spans."""
    known = {one.record: one for one in labelled}
    taken = {one.record for one in sample}
    return [
        known.get(record, Labelled(record, text, ()))
        for record, text in enumerate(texts)
        if record not in taken
    ]
