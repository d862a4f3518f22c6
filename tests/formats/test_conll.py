"""Files of one token a line: flat spans come back exactly where the text is beside them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.training.converters.conll_ner_to_docs import conll_ner_to_docs
from support.records import SCHEME, records
from support.round_trips import check_round_trip, read_items, read_records, write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.errors import AnnotatorError, InvalidFileError, Problem
from annotator.domain.span import Span
from annotator.formats.anchoring import anchor
from annotator.formats.base import WriteContext
from annotator.formats.conll.detokenize import detokenize
from annotator.formats.conll.format import FORMAT
from annotator.formats.conll.tags import TaggedSpan, spans_of, tags_of
from annotator.formats.loss import Losses
from annotator.formats.own_keys import reference_of
from annotator.formats.record import Record
from annotator.formats.registry import guess_format
from annotator.formats.targets import StreamTarget

TEXT = "The ferry left Port Hale.  It was noon.\n"


def record_of(text: str, *spans: tuple[int, int, str], name: str = "a.txt") -> Record:
    document = Document.of(name, text)
    made = [
        Span(id=f"s{number}", label=label, start=start, end=end)
        for number, (start, end, label) in enumerate(spans, 1)
    ]
    return Record(document, (AnnotationSet(reference_of(document), "ada", "x/1", spans=made),))


def found_in(record: Record) -> list[tuple[str, str]]:
    text = record.document.text
    spans = sorted(record.sets[0].spans.values(), key=lambda span: span.start)
    return [(span.label, text[span.start : span.end]) for span in spans]


@given(
    records(),
    st.fixed_dictionaries(
        {
            "overlaps": st.sampled_from(["longest", "shortest", "first"]),
            "misaligned": st.sampled_from(["expand", "contract", "drop"]),
            "tags": st.sampled_from(["iob2", "bilou", "bioes"]),
            "columns": st.sampled_from(["conll2003", "two"]),
            "tokenizer": st.sampled_from(["words", "words", "en"]),
        }
    ),
)
def test_what_is_written_comes_back(drawn: list[Record], options: dict[str, Any]) -> None:
    check_round_trip(FORMAT, drawn, write=options)


@st.composite
def tagged(draw: st.DrawFn) -> tuple[int, list[TaggedSpan]]:
    spans = []
    place = 0
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)))):
        first = place + gap
        label = draw(st.sampled_from(["A", "B-X", "-", "B"]))
        spans.append(TaggedSpan(first, first + length - 1, label))
        place = first + length
    return place + draw(st.integers(0, 2)), spans


@given(tagged(), st.sampled_from(["iob2", "bilou", "bioes"]))
def test_tags_stand_for_their_spans(drawn: tuple[int, list[TaggedSpan]], scheme: str) -> None:
    count, spans = drawn
    tags = tags_of(count, spans, scheme)
    assert len(tags) == count
    assert spans_of(tags) == spans


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("I-A I-A B-A O I-B", [(0, 1, "A"), (2, 2, "A"), (4, 4, "B")]),  # IOB1
        ("I-A I-B", [(0, 0, "A"), (1, 1, "B")]),
        ("B-A L-A I-A", [(0, 1, "A"), (2, 2, "A")]),
        ("S-A I-A", [(0, 0, "A"), (1, 1, "A")]),
        ("U-A U-A E-A", [(0, 0, "A"), (1, 1, "A"), (2, 2, "A")]),
        ("B I O B", [(0, 1, "SPAN"), (3, 3, "SPAN")]),
    ],
)
def test_tags_of_others(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert spans_of(tags.split()) == spans


def test_a_sentence_ends_a_span() -> None:
    assert spans_of(["B-A", "I-A"], breaks=[1]) == [(0, 0, "A"), (1, 1, "A")]


def test_the_columns_of_conll_2003(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    _, losses = write_records(FORMAT, [record_of(TEXT, (15, 24, "place"))], path)
    assert not losses
    assert path.read_text() == (
        "-DOCSTART- -X- -X- O\n\n"
        "The -X- -X- O\nferry -X- -X- O\nleft -X- -X- O\nPort -X- -X- B-place\n"
        "Hale -X- -X- I-place\n. -X- -X- O\n\n"
        "It -X- -X- O\nwas -X- -X- O\nnoon -X- -X- O\n. -X- -X- O\n\n"
    )


def test_a_span_over_two_sentences_is_not_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    write_records(FORMAT, [record_of(TEXT, (15, 39, "claim"))], path, {"tags": "bioes"})
    (_, sentence, rest) = path.read_text().split("\n\n")
    assert sentence.count("\n") == 9
    assert rest == ""


@given(records(surrogates=False), st.sampled_from(["iob2", "bilou"]))
def test_spacy_reads_what_is_written(drawn: list[Record], tags: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.conll"
        fitted, _ = write_records(FORMAT, drawn, path, {"overlaps": "longest", "tags": tags})
        content = path.read_bytes().decode()
    whole = [record for record in fitted if record.document.text.strip()]
    convert: Any = conll_ner_to_docs
    docs = list(convert(content, n_sents=0, no_print=True)) if whole else []
    found = [(e.label_, [t.text for t in e]) for doc in docs for e in doc.ents]
    wanted = [
        (span.label.replace(" ", "%20"), "".join(span.quote.split()))
        for record in whole
        for one in record.sets
        for span in sorted(one.spans.values(), key=lambda span: span.start)
    ]
    assert [(label, "".join(words)) for label, words in found] == wanted


def test_overlaps_stop_the_export_unless_a_rule_is_named(tmp_path: Path) -> None:
    record = record_of(TEXT, (0, 24, "claim"), (15, 24, "place"), (20, 27, "place"))
    with pytest.raises(AnnotatorError, match=r"0 to 24 \(claim\) and 15 to 24 \(place\) overlap"):
        write_records(FORMAT, [record], tmp_path / "a.conll")
    kept = {"longest": ["claim"], "first": ["claim"], "shortest": ["place"]}
    for rule, labels in kept.items():
        path = tmp_path / f"{rule}.conll"
        _, losses = write_records(FORMAT, [record], path, {"overlaps": rule})
        assert [(loss.name, loss.count) for loss in losses][-1] == ("overlaps", 2)
        assert [label for label, _ in found_in(read_records(FORMAT, path)[0])] == labels


def test_on_standard_output_the_texts_are_lost_and_told() -> None:
    written: list[bytes] = []
    target = StreamTarget(written.append)
    settings = FORMAT.settings("write", {})
    losses = Losses(FORMAT, settings)

    assert FORMAT.make_writer is not None
    writer = FORMAT.make_writer(target, WriteContext(settings, SCHEME, losses.add))
    writer.write(losses.fit(record_of(TEXT)))
    writer.close()
    target.commit()
    assert b"".join(written).startswith(b"-DOCSTART-")
    assert [(loss.name, loss.count) for loss in losses.found()] == [("texts", 1)]


THEIRS = """-DOCSTART- -X- -X- O

