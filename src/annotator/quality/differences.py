"""What differs between two annotation sets of one document, span by span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple, cast

from ..domain.annotations import AnnotationSet, SectionName
from ..domain.span import SAME, Relation, Span, overlap
from ..domain.span_index import SpanIndex

SPAN_SECTIONS: tuple[SectionName, ...] = ("spans", "rejected", "orphans")
LINK_SECTIONS: tuple[SectionName, ...] = ("relations", "rejected_relations")
Kind = Literal["added", "removed", "changed"]


class SpanDifference(NamedTuple):
    """A span that only one set has, or that both have in two versions.

    Attributes:
        section: where it stands in its set: ``spans``, ``rejected`` or ``orphans``.
        kind: ``added`` (only in the second set), ``removed`` or ``changed``.
        before: as the first set has it; None for one that was added.
        after: as the second set has it; None for one that was removed.
        fields: what differs of one that changed: ``section``, ``bounds``, ``label``,
            ``attributes``, ``note``.
        was: the section that it stood in before.
    """

    section: SectionName
    kind: Kind
    before: Span | None
    after: Span | None
    fields: tuple[str, ...] = ()
    was: SectionName = "spans"

    @property
    def span(self) -> Span:
        """The newer version that there is."""
        return cast("Span", self.after or self.before)


class RelationDifference(NamedTuple):
    """A relation that only one set has, or whose attributes or note differ.

    Attributes:
        section: ``relations`` or ``rejected_relations``.
        kind, before, after, fields: as in :class:`SpanDifference`.
        ends: the spans that the newer version links; None for an end that its set lacks.
    """

    section: SectionName
    kind: Kind
    before: Relation | None
    after: Relation | None
    ends: tuple[Span | None, Span | None]
    fields: tuple[str, ...] = ()

    @property
    def relation(self) -> Relation:
        """The newer version that there is."""
        return cast("Relation", self.after or self.before)


class Differences(NamedTuple):
    """All that differs between two sets.

    Attributes:
        spans: in document order.
        relations: in the order of the sets.
        fields: document status and note where they differ: before and after by name.
        same: spans that both sets have alike.
        other_text: whether the sets speak of two states of the text, so that offsets of the one
            say nothing about the other.
    """

    spans: list[SpanDifference]
    relations: list[RelationDifference]
    fields: Mapping[str, tuple[str, str]]
    same: int
    other_text: bool

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.spans or self.relations or self.fields)


def differences(before: AnnotationSet, after: AnnotationSet) -> Differences:
    """Return what differs between two sets of one document.

    Spans are paired by id where both sets are one annotator's, then by label and range, by range,
    and by having at least half of their union in common, those of one label first. Each span has
    one partner at most. Who made a span, when and from what does not count.

    Args:
        before: the first set.
        after: the second set.
    """
    found: list[SpanDifference] = []
    partner: dict[str, str] = {}
    same = 0
    by_id = before.annotator == after.annotator
    crossing = list(_crossing(before, after)) if by_id else []
    found += crossing
    crossed = {one.span.id for one in crossing}
    partner.update((name, name) for name in crossed)
    for section in SPAN_SECTIONS:
        olds = _without(before, section, crossed)
        news = _without(after, section, crossed)
        pairs = _pairs(olds, news, by_id=by_id)
        partner.update(pairs)
        for old_id, new_id in pairs.items():
            fields = _changed(olds[old_id], news[new_id])
            if fields:
                pair = olds[old_id], news[new_id]
                one = SpanDifference(section, "changed", *pair, fields, section)
                found.append(one)
            elif section == "spans":
                same += 1
        taken = set(pairs.values())
        found += [
            SpanDifference(section, "removed", span, None, was=section)
            for span in olds.values()
            if span.id not in pairs
        ]
        found += [
            SpanDifference(section, "added", None, span)
            for span in news.values()
            if span.id not in taken
        ]
    found.sort(key=lambda one: (one.span.start, -one.span.end, one.section, one.kind, one.span.id))
    links = [one for name in LINK_SECTIONS for one in _links(before, after, name, partner)]
    told = {
        name: (getattr(before, name), getattr(after, name))
        for name in ("status", "note")
        if getattr(before, name) != getattr(after, name)
    }
    other_text = before.document.sha256 != after.document.sha256
    return Differences(found, links, told, same, other_text)


def _crossing(before: AnnotationSet, after: AnnotationSet) -> Iterator[SpanDifference]:
    """Yield the spans that went to another section: turned down, lost with an edit, found again."""
    for was in SPAN_SECTIONS:
        for old in cast("dict[str, Span]", before.section(was)).values():
            for section in SPAN_SECTIONS:
                new = cast("dict[str, Span]", after.section(section)).get(old.id)
                if new is not None and section != was:
                    fields = ("section", *_changed(old, new))
                    yield SpanDifference(section, "changed", old, new, fields, was)


def _without(
    annotations: AnnotationSet, section: SectionName, ids: AbstractSet[str]
) -> dict[str, Span]:
    spans = cast("dict[str, Span]", annotations.section(section))
    return {name: span for name, span in spans.items() if name not in ids}


def _pairs(olds: Mapping[str, Span], news: Mapping[str, Span], *, by_id: bool) -> dict[str, str]:
    """Return which span of the second set is a version of which of the first, by id."""
    pairs: dict[str, str] = {}
    if by_id:
        pairs.update((name, name) for name in olds if name in news)
    taken = set(pairs.values())

    def pair(old: Span, new: Span) -> None:
        if old.id not in pairs and new.id not in taken:
            pairs[old.id] = new.id
            taken.add(new.id)

    def left(spans: Mapping[str, Span], gone: Iterable[str]) -> list[Span]:
        known = set(gone)
        return [span for span in spans.values() if span.id not in known]

    def exact(span: Span) -> Hashable:
        return span.label, span.range, span.fragments

    def place(span: Span) -> Hashable:
        return span.range

    def whole(span: Span) -> Hashable:
        return exact(span), repr(sorted(span.attributes.items())), span.note

    for key in (whole, exact, place):
        waiting: defaultdict[Hashable, list[Span]] = defaultdict(list)
        for new in left(news, taken):
            waiting[key(new)].append(new)
        for old in left(olds, pairs):
            if waiting[key(old)]:
                pair(old, waiting[key(old)].pop(0))
    index = SpanIndex(left(news, taken))
    close = [
        (old.label != new.label, -shared, old.start, old.id, new.id, old, new)
        for old in left(olds, pairs)
        for new in index.touching(old.start, old.end)
        if (shared := overlap(old.range, new.range)) >= SAME
    ]
    for *_, old, new in sorted(close, key=lambda entry: entry[:5]):
        pair(old, new)
    return pairs


def _changed(old: Span, new: Span) -> tuple[str, ...]:
    checks = (
        ("bounds", (old.range, old.fragments) != (new.range, new.fragments)),
        ("label", old.label != new.label),
        ("attributes", dict(old.attributes) != dict(new.attributes)),
        ("note", old.note != new.note),
    )
    return tuple(name for name, differs in checks if differs)


def _links(
    before: AnnotationSet, after: AnnotationSet, section: SectionName, partner: Mapping[str, str]
) -> Iterator[RelationDifference]:
    olds = cast("dict[str, Relation]", before.section(section))
    news = cast("dict[str, Relation]", after.section(section))
    waiting: defaultdict[Hashable, list[Relation]] = defaultdict(list)
    for new in news.values():
        waiting[new.type, new.source, new.target].append(new)
    for old in olds.values():
        # An end without a partner gets a key that no id of the other set can be.
        ends = tuple(partner.get(end, ("", end)) for end in (old.source, old.target))
        same = waiting[old.type, *ends]
        if not same:
            yield RelationDifference(section, "removed", old, None, _ends(before, old))
            continue
        new = same.pop(0)
        fields = tuple(
            name
            for name, differs in (
                ("attributes", dict(old.attributes) != dict(new.attributes)),
                ("note", old.note != new.note),
            )
            if differs
        )
        if fields:
            yield RelationDifference(section, "changed", old, new, _ends(after, new), fields)
    for rest in waiting.values():
        for new in rest:
            yield RelationDifference(section, "added", None, new, _ends(after, new))


def _ends(annotations: AnnotationSet, relation: Relation) -> tuple[Span | None, Span | None]:
    source = annotations.spans.get(relation.source)
    return source, annotations.spans.get(relation.target)
