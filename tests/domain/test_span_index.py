"""The span index gives what looking at every span would give."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotator.domain.span import Span
from annotator.domain.span_index import SpanIndex

OFFSETS = st.one_of(st.integers(0, 40), st.integers(0, 100_000))
LENGTHS = st.one_of(
    st.integers(1, 5),
    st.sampled_from([255, 256, 257, 2047, 2048, 2049, 16385]),
    st.integers(1, 90_000),
)
NAMES = st.sampled_from([f"s{n}" for n in range(12)])


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(OFFSETS)
    return Span(id=draw(NAMES), label="a", start=start, end=start + draw(LENGTHS))


def in_order(found: list[Span]) -> list[Span]:
    return sorted(found, key=lambda span: (span.start, -span.end, span.id))


class IndexMachine(RuleBasedStateMachine):
    """Adds and discards spans, and compares with a plain dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.index = SpanIndex()
        self.spans: dict[str, Span] = {}

    @rule(span=spans())
    def add(self, span: Span) -> None:
        self.discard(span.id)
        self.index.add(span)
        self.spans[span.id] = span

    @rule(name=NAMES)
    def discard(self, name: str) -> None:
        if gone := self.spans.pop(name, None):
            self.index.discard(gone)

    @rule(span=spans())
    def discard_a_stranger(self, span: Span) -> None:
        there = self.spans.get(span.id)
        if there is None or there.range != span.range:
            self.index.discard(span)

    @rule(start=OFFSETS, length=st.integers(0, 5000))
    def touching(self, start: int, length: int) -> None:
        end = start + length
        expected = [s for s in self.spans.values() if s.start < end and s.end > start]
        assert self.index.touching(start, end) == in_order(expected)

    @rule(offset=OFFSETS)
    def around(self, offset: int) -> None:
        ordered = in_order(list(self.spans.values()))
        at = [s for s in ordered if s.covers(offset)]
        at.sort(key=lambda s: (s.end - s.start, s.start, s.id))
        assert self.index.at(offset) == at
        assert self.index.after(offset) == next((s for s in ordered if s.start > offset), None)
        before = [s for s in ordered if s.start < offset]
        assert self.index.before(offset) == (before[-1] if before else None)

    @invariant()
    def order(self) -> None:
        ordered = in_order(list(self.spans.values()))
        assert list(self.index) == ordered
        assert len(self.index) == len(ordered)
        assert [self.index.rank(span) for span in ordered] == list(range(len(ordered)))
        assert [self.index.nth(rank) for rank in range(len(ordered))] == ordered
        # Building at once gives what adding one by one gives.
        assert list(SpanIndex(self.spans.values())) == ordered


IndexMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestIndex = IndexMachine.TestCase


@settings(max_examples=60)
@given(st.lists(spans(), unique_by=lambda span: span.id), OFFSETS, st.integers(0, 300_000))
def test_a_built_index_finds_what_touches_a_range(
    found: list[Span], start: int, length: int
) -> None:
    end = start + length
    expected = [s for s in found if s.start < end and s.end > start]
    assert SpanIndex(found).touching(start, end) == in_order(expected)


def test_buckets_of_discarded_spans_do_not_pile_up() -> None:
    index = SpanIndex()
    for start in range(0, 100_000, 97):
        span = Span(id="a", label="a", start=start, end=start + 10)
        index.add(span)
        index.discard(span)
    assert not any(index._levels.values())
