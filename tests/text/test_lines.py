"""Lines and columns of offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.text.lines import LineTable

TEXTS = st.text(st.sampled_from("ab\n\r\u2028\x0c\U0001f680é"), max_size=60)


@given(TEXTS, st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = LineTable(text).place(offset)
    assert line == text.count("\n", 0, offset) + 1
    before = text.split("\n")[: line - 1]
    assert sum(len(one) + 1 for one in before) + column - 1 == offset


def test_carriage_returns_belong_to_the_line_and_other_separators_end_none() -> None:
    table = LineTable("a\r\nb\u2028c\x0cd")
    assert table.place(1) == (1, 2)
    assert table.place(3) == (2, 1)
    assert table.place(7) == (2, 5)
