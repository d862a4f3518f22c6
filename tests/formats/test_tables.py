"""CSV, TSV and flat JSONL: one span a row, and every value comes back exactly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import json_values, records, short_texts
from support.round_trips import check_round_trip, read_items, write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.errors import InvalidFileError, Problem
from annotator.domain.span import Span
from annotator.formats import flat_jsonl, parquet
from annotator.formats.aspects import is_finite
from annotator.formats.base import Format, Record
from annotator.formats.cells import read_text_cell, read_value_cell, text_cell, value_cell
from annotator.formats.csv_tables import CSV, TSV
from annotator.formats.own_keys import reference_of

FORMATS = [CSV, TSV, flat_jsonl.FORMAT, parquet.FORMAT]


@pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)
@given(drawn=records())
def test_what_is_written_comes_back(format_: Format, drawn: list[Record]) -> None:
    check_round_trip(format_, drawn)


quoted_texts = short_texts.map(json.dumps) | short_texts.map(json.dumps).map(json.dumps)
hard_texts = (
    short_texts
    | quoted_texts
    | st.text()
    | st.sampled_from(["NaN", "1e5", '"', '""', '"a"', "Infinity"])
)


@given(hard_texts)
def test_a_text_is_the_same_after_a_cell(value: str) -> None:
    cell = text_cell(value)
    assert read_text_cell(cell) == value
    assert cell
    assert cell[0] not in "=+-@\t\r\n＝＋－＠"
    cell.encode("utf-8")
    assert "\0" not in cell


def test_a_quotation_stands_as_it_is() -> None:
    assert text_cell('"We won."') == '"We won."'
    assert value_cell('"We won."') == '"We won."'
    assert text_cell('"=1"') != '"=1"'


@given((json_values | hard_texts).filter(is_finite))
def test_a_value_is_the_same_after_a_cell(value: object) -> None:
    cell = value_cell(value)
    back = read_value_cell(cell)
    assert repr(back) == repr(value)
    # Only a number may begin like a formula.
    assert cell[0] not in "=+@\t\r\n＝＋－＠"
    assert cell[0] != "-" or isinstance(value, int | float)


def read_csv(tmp_path: Path, data: bytes, encoding: str = "utf-8") -> list[Record | Problem]:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    return read_items(CSV, path, encoding=encoding)


def test_a_table_of_somebody_else(tmp_path: Path) -> None:
    # As a spreadsheet with a comma for decimals saves it.
    table = "document;text;label;start;end;colour\r\n1;Zoë met Bob;PER;0;3;red\r\n1;;PER;8;11;\r\n"
    (record,) = read_csv(tmp_path, table.encode("cp1252"), "cp1252")
    assert isinstance(record, Record)
    (one,) = record.sets
    assert [(s.id, s.start, s.extra) for s in one.spans.values()] == [
        ("s1", 0, {"colour": "red"}),
        ("s2", 8, {}),
    ]


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("label,start,end\n", 1, "no column document"),
        ("document,label,start,end,end\n", 1, "stands twice"),
        ("document,label,start,end,text\na,X,-1,2,abc\n", 2, "'-1' is no offset"),
        ("document,label,start,end,text\na,X,0,1.0,abc\n", 2, "'1.0' is no offset"),
        ("document,label,start,end,text\na,X,0\n", 2, "3 cells under 5 columns"),
        ('document,label,start,end,text\na,X,0,1,"a\n\nb"\nb,X,0,1\n', 5, "4 cells"),
        ('document,label,start,end,text\na,X,0,1,"abc\n', 2, "no CSV"),
        ("document,label,start,end\na,X,0,1\n", 2, "the text of 'a' is not to be found"),
        ("document,label,start,end,text\na,X,0,1,x\nb,X,0,1,y\na,X,0,1,x\n", 0, ""),
    ],
)
def test_what_is_broken_is_named_by_line(tmp_path: Path, table: str, line: int, said: str) -> None:
    try:
        problems = [i for i in read_csv(tmp_path, table.encode()) if isinstance(i, Problem)]
    except InvalidFileError as error:
        problems = list(error.problems)
    assert [(p.line, said in p.message) for p in problems] == ([(line, True)] if said else [])


def test_the_texts_can_be_anywhere(tmp_path: Path) -> None:
    (tmp_path / "texts.jsonl").write_text('{"id": "a", "text": "Ann"}\n{"id": "b", "text": "Bo"}\n')
    path = tmp_path / "x.csv"
    path.write_text("document,label,start,end\nb,PER,0,2\na,PER,0,3\n")
    found = read_items(CSV, path, {"documents": str(tmp_path / "texts.jsonl")})
    assert [item.document.text for item in found if isinstance(item, Record)] == ["Bo", "Ann"]


def test_columns_of_parquet_have_types(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    document = Document.of("a", "Ann")
    span = Span(
        id="s1", label="claim", start=0, end=3,
        attributes={"worth": "high", "kinds": ["quote"], "other": 5},
    )  # fmt: skip
    one = AnnotationSet(reference_of(document), "ada", "s/1", spans=[span])
    write_records(parquet.FORMAT, [Record(document, (one,))], tmp_path / "x.parquet")
    (row,) = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert (row["start"], row["end"], row["quote"]) == (0, 3, "Ann")
    assert row["attributes.worth"] == "high"
    assert row["attributes.kinds"] == ["quote"]
    assert row["attributes"] == '{"other": 5}'
