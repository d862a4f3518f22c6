"""Everything one annotator said about one document, and the edits that change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast, get_args

from .span import Relation, Span
from .span_index import SpanIndex

MODEL_PREFIX = "model:"
"""Names of annotators that are suggesters begin with this."""
STATUSES = ("new", "in-progress", "done", "flagged", "skipped")
Status = Literal["new", "in-progress", "done", "flagged", "skipped"]
SectionName = Literal["spans", "rejected", "orphans", "relations", "rejected_relations"]
SECTIONS: tuple[SectionName, ...] = get_args(SectionName)
"""The sections of a set, in the order of its file."""
RELATION_SECTIONS: tuple[SectionName, ...] = ("relations", "rejected_relations")
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
        rejected_relations: candidate links turned down; their ends are spans that hold.
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
        rejected_relations: Iterable[Relation] = (),
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
        self.rejected_relations = {relation.id: relation for relation in rejected_relations}
        self.extra = dict(extra or {})
        self._index: SpanIndex | None = None
        self._rejected_index: SpanIndex | None = None

    @property
    def index(self) -> SpanIndex:
        """The spans by place; built when first asked for."""
        if self._index is None:
            self._index = SpanIndex(self.spans.values())
        return self._index

    @property
    def is_annotated(self) -> bool:
        """Whether the document was worked on: "read, nothing found" is; to open it is not."""
        return bool(self.spans) or self.status != "new"

    @property
    def rejected_index(self) -> SpanIndex:
        """The rejected candidates by place; built when first asked for."""
        if self._rejected_index is None:
            self._rejected_index = SpanIndex(self.rejected.values())
        return self._rejected_index

    def section(self, name: SectionName) -> dict[str, Item]:
        """Return the dictionary of a section."""
        return cast("dict[str, Item]", getattr(self, name))

    def ids(self) -> set[str]:
        """Return every id in use."""
        return {name for section in SECTIONS for name in self.section(section)}

    def relations_of(self, span_id: str) -> list[Relation]:
        """Return the relations that start or end at a span."""
        return [r for r in self.relations.values() if span_id in (r.source, r.target)]

    def links_at(self, span_ids: AbstractSet[str]) -> list[tuple[SectionName, Relation]]:
        """Return what links any of some spans, rejected links too, each with its section."""
        return [
            (name, relation)
            for name in RELATION_SECTIONS
            for relation in cast("Iterable[Relation]", self.section(name).values())
            if relation.source in span_ids or relation.target in span_ids
        ]

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
        index = self._index_of(op.section)
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

    def _index_of(self, section: SectionName) -> SpanIndex | None:
        """Return the index of a section that must be kept in step, if it was built."""
        if section == "spans":
            return self._index
        return self._rejected_index if section == "rejected" else None
