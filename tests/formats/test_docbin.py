"""spaCy's corpora: our sets come back whole, and spaCy itself reads what we write."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as SpacySpan
from spacy.vocab import Vocab
from support.records import plain, records, texts
from support.round_trips import check_round_trip, read_items, read_records, write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.errors import AnnotatorError, Problem
from annotator.domain.span import Span
from annotator.formats.docbin import reader
from annotator.formats.docbin.format import FORMAT
from annotator.formats.docbin.writer import split_ids
from annotator.formats.own_keys import reference_of
from annotator.formats.record import Record
from annotator.nlp.docbin import tokens_of

TEXT = "The ferry left Port Hale  at noon. It carried 40 people.\n"


def record_of(text: str, *spans: tuple[int, int, str], name: str = "a.txt") -> Record:
    document = Document.of(name, text)
    made = [
        Span(id=f"s{number}", label=label, start=start, end=end)
        for number, (start, end, label) in enumerate(spans, 1)
    ]
    return Record(document, (AnnotationSet(reference_of(document), "ada", "x/1", spans=made),))


def slice_of(doc: Doc, start: int, end: int, label: str, **more: str) -> SpacySpan:
    found = doc.char_span(start, end, label, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def docs_of(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(Vocab()))


@given(
    records(),
    st.fixed_dictionaries(
        {"misaligned": st.sampled_from(["expand", "contract", "drop"])},
        optional={"spans-key": st.just("mine"), "language": st.sampled_from(["xx", "de"])},
    ),
)
def test_what_is_written_comes_back(drawn: list[Record], options: dict[str, Any]) -> None:
    check_round_trip(FORMAT, drawn, write=options)


@given(texts(surrogates=False))
def test_tokens_give_the_text_back(text: str) -> None:
    tokens = tokens_of("en", text)
    rebuilt = ""
    for word, space, start, end in zip(*tokens, strict=True):
        assert len(rebuilt) == start
        assert text[start:end] == word
        rebuilt += word + " " * space
    assert rebuilt == text


@given(records(), st.sampled_from(["longest", "shortest", "first"]))
def test_spacy_reads_what_is_written(drawn: list[Record], rule: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.spacy"
        fitted, losses = write_records(FORMAT, drawn, path, {"ents": True, "overlaps": rule})
        docs = docs_of(path)
        sets = [(record, one) for record in fitted for one in record.sets]
        for doc, (record, one) in zip(docs, sets, strict=True):
            assert doc.text == record.document.text
            found = {(s.id_, s.label_, s.start_char, s.end_char) for s in doc.spans["sc"]}
            assert found == {(s.id, s.label, s.start, s.end) for s in one.spans.values()}
            turned_down = {s.id_ for s in doc.spans.get("rejected", ())}
            assert turned_down == one.rejected.keys()
            inner = {(s.label, s.quote.strip()) for s in one.spans.values()}
            assert {(e.label_, e.text) for e in doc.ents} <= inner
        left_out = sum(
            loss.count for loss in losses if loss.name in ("overlapping-entities", "blank-entities")
        )
        spans = sum(len(one.spans) for _, one in sets)
        assert sum(len(doc.ents) for doc in docs) == spans - left_out
        # Whatever doc.ents lack: doc.spans have it.
        assert [plain(record) for record in read_records(FORMAT, path)] == [
            plain(record) for record in fitted
        ]


@pytest.mark.parametrize(
    ("rule", "start", "end", "count"),
    [("expand", 4, 14, 1), ("contract", 10, 14, 1), ("drop", 0, 0, 1)],
)
def test_a_span_that_cuts_a_word(
    tmp_path: Path, rule: str, start: int, end: int, count: int
) -> None:
    path = tmp_path / "a.spacy"
    record = record_of(TEXT, (6, 15, "claim"))  # "rry left "
    _, losses = write_records(FORMAT, [record], path, {"misaligned": rule})
    assert [(loss.name, loss.count) for loss in losses] == [("misaligned", count)]
    (doc,) = docs_of(path)
    spans = [(s.start_char, s.end_char) for s in doc.spans["sc"]]
    assert spans == ([(start, end)] if end else [])


def test_a_span_of_no_token_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.spacy"
    # The first blank behind "Hale" is part of no token, the second is a token.
    _, losses = write_records(FORMAT, [record_of(TEXT, (24, 25, "gap"))], path)
    assert [(loss.name, loss.count) for loss in losses] == [("tokenless", 1)]
    assert not docs_of(path)[0].spans["sc"]


def test_a_misaligned_span_can_stop_the_export(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"a\.txt: the span s1 \(claim, 6 to 15\)"):
        write_records(
            FORMAT, [record_of(TEXT, (6, 15, "claim"))], tmp_path / "a", {"misaligned": "fail"}
        )


def test_overlapping_entities_can_stop_the_export(tmp_path: Path) -> None:
    record = record_of(TEXT, (0, 14, "claim"), (4, 9, "gap"))
    with pytest.raises(AnnotatorError, match=r"0 to 14 .* and 4 to 9 .* overlap"):
        write_records(FORMAT, [record], tmp_path / "a", {"ents": True, "overlaps": "refuse"})


def test_a_split_is_by_document_and_by_seed(tmp_path: Path) -> None:
    made = [record_of(TEXT, (0, 3, "claim"), name=f"{n}.txt") for n in range(20)]
    parts: dict[int, dict[str, list[str]]] = {}
    for seed in (1, 2):
        folder = tmp_path / str(seed)
        write_records(FORMAT, made, folder, {"split": "0.8,0.1,0.1", "seed": seed})
        parts[seed] = {
            file.stem: [record.document.id for record in read_records(FORMAT, file)]
            for file in folder.iterdir()
        }
        assert {name: len(ids) for name, ids in parts[seed].items()} == {
            "train": 16, "dev": 2, "test": 2
        }  # fmt: skip
        assert len({own_id for ids in parts[seed].values() for own_id in ids}) == 20
    assert parts[1] != parts[2]


@given(
    st.lists(st.text(max_size=4), unique=True, max_size=30),
    st.sampled_from([(0.8, 0.1, 0.1), (0.5, 0.5), (1.0, 0.0), (0.9, 0.05, 0.05)]),
    st.randoms(),
)
def test_where_a_document_goes_does_not_depend_on_their_order(
    ids: list[str], shares: tuple[float, ...], random: Any
) -> None:
    parts = split_ids(ids, shares, 7)
    assert sorted(own_id for part in parts for own_id in part) == sorted(ids)
    shuffled = random.sample(ids, len(ids))
    assert [sorted(part) for part in split_ids(shuffled, shares, 7)] == list(map(sorted, parts))
    for part, share in zip(parts, shares, strict=True):
        if len(ids) >= len(shares) and share:
            assert part
        assert abs(len(part) - share * len(ids)) <= 2


@pytest.mark.parametrize("split", ["0.8", "0.8,0.1", "a,b", "2,-1", "0.5,0.2,0.2,0.1"])
def test_a_split_that_is_none_is_refused(tmp_path: Path, split: str) -> None:
    with pytest.raises(AnnotatorError, match="--split takes"):
        write_records(FORMAT, [], tmp_path / "a", {"split": split})


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="no tokenizer for the language 'qq'"):
        write_records(FORMAT, [record_of(TEXT)], tmp_path / "a", {"language": "qq"})


def test_a_corpus_of_somebody_else(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("The ferry left Port Hale at noon.")
    doc.set_ents([slice_of(doc, 15, 24, "GPE", kb_id="Q7")])
    doc.spans["coref"] = [doc[0:2], slice_of(doc, 15, 24, "PLACE", span_id="p1")]
    doc.spans["sc"] = [slice_of(doc, 15, 24, "GPE")]
    doc.cats = {"news": 1.0}
    doc.user_data["url"] = "https://example.org/1"
    keys: dict[Any, Any] = {("._.", "sure", 15, 24): 0.5, (1, 2): "no place for this"}
    doc.user_data.update(keys)
    path = tmp_path / "theirs.spacy"
    DocBin(store_user_data=True, docs=[doc]).to_disk(path)

    (item,) = read_items(FORMAT, path)
    assert isinstance(item, Record)
    assert item.document.text == doc.text
    assert item.document.meta == {
        "cats": {"news": 1.0},
        "user_data": {"url": "https://example.org/1"},
    }
    assert item.notes == ("1 values of doc.user_data have no place and are left out",)
    spans = {
        span.id: (span.label, span.start, span.end, span.attributes, span.extra)
        for span in item.sets[0].spans.values()
    }
    assert spans == {
        "s1": ("coref", 0, 9, {}, {"spacy_group": "coref"}),
        "p1": ("PLACE", 15, 24, {"sure": 0.5}, {"spacy_group": "coref"}),
        "s2": ("GPE", 15, 24, {"sure": 0.5}, {}),
    }
    # Written again, each span stands under the key it came from.
    again = tmp_path / "again.spacy"
    write_records(FORMAT, [item], again)
    back = docs_of(again)[0]
    assert {key: len(group) for key, group in back.spans.items()} == {"sc": 1, "coref": 2}
    assert back.cats == {"news": 1.0}


def test_only_what_is_under_one_key(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("The ferry left Port Hale at noon.")
    doc.set_ents([slice_of(doc, 15, 24, "GPE", kb_id="Q7")])
    doc.spans["sc"] = [slice_of(doc, 0, 9, "claim")]
    path = tmp_path / "theirs.spacy"
    DocBin(docs=[doc]).to_disk(path)
    for key, label in (("sc", "claim"), ("ents", "GPE")):
        (item,) = read_records(FORMAT, path, {"spans-key": key})
        assert [span.label for span in item.sets[0].spans.values()] == [label]


def good_bytes() -> bytes:
    nlp = spacy.blank("en")
    docs = [nlp("The ferry left."), nlp("It was noon.")]
    for doc in docs:
        doc.spans["sc"] = [doc[:1]]
        doc.user_data["annotator"] = '{"format": "annotator/1", "spans": {}}'
    return DocBin(store_user_data=True, docs=docs).to_bytes()


def repacked(change: Any) -> bytes:
    import zlib

    import srsly

    top = srsly.msgpack_loads(zlib.decompress(good_bytes()))
    change(top)
    return zlib.compress(srsly.msgpack_dumps(top))


def broken_files() -> dict[str, bytes]:
    import zlib

    whole = good_bytes()
    return {
        "empty": b"",
        "text": b"no corpus at all",
        "cut off": whole[:-20],
        "zlib of nothing": zlib.compress(b""),
        "a list": zlib.compress(b"\x90"),
        "a list of four billion": zlib.compress(b"\xdd\xff\xff\xff\xff\x00"),
        "no tokens": repacked(lambda top: top.pop("tokens")),
        "fewer tokens": repacked(lambda top: top.update(tokens=top["tokens"][:-8])),
        "negative lengths": repacked(lambda top: top.update(lengths=b"\xff\xff\xff\xff" * 2)),
        "no words": repacked(lambda top: top.update(attrs=[0] * len(top["attrs"]))),
        "fewer groups": repacked(lambda top: top.update(span_groups=[b""])),
    }


@pytest.mark.parametrize("name", broken_files())
def test_a_file_that_is_no_corpus(tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.spacy"
    path.write_bytes(broken_files()[name])
    with pytest.raises(AnnotatorError, match=r"bad\.spacy: no spaCy corpus|bad\.spacy: the corpus"):
        read_items(FORMAT, path)


@pytest.mark.parametrize(
    "change",
    [
        lambda top: top["strings"].clear(),
        lambda top: top["span_groups"].__setitem__(0, b"\xdd\xff\xff\xff\xff"),
        lambda top: top["user_data"].__setitem__(0, b"\xdf\xff\xff\xff\xff"),
        lambda top: top["user_data"].__setitem__(0, b"\x90"),
        lambda top: top["user_data"].__setitem__(0, b"\x81\xa9annotator\xa1{"),
        lambda top: top["cats"].__setitem__(0, 7),
        lambda top: top["span_groups"].__setitem__(0, absurd_group()),
    ],
)
def test_a_broken_document_is_told_by_its_number(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "bad.spacy"
    path.write_bytes(repacked(change))
    found = read_items(FORMAT, path)
    assert isinstance(found[0], Problem)
    assert str(found[0]).startswith(f"{path}: record 1")


def absurd_group() -> bytes:
    """A span group that names tokens far beyond the text."""
    import struct

    import srsly

    span = struct.pack(">QQQllll", 0, 0, 0, 10**8, 2 * 10**8, 0, 5)
    group = srsly.msgpack_dumps({"name": "sc", "attrs": {}, "spans": [span]})
    packed: bytes = srsly.msgpack_dumps({group: ["sc"]})
    return packed


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import zlib

    monkeypatch.setattr("annotator.nlp.docbin.LARGEST", 1 << 20)
    path = tmp_path / "bomb.spacy"
    path.write_bytes(zlib.compress(b"\0" * (3 << 20)))
    with pytest.raises(AnnotatorError, match="it holds more than 1 MiB"):
        read_items(FORMAT, path)


def test_spans_without_ids_are_looked_through_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = Doc(Vocab(), words=["word"] * 60)
    doc.spans["sc"] = [
        SpacySpan(doc, n, n + 1, "x", span_id="s3" if n == 50 else "") for n in range(60)
    ]
    DocBin(docs=[doc]).to_disk(tmp_path / "theirs.spacy")
    count = 0
    found = reader._Reader.found

    def counted(self: reader._Reader) -> Any:
        nonlocal count
        count += 1
        return found(self)

    monkeypatch.setattr(reader._Reader, "found", counted)
    (record,) = read_records(FORMAT, tmp_path / "theirs.spacy")
    spans = list(record.sets[0].spans.values())
    assert count == 1  # for each span anew, 8,000 spans took minutes
    assert [span.id for span in spans[:4]] == ["s1", "s2", "s4", "s5"]
    assert spans[50].id == "s3"
