"""Which spans touch a range of the text, in microseconds, for tens of thousands of spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator

from .span import Span

_SMALLEST = 10
"""log2 of the smallest bucket: 1,024 code points. Smaller ones cost memory and save no time."""
_STEP = 3
"""Each level's buckets are 2**3 times as long as the level below."""


class SpanIndex:
    """Spans by place and by order.

    Each span stands in the level whose buckets are at least as long as the span, so in at most
    two buckets, however long it is; a query looks at the few buckets of each level that it
    touches.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._levels: dict[int, dict[int, list[Span]]] = {}
        self._order: list[tuple[int, int, str]] = []
        self._spans: dict[str, Span] = {}
        for span in spans:
            self._put(span)
            self._order.append((span.start, -span.end, span.id))
        self._order.sort()

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, span_id: object) -> bool:
        return span_id in self._spans

    def __iter__(self) -> Iterator[Span]:
        """Iterate in document order: by start, the longer first, then by id."""
        return (self._spans[key[2]] for key in self._order)

    @staticmethod
    def _places(span: Span) -> tuple[int, int, int]:
        shift = _SMALLEST
        length = span.end - span.start
        while length > 1 << shift:
            shift += _STEP
        return shift, span.start >> shift, max(span.start, span.end - 1) >> shift

    def _put(self, span: Span) -> None:
        self._spans[span.id] = span
        shift, first, last = self._places(span)
        level = self._levels.setdefault(shift, {})
        for bucket in range(first, last + 1):
            here = level.get(bucket)
            if here is None:
                level[bucket] = [span]
            else:
                here.append(span)

    def add(self, span: Span) -> None:
        """Add a span; one with the same id is replaced."""
        self.discard(span.id)
        self._put(span)
        insort(self._order, (span.start, -span.end, span.id))

    def discard(self, span_id: str) -> None:
        """Remove a span; an unknown id is no error."""
        span = self._spans.pop(span_id, None)
        if span is None:
            return
        shift, first, last = self._places(span)
        level = self._levels[shift]
        for bucket in range(first, last + 1):
            here = level[bucket]
            here.remove(span)
            if not here:
                del level[bucket]
        key = (span.start, -span.end, span.id)
        del self._order[bisect_left(self._order, key)]

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
        if len(found) < 2:
            return list(found.values())
        return sorted(found.values(), key=lambda span: (span.start, -span.end, span.id))

    def at(self, offset: int) -> list[Span]:
        """Return the spans over the code point at ``offset``, the innermost (shortest) first."""
        here = self.touching(offset, offset + 1)
        return sorted(here, key=lambda span: (span.end - span.start, span.start, span.id))

    def after(self, offset: int) -> Span | None:
        """Return the first span that starts behind ``offset``."""
        place = bisect_right(self._order, (offset, 1, ""))
        return self._spans[self._order[place][2]] if place < len(self._order) else None

    def before(self, offset: int) -> Span | None:
        """Return the last span that starts before ``offset``."""
        place = bisect_left(self._order, (offset, -(1 << 62), ""))
        return self._spans[self._order[place - 1][2]] if place else None

    def beside(self, place: tuple[int, int, str], step: int) -> Span | None:
        """Return the span next to a place in document order.

        Args:
            place: start, minus the end, and id; a span may stand there or not.
            step: 1 for the first span behind the place, -1 for the last one before it.
        """
        found = (
            bisect_right(self._order, place) if step > 0 else bisect_left(self._order, place) - 1
        )
        return self._spans[self._order[found][2]] if 0 <= found < len(self._order) else None

    def rank(self, span: Span) -> int:
        """Return the span's 0-based place in document order."""
        return bisect_left(self._order, (span.start, -span.end, span.id))

    def nth(self, rank: int) -> Span:
        """Return the span at a 0-based place in document order."""
        return self._spans[self._order[rank][2]]
