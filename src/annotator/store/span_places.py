"""Where the spans of an older text stand in a newer one.

With the older text at hand, the two are aligned as a whole. Without it, each span is looked for by
its quote and context, and its neighbours have to agree.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..domain.span import Span
from ..text.alignment import Alignment
from ..text.folding import Folded, fold
from ..text.pieces import QuoteIndex, repeated_share
from ..text.quotes import Placement, likeliest, place

_NEARBY = 1000
"""Code points on either side in which a second place with the same quote and context is looked
for: a line of a list that repeats."""
_STRETCH = 0.01
"""Share by which the distance of two neighbours may change: other line ends, other composition."""
_REACH, _ALIKE = 400, 3
"""Code points over which neighbours that moved alike must reach, and how many they must be, to be
sure of a place; a beginning or an end of the text does as well."""
_REACH_REPEATED, _ALIKE_REPEATED = 4000, 10
"""The same in a text that repeats itself, where the text's ends prove nothing."""
_DRIFT = 400
"""Code points by which a span may have moved beyond what the text grew or shrank, and still be
sure without neighbours in a text that does not repeat itself."""
_REPEATED = 0.03
"""Share of a text's pieces that stand in it more than once from which on it repeats itself. That of
the sample articles is 0 to 0.007, of texts that are made of set phrases mostly over 0.15."""
_ALTERNATIVES = 4
"""Places beside the best one that are offered for a span in doubt."""


