"""Spans in a text that changed under them: found again by what they quote, or kept as orphans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.annotations import AnnotationSet, Drop, Op, Put, SectionName
from ..domain.span import Span
from ..text.quotes import Placement, context

if TYPE_CHECKING:
    from .span_places import SpanPlaces

REVIEWER = "model:reanchor"
"""Who proposes the places of orphans, in the origin of candidates."""
HOME_KEY = "orphaned-from"
"""Key of an orphan's ``extra`` that names the section it belongs to, where that is not spans."""
PERHAPS_KEY = "perhaps"
"""Key of an orphan's ``extra`` with the ranges where it may stand, the likeliest first."""


class Reanchoring:
    """What must change so that every span stands in the text.

    Attributes:
        ops: the operations, ready to be applied.
        moved: how many spans stand at another place now.
        unsure: ids of those whose quote stands in the text, but not for certain at one place.
        orphaned: ids of those whose quote is nowhere in the text. These and the unsure ones are
            orphans from now on, with the places where they may stand.
        recovered: how many orphans were found again.
        before: the spans that are not as they were, or not for certain, as they were; by id.
        back: ids of the orphans that were found again.
    """

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.moved = 0
        self.orphaned: list[str] = []
        self.recovered = 0
        self.unsure: list[str] = []
        self.before: dict[str, Span] = {}
        self.back: set[str] = set()

    def notice(self) -> str:
        """Return one short line for the annotator; empty when nothing is worth saying.

        What asks for work comes first: a narrow terminal cuts the rest off.
        """
        orphaned = len(self.orphaned)
        said = (
            (len(self.unsure), "to review"),
            (orphaned, "orphan" if orphaned == 1 else "orphans"),
            (self.recovered, "found again"),
            (self.moved, "moved"),
        )
        return ", ".join(f"{count} {what}" for count, what in said if count)


def reanchor(annotations: AnnotationSet, text: str, old: str | None = None) -> Reanchoring:
    """Find the place of every span, rejected candidate and orphan in another text.

    Args:
        annotations: positions of an older text, quotes and contexts; not changed.
        text: the text as it is now.
        old: the older text, if it is known; then more is certain.
    """
    # Only where a text changed: what compares texts takes a while to load, and starts are counted.
    from .span_places import SpanPlaces

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

    from .span_places import SpanPlaces

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
    length = len(text)
    return all(
        0 <= span.start < span.end <= length
        and not span.fragments
        # One that was read beside this very text quotes it, or else it would keep a quote.
        and (
            ((excerpt := getattr(span, "excerpt", None)) is not None and excerpt.text is text)
            or text[span.start : span.end] == span.quote
        )
        for spans in (annotations.spans, annotations.rejected)
        for span in spans.values()
    )


def misquoted(spans: Iterable[Span], text: str) -> int:
    """Return how many spans have a quote that differs from what they cover."""
    return sum(1 for span in spans if span.quote and text[span.start : span.end] != span.quote)


def home_of(orphan: Span) -> SectionName:
    """Return the section that an orphan belongs to."""
    return "rejected" if orphan.extra.get(HOME_KEY) == "rejected" else "spans"


def stripped(orphan: Span) -> Span:
    """Return an orphan without what only orphans have."""
    extra = {k: v for k, v in orphan.extra.items() if k not in (HOME_KEY, PERHAPS_KEY)}
    return replace(orphan, extra=extra)


def perhaps(orphan: Span, text: str) -> list[Span]:
    """Return an orphan as it would stand at each of the places where it may, the likeliest first.

    Args:
        orphan: the orphan; places that are none, of a hand-edited file, are left out.
        text: the text as it is now.
    """
    found: list[Span] = []
    ranges = orphan.extra.get(PERHAPS_KEY)
    for bounds in ranges if isinstance(ranges, list) else ():
        if not isinstance(bounds, list) or len(bounds) != 2:
            continue
        start, end = bounds
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            continue
        placed = moved_to(orphan, text, start, end)
        if placed is not None:
            found.append(stripped(placed))
    return found


