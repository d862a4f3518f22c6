"""Spans in a text that changed under them: found again by what they quote, or kept as orphans."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..domain.annotations import AnnotationSet, Drop, Op, Put, SectionName
from ..domain.span import Span
from ..text.likeness import most_alike
from ..text.quotes import Placement, context
from .span_places import SpanPlaces

HOME_KEY = "orphaned-from"
"""Key of an orphan's ``extra`` that names the section it belongs to, where that is not spans."""


class Reanchoring:
    """What must change so that every span stands in the text.

    Attributes:
        ops: the operations, ready to be applied.
        moved: how many spans stand at another place now.
        orphaned: ids of those whose quote is nowhere in the text.
        recovered: how many orphans were found again.
        unsure: ids of those whose quote stands at several places that fit alike, or in another
            context; they were put at the best.
        before: the spans that are not as they were, or not for certain, as they were; by id.
        back: ids of the orphans that were found again.
        proposed: where orphans may stand now, for review: their words were changed.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.moved = 0
        self.orphaned: list[str] = []
        self.recovered = 0
        self.unsure: list[str] = []
        self.proposed: list[Span] = []
        self.before: dict[str, Span] = {}
        self.back: set[str] = set()

    def notice(self) -> str:
        """Return one line for the annotator; empty when nothing is worth saying."""
        said: list[str] = []
        if self.moved:
            said.append(f"{self.moved} moved")
        if self.recovered:
            said.append(f"{self.recovered} orphans found again")
        if self.unsure:
            said.append(f"{len(self.unsure)} placed by guess, check {_some(self.unsure)}")
        if self.orphaned:
            said.append(f"{len(self.orphaned)} not found and kept as orphans")
        return ", ".join(said)


def reanchor(annotations: AnnotationSet, text: str, old: str | None = None) -> Reanchoring:
    """Find the place of every span, rejected candidate and orphan in another text.

    Args:
        annotations: positions of an older text, quotes and contexts; not changed.
        text: the text as it is now.
        old: the older text, if it is known; then more is certain.
    """
    places = SpanPlaces(text, annotations.document.length, old)
    return _Reanchorer(annotations, text, places).run()


def rescue_misfits(annotations: AnnotationSet, text: str) -> Reanchoring:
    """Find a place for the spans that cannot stand in the text at all, others left alone.

    That is the work of a hand that edited the file: an end behind the text's, say.
    """
    length = len(text)

    def is_misfit(span: Span) -> bool:
        # Without fragments, which few spans have, this alone decides; a call would cost as much.
        in_text = 0 <= span.start < span.end <= length
        return not (in_text and (not span.fragments or fits(span, length)))

    places = SpanPlaces(text, length, trusted=True)
    return _Reanchorer(annotations, text, places).run(is_misfit)


def fits(span: Span, length: int) -> bool:
    """Say whether a span's ranges are ranges of a text of so many code points."""
    if not 0 <= span.start < span.end <= length:
        return False
    return all(span.start <= start < end <= span.end for start, end in span.fragments)


def all_stand(annotations: AnnotationSet, text: str) -> bool:
    """Say whether every span and rejected candidate quotes exactly what it covers.

    True for nearly every set that is opened, and found out in a third of the time that
    :func:`rescue_misfits` and :func:`misquoted` take to find nothing.
    """
    return all(
        span.start >= 0
        and span.end - span.start == len(span.quote) > 0
        and text.startswith(span.quote, span.start)
        and not span.fragments
        for spans in (annotations.spans, annotations.rejected)
        for span in spans.values()
    )


def misquoted(spans: Iterable[Span], text: str) -> int:
    """Return how many spans have a quote that differs from what they cover."""
    return sum(1 for span in spans if span.quote and text[span.start : span.end] != span.quote)


def shifted(span: Span, shift: int) -> Span:
    """Return a span that stands so many code points further on."""
    fragments = tuple((first + shift, last + shift) for first, last in span.fragments)
    return replace(span, start=span.start + shift, end=span.end + shift, fragments=fragments)


class _Reanchorer:
    def __init__(self, annotations: AnnotationSet, text: str, places: SpanPlaces) -> None:
        self.annotations = annotations
        self.text = text
        self.result = Reanchoring()
        self.places = places

    def run(self, wanted: Callable[[Span], bool] | None = None) -> Reanchoring:
        for section in ("spans", "rejected"):
            spans: dict[str, Span] = getattr(self.annotations, section)
            chosen = filter(wanted, spans.values()) if wanted else spans.values()
            ordered = sorted(chosen, key=lambda span: span.start)
            for span, found in zip(ordered, self.places.places(ordered), strict=True):
                self.keep_or_orphan(section, span, found)
        if wanted is None:
            for span in self.annotations.orphans.values():
                self.recover(span)
        return self.result

    def keep_or_orphan(self, section: SectionName, span: Span, found: Placement | None) -> None:
        placed = self.moved_to(span, found.start, found.end) if found is not None else None
        if placed is not None and found is not None and not found.certain:
            self.result.unsure.append(span.id)
        if placed != span or (found is not None and not found.certain):
            self.result.before[span.id] = span
        if placed is None:
            self.orphan(section, span)
        elif placed != span:
            self.result.moved += placed.start != span.start
            self.result.ops.append(Put(section, placed))

    def orphan(self, section: SectionName, span: Span) -> None:
        self.result.orphaned.append(span.id)
        if section == "spans":
            self.propose(span)
        if section != "spans":
            span = replace(span, extra={**span.extra, HOME_KEY: section})
        self.result.ops += [Drop(section, span.id), Put("orphans", span)]

    def propose(self, span: Span) -> None:
        """Note where an orphan's words stand in a changed form; that is never certain."""
        if not span.quote or span.fragments:
            return
        near = self.places.expected(span)
        found = most_alike(self.text, span.quote, span.prefix, span.suffix, near)
        if found is not None and (placed := self.moved_to(span, *found)) is not None:
            self.result.proposed.append(placed)

    def recover(self, span: Span) -> None:
        """Put an orphan back if its place is beyond doubt and nobody tagged it there again."""
        if not span.quote:
            return
        found = self.places.find(span, span.start)
        if found is None or not found.certain:
            return
        placed = self.moved_to(span, found.start, found.end)
        if placed is None:
            return
        home: SectionName = "rejected" if span.extra.get(HOME_KEY) == "rejected" else "spans"
        extra = {key: value for key, value in span.extra.items() if key != HOME_KEY}
        twins: dict[str, Span] = getattr(self.annotations, home)
        same = (span.label, placed.start, placed.end)
        if not any((twin.label, twin.start, twin.end) == same for twin in twins.values()):
            self.result.recovered += 1
            self.result.before[span.id] = span
            self.result.back.add(span.id)
            self.result.ops += [Drop("orphans", span.id), Put(home, replace(placed, extra=extra))]

    def moved_to(self, span: Span, start: int, end: int) -> Span | None:
        """Return the span at its new place, or None when its fragments do not fit in there."""
        quote = self.text[start:end]
        if (start, end, quote) == (span.start, span.end, span.quote):
            placed = span
        else:
            placed = shifted(span, start - span.start)
        prefix, suffix = context(self.text, start, end)
        placed = replace(placed, end=end, quote=quote, prefix=prefix, suffix=suffix)
        return placed if fits(placed, len(self.text)) else None


def _some(ids: list[str], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (" ..." if len(ids) > most else "")