"\t``\tO\tO
We\tPRP\tO\tO
do\tVBP\tO\tO
n't\tRB\tO\tO
stop\tVB\tO\tO
at\tIN\tO\tO
Port\tNNP\tO\tI-LOC
Hale\tNNP\tO\tI-LOC
,\t,\tO\tO
"\t''\tO\tO
said\tVBD\tO\tO
Ada\tNNP\tO\tI-PER
.\t.\tO\tO

Nordvik\tNNP\tO\tI-LOC
Eastmere\tNNP\tO\tB-LOC
(\t-LRB-\tO\tO
two\tCD\tO\tO
)\t-RRB-\tO\tO

-DOCSTART- (second 2) O O

Noon\tNN\tO\tO
"""


def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "theirs.txt"
    path.write_text(THEIRS)
    first, second = read_records(FORMAT, path)
    assert first.document.text == (
        '"We don\'t stop at Port Hale," said Ada.\nNordvik Eastmere (two)'
    )
    assert found_in(first) == [
        ("LOC", "Port Hale"), ("PER", "Ada"), ("LOC", "Nordvik"), ("LOC", "Eastmere")
    ]  # fmt: skip
    assert (second.document.id, second.document.text) == ("second 2", "Noon")
    assert "made of the tokens" in first.notes[0]


def test_two_columns_with_comments_and_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "theirs.bio"
    path.write_text("# id a1\r\nPort B-LOC\r\nHale I-LOC\r\n\r\n# O\r\n7 B-N\r\n")
    (record,) = read_records(FORMAT, path)
    assert record.document.text == "Port Hale\n#7"
    assert found_in(record) == [("LOC", "Port Hale"), ("N", "7")]


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text("1\tPort Hale\tB-LOC\tx\n2\tslept\tO\ty\n")
    (record,) = read_records(FORMAT, path, {"token-column": 2, "tag-column": -2})
    # A token may hold blanks where tabs part the columns.
    assert found_in(record) == [("LOC", "Port Hale")]


GERMEVAL = "#\thttp://x [2009]\n1\tAino\tB-PER\tO\n2\tSalos\tI-PERderiv\tB-LOC\n\n#\thttp://y\n1\tBonn\tB-LOC\tO\n"
UNIVERSAL = (
    "# newdoc id = d 1\n# text = Aino sailed.\n"
    "1-2\tAinos\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tAino\t_\tPROPN\t_\t_\t0\t_\t_\tNER=B-PER\n"
    "2\tSalo\t_\tPROPN\t_\t_\t0\t_\t_\tSpaceAfter=No|NER=I-PER\n"
    "2.1\tgone\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n# newdoc\n"
    "1\tOslo\t_\tPROPN\t_\t_\t0\t_\t_\tNER=B-LOC\n"
)


@pytest.mark.parametrize(
    ("content", "options", "spans", "told"),
    [
        (GERMEVAL, {}, [("LOC", "Salos")], ["column 3"]),
        (
            GERMEVAL,
            {"tag-column": 3},
            [("PER", "Aino"), ("PERderiv", "Salos"), ("LOC", "Bonn")],
            ["column 4"],
        ),
        (UNIVERSAL, {}, [("PER", "Aino Salo"), ("LOC", "Oslo")], []),
    ],
)
def test_numbered_tokens_and_several_columns_of_tags(
    content: str,
    options: dict[str, Any],
    spans: list[tuple[str, str]],
    told: list[str],
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(content)
    assert guess_format(path) is FORMAT
    found = read_items(FORMAT, path, options)
    records = [item for item in found if isinstance(item, Record)]
    assert len(records) == len(found)
    sets = [one for record in records for one in anchor(record).record.sets]
    assert [(s.label, s.quote) for one in sets for s in one.spans.values()] == spans
    assert [note.split(" has")[0] for note in records[0].notes[1:]] == told
    if content is UNIVERSAL:
        assert [record.document.id for record in records] == ["d 1", ""]
        assert records[0].document.text == "Aino Salo."


def test_a_line_without_a_token_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_text("Aino\tB-PER\n\tO\n")
    (found,) = read_items(FORMAT, path)
    assert isinstance(found, Problem)
    assert (found.line, found.message.split(":")[0]) == (2, "it has no token")


@given(st.lists(st.text(st.sampled_from("ab.,\"'([)“”n't"), min_size=1, max_size=3), max_size=9))
def test_each_token_stands_where_detokenizing_says(tokens: list[str]) -> None:
    text, starts = detokenize(tokens, breaks=[3])
    ends = [start + len(token) for start, token in zip(starts, tokens, strict=True)]
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == tokens
    assert all(start >= end for start, end in zip(starts[1:], ends, strict=False))
    between = zip([0, *ends], [*starts, len(text)], strict=True)
    assert not "".join(text[a:b] for a, b in between).strip()


def test_a_line_that_is_none_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "bad.conll"
    path.write_text("Port B-LOC\nHale\n\n-DOCSTART- O\n\nOk O\n\n-DOCSTART- O\nx NNP\n")
    bad, good, worse = read_items(FORMAT, path)
    assert isinstance(bad, Problem)
    assert str(bad).startswith(f"{path}:2: 'Hale' is no tag")
    assert isinstance(good, Record)
    assert isinstance(worse, Problem)
    assert worse.line == 9


def test_a_changed_file_does_not_shift_spans(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    made = [record_of(TEXT, (15, 24, "place"), name=name) for name in ("a", "b")]
    write_records(FORMAT, made, path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("ferry")))
    first, second = read_items(FORMAT, path)
    assert isinstance(first, Problem)
    assert "line 4: 'left' does not come next in the text" in str(first)
    assert isinstance(second, Problem)


def test_texts_and_tokens_must_go_together(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    made = [record_of(TEXT, (15, 24, "place"), name=name) for name in ("a", "b")]
    write_records(FORMAT, made, path)
    beside = tmp_path / "a.documents.jsonl"
    whole = beside.read_text()
    first_line, second_line = whole.splitlines(keepends=True)
    beside.write_text(first_line)
    good, missing = read_items(FORMAT, path)
    assert isinstance(good, Record)
    assert "a.documents.jsonl has no text for document 2" in str(missing)
    beside.write_text(whole + second_line)
    *_, left = read_items(FORMAT, path)
    assert str(left) == f"{beside}:3: a.conll has no tokens for this text: it has 2 documents"
    beside.write_text(first_line + "{\n")
    *_, broken = read_items(FORMAT, path)
    assert isinstance(broken, Problem)
    assert broken.line == 2
    beside.write_text(first_line + json.dumps({"text": TEXT + "More"}) + "\n")
    *_, longer = read_items(FORMAT, path)
    assert "goes on where the tokens end" in str(longer)


def test_a_document_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.conll.reader.LONGEST", 1 << 10)
    path = tmp_path / "long.conll"
    path.write_text("word O\n" * 1000)
    with pytest.raises(InvalidFileError, match=r"long\.conll:29: too many tokens"):
        read_items(FORMAT, path)


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.conll"
    path.write_bytes("Malmö B-LOC\n".encode("latin-1"))
    with pytest.raises(InvalidFileError, match="name the file's encoding"):
        read_items(FORMAT, path)
    (record,) = read_items(FORMAT, path, encoding="latin-1")
    assert isinstance(record, Record)
    assert found_in(record) == [("LOC", "Malmö")]


def test_white_space_in_labels_does_not_break_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    write_records(FORMAT, [record_of(TEXT, (15, 24, "50% of\na"))], path)
    assert "\nPort -X- -X- B-50%25%20of%0Aa\n" in path.read_text()
    assert found_in(read_records(FORMAT, path)[0]) == [("50% of\na", "Port Hale")]
    # In a file of somebody else it is what it says.
    (tmp_path / "a.documents.jsonl").unlink()
    assert found_in(read_records(FORMAT, path)[0]) == [("50%25%20of%0Aa", "Port Hale")]