class SpanPlaces:
    """Finds places in one text for the spans of another.

    Args:
        text: the text as it is now.
        length: code points of the text that the spans' offsets count in.
        old: that text, if it is known.
        trusted: the text is the same; only the offsets are off. Neighbours are not asked then.
    """

    def __init__(
        self, text: str, length: int, old: str | None = None, *, trusted: bool = False
    ) -> None:
        self.text = text
        self._trusted = trusted
        self._length = length
        self._old = old
        self._alignment = Alignment(old, text) if old is not None else None
        self._index: QuoteIndex | None = None
        self._folded: Folded | None = self._alignment.new if self._alignment else None

    def places(self, spans: Sequence[Span]) -> list[Placement | None]:
        """Return a place for each of several spans, None where the words are gone.

        Args:
            spans: sorted by their starts.
        """
        found: list[Placement | None] = [self._aligned(span) for span in spans]
        if self._alignment is None or not all(self._is_in_old(span) for span in spans):
            rest = [index for index, span in enumerate(spans) if not self._is_in_old(span)]
            self.prepare(spans[index] for index in rest)
            by_context = self._by_context([spans[index] for index in rest])
            for index, placement in zip(rest, by_context, strict=True):
                found[index] = placement
        lost = [index for index, here in enumerate(found) if here is None]
        self.prepare(spans[index] for index in lost)
        for index in lost:
            if self._is_in_old(spans[index]):
                here = self.find(spans[index], self.expected(spans[index]))
                found[index] = here._replace(certain=False) if here is not None else None
        return found

    def prepare(self, spans: Iterable[Span]) -> None:
        """Look up the quotes of many spans at once, which are then found faster."""
        quotes = {fold(span.quote).text for span in spans}
        self._index = QuoteIndex(self._levelled.text, quotes)

    def find(self, span: Span, near: int) -> Placement | None:
        """Return where a quote stands, as it is or with other white space or typography.

        Args:
            span: its quote and context.
            near: about where it should be.
        """
        if span.quote != span.quote.strip():
            # How much white space belongs to it is not to be levelled.
            return place(self.text, span.quote, span.prefix, span.suffix, near)
        level = self._levelled
        said, starts = fold(f"{span.prefix}{span.quote}{span.suffix}")
        first = bisect_left(starts, len(span.prefix))
        last = bisect_left(starts, len(span.prefix) + len(span.quote))
        parts = said[first:last], said[:first], said[last:]
        near_folded = bisect_left(level.starts, near)
        known = self._index.places(parts[0]) if self._index is not None else None
        found = place(level.text, *parts, near_folded, known)
        if found is None:
            return None
        whole = level.range_of(found.start, found.end)
        if whole is None:  # one end lies within what is one character now, such as an ellipsis
            plain = place(self.text, span.quote, span.prefix, span.suffix, near)
            return plain._replace(certain=False) if plain is not None else None
        # Across a paragraph's end the words may be another paragraph's that begins alike.
        begin = found.start - first
        same = "\n" not in span.quote or level.text.startswith(said, max(0, begin))
        return Placement(*whole, found.certain and same)

    @property
    def _levelled(self) -> Folded:
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def others(self, span: Span, found: Placement) -> list[tuple[int, int]]:
        """Return further places where a quote stands, the likeliest first, a few at most.

        Args:
            span: its quote and context.
            found: the best place, which is left out.
        """
        level = self._levelled
        said, starts = fold(f"{span.prefix}{span.quote}{span.suffix}")
        first = bisect_left(starts, len(span.prefix))
        last = bisect_left(starts, len(span.prefix) + len(span.quote))
        near = bisect_left(level.starts, found.start)
        known = self._index.places(said[first:last]) if self._index is not None else None
        parts = said[first:last], said[:first], said[last:]
        likely = likeliest(level.text, *parts, near, _ALTERNATIVES + 1, known)
        places = [level.range_of(at, at + last - first) for at in likely]
        best = found.start, found.end
        return [at for at in places if at is not None and at != best][:_ALTERNATIVES]

    def expected(self, span: Span) -> int:
        """Return about where a span would start now."""
        if self._alignment is not None and self._is_in_old(span):
            return self._alignment.expected(span.start)
        return span.start

    def between(self, span: Span) -> tuple[int, int] | None:
        """Return what stands now where a span stood whose words were changed, if that is known."""
        if self._alignment is None or not self._is_in_old(span):
            return None
        return self._alignment.between(span.start, span.end)

    def _is_in_old(self, span: Span) -> bool:
        """Say whether a span's offsets count in the older text: quote and context stand there."""
        old, first = self._old, span.start - len(span.prefix)
        return (
            old is not None
            and 0 <= first <= span.start < span.end <= len(old)
            and span.end - span.start == len(span.quote)
            and old.startswith(f"{span.prefix}{span.quote}{span.suffix}", first)
        )

    def _aligned(self, span: Span) -> Placement | None:
        if self._alignment is None or not self._is_in_old(span):
            return None
        mapped = self._alignment.mapped(span.start, span.end)
        if mapped is None:
            return None
        same = span.quote == span.quote.strip()
        same = same or self.text[mapped.start : mapped.end] == span.quote
        return Placement(mapped.start, mapped.end, mapped.certain and same)

    def _by_context(self, spans: Sequence[Span]) -> list[Placement | None]:
        drift = 0
        found: list[Placement | None] = []
        for span in spans:
            guess = span.start + drift
            if not span.quote:
                here = None
            elif self._stands_at(span, guess):
                # Its context is as it was, too.
                end = guess + len(span.quote)
                here = Placement(guess, end, certain=not self._repeats(span, guess))
            else:
                here = self.find(span, guess)
                if here is not None and here.certain:
                    drift = here.start - span.start
            found.append(here)
        if self._trusted:
            return found
        agreed = self._agreed(spans, found)
        return self._nearer(spans, agreed)

    def _nearer(
        self, spans: Sequence[Span], found: list[Placement | None]
    ) -> list[Placement | None]:
        """Return the places, those in doubt looked for again around their nearest sure one."""
        sure = [index for index, here in enumerate(found) if here is not None and here.certain]
        starts = [spans[index].start for index in sure]
        nearer = list(found)
        for index, here in enumerate(found):
            if here is None or here.certain or not sure:
                continue
            start = spans[index].start
            at = bisect_left(starts, start)
            by = min(sure[max(0, at - 1) : at + 1], key=lambda one: abs(spans[one].start - start))
            near = start + _start(found[by]) - spans[by].start
            if near != here.start and (again := self.find(spans[index], near)) is not None:
                nearer[index] = again._replace(certain=False)
        return nearer

    def _agreed(
        self, spans: Sequence[Span], found: list[Placement | None]
    ) -> list[Placement | None]:
        """Return the places, those called doubtful that no neighbours vouch for.

        Its words may stand in the same context at a place that it never was at, and be gone where
        it was. So neighbours must have moved with it, up to the beginning or the end of the text,
        or over so much of it that a second text of the same words is hardly to be feared.
        """
        repeats = repeated_share(self._levelled.text) >= _REPEATED
        reach, alike = (_REACH_REPEATED, _ALIKE_REPEATED) if repeats else (_REACH, _ALIKE)
        sure = [index for index, here in enumerate(found) if here is not None and here.certain]
        places = [(index, spans[index].start, _start(found[index])) for index in sure]
        vouched: set[int] = set()
        for group in self._moved_together(places):
            inner = [index for index, _, _ in group if index >= 0]
            at_an_end = len(inner) < len(group) and not repeats
            if at_an_end or (len(inner) >= alike and group[-1][1] - group[0][1] >= reach):
                # The outermost ones have a neighbour on one side only that moved with them.
                vouched.update(inner[group[0][0] >= 0 : len(inner) - (group[-1][0] >= 0)])
        if not repeats:
            grown = len(self.text) - self._length
            low, high = min(0, grown) - _DRIFT, max(0, grown) + _DRIFT
            vouched.update(index for index, was, now in places if low <= now - was <= high)
        return [
            here._replace(certain=False) if here is not None and index not in vouched else here
            for index, here in enumerate(found)
        ]

    def _moved_together(
        self, places: Sequence[tuple[int, int, int]]
    ) -> list[list[tuple[int, int, int]]]:
        """Return places in groups that moved alike; the text's two ends are places of index -1."""
        ends = (-1, 0, 0), (-1, self._length, len(self.text))
        groups = [[ends[0]]]
        for one, other in pairwise([ends[0], *places, ends[1]]):
            if not _moved_alike(one, other):
                groups.append([])
            groups[-1].append(other)
        return groups

    def _repeats(self, span: Span, start: int) -> bool:
        """Say whether the quote stands in the same context a second time nearby."""
        around = f"{span.prefix}{span.quote}{span.suffix}"
        first = start - len(span.prefix)
        low, high = max(0, first - _NEARBY), first + len(around) + _NEARBY
        other = self.text.find(around, low, high)
        return other != first or self.text.find(around, first + 1, high) >= 0

    def _stands_at(self, span: Span, start: int) -> bool:
        """Say whether the quote stands there with its whole context."""
        if not (span.prefix or span.suffix) or start < len(span.prefix):
            return False
        if span.end - span.start != len(span.quote):
            return False
        around = f"{span.prefix}{span.quote}{span.suffix}"
        return self.text.startswith(around, start - len(span.prefix))


def _start(here: Placement | None) -> int:
    return here.start if here is not None else 0


def _moved_alike(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    distance = other[1] - one[1]
    return abs(other[2] - one[2] - distance) <= distance * _STRETCH
