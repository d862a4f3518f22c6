"""A project whose debates somebody annotated: what ``annotator train`` is tried on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Span
from annotator.store.yaml_emitter import dump_set
from benchmarks.debate_sentences import Labelled

ANNOTATOR = "mira"
SCHEME = "claims-and-placeholders/1"


def write_project(folder: Path, sentences: Iterable[Labelled]) -> None:
    """Write each debate as a text with a paragraph a sentence, and what was tagged in it.

    Args:
        folder: gets ``debates/`` and ``annotations/``.
        sentences: the debates; those that are positive are tagged as claims.
    """
    debates: dict[int, list[Labelled]] = {}
    for sentence in sentences:
        debates.setdefault(sentence.debate, []).append(sentence)
    for number, lines in debates.items():
        name = f"debates/{number:02}.txt"
        text = "\n\n".join(line.text for line in lines) + "\n"
        spans: list[Span] = []
        at = 0
        for line in lines:
            if line.positive:
                end = at + len(line.text)
                identity = f"s{len(spans)}"
                spans.append(Span(id=identity, label="claim", start=at, end=end, quote=line.text))
            at += len(line.text) + 2
        found = AnnotationSet(
            DocumentRef(name, text_sha256(text), len(text)),
            ANNOTATOR,
            SCHEME,
            status="done",
            spans=spans,
        )
        _write(folder / name, text)
        _write(folder / "annotations" / ANNOTATOR / f"{name}.yaml", dump_set(found))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
