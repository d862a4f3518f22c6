"""brat folders: whole round trips, and what real corpora do to the format."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import SCHEME, records, small_record
from support.round_trips import check_round_trip, read_items, write_records

from annotator.domain.errors import Problem
from annotator.domain.span import Span
from annotator.formats.anchoring import Anchored, anchor
from annotator.formats.brat.config import annotation_conf
from annotator.formats.brat.format import FORMAT
from annotator.formats.brat.places import join_at_breaks, split_at_breaks
from annotator.formats.changes import revised
from annotator.formats.record import Record

TEXT = "Aino Salo sailed to Port Hale.\nThe ferry 😀 was late,\r\nsaid Salo. Port\nHale was dark.\n"


@given(records())
def test_what_is_written_comes_back(drawn: list[Record]) -> None:
    check_round_trip(FORMAT, drawn, in_order=False)


def corpus(folder: Path, annotations: str, text: str = TEXT, name: str = "doc") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / f"{name}.ann").write_bytes(annotations.encode())
    return folder


def read_one(folder: Path) -> Anchored:
    items = read_items(FORMAT, folder)
    assert [type(item) for item in items] == [Record], items
    assert isinstance(items[0], Record)
    return anchor(items[0])


def problem(folder: Path) -> Problem:
    (item,) = read_items(FORMAT, folder)
    assert isinstance(item, Problem)
    return item


def line(text: str, number: int, label: str, *parts: str, quote: str | None = None) -> str:
    """Return a ``T`` line about parts of a text, each found behind the one before it."""
    ranges = []
    at = 0
    for part in parts:
        at = text.index(part, at)
        ranges.append((at, at + len(part)))
        at += len(part)
    column = " ".join(parts) if quote is None else quote
    return f"T{number}\t{label} {';'.join(f'{a} {b}' for a, b in ranges)}\t{column}\n"


FOREIGN = (
    line(TEXT, 3, "Person/Name", "Aino Salo")
    + line(TEXT, 1, "Place", "Port Hale")
    + line(TEXT, 2, "Trigger", "sailed")
    + line(TEXT, 7, "Delay", "The ferry", "late", quote="The ferry late")
    + "T9\tPlace 65 69;70 83\tPort Hale was dark\n"
    + line(TEXT, 10, "Person", "Salo.", quote="Salo.")
    + "E1\tMove:T2 Agent:T3 Goal:T1\n"
    "R4\tCoref Anaphor:T10 Antecedent:T3\n"
    "R5\tAt Arg1:T3 Arg2:T1\n"
    "R6\tCause Arg1:E1 Arg2:T7\n"
    "*\tEquiv T1 T9 T10\n"
    "A1\tNegation E1\n"
    "A4\tConfidence T3 high\n"
    "M2\tSpeculation T7\n"
    "N1\tReference T1 Wikipedia:534366\tPort Hale\n"
    "#1\tAnnotatorNotes T3\tthe captain; see p. 4\n"
    "#2\tAnnotationError T3\tnot sure\n"
    "#3\tAnnotatorNotes E1\tan event\n"
    "#4\tAnnotatorNotes R5\ta link\n"
)


def test_a_foreign_folder_goes_back_with_every_line(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path / "in", FOREIGN))
    assert not anchored.moved
    assert not anchored.aside
    _, losses = write_records(FORMAT, [anchored.record], tmp_path / "out")
    assert not losses
    written = (tmp_path / "out" / "%-" / "doc.ann").read_text(encoding="utf-8")
    assert sorted(written.splitlines()) == sorted(FOREIGN.splitlines())
    assert (tmp_path / "out" / "%-" / "doc.txt").read_bytes() == TEXT.encode()


def test_what_brat_says_becomes_spans_relations_and_attributes(tmp_path: Path) -> None:
    one = read_one(corpus(tmp_path, FOREIGN)).record.sets[0]
    assert one.spans["T3"].label == "Person/Name"
    assert one.spans["T3"].attributes == {"Confidence": "high"}
    assert one.spans["T3"].note == "the captain; see p. 4"
    assert one.spans["T7"].attributes == {"Speculation": True}
    assert len(one.spans["T7"].fragments) == 2
    assert not one.spans["T9"].fragments  # split at a newline, as brat must
    assert one.spans["T9"].quote == "Port\nHale was dark"
    links = {(r.type, r.source, r.target) for r in one.relations.values()}
    assert links == {
        ("Coref", "T10", "T3"),
        ("At", "T3", "T1"),
        ("Equiv", "T1", "T9"),
        ("Equiv", "T9", "T10"),
    }
    assert one.relations["R5"].note == "a link"


def test_lines_about_a_span_that_is_gone_are_lost_and_counted(tmp_path: Path) -> None:
    record = read_one(corpus(tmp_path / "in", FOREIGN)).record
    one = record.sets[0]
    spans = [span for span in one.spans.values() if span.id != "T2"]
    changed = replace(record, sets=(revised(one, spans=spans),))
    _, losses = write_records(FORMAT, [changed], tmp_path / "out")
    # The event E1, and what was about it: R6, A1 and #3.
    assert [(loss.name, loss.count) for loss in losses] == [("brat-lines", 4)]
    written = (tmp_path / "out" / "%-" / "doc.ann").read_text(encoding="utf-8")
    assert "E1" not in written


def test_drifted_offsets_are_anchored_by_their_quotes(tmp_path: Path) -> None:
    drifted = "T1\tPlace 22 31\tPort Hale\nT2\tDelay 34 43;50 54\tThe ferry late\n"
    anchored = read_one(corpus(tmp_path, drifted))
    spans = anchored.record.sets[0].spans
    assert spans["T1"].quote == "Port Hale"
    assert TEXT[slice(*spans["T2"].fragments[0])] == "The ferry"
    assert TEXT[slice(*spans["T2"].fragments[1])] == "late"
    assert {moved.span.id for moved in anchored.moved} == {"T1", "T2"}


def test_a_quote_that_is_nowhere_is_kept_aside(tmp_path: Path) -> None:
    anchored = read_one(corpus(tmp_path, "T1\tPlace 0 4\tnowhere\nT2\tX 0 2;5 7\tab cd\n"))
    assert [aside.item.id for aside in anchored.aside] == ["T1", "T2"]
    assert not anchored.record.sets[0].spans


def test_a_quote_over_several_lines_of_the_file(tmp_path: Path) -> None:
    start = TEXT.index("Port\nHale")
    broken = f"T1\tPlace {start} {start + 9}\tPort\nHale\nT2\tPerson 0 9\tAino Salo\n"
    spans = read_one(corpus(tmp_path, broken)).record.sets[0].spans
    assert spans["T1"].quote == "Port\nHale"
    assert spans["T2"].quote == "Aino Salo"


@pytest.mark.parametrize("unit", ["crlf as one", "utf-16", "bytes", "with mark"])
def test_what_offsets_count_is_proved_by_quotes(unit: str, tmp_path: Path) -> None:
    text = f"\ufeff{TEXT}" if unit == "with mark" else TEXT

    def count(offset: int) -> int:
        before = TEXT[:offset]
        if unit == "crlf as one":
            return len(before.replace("\r\n", "\n"))
        if unit == "with mark":
            return offset + 1
        if unit == "utf-16":
            return len(before.encode("utf-16-le")) // 2
        return len(before.encode())

    # "was" is in the text twice, so only a shift of all quotes tells which is meant.
    at = TEXT.index("was dark")
    salo = TEXT.index("Salo.")
    late = TEXT.index("late,")  # right before a CRLF
    lines = (
        f"T1\tX {count(at)} {count(at + 3)}\twas\n"
        f"T2\tX {count(salo)} {count(salo + 4)}\tSalo\n"
        f"T3\tX {count(late)} {count(late + 5)}\tlate,\n"
    )
    anchored = read_one(corpus(tmp_path, lines, text))
    assert not anchored.moved
    assert (anchored.record.sets[0].spans["T1"].start, anchored.record.document.text) == (at, TEXT)
    assert anchored.record.sets[0].spans["T3"].range == (late, late + 5)
    assert "offsets count" in anchored.record.notes[0]


def test_crlf_and_a_mark_in_the_annotations(tmp_path: Path) -> None:
    marked = "\ufeff" + FOREIGN.replace("\n", "\r\n")
    plain = read_one(corpus(tmp_path / "plain", FOREIGN)).record.sets[0]
    one = read_one(corpus(tmp_path / "marked", marked)).record.sets[0]
    assert (one.spans, one.relations, one.extra) == (plain.spans, plain.relations, plain.extra)


@pytest.mark.parametrize(
    ("annotations", "number", "words"),
    [
        ("T1\tPlace 0 4\tAino\nno id here\n", 2, "an id and a tab"),
        ("nothing\n", 1, "an id and a tab"),
        ("T1\tPlace 0 4\tAino\nT2\tPlace four 9\tSalo\n", 2, "START END"),
        ("T1\tPlace 0 4\tAino\nT1\tPlace 5 9\tSalo\n", 2, "stands twice"),
        ("T1\tPlace 0 99999999999999999999\tAino\n", 1, "no offset"),
        ("T1\tPlace 0 9999\n", 1, "is no range"),
        ("T1\tPlace 9 4\n", 1, "is no range"),
        ("T1\tPlace -3 4\tAino\n", 1, "no offset"),
        ("R1\tAt Arg1:T1 Arg2:T2\nR1\tAt Arg1:T1 Arg2:T2\n", 2, "stands twice"),
    ],
)
def test_a_broken_line_is_named(annotations: str, number: int, words: str, tmp_path: Path) -> None:
    folder = corpus(tmp_path, annotations)
    found = problem(folder)
    assert (found.file, found.line) == (str(folder / "doc.ann"), number)
    assert words in found.message


def test_annotations_without_a_text(tmp_path: Path) -> None:
    (tmp_path / "doc.ann").write_text("T1\tPlace 0 4\tAino\n")
    assert "no doc.txt beside it" in problem(tmp_path).message


def test_a_text_without_annotations_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(TEXT)
    assert not read_one(tmp_path).record.sets[0].spans


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    corpus(tmp_path, "")
    (tmp_path / "doc.ann").write_bytes(b"T1\tPlace 0 4\tAino\nT2\tX 0 2\t\xff\n")
    assert problem(tmp_path).line == 2


def test_one_file_with_its_text(tmp_path: Path) -> None:
    corpus(tmp_path, FOREIGN)
    corpus(tmp_path, FOREIGN, name="other")
    (item,) = read_items(FORMAT, tmp_path / "doc.ann")
    assert isinstance(item, Record)
    assert item.document.id == "doc.txt"


def test_details_do_not_outlive_a_change_in_brat(tmp_path: Path) -> None:
    write_records(FORMAT, [small_record()], tmp_path / "out")
    path = tmp_path / "out" / "ada" / "a.ann"
    path.write_text(path.read_text().replace("T1\tclaim 0 12\tThe ferry 😀 ", "T1\tgap 4 9\tferry"))
    record = read_one(tmp_path / "out").record
    assert record.sets[0].spans["T1"].label == "gap"
    assert "were changed" in record.notes[0]


def test_labels_that_brat_does_not_take_are_remembered(tmp_path: Path) -> None:
    record = small_record()
    one = record.sets[0]
    spans = [replace(span, label=f"{span.label} ä/b") for span in one.spans.values()]
    wanted = replace(record, sets=(revised(one, spans=spans),))
    write_records(FORMAT, [wanted], tmp_path / "out")
    lines = (tmp_path / "out" / "ada" / "a.ann").read_text()
    assert "T1\tclaim___b 0 12\t" in lines
    back = read_one(tmp_path / "out").record.sets[0]
    assert {span.label for span in back.spans.values()} == {"claim ä/b", "gap ä/b"}


def test_details_that_are_not_what_they_must_be(tmp_path: Path) -> None:
    write_records(FORMAT, [small_record()], tmp_path / "out")
    path = tmp_path / "out" / "ada" / "a.annotator.json"
    details = json.loads(path.read_text())
    for name in ("spans", "relations", "unwritten", "rejected", "unwritten_relations", "meta"):
        broken = {"annotator": details["annotator"] | {name: 7}}
        path.write_text(json.dumps(broken))
        assert name in problem(tmp_path / "out").key


@given(st.lists(st.sampled_from(["a", "b c", "\n", "\r\n", "\u2028", "\x85"]), min_size=1))
def test_a_split_span_is_joined_again(pieces: list[str]) -> None:
    text = "".join(pieces)
    split = split_at_breaks(text, ((0, len(text)),))
    assert not any(len(text[a:b].splitlines()) > 1 for a, b in split)
    if split:
        joined = join_at_breaks(text, split)
        assert joined == ((split[0][0], split[-1][1]),)
        assert split_at_breaks(text, joined) == split


def test_fragments_that_brat_would_split_otherwise_are_left_alone() -> None:
    assert join_at_breaks("a\nb\nc", ((0, 3), (4, 5))) == ((0, 3), (4, 5))


def test_the_configuration_names_what_the_scheme_has() -> None:
    conf = annotation_conf(SCHEME)
    assert "[entities]\nclaim\ngap\n" in conf
    assert "contradicts Arg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric" in conf
    assert "worth Arg:claim, Value:high|low" in conf


def test_two_ids_that_give_one_name(tmp_path: Path) -> None:
    one, other = small_record(), small_record()
    other = replace(other, document=replace(other.document, id="a"))
    write_records(FORMAT, [one, other], tmp_path / "out")
    ids = {r.document.id for r in read_items(FORMAT, tmp_path / "out") if isinstance(r, Record)}
    assert ids == {"a.txt", "a"}


def test_spans_of_line_breaks_alone_come_back(tmp_path: Path) -> None:
    record = small_record()
    span = Span(id="s9", label="gap", start=17, end=19)
    one = revised(record.sets[0], spans=[*record.sets[0].spans.values(), span])
    check_round_trip(FORMAT, [anchor(replace(record, sets=(one,))).record])


def test_equivalences_of_other_things_than_several_spans_are_kept_as_lines(tmp_path: Path) -> None:
    spans = line(TEXT, 1, "Place", "Port Hale") + line(TEXT, 3, "Person", "Aino Salo")
    links = "R1\tAt Arg1:T3 Arg2:T1\nR2\tBy Arg1:T1 Arg2:T3\n"
    kept = ["*\tEquiv R1 R2", "*\tEquiv T1 T1"]
    lines = "".join(f"{line}\n" for line in [*kept, "*\tEquiv T1 T1 T3"])
    anchored = read_one(corpus(tmp_path / "in", spans + links + lines))
    assert not anchored.aside
    one = anchored.record.sets[0]
    equal = [(r.source, r.target) for r in one.relations.values() if r.type == "Equiv"]
    assert equal == [("T1", "T3")]
    write_records(FORMAT, [anchored.record], tmp_path / "out")
    written = (tmp_path / "out" / "%-" / "doc.ann").read_text(encoding="utf-8").splitlines()
    assert [line for line in written if line.startswith("*")] == ["*\tEquiv T1 T3", *kept]


def test_what_is_said_of_one_pair_of_an_equivalence_is_not_lost(tmp_path: Path) -> None:
    spans = "".join(line(TEXT, n, "X", word) for n, word in ((1, "Port"), (2, "Hale"), (3, "Aino")))
    record = read_one(corpus(tmp_path / "in", f"{spans}*\tEquiv T1 T2 T3\n")).record
    one = record.sets[0]
    relations = [
        replace(relation, note="sure?") if relation.target == "T3" else relation
        for relation in one.relations.values()
    ]
    changed = replace(record, sets=(revised(one, relations=relations),))
    _, losses = write_records(FORMAT, [changed], tmp_path / "out")
    assert not losses
    back = read_one(tmp_path / "out").record.sets[0]
    found = {(r.source, r.target, r.note) for r in back.relations.values()}
    assert found == {("T1", "T2", ""), ("T2", "T3", "sure?")}
