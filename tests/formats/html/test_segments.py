"""Texts cut where spans begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import records

from annotator.domain.span import Span
from annotator.formats.html import segments as segments_module
from annotator.formats.html.segments import segments, span_levels
from annotator.formats.record import Record


@given(records(most=1))
def test_each_code_point_has_the_spans_that_cover_it(drawn: list[Record]) -> None:
    record = drawn[0]
    spans = [span for one in record.sets for span in one.spans.values()]
    length = record.document.length
    pieces = list(segments(length, spans))
    assert [offset for piece in pieces for offset in range(piece.start, piece.end)] == [
        *range(length)
    ]
    for piece in pieces:
        for offset in range(piece.start, piece.end):
            covering = {
                number
                for number, span in enumerate(spans)
                if any(a <= offset < b for a, b in span.fragments or (span.range,))
            }
            assert set(piece.spans) == covering


@given(records(most=1), st.integers(1, 2))
def test_of_many_over_each_other_the_shortest_are_drawn_and_none_is_lost(
    drawn: list[Record], deepest: int
) -> None:
    spans = [span for one in drawn[0].sets for span in one.spans.values()]
    length = drawn[0].document.length
    whole = list(segments(length, spans))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segments_module, "MOST_DEEP", deepest)
        pieces = list(segments(length, spans))
    assert [piece.spans for piece in pieces] == [piece.spans[-deepest:] for piece in whole]
    found = {number for piece in pieces for number in (*piece.spans, *piece.hidden)}
    assert found == set(range(len(spans)))
    assert all(spans[n].start <= piece.start for piece in pieces for n in piece.hidden)


ranges = st.tuples(st.integers(0, 12), st.integers(1, 12)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(ranges, max_size=5))
def test_a_span_is_underlined_below_those_within_it(drawn: list[tuple[int, int]]) -> None:
    spans = [
        Span(id=f"s{number}", label="x", start=start, end=end)
        for number, (start, end) in enumerate(drawn)
    ]
    pieces = list(segments(30, spans))
    levels = span_levels(pieces)
    assert levels.keys() == set(range(len(spans)))
    for piece in pieces:
        heights = [levels[number] for number in piece.spans]
        assert heights == sorted(set(heights), reverse=True)
