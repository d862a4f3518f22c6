"""CSV, TSV and flat JSONL: one span a row, and every value comes back exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import json_values, records, short_texts
from support.round_trips import check_round_trip

from annotator.formats import flat_jsonl
from annotator.formats.aspects import is_finite
from annotator.formats.base import Format, Record
from annotator.formats.cells import read_text_cell, read_value_cell, text_cell, value_cell
from annotator.formats.csv_tables import CSV, TSV

FORMATS = [CSV, TSV, flat_jsonl.FORMAT]


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
@given(drawn=records())
def test_what_is_written_comes_back(format_: Format, drawn: list[Record]) -> None:
    check_round_trip(format_, drawn)


@given(records())
def test_a_byte_order_mark_changes_nothing(drawn: list[Record]) -> None:
    check_round_trip(CSV, drawn, write={"bom": True})


hard_texts = short_texts | st.text() | st.sampled_from(["NaN", "1e5", '"', '""', '"a"', "Infinity"])


@given(hard_texts)
def test_a_text_is_the_same_after_a_cell(value: str) -> None:
    cell = text_cell(value)
    assert read_text_cell(cell) == value
    assert cell
    assert cell[0] not in "=+-@\t\r\n＝＋－＠"
    cell.encode("utf-8")
    assert "\0" not in cell


@given((json_values | hard_texts).filter(is_finite))
def test_a_value_is_the_same_after_a_cell(value: object) -> None:
    cell = value_cell(value)
    back = read_value_cell(cell)
    assert repr(back) == repr(value)
    # Only a number may begin like a formula.
    assert cell[0] not in "=+@\t\r\n＝＋－＠"
    assert cell[0] != "-" or isinstance(value, int | float)
