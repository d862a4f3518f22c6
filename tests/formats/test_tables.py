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
from annotator.formats.aspects import is_finite
from annotator.formats.base import Format
from annotator.formats.own_keys import reference_of
from annotator.formats.record import Record
from annotator.formats.tables import csv_tables, flat_jsonl, parquet, rows
from annotator.formats.tables.cells import read_text_cell, read_value_cell, text_cell, value_cell
from annotator.formats.tables.csv_tables import CSV, TSV

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


def test_a_document_of_too_many_rows_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_ITEMS", 2)
    path = tmp_path / "x.csv"
    path.write_text("document,text,label,start,end\n" + "a,abc,x,0,1\n" * 3 + "b,abc,x,0,1\n")
    found = read_items(CSV, path)
    assert [item.document.id for item in found if isinstance(item, Record)] == ["a", "b"]
    (problem,) = (item for item in found if isinstance(item, Problem))
    assert (problem.line, problem.key) == (4, "document")


def test_a_row_that_never_ends_is_no_reason_to_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_tables, "LONGEST", 100)
    path = tmp_path / "x.csv"
    path.write_text("document,text,label,start,end\n" + '"a\nb","c\nd",' * 50)
    with pytest.raises(InvalidFileError, match="row is longer"):
        read_items(CSV, path)


def test_parquet_in_which_one_value_stands_in_many_rows_takes_no_memory_for_each(
    tmp_path: Path,
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, note, kind = 3000, "n" * 1_000_000, "k" * 500_000
    notes = pa.DictionaryArray.from_arrays(pa.array([0] * count), pa.array([note]))
    kinds = pa.DictionaryArray.from_arrays(pa.array([0] * 2 * count), pa.array([kind]))
    table = pa.table(
        {
            "document": ["a"] * count,
            "text": ["abc"] * count,
            "label": ["claim"] * count,
            "start": [0] * count,
            "end": [1] * count,
            "note": notes,
            "attributes.kinds": pa.ListArray.from_arrays(range(0, 2 * count + 1, 2), kinds),
        }
    )
    path = tmp_path / "x.parquet"
    pq.write_table(table, path)
    assert path.stat().st_size < 1_000_000
    pool = pa.default_memory_pool()
    del table, notes, kinds
    before = pool.bytes_allocated()
    most = 0
    for number, found in enumerate(parquet._rows(path)):
        most = max(most, pool.bytes_allocated() - before)
        assert not isinstance(found, Problem)
        assert found[1]["note"] == note
        assert found[1]["attributes"]["kinds"] == [kind, kind]
        if number == 100:
            break
    assert most < 200_000_000


def test_a_parquet_row_that_memory_is_not_given_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = {"document": "a", "text": "abc", "label": "claim", "start": 0, "end": 1}
    pq.write_table(pa.table({key: [value] for key, value in row.items()}), tmp_path / "x.parquet")
    assert len(read_items(parquet.FORMAT, tmp_path / "x.parquet")) == 1
    monkeypatch.setattr(parquet, "LONGEST", 10)
    with pytest.raises(InvalidFileError, match="a row is longer"):
        read_items(parquet.FORMAT, tmp_path / "x.parquet")
    monkeypatch.setattr(parquet, "LARGEST_GROUP", 10)
    with pytest.raises(InvalidFileError, match="row group"):
        read_items(parquet.FORMAT, tmp_path / "x.parquet")


def test_no_document_of_the_second_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("document,label,start,end\na,x,0,1\n")
    texts = [{"id": "a", "text": "A"}, 5, {"id": "b", "text": 7}, {"id": "a", "text": "other"}]
    lines = [*map(json.dumps, texts), "{", json.dumps({"id": "c", "text": "C"})]
    (tmp_path / "in.documents.jsonl").write_text("\n".join(lines))
    first, *others = read_items(CSV, tmp_path / "in.csv")
    assert isinstance(first, Record)
    assert first.document.text == "A"
    broken = sorted(item.line for item in others if isinstance(item, Problem))
    assert broken == [2, 3, 5]
    found = {item.document.text for item in others if isinstance(item, Record)}
    assert found == {"other", "C"}
