"""What brat corpora do: offsets that drifted, quotes that differ, lines that are odd."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import PIECES
from support.round_trips import read_items, write_records

from annotator.domain.errors import Problem
from annotator.domain.span import Relation, Span
from annotator.formats.anchoring import Anchored, anchor
from annotator.formats.brat.format import FORMAT
from annotator.formats.brat.lines import TextBound, split_lines
from annotator.formats.brat.places import agrees, united
from annotator.formats.brat.units import in_code_points, units_of
from annotator.formats.changes import revised
from annotator.formats.record import Record
from annotator.formats.registry import guess_format

TEXT = "Aino Salo sailed.\nThe café was late, said Salo.\nPort Hale was dark.\n"


def corpus(folder: Path, annotations: str | bytes, text: str | bytes = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    for suffix, content in ((".txt", text), (".ann", annotations)):
        data = content.encode() if isinstance(content, str) else content
        (folder / f"doc{suffix}").write_bytes(data)
    return folder


def read_one(folder: Path, encoding: str = "utf-8") -> Anchored:
    (item,) = read_items(FORMAT, folder, encoding=encoding)
    assert isinstance(item, Record), item
    return anchor(item)


def problem(folder: Path) -> Problem:
    (item,) = read_items(FORMAT, folder)
    assert isinstance(item, Problem)
    return item


def lines_back(record: Record, folder: Path) -> list[str]:
    _, losses = write_records(FORMAT, [record], folder)
    assert not losses
    return (folder / "%-" / "doc.ann").read_text(encoding="utf-8").splitlines()


Count = Callable[[str], int]
COUNTS: dict[str, tuple[Callable[[str], str], Count]] = {
    "text lost its carriage returns": (str, lambda before: len(before.replace("\n", "\r\n"))),
    "text got carriage returns": (
        lambda text: text.replace("\n", "\r\n"),
        lambda before: len(before.replace("\r\n", "\n")),
    ),
    "something was put before the text": (
        lambda text: f" \n{text}",
        lambda before: len(before) - 2,
    ),
    "text was decomposed": (
        lambda text: unicodedata.normalize("NFD", text),
        lambda before: len(unicodedata.normalize("NFC", before)),
    ),
    "text was composed": (
        lambda text: unicodedata.normalize("NFC", text),
        lambda before: len(unicodedata.normalize("NFD", before)),
    ),
    "a mark and carriage returns": (
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda before: len(before.replace("\r\n", "\n")),
    ),
    "a mark, in bytes": (lambda text: f"\ufeff{text}", lambda before: len(before.encode())),
    "counted from one": (str, lambda before: len(before) + 1),
}
"""What became of a text after it was annotated, and what offsets were before it."""


@pytest.mark.parametrize("name", COUNTS)
def test_what_offsets_count_is_found(name: str, tmp_path: Path) -> None:
    change, count = COUNTS[name]
    text = change(TEXT)
    # "Salo" and "was" stand twice: only what all offsets count tells which is meant.
    wanted = [text.rindex("Salo"), text.rindex("was"), text.index("late"), text.index("sail")]
    annotations = "".join(
        f"T{number}\tX {count(text[:at])} {count(text[: at + size])}\t{text[at : at + size]}\n"
        for number, (at, size) in enumerate(zip(wanted, (4, 3, 4, 4), strict=True), 1)
    )
    anchored = read_one(corpus(tmp_path, annotations, text))
    assert not anchored.moved
    assert not anchored.aside
    marked = text.startswith("\ufeff")
    starts = [span.start for span in anchored.record.sets[0].spans.values()]
    assert sorted(starts) == sorted(at - marked for at in wanted)
    assert "as the quotes in it prove" in anchored.record.notes[0]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.sampled_from(["NFC", "NFD"]))
def test_offsets_of_a_normal_form_are_those_of_the_text(pieces: list[str], form: str) -> None:
    words = [piece for piece in pieces if piece.strip()]
    text = " ".join([*words, "e\u0301\u00e9", "\u1112\u1161\u11ab\ud55c", "end"])
    made = unicodedata.normalize("NFC" if form == "NFC" else "NFD", text)
    at = made.index("end", len(made) - 3)
    content = f"T1\tX {at} {at + 3}\tend\n"
    found = [TextBound(line, "X", ((at, at + 3),), "end") for line in split_lines(content, text)]
    ranges = in_code_points(found[0].ranges, units_of(text, found, marked=False))
    assert ranges == ((len(text) - 3, len(text)),)


def test_units_need_most_of_the_quotes(tmp_path: Path) -> None:
    text = "é one é two é three"
    annotations = "T1\tX 3 6\tone\nT2\tX 0 1\tfour\nT3\tX 1 3\tfive\n"
    anchored = read_one(corpus(tmp_path, annotations, text))
    assert [moved.span.id for moved in anchored.moved] == ["T1"]
    assert not anchored.record.notes


def test_offsets_that_are_off_by_more_and_more(tmp_path: Path) -> None:
    text = "one  two   three was\n\nfour   was five  was six"
    told = " ".join(text.split())
    words = [("two", 0), ("was", 20), ("five", 0), ("was", 28), ("six", 0)]
    annotations = "".join(
        f"T{number}\tX {told.index(word, start)} {told.index(word, start) + len(word)}\t{word}\n"
        for number, (word, start) in enumerate(words, 1)
    )
    anchored = read_one(corpus(tmp_path, annotations, text))
    places = {span.id: span.start for span in anchored.record.sets[0].spans.values()}
    assert (places["T2"], places["T4"]) == (text.index("was", 22), text.rindex("was"))
    assert len(anchored.moved) == 5


def test_an_end_that_is_inclusive(tmp_path: Path) -> None:
    at = TEXT.rindex("Salo")
    anchored = read_one(corpus(tmp_path, f"T1\tX {at} {at + 3}\tSalo\n"))
    assert anchored.record.sets[0].spans["T1"].range == (at, at + 4)
    assert len(anchored.moved) == 1


def test_an_offset_within_a_character(tmp_path: Path) -> None:
    text = "😀 Aino left. Salo left."
    annotations = "T1\tX 14 18\tSalo\nT2\tX 3 7\tAino\nT3\tX 1 7\t Aino\n"
    anchored = read_one(corpus(tmp_path, annotations, text))
    spans = anchored.record.sets[0].spans
    assert spans["T1"].quote == "Salo"
    assert spans["T3"].quote == "Aino"
    assert [moved.span.id for moved in anchored.moved] == ["T3"]
    assert "'T3' lies within a character" in anchored.record.notes[1]


@pytest.mark.parametrize(
    ("place", "quote"),
    [
        ("0 16", "Aino Salo sailed"),
        ("0 4;10 16", "Aino sailed"),
        ("0 4;10 16", "Aino ... sailed"),
        ("10 16;0 4", "sailed Aino"),
        ("10 16;0 4", "Aino sailed"),
        ("5 25", "Salo sailed.\\nThe caf"),
        ("5 25", "Salo sailed. The caf"),
        ("5 25", "Salo sailed.\nThe caf"),
        ("5 17;18 25", "Salo sailed. The caf"),
        ("22 26", "cafe\u0301"),
        ("0\t16", "Aino Salo sailed"),
        ("0 4;4 9", "Aino  Salo"),
    ],
)
def test_a_quote_that_says_the_same_in_another_way(place: str, quote: str, tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path, f"T1\tX {place}\t{quote}\nT2\tX 5 9\tSalo\n"))
    assert not anchored.moved
    assert not anchored.aside
    span = anchored.record.sets[0].spans["T1"]
    numbers = sorted(int(number) for pair in place.split(";") for number in pair.split())
    assert span.range == (numbers[0], numbers[-1])
    assert len(span.fragments) == (0 if "18" in place else place.count(";") and 2)
    assert anchored.record.sets[0].spans["T2"].quote == "Salo"


@pytest.mark.parametrize("place", ["2 6;12 18", "12 18;2 6"])
def test_a_discontinuous_quote_that_drifted(place: str, tmp_path: Path) -> None:
    quote = "Aino ... sailed" if place.startswith("2") else "sailed Aino"
    anchored = read_one(corpus(tmp_path, f"T1\tX {place}\t{quote}\n"))
    assert anchored.record.sets[0].spans["T1"].fragments == ((0, 4), (10, 16))
    assert len(anchored.moved) == 1


def test_fragments_that_overlap_are_one_and_that_is_told(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path, "T5\tX 0 9;5 16;16 16\tAino Salo Salo sailed \n"))
    assert anchored.record.sets[0].spans["T5"].fragments == ()
    assert "'T5' overlap" in anchored.record.notes[0]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_united_ranges_hold_the_same(drawn: list[tuple[int, int]]) -> None:
    ranges = tuple((min(pair), max(pair)) for pair in drawn)
    found = united(ranges)
    assert {at for a, b in found for at in range(a, b)} == {
        at for a, b in ranges for at in range(a, b)
    }
    assert all(a < b for a, b in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


def test_nothing_agrees_with_another_word() -> None:
    assert not agrees(TEXT, ((0, 4),), "Salo")
    assert not agrees(TEXT, ((0, 4), (10, 16)), "Aino Salo sailed")
    assert not agrees(TEXT, ((-4, -1),), "ark")


ODD = (
    "T1\tPerson 0 9\tAino Salo\n"
    "T2\tMove 10 16\tsailed\n"
    "T6\tX 3 3\t\n"
    "# a comment\n"
    "E1\tMove:T2 \n"
    "E4\tMove:T2 Theme:E1 Agent:T1 Agent2:T6\n"
    "R1\tAt Subj:T1 Obj:T2\n"
    "R2\tAt Arg1:T1 Arg2:T2 Arg3:T6\n"
    "R3\tAt Arg1:T1 Arg2:T6\n"
    "A1\tMix T1\n"
    "A2\tMix T1 yes\n"
    "A3\tGhost T99\n"
    "#1\tAnnotatorNotes T1\ta\tnote  with\ttabs \n"
    "#2\tAnnotatorNotes T2\t\n"
    "#3\tAnnotatorNotes A9\tabout nothing\n"
)


def test_odd_lines_are_kept(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path / "in", ODD))
    assert not anchored.aside
    one = anchored.record.sets[0]
    assert one.spans.keys() == {"T1", "T2"}
    assert one.relations.keys() == {"R1"}
    assert one.spans["T1"].attributes == {"Mix": "yes"}
    assert one.spans["T1"].note == "a\tnote  with\ttabs "
    assert sorted(lines_back(anchored.record, tmp_path / "out")) == sorted(ODD.splitlines())


def test_a_new_span_does_not_take_the_number_of_a_kept_line(tmp_path: Path) -> None:
    record = read_one(corpus(tmp_path / "in", ODD)).record
    one = record.sets[0]
    spans = [
        *one.spans.values(),
        *(Span(id=f"s{n}", label="X", start=0, end=n) for n in (4, 5, 6, 7, 8)),
    ]
    links = [*one.relations.values(), Relation(id="r1", type="At", source="s5", target="s6")]
    record = replace(record, sets=(revised(one, spans=spans, relations=links),))
    ids = [line.partition("\t")[0] for line in lines_back(record, tmp_path / "out")]
    assert len(set(ids)) == len(ids)


def test_a_quote_ends_where_its_offsets_say(tmp_path: Path) -> None:
    annotations = "T1\tX 0 4\tAino\n# nobody's\nT2\tX 5 9\tSalo \n"
    anchored = read_one(corpus(tmp_path, annotations))
    assert [span.quote for span in anchored.record.sets[0].spans.values()] == ["Aino", "Salo"]


def test_a_quote_over_lines_that_look_like_others(tmp_path: Path) -> None:
    text = "See it\nT2\tand so on\n# one\n*\ttwo\nfor all"
    end = text.index("\nfor all")
    annotations = f"T1\tX 4 {end}\tit\nT2\tand so on\n# one\n*\ttwo\nT3\tY 35 38\tfor\n"
    anchored = read_one(corpus(tmp_path, annotations, text))
    spans = anchored.record.sets[0].spans
    assert spans["T1"].quote == text[4:end]
    assert spans.keys() == {"T1", "T3"}


@pytest.mark.parametrize(
    ("annotations", "number", "words"),
    [
        ("T1\tX 0 4\tAino\nT1\tX 5 9\tSalo\n", 2, "first in line 1: give one"),
        ("R1\tX Arg1:T1 Arg2:T2\n\nR1\tX Arg1:T2 Arg2:T1\n", 3, "first in line 1: give one"),
        ("T1\tX 0 4\tAino\nsailed\n", 2, "an id and a tab"),
        (f"T1\tX 0 {'9' * 5000}\tAino\nsailed\n", 2, "an id and a tab"),
    ],
)
def test_what_is_wrong_is_told(annotations: str, number: int, words: str, tmp_path: Path) -> None:
    found = problem(corpus(tmp_path, annotations))
    assert found.line == number
    assert words in found.message


def test_a_line_that_stands_twice(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path, "T1\tX 0 4\tAino\n\nT1\tX 0 4\tAino\n"))
    assert len(anchored.record.sets[0].spans) == 1
    assert anchored.record.notes == ("line 3 says again what line 1 says",)


def test_carriage_returns_alone_end_lines_where_nothing_else_does(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path, "T1\tX 0 4\tAino\rT2\tX 5 9\tSalo\r"))
    assert [span.quote for span in anchored.record.sets[0].spans.values()] == ["Aino", "Salo"]


def test_annotations_in_another_encoding(tmp_path: Path) -> None:
    annotations = "T1\tX 22 26\tcafé\n".encode("latin-1")
    corpus(tmp_path, annotations, TEXT.encode("latin-1"))
    assert read_one(tmp_path, "latin-1").record.sets[0].spans["T1"].quote == "café"
    corpus(tmp_path, annotations)
    assert "--encoding" in problem(tmp_path).message


def test_the_two_files_of_bionlp(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "doc.a1").write_text("T1\tPerson 0 9\tAino Salo\n")
    events = "T2\tMove 10 16\tsailed\nE1\tMove:T2 Agent:T1\nM1\tNegation E1\n"
    (tmp_path / "doc.a2").write_text(events)
    assert guess_format(tmp_path) is FORMAT
    record = read_one(tmp_path).record
    assert record.sets[0].spans.keys() == {"T1", "T2"}
    assert len(lines_back(record, tmp_path / "out")) == 4
    (tmp_path / "doc.a2").write_text("T2\tMove 10\n")
    assert problem(tmp_path / "doc.a1").file == str(tmp_path / "doc.a2")


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    corpus(tmp_path, "T1\tX 0 4\tAino\n")
    (tmp_path / "annotation.conf").write_text("[entities]\nX\nY\n")
    (tmp_path / "README.txt").write_text("About this corpus.\n")
    notes = [item.notes for item in read_items(FORMAT, tmp_path) if isinstance(item, Record)]
    assert "annotation.conf is not read" in notes[0][0]
    assert "no annotations beside this text" in notes[0][1]
    assert notes[1] == ()
