"""Spans in a text that changed under them: found again by what they quote, or kept as orphans."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace

from ..domain.annotations import AnnotationSet, Drop, Op, Put, SectionName
from ..domain.span import Span
from ..text.folding import Folded, fold
from ..text.likeness import most_alike
from ..text.quotes import Placement, context, place

_NEARBY = 1000
"""Code points on either side in which a second place with the same quote and context is looked
for: a line of a list that repeats."""
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


def reanchor(annotations: AnnotationSet, text: str) -> Reanchoring:
    """Find the place of every span, rejected candidate and orphan in another text.

    A span is first looked for as far from its old place as the one before it was moved, with the
    same context, which holds for nearly all of them; only else is the text searched.

    Args:
        annotations: positions of an older text, quotes and contexts; not changed.
        text: the text as it is now.
    """
    return _Reanchorer(annotations, text).run()


def rescue_misfits(annotations: AnnotationSet, text: str) -> Reanchoring:
    """Find a place for the spans that cannot stand in the text at all, others left alone.

    That is the work of a hand that edited the file: an end behind the text's, say.
    """
    length = len(text)

    def is_misfit(span: Span) -> bool:
        # Without fragments, which few spans have, this alone decides; a call would cost as much.
        in_text = 0 <= span.start < span.end <= length
        return not (in_text and (not span.fragments or fits(span, length)))

    return _Reanchorer(annotations, text).run(is_misfit)


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


def shifted(span: Span, shift: int) -> Span:
    """Return a span that stands so many code points further on."""
    fragments = tuple((first + shift, last + shift) for first, last in span.fragments)
    return replace(span, start=span.start + shift, end=span.end + shift, fragments=fragments)


class _Reanchorer:
    def __init__(self, annotations: AnnotationSet, text: str) -> None:
        self.annotations = annotations
        self.text = text
        self.result = Reanchoring()
        self.drift = 0
        self._folded: Folded | None = None

    def run(self, wanted: Callable[[Span], bool] | None = None) -> Reanchoring:
        for section in ("spans", "rejected"):
            self.drift = 0
            spans: dict[str, Span] = getattr(self.annotations, section)
            chosen = filter(wanted, spans.values()) if wanted else spans.values()
            for span in sorted(chosen, key=lambda span: span.start):
                self.keep_or_orphan(section, span)
        if wanted is None:
            for span in self.annotations.orphans.values():
                self.recover(span)
        return self.result

    def keep_or_orphan(self, section: SectionName, span: Span) -> None:
        placed = self.located(span)
        if placed is not span or self.result.unsure[-1:] == [span.id]:
            self.result.before[span.id] = span
        if placed is None:
            self.orphan(section, span)
        elif placed is not span:
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
        near = span.start + self.drift
        found = most_alike(self.text, span.quote, span.prefix, span.suffix, near)
        if found is not None and (placed := self.moved_to(span, *found)) is not None:
            self.result.proposed.append(placed)

    def recover(self, span: Span) -> None:
        """Put an orphan back if its place is beyond doubt and nobody tagged it there again."""
        if not span.quote:
            return
        found = self.find(span, span.start)
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

    def located(self, span: Span) -> Span | None:
        """Return the span as it stands in the text, itself if unchanged; None if nowhere."""
        if not span.quote:
            return None
        guess = span.start + self.drift
        if self.stands_at(span, guess):
            # Its context is as it was, too.
            if self.repeats(span, guess):
                self.result.unsure.append(span.id)
            return shifted(span, self.drift) if self.drift else span
        found = self.find(span, guess)
        if found is None:
            return None
        if not found.certain:
            self.result.unsure.append(span.id)
        if found.certain:
            self.drift = found.start - span.start
        return self.moved_to(span, found.start, found.end)

    def find(self, span: Span, near: int) -> Placement | None:
        """Return where the quote stands, as it is or with other white space or typography."""
        plain = place(self.text, span.quote, span.prefix, span.suffix, near)
        if span.quote != span.quote.strip():
            return plain  # how much white space belongs to it is not to be levelled
        if self._folded is None:
            self._folded = fold(self.text)
        said, starts = fold(f"{span.prefix}{span.quote}{span.suffix}")
        first = bisect_left(starts, len(span.prefix))
        last = bisect_left(starts, len(span.prefix) + len(span.quote))
        near_folded = bisect_left(self._folded.starts, near)
        parts = said[first:last], said[:first], said[last:]
        found = place(self._folded.text, *parts, near_folded)
        whole = self._folded.range_of(found.start, found.end) if found is not None else None
        if found is not None and whole is not None:
            # Across a paragraph's end the words may be another paragraph's that begins alike.
            begin = found.start - first
            same = "\n" not in span.quote or self._folded.text.startswith(said, max(0, begin))
            return Placement(*whole, found.certain and same)
        return plain._replace(certain=False) if plain is not None else None

    def repeats(self, span: Span, start: int) -> bool:
        """Say whether the quote stands in the same context a second time nearby."""
        around = f"{span.prefix}{span.quote}{span.suffix}"
        first = start - len(span.prefix)
        low, high = max(0, first - _NEARBY), first + len(around) + _NEARBY
        other = self.text.find(around, low, high)
        return other != first or self.text.find(around, first + 1, high) >= 0

    def stands_at(self, span: Span, start: int) -> bool:
        """Say whether the quote stands there with its whole context."""
        if not (span.prefix or span.suffix) or start < len(span.prefix):
            return False
        if span.end - span.start != len(span.quote):
            return False
        around = f"{span.prefix}{span.quote}{span.suffix}"
        return self.text.startswith(around, start - len(span.prefix))

    def moved_to(self, span: Span, start: int, end: int) -> Span | None:
        """Return the span at its new place, or None when its fragments do not fit in there."""
        prefix, suffix = context(self.text, start, end)
        placed = replace(
            shifted(span, start - span.start),
            end=end,
            quote=self.text[start:end],
            prefix=prefix,
            suffix=suffix,
        )
        return placed if fits(placed, len(self.text)) else None


def _some(ids: list[str], most: int = 5) -> str:
    return ", ".join(ids[:most]) + (" ..." if len(ids) > most else "")
