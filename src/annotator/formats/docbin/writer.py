"""Writes spaCy's binary corpora; see :mod:`.format`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...domain.annotations import AnnotationSet
from ...domain.document import Document
from ...domain.errors import AnnotatorError
from ...domain.span import Span
from .. import own_keys
from ..aspect import Aspect
from ..base import Target, WriteContext
from ..geometry import in_document_order
from ..overlaps import losers, refuse_overlaps
from ..record import Record
from .keys import CATS, DEFAULT_KEY, ENTITIES, GROUP, REJECTED_KEY

if TYPE_CHECKING:
    from spacy.tokens import DocBin

    from ...nlp.docbin import DocSpan

ENTITY_ASPECTS = (
    Aspect(
        "blank-entities",
        "spans of white space alone (stand in doc.spans, not in doc.ents)",
        lambda _record: 0,
        lambda record: record,
    ),
    Aspect(
        "trimmed-entities",
        "spans with white space at their ends (whole in doc.spans, trimmed in doc.ents)",
        lambda _record: 0,
        lambda record: record,
    ),
    Aspect(
        "overlapping-entities",
        "spans that overlap another (stand in doc.spans, not in doc.ents)",
        lambda _record: 0,
        lambda record: record,
    ),
)
"""What ``doc.ents`` cannot hold; counted while writing, and held by ``doc.spans`` all the same."""

PARTS = ("train", "dev", "test")


class DocBinWriter:
    """Writes a corpus, or one for each part of a split. The format needs it whole in memory."""

    def __init__(self, target: Target, context: WriteContext) -> None:
        options = context.options
        self._target = target
        self._lose = context.lose
        self._key = options["spans-key"] or DEFAULT_KEY
        if self._key in (REJECTED_KEY, ENTITIES):
            raise AnnotatorError(f"--spans-key {self._key} is taken", "name another")
        self._language = options["language"]
        self._entities = bool(options["ents"])
        self._rule = options["overlaps"]
        self._seed = options["seed"]
        self._shares = shares_of(options["split"]) if options["split"] else ()
        # A split writes into the folder, else the file is opened before any work is done.
        self._file = None if self._shares else target.file()
        self._bins: dict[str, list[DocBin]] = {}

    def write(self, record: Record) -> None:
        """Add a Doc for each set of a record."""
        for one in record.sets:
            packed = self._packed(record.document, one)
            self._bins.setdefault(record.document.id, []).append(packed)

    def close(self) -> None:
        """Write the corpus."""
        from ...nlp.docbin import join

        if self._file is not None:
            self._file.write(join([each for bins in self._bins.values() for each in bins]))
            return
        folder = self._target.folder()
        parts = split_ids(list(self._bins), self._shares, self._seed)
        for name, ids in zip(PARTS, parts, strict=False):
            bins = [each for own_id in ids for each in self._bins[own_id]]
            (folder / f"{name}.spacy").write_bytes(join(bins))

    def _packed(self, document: Document, one: AnnotationSet) -> DocBin:
        from ...nlp.docbin import CorpusDoc, pack

        groups: dict[str, list[DocSpan]] = {self._key: []}
        for span in in_document_order(one.spans.values()):
            groups.setdefault(str(span.extra.get(GROUP, self._key)), []).append(_doc_span(span))
        if one.rejected:
            rejected = in_document_order(one.rejected.values())
            groups.setdefault(REJECTED_KEY, []).extend(map(_doc_span, rejected))
        entities = self._entity_spans(document, one) if self._entities else []
        entry = CorpusDoc(
            document.text,
            groups,
            entities,
            _cats(document),
            {own_keys.KEY: json.dumps(self._details(document, one), allow_nan=False)},
        )
        try:
            return pack(self._language, entry, entities=self._entities)
        except UnicodeEncodeError:
            raise AnnotatorError(
                f"{document.id}: a label or an id holds half a character, which spaCy cannot hold",
                "rename it",
            ) from None

    def _details(self, document: Document, one: AnnotationSet) -> dict[str, Any]:
        """Return what spaCy has no place for."""
        details = own_keys.document_details(document) | own_keys.set_details(one)
        spans = (*one.spans.values(), *one.rejected.values())
        details |= {
            "spans_key": self._key,
            "rejected": list(one.rejected),
            "spans": {span.id: own_keys.span_details(span, with_id=False) for span in spans},
            "relations": [own_keys.full_relation(relation) for relation in one.relations.values()],
        }
        return details | ({"meta": document.meta} if document.meta else {})

    def _entity_spans(self, document: Document, one: AnnotationSet) -> list[DocSpan]:
        """Return what ``doc.ents`` can hold: spans without white space around that lie apart."""
        solid = []
        for span in one.spans.values():
            quote = document.text[span.start : span.end]
            inner = quote.strip()
            if not inner:
                self._lose("blank-entities", 1)
                continue
            if inner != quote:
                self._lose("trimmed-entities", 1)
            start = span.start + len(quote) - len(quote.lstrip())
            solid.append(_moved(span, start, start + len(inner)))
        if self._rule == "refuse":
            refuse_overlaps(document.id, solid)
            return list(map(_doc_span, solid))
        gone = losers(solid, self._rule)
        self._lose("overlapping-entities", len(gone))
        return [_doc_span(span) for span in solid if span.id not in gone]


def _moved(span: Span, start: int, end: int) -> Span:
    return Span(id=span.id, label=span.label, start=start, end=end)


def _doc_span(span: Span) -> DocSpan:
    from ...nlp.docbin import DocSpan

    return DocSpan(span.start, span.end, span.label, span.id)


def _cats(document: Document) -> dict[str, float]:
    """Return categories that a document brought from another corpus."""
    cats = document.meta.get(CATS)
    if not isinstance(cats, dict):
        return {}
    return {
        name: float(value)
        for name, value in cats.items()
        if isinstance(name, str) and isinstance(value, int | float)
    }


def shares_of(text: str) -> tuple[float, ...]:
    """Return the shares of a split.

    Args:
        text: two or three numbers with commas between that add up to 1.

    Raises:
        AnnotatorError: they are something else.
    """
    try:
        shares = tuple(float(part) for part in text.split(","))
    except ValueError:
        shares = ()
    sound = 2 <= len(shares) <= len(PARTS) and all(0 <= share <= 1 for share in shares)
    if not sound or abs(sum(shares) - 1) > 1e-6:
        raise AnnotatorError(
            f"--split takes two or three shares that add up to 1, not {text!r}",
            "e.g. 0.8,0.1,0.1 for train, dev and test",
        )
    return shares


def split_ids(ids: Sequence[str], shares: Sequence[float], seed: float) -> list[list[str]]:
    """Return the ids of documents by part, each part in the order given.

    Which part a document is in depends on its id, the seed, and the other ids, but not on their
    order. Sizes are the shares by largest remainder, but no part is empty while another has two.

    Args:
        ids: ids of documents, each once.
        shares: how large each part is; they add up to 1.
        seed: another seed, another split.
    """
    exact = [share * len(ids) for share in shares]
    sizes = [int(size + 1e-9) for size in exact]
    by_remainder = sorted(range(len(shares)), key=lambda part: sizes[part] - exact[part])
    for part in by_remainder[: len(ids) - sum(sizes)]:
        sizes[part] += 1
    for part, share in enumerate(shares):
        largest = max(range(len(sizes)), key=sizes.__getitem__)
        if share > 0 and sizes[part] == 0 and sizes[largest] > 1:
            sizes[part] += 1
            sizes[largest] -= 1
    drawn = sorted(ids, key=lambda own_id: _draw(own_id, seed))
    part_of: dict[str, int] = {}
    for part, size in enumerate(sizes):
        done = len(part_of)
        part_of.update((own_id, part) for own_id in drawn[done : done + size])
    return [[own_id for own_id in ids if part_of[own_id] == part] for part in range(len(shares))]


def _draw(own_id: str, seed: float) -> bytes:
    return hashlib.sha256(f"{seed}\0{own_id}".encode("utf-8", "surrogatepass")).digest()
