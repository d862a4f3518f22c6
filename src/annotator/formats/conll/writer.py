"""Writes files of one token a line; see :mod:`.format`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.span import Span
from .. import own_keys
from ..alignment import TokenBounds
from ..aspect import Aspect
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..reading import dump_json
from ..record import Record
from ..sentences import sentence_ranges
from .layout import DOCUMENT_START
from .tags import TaggedSpan, escaped_label, tags_of
from .tokenizing import token_bounds

DOCUMENTS = ".documents.jsonl"
"""Suffix of the file beside it that holds the texts."""

NO_TEXTS = Aspect(
    "texts",
    "texts and names of documents (on standard output only: a file keeps them beside it)",
    lambda _record: 0,
    lambda record: record,
)


class ConllWriter:
    """Writes the tokens of each set, and the texts beside them."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        options = context.options
        self._file = target.file()
        self._documents = target.sibling(DOCUMENTS)
        self._lose = context.lose
        self._tokenizer: str = options["tokenizer"]
        self._scheme: str = options["tags"]
        self._row = "{}\t{}\n" if options["columns"] == "two" else "{} -X- -X- {}\n"

    def write(self, record: Record) -> None:
        """Write the tokens of a record, once for each of its sets."""
        tokens = token_bounds(self._tokenizer, record.document.text)
        for one in record.sets:
            lines = self._lines(record.document.text, tokens, in_document_order(one.spans.values()))
            self._file.write("".join(lines).encode())
            if self._documents is None:
                self._lose("texts", 1)
            else:
                line = dump_json(_document_line(record.document, one))
                self._documents.write(line + b"\n")

    def close(self) -> None:
        """Nothing comes last."""

    def _lines(self, text: str, tokens: TokenBounds, spans: Sequence[Span]) -> Iterator[str]:
        tagged = []
        for span in spans:
            touched = tokens.touched(span.start, span.end)
            assert touched is not None, "spans hold tokens once they are aligned"
            tagged.append(TaggedSpan(*touched, escaped_label(span.label)))
        tags = tags_of(len(tokens.starts), tagged, self._scheme)
        breaks = sentence_breaks(text, tokens, tagged)
        yield self._row.format(DOCUMENT_START, "O")
        yield "\n"
        for place, (start, end, tag) in enumerate(
            zip(tokens.starts, tokens.ends, tags, strict=True)
        ):
            if place in breaks:
                yield "\n"
            yield self._row.format(text[start:end], tag)
        if tags:
            yield "\n"


def sentence_breaks(text: str, tokens: TokenBounds, spans: Sequence[TaggedSpan]) -> set[int]:
    """Return the places of tokens before which a sentence ends, the first token left out.

    Readers end a span where a sentence ends, so there is no break within a span.
    """
    inside = {place for span in spans for place in range(span.first + 1, span.last + 1)}
    breaks = set()
    place = 0
    for start, _ in sentence_ranges(text):
        while place < len(tokens.starts) and tokens.starts[place] < start:
            place += 1
        breaks.add(place)
    return {place for place in breaks if 0 < place < len(tokens.starts)} - inside


def _document_line(document: Document, one: AnnotationSet) -> dict[str, object]:
    details = own_keys.document_details(document) | own_keys.set_details(one)
    meta = {"meta": document.meta} if document.meta else {}
    return {"text": document.text, **meta, own_keys.KEY: details}
