"""Everything one annotator said about one document, and the edits that change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast

from .span import Relation, Span
from .span_index import SpanIndex

STATUSES = ("new", "in-progress", "done", "flagged", "skipped")
Status = Literal["new", "in-progress", "done", "flagged", "skipped"]
SectionName = Literal["spans", "rejected", "orphans", "relations"]
FieldName = Literal["status", "note"]
Item = Span | Relation


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """The document an annotation set speaks of, as its file names it.

    Attributes:
        id: the document's id.
        sha256: hash of the text that the offsets refer to (see ``document.text_sha256``).
        length: length of that text in code points.
        encoding: the codec the text was read with.
        bom: whether a byte order mark was dropped.
        extra: unknown keys, kept.
    """

    id: str
    sha256: str
    length: int
    encoding: str = "utf-8"
    bom: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


class Put(NamedTuple):
    """Add an item to a section, or replace the one with its id."""

    section: SectionName
    item: Item


class Drop(NamedTuple):
    """Remove the item with an id from a section."""

    section: SectionName
    id: str


class SetField(NamedTuple):
    """Change the document's status or note."""

    name: FieldName
    value: str


Op = Put | Drop | SetField


class AnnotationSet:
    """What one annotator said about one document.

    Sections are dictionaries by id in the order of insertion; ``index`` finds spans by place.
    They change only through :meth:`apply`, so that each change has its inverse.

    Args:
        document: the document and the state of its text.
        annotator: a person's name, ``model:NAME``, or ``gold``.
        scheme: the scheme's id, e.g. ``claims-and-placeholders/1``.
        status: where the work on the document stands.
        note: free text about the document.
        spans, rejected, orphans: spans that hold, candidates turned down, and spans that could
            not be placed in a changed text.
        relations: links between spans.
        extra: unknown top-level keys, kept.
    """

    def __init__(
        self,
        document: DocumentRef,
        annotator: str,
        scheme: str,
        *,
        status: Status = "new",
        note: str = "",
        spans: Iterable[Span] = (),
        rejected: Iterable[Span] = (),
        orphans: Iterable[Span] = (),
        relations: Iterable[Relation] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.document = document
        self.annotator = annotator
        self.scheme = scheme
        self.status: Status = status
        self.note = note
        self.spans = {span.id: span for span in spans}
        self.rejected = {span.id: span for span in rejected}
        self.orphans = {span.id: span for span in orphans}
        self.relations = {relation.id: relation for relation in relations}
        self.extra = dict(extra or {})
        self._index: SpanIndex | None = None

    @property
    def index(self) -> SpanIndex:
        """The spans by place; built when first asked for."""
        if self._index is None:
            self._index = SpanIndex(self.spans.values())
        return self._index

    def section(self, name: SectionName) -> dict[str, Item]:
        """Return the dictionary of a section."""
        return cast("dict[str, Item]", getattr(self, name))

    def ids(self) -> set[str]:
        """Return every id in use."""
        return {*self.spans, *self.rejected, *self.orphans, *self.relations}

    def relations_of(self, span_id: str) -> list[Relation]:
        """Return the relations that start or end at a span."""
        return [r for r in self.relations.values() if span_id in (r.source, r.target)]

    def apply(self, ops: Iterable[Op]) -> tuple[Op, ...]:
        """Carry out operations in order.

        Returns:
            The operations that undo them, in the order in which they must be applied.

        Raises:
            KeyError: an item to drop is not there; what was done before it stays done.
        """
        inverse = [self._apply_one(op) for op in ops]
        inverse.reverse()
        return tuple(inverse)

    def _apply_one(self, op: Op) -> Op:
        if isinstance(op, SetField):
            old = SetField(op.name, getattr(self, op.name))
            setattr(self, op.name, op.value)
            return old
        section = self.section(op.section)
        index = self._index if op.section == "spans" else None
        before = section.pop(op.id) if isinstance(op, Drop) else section.get(op.item.id)
        if index is not None and before is not None:
            index.discard(cast("Span", before))
        if isinstance(op, Put):
            section[op.item.id] = op.item
            if index is not None:
                index.add(cast("Span", op.item))
        if before is None:
            assert isinstance(op, Put)  # a Drop has found its item
            return Drop(op.section, op.item.id)
        return Put(op.section, before)
