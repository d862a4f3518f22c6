"""What the sidebar lists, as rows made from the annotations; nothing of this draws."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, overload

from ..domain.annotations import AnnotationSet
from ..domain.scheme import Scheme
from ..domain.span import Span, Value
from ..session.candidate import LinkCandidate
from ..session.candidates import Candidates
from .line_widget import Part
from .row_model import Row

if TYPE_CHECKING:
    from ..nlp.entities import Entity, EntityGroup, Mention

TargetKind = Literal["entity", "span", "relation", "text", "candidate"]
_QUOTE = 160
"""Code points of a quote that a row may need; no sidebar is wider."""
_CONTEXT = 14
"""Code points of text shown before a mention, so that one place can be told from another."""
_PREVIEW = 6
"""Names shown behind the title of a folded group."""
_MADE = 512
"""Rows of spans kept for the next time they are asked for."""
_TESTED = 100
"""Places of one name that are looked at to say whether one of them lies in a slot."""


class Target(NamedTuple):
    """What a row of the sidebar stands for.

    Attributes:
        kind: what it is.
        id: id of the span or relation; empty for entities and text.
        start: where to go, in code points.
        end: where the range there ends.
    """

    kind: TargetKind
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EntitiesState:
    """What is known of a document's entities.

    Attributes:
        groups: by label, from :func:`annotator.nlp.entities.group_entities`.
        status: what is going on, e.g. ``loading pipeline…``; empty when all are found.
    """

    groups: tuple[EntityGroup, ...] = ()
    status: str = ""

    @property
    def count(self) -> int:
        """How many places in the text are entities."""
        return sum(group.count for group in self.groups)


def squeeze(text: str, limit: int = _QUOTE) -> str:
    """Return the beginning of a text on one line, runs of white space as one blank.

    Args:
        text: raw text.
        limit: code points to look at.
    """
    return " ".join(text[:limit].split())


def slot_labels(scheme: Scheme) -> frozenset[str]:
    """Return the labels whose spans are slots to be filled: those that tag a bracket group."""
    return frozenset(label.name for label in scheme.labels.values() if "bracket" in label.units)


def slot_test(annotations: AnnotationSet, scheme: Scheme) -> Callable[[Entity], bool]:
    """Return a test that says whether an entity lies inside a slot that was tagged as such."""
    labels, index = slot_labels(scheme), annotations.index

    def inside(entity: Entity) -> bool:
        return any(
            span.label in labels and span.start <= entity.start and entity.end <= span.end
            for span in index.touching(entity.start, entity.end)
        )

    return inside


class _Rows(Sequence[Row]):
    """A sequence that makes its rows when they are asked for."""

    def __len__(self) -> int:
        raise NotImplementedError

    def row(self, index: int) -> Row:
        """Return the row at an index from 0."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        """Return a row, or several."""
        if isinstance(index, slice):
            return [self.row(i) for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.row(index % len(self))


_Entry: TypeAlias = "tuple[EntityGroup, Mention | None, Entity | None]"
"""A group, or a name in it, or one place of that name."""


class EntityRows(_Rows):
    """Entities as a tree: labels, names under them, places under a name that has several.

    Args:
        groups: the entities.
        text: the document's text.
        unfolded: keys of the rows whose children are shown.
        in_slot: says whether an entity lies inside a tagged slot.
    """

    def __init__(
        self,
        groups: Sequence[EntityGroup],
        text: str,
        unfolded: Collection[str],
        in_slot: Callable[[Entity], bool],
    ) -> None:
        self._text = text
        self._unfolded = unfolded
        self._in_slot = in_slot
        self._entries: list[_Entry] = []
        for group in groups:
            self._entries.append((group, None, None))
            if _group_key(group) in unfolded:
                for mention in group.mentions:
                    self._entries.append((group, mention, None))
                    if len(mention.places) > 1 and _mention_key(mention) in unfolded:
                        self._entries.extend((group, mention, place) for place in mention.places)

    def __len__(self) -> int:
        """Return how many rows are not folded away."""
        return len(self._entries)

    def row(self, index: int) -> Row:
        """Return the row at an index."""
        group, mention, place = self._entries[index]
        if mention is None:
            return self._group(group)
        return self._mention(mention) if place is None else self._place(place)

    def _group(self, group: EntityGroup) -> Row:
        key = _group_key(group)
        folded = key not in self._unfolded
        parts: tuple[Part, ...] = ((group.title, "strong"),)
        if folded:
            names = ", ".join(squeeze(m.text) for m in group.mentions[:_PREVIEW])
            parts += ((f"  {names}", "muted"),)
        return Row(key, parts, foldable=True, folded=folded, right=str(group.count))

    def _mention(self, mention: Mention) -> Row:
        key, places = _mention_key(mention), mention.places
        several = len(places) > 1
        name: tuple[Part, ...] = ((squeeze(mention.text), ""),)
        if several:
            name += ((f" ×{len(places)}", "muted"),)
        return Row(
            key,
            name,
            depth=1,
            foldable=several,
            folded=key not in self._unfolded,
            right="in slot" if any(map(self._in_slot, places[:_TESTED])) else "",
            target=_target(places[0]),
        )

    def _place(self, place: Entity) -> Row:
        start, end = place.start, place.end
        before = self._text[max(0, start - _CONTEXT) : start]
        name = self._text[start:end]
        after = self._text[end : end + _QUOTE]
        parts = (
            (_one_line(before), "muted"),
            (_one_line(name), "accent"),
            (_one_line(after), "muted"),
        )
        right = "in slot" if self._in_slot(place) else ""
        return Row(f"p{start}-{end}", parts, depth=2, right=right, target=_target(place))


def _one_line(text: str) -> str:
    """Return text with every white-space character as a blank, so that its ends stay apart."""
    return "".join(" " if char.isspace() else char for char in text)


def _group_key(group: EntityGroup) -> str:
    return f"g{group.label}"


def _mention_key(mention: Mention) -> str:
    return f"m{mention.places[0].label} {mention.text}"


def _target(entity: Entity) -> Target:
    return Target("entity", "", entity.start, entity.end)


class SpanRows(_Rows):
    """The spans of an annotation set in document order, always as they stand now.

    Args:
        annotations: the set; it may change, and the rows with it.
        scheme: knows the labels' letters.
    """

    def __init__(self, annotations: AnnotationSet, scheme: Scheme) -> None:
        self._annotations = annotations
        self._scheme = scheme
        self._made: dict[str, tuple[Span, Row]] = {}

    def changed(self) -> None:
        """Forget rows made so far: spans around theirs may have come or gone."""
        self._made.clear()

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self._annotations.spans)

    def row(self, index: int) -> Row:
        """Return the row at an index."""
        span = self._annotations.index.nth(index)
        made = self._made.get(span.id)
        if made is not None and made[0] is span:
            return made[1]
        if len(self._made) >= _MADE:
            self._made.clear()
        row = self._make(span)
        self._made[span.id] = span, row
        return row

    def _make(self, span: Span) -> Row:
        parts = (
            (label_letter(self._scheme, span.label), f"label.{span.label}"),
            (f" {squeeze(span.quote)}", ""),
        )
        return Row(
            key=span.id,
            parts=parts,
            depth=min(2, self._parents(span)),
            right=span_summary(span, self._scheme),
            target=Target("span", span.id, span.start, span.end),
        )

    def index_of(self, key: str) -> int | None:
        """Return the index of a span's row by the span's id, or None."""
        span = self._annotations.spans.get(key)
        return None if span is None else self._annotations.index.rank(span)

    def _parents(self, span: Span) -> int:
        """Return how many other spans contain one."""
        here = self._annotations.index.touching(span.start, span.start + 1)
        mine = (span.start, -span.end, span.id)
        return sum(
            other.end >= span.end and (other.start, -other.end, other.id) < mine for other in here
        )


class CandidateRows(_Rows):
    """The open candidates, links first, then spans in document order, as they stand now.

    Args:
        candidates: of the document; they may change, and the rows with them.
        scheme: knows the labels' letters.
    """

    def __init__(self, candidates: Candidates, scheme: Scheme) -> None:
        self._candidates = candidates
        self._scheme = scheme

    def __len__(self) -> int:
        """Return how many are to be decided now."""
        return len(self._links()) + self._candidates.open_span_count

    def _links(self) -> list[LinkCandidate]:
        return list(self._candidates.due_links())

    def row(self, index: int) -> Row:
        """Return the row at an index."""
        links = self._links()
        if index < len(links):
            return self._link(links[index])
        candidate = self._candidates.nth_open(index - len(links))
        span = candidate.span
        parts = (
            (label_letter(self._scheme, span.label), f"label.{span.label}"),
            ("? ", "muted"),
            (squeeze(span.quote), ""),
        )
        target = Target("candidate", candidate.id, span.start, span.end)
        return Row(candidate.id, parts, right=_percent(candidate.score), target=target)

    def _link(self, link: LinkCandidate) -> Row:
        quotes = " ↔ ".join(squeeze(end.quote) for end in link.ends)
        start, end = link.range
        return Row(
            link.id,
            ((f"{link.relation.type}? ", "accent"), (quotes, "")),
            right=_percent(link.score),
            target=Target("candidate", link.id, start, end),
        )

    def index_of(self, key: str) -> int | None:
        """Return the index of a candidate's row by its id, or None."""
        found = self._candidates.find(key)
        links = self._links()
        if isinstance(found, LinkCandidate):
            return links.index(found)
        return None if found is None else len(links) + self._candidates.rank_of(found)


def _percent(score: float) -> str:
    return "" if score >= 1 else f".{round(score * 100):02}" if score < 0.995 else "1.0"


def label_letter(scheme: Scheme, name: str) -> str:
    """Return the key of a label, or ``?`` for one the scheme does not know."""
    label = scheme.labels.get(name)
    return label.key if label else "?"


def span_summary(span: Span, scheme: Scheme) -> str:
    """Return the value that says most about a span: that of its label's first choice."""
    label = scheme.labels.get(span.label)
    first = label.first_choice if label else None
    return show_value(span.attributes.get(first.name, "")) if first else ""


def show_value(value: Value) -> str:
    """Return an attribute's value for people, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)
