"""Which spans touch a range of the text, in microseconds, for tens of thousands of spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from .span import Span

_SMALLEST = 10
"""log2 of the smallest bucket: 1,024 code points. Smaller ones cost memory and save no time."""
_STEP = 3
"""Each level's buckets are 2**3 times as long as the level below."""


def document_order(span: Span) -> tuple[int, int, str]:
    """Return what spans are sorted by: their start, the longer first, then their id."""
    return span.start, -span.end, span.id


class SpanIndex:
    """Spans by place and by order.

    Each span stands in the level whose buckets are at least as long as the span, so in at most
    two buckets, however long it is; a query looks at the few buckets of each level that it
    touches.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._levels: dict[int, dict[int, list[Span]]] = {}
        self._order = sorted(spans, key=document_order)
        for span in self._order:
            self._put(span)

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Span]:
        """Iterate in document order: by start, the longer first, then by id."""
        return iter(self._order)

    @staticmethod
    def _places(span: Span) -> tuple[int, int, int]:
        shift = _SMALLEST
        length = span.end - span.start
        while length > 1 << shift:
            shift += _STEP
        return shift, span.start >> shift, max(span.start, span.end - 1) >> shift

    def _put(self, span: Span) -> None:
        shift, first, last = self._places(span)
        level = self._levels.setdefault(shift, {})
        for bucket in range(first, last + 1):
            here = level.get(bucket)
            if here is None:
                level[bucket] = [span]
            else:
                here.append(span)

    def add(self, span: Span) -> None:
        """Add a span; none with its id may be there."""
        self._put(span)
        insort(self._order, span, key=document_order)

    def discard(self, span: Span) -> None:
        """Remove a span; one that is not there is no error."""
        rank = self.rank(span)
        if rank == len(self._order) or document_order(self._order[rank]) != document_order(span):
            return
        del self._order[rank]
        shift, first, last = self._places(span)
        level = self._levels[shift]
        for bucket in range(first, last + 1):
            level[bucket] = [other for other in level[bucket] if other.id != span.id]
            if not level[bucket]:
                del level[bucket]

    def touching(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a code point with ``[start, end)``, in document order."""
        found: dict[str, Span] = {}
        for shift, level in self._levels.items():
            first, last = start >> shift, max(start, end - 1) >> shift
            if last - first > len(level):
                buckets: Iterable[int] = [key for key in level if first <= key <= last]
            else:
                buckets = range(first, last + 1)
            for bucket in buckets:
                for span in level.get(bucket, ()):
                    if span.start < end and span.end > start:
                        found[span.id] = span
        return sorted(found.values(), key=document_order)

    def at(self, offset: int) -> list[Span]:
        """Return the spans over the code point at ``offset``, the innermost (shortest) first."""
        here = self.touching(offset, offset + 1)
        return sorted(here, key=lambda span: (span.end - span.start, span.start, span.id))

    def after(self, offset: int) -> Span | None:
        """Return the first span that starts behind ``offset``."""
        place = bisect_right(self._order, offset, key=lambda span: span.start)
        return self._order[place] if place < len(self._order) else None

    def before(self, offset: int) -> Span | None:
        """Return the last span that starts before ``offset``."""
        place = bisect_left(self._order, offset, key=lambda span: span.start)
        return self._order[place - 1] if place else None

    def beside(self, place: tuple[int, int, str], step: int) -> Span | None:
        """Return the span next to a place in document order.

        Args:
            place: start, minus the end, and id; a span may stand there or not.
            step: 1 for the first span behind the place, -1 for the last one before it.
        """
        if step > 0:
            found = bisect_right(self._order, place, key=document_order)
        else:
            found = bisect_left(self._order, place, key=document_order) - 1
        return self._order[found] if 0 <= found < len(self._order) else None

    def rank(self, span: Span) -> int:
        """Return the span's 0-based place in document order."""
        return bisect_left(self._order, document_order(span), key=document_order)

    def nth(self, rank: int) -> Span:
        """Return the span at a 0-based place in document order."""
        return self._order[rank]