def moved_to(span: Span, text: str, start: int, end: int) -> Span | None:
    """Return a span at another place, or None when its fragments do not fit in there.

    Args:
        span: the span, with its quote.
        text: the text that the place is in.
        start, end: the place, in code points.
    """
    quote = text[start:end]
    if (start, quote) == (span.start, span.quote):
        placed = span
    else:
        placed = shifted(span, start - span.start)
    if span.fragments and quote != span.quote:
        fragments = _levelled_fragments(span, start, quote)
        if fragments is None:
            return None
        placed = replace(placed, fragments=fragments)
    prefix, suffix = context(text, start, end)
    placed = replace(placed, end=end, quote=quote, prefix=prefix, suffix=suffix)
    return placed if fits(placed, len(text)) else None


def _levelled_fragments(span: Span, start: int, quote: str) -> tuple[tuple[int, int], ...] | None:
    """Return where fragments stand in a quote with other white space, composition or quotes."""
    from ..text.folding import fold

    before, now = fold(span.quote), fold(quote)
    if before.text != now.text:
        return None

    def at(offset: int) -> int:
        return start + now.starts[bisect_left(before.starts, offset - span.start)]

    return tuple((at(first), at(last)) for first, last in span.fragments)


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
            self.places.prepare(self.annotations.orphans.values())
            for span in self.annotations.orphans.values():
                self.recover(span)
        return self.result

    def keep_or_orphan(self, section: SectionName, span: Span, found: Placement | None) -> None:
        placed = self.moved_to(span, found.start, found.end) if found is not None else None
        if placed is None or found is None or not found.certain:
            self.result.before[span.id] = span
            (self.result.orphaned if placed is None else self.result.unsure).append(span.id)
            extra = dict(span.extra)
            if section != "spans":
                extra[HOME_KEY] = section
            orphan = self.with_places(replace(span, extra=extra), found if placed else None)
            self.result.ops += [Drop(section, span.id), Put("orphans", orphan)]
        elif placed != span:
            self.result.before[span.id] = span
            self.result.moved += placed.start != span.start
            self.result.ops.append(Put(section, placed))

    def with_places(self, orphan: Span, found: Placement | None) -> Span:
        """Return an orphan with the places where it may stand, for review.

        What was turned down once has none: it is no loss.

        Args:
            orphan: the orphan.
            found: the best place of its words; None where they are gone.
        """
        extra = {key: value for key, value in orphan.extra.items() if key != PERHAPS_KEY}
        ranges: list[tuple[int, int]] = []
        if not orphan.quote or extra.get(HOME_KEY) == "rejected":
            pass
        elif found is not None:
            others = self.places.others(orphan, found)
            ranges = [(found.start, found.end), *others]
        elif not orphan.fragments:
            from ..text.likeness import most_alike

            near = self.places.expected(orphan)
            said = orphan.quote, orphan.prefix, orphan.suffix
            like = most_alike(self.text, *said, near, self.places.between(orphan))
            ranges = [like] if like is not None else []
        if ranges:
            extra[PERHAPS_KEY] = [list(bounds) for bounds in ranges]
        return orphan if extra == orphan.extra else replace(orphan, extra=extra)

    def recover(self, span: Span) -> None:
        """Put an orphan back if its place is beyond doubt and nobody tagged it there again.

        One that is to be reviewed comes back by itself only where it was from the beginning.
        """
        found = self.places.find(span, span.start) if span.quote else None
        placed = self.moved_to(span, found.start, found.end) if found is not None else None
        sure = found is not None and found.certain
        sure = sure and (PERHAPS_KEY not in span.extra or placed == span)
        if placed is None or not sure or self.is_taken(placed):
            renewed = self.with_places(span, found if placed is not None else None)
            if renewed is not span:
                self.result.ops.append(Put("orphans", renewed))
            return
        self.result.recovered += 1
        self.result.before[span.id] = span
        self.result.back.add(span.id)
        home = home_of(span)
        self.result.ops += [Drop("orphans", span.id), Put(home, stripped(placed))]

    def is_taken(self, placed: Span) -> bool:
        twins: dict[str, Span] = getattr(self.annotations, home_of(placed))
        same = (placed.label, placed.start, placed.end)
        return any((twin.label, twin.start, twin.end) == same for twin in twins.values())

    def moved_to(self, span: Span, start: int, end: int) -> Span | None:
        return moved_to(span, self.text, start, end)
