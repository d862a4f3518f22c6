"""UIMA CAS as XMI and JSON: our sets come back whole, and cassis reads what we write."""

from __future__ import annotations

import json
import re
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cassis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.records import SCHEME, records
from support.round_trips import check_round_trip, read_items, read_records, write_records

from annotator.domain.annotations import AnnotationSet
from annotator.domain.document import Document
from annotator.domain.errors import AnnotatorError, InvalidFileError, Problem
from annotator.domain.span import Relation, Span
from annotator.formats.anchoring import anchor
from annotator.formats.base import Format
from annotator.formats.cas.files import refuse_doctype
from annotator.formats.cas.format import JSON, XMI
from annotator.formats.own_keys import reference_of
from annotator.formats.record import Record
from annotator.formats.registry import guess_format

FORMATS = pytest.mark.parametrize("format_", [XMI, JSON], ids=["xmi", "json"])
NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
TEXT = "A 😀 ferry left Port Hale. It was noon.\r\n"


def record_of(text: str = TEXT, name: str = "a.txt") -> Record:
    document = Document.of(name, text)
    spans = [
        Span(id="s1", label="claim", start=0, end=25, attributes={"worth": "high", "n": 3}),
        Span(id="s2", label="gap", start=15, end=24, note="which?"),
    ]
    relations = [Relation(id="r1", type="blocks", source="s2", target="s1")]
    one = AnnotationSet(
        reference_of(document), "ada", "ferries/2", spans=spans, relations=relations
    )
    return Record(document, (one,))


def load(folder: Path, name: str = "a.txt") -> Any:
    """Return a CAS that was written, read by cassis alone."""
    xmi = folder / f"{name}.xmi"
    if not xmi.exists():
        return cassis.load_cas_from_json((folder / f"{name}.json").read_text())
    system = cassis.load_typesystem(folder / "TypeSystem.xml")
    return cassis.load_cas_from_xmi(xmi, typesystem=system)


def save(cas: Any, folder: Path, name: str = "a.txt") -> None:
    if (folder / f"{name}.xmi").exists():
        cas.to_xmi(folder / f"{name}.xmi")
        cas.typesystem.to_xml(folder / "TypeSystem.xml")
    else:
        cas.to_json(folder / f"{name}.json")


@FORMATS
@given(
    drawn=records(),
    options=st.fixed_dictionaries(
        {"zip": st.booleans()}, optional={"layer": st.sampled_from([NAMED_ENTITY, "my.Claim"])}
    ),
)
def test_what_is_written_comes_back(
    format_: Format, drawn: list[Record], options: dict[str, Any]
) -> None:
    check_round_trip(format_, drawn, write=options, in_order=False)


@FORMATS
@given(drawn=records(most=1))
def test_cassis_reads_what_is_written(format_: Format, drawn: list[Record]) -> None:
    drawn = [Record(record.document, record.sets[:1]) for record in drawn]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cas.zip"
        (fitted,), _ = write_records(format_, drawn, path, {"zip": True})
        with zipfile.ZipFile(path) as file:
            file.extractall(Path(folder) / "out")
        (found,) = (f for f in (Path(folder) / "out").rglob(f"*{format_.extensions[0]}"))
        if format_ is JSON:
            cas = cassis.load_cas_from_json(found.read_text("utf-8"))
        else:
            system = cassis.load_typesystem(Path(folder) / "out" / "TypeSystem.xml")
            cas = cassis.load_cas_from_xmi(found, typesystem=system)
    assert cas.sofa_string == fitted.document.text
    assert not cas.typecheck()
    (one,) = fitted.sets
    spans = [(a.label, a.begin, a.end, a.get_covered_text()) for a in cas.select("custom.Span")]
    wanted = [(s.label, s.start, s.end, s.quote) for s in one.spans.values()]
    assert sorted(spans) == sorted(wanted)
    relations = [
        (r.label, r.Governor.get_covered_text(), r.Dependent.get_covered_text())
        for r in cas.select("custom.Relation")
    ]
    linked = [r for r in one.relations.values() if {r.source, r.target} <= one.spans.keys()]
    assert sorted(relations) == sorted(
        (r.type, one.spans[r.source].quote, one.spans[r.target].quote) for r in linked
    )
    # INCEpTION shows sentences, and what is not blank is in one.
    inside = {at for s in cas.select(SENTENCE) for at in range(s.begin, s.end)}
    assert all(char.isspace() or at in inside for at, char in enumerate(fitted.document.text))
    for token in cas.select(TOKEN):
        assert {token.begin, token.end - 1} <= inside


@FORMATS
def test_offsets_in_the_file_are_utf_16(format_: Format, tmp_path: Path) -> None:
    write_records(format_, [record_of()], tmp_path / "out")
    content = next((tmp_path / "out").glob("a.txt.*")).read_text()
    written = (
        ('"begin": 16, "end": 25', '"begin": 0, "end": 26')
        if format_ is JSON
        else ('begin="16" end="25"', 'begin="0" end="26"')
    )
    assert all(part in content for part in written)


@FORMATS
def test_attributes_of_the_scheme_are_features(format_: Format, tmp_path: Path) -> None:
    write_records(format_, [record_of()], tmp_path / "out")
    first, second = load(tmp_path / "out").select("custom.Span")
    assert (first.label, first.worth) == ("claim", "high")
    assert second.worth is None
    assert json.loads(first.annotator)["attributes"] == {"n": 3}


@FORMATS
def test_what_another_tool_changed_holds(format_: Format, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_records(format_, [record_of()], folder)
    cas = load(folder)
    first, second = cas.select("custom.Span")
    first.worth = "low"
    second.label = "claim"
    second.begin = 10
    made = cas.typesystem.get_type("custom.Span")(begin=26, end=37, label="gap")
    cas.add(made)
    link = cas.typesystem.get_type("custom.Relation")
    cas.add(link(begin=0, end=1, label="blocks", Governor=made, Dependent=first))
    save(cas, folder)
    (record,) = read_records(format_, folder)
    (one,) = record.sets
    spans = {
        span.id: (span.label, span.quote, dict(span.attributes)) for span in one.spans.values()
    }
    assert spans == {
        "s1": ("claim", "A 😀 ferry left Port Hale.", {"worth": "low", "n": 3}),
        "s2": ("claim", "left Port Hale", {}),
        "s3": ("gap", "It was noon", {}),
    }
    assert one.spans["s2"].note == "which?"
    relations = {r.id: (r.type, r.source, r.target) for r in one.relations.values()}
    assert relations == {"r1": ("blocks", "s2", "s1"), "r2": ("blocks", "s3", "s1")}


@FORMATS
def test_an_attribute_that_no_feature_holds_exactly(format_: Format, tmp_path: Path) -> None:
    made = record_of()
    values = {"kinds": ["quote", ""], "worth": "\x00high", "n": 3}
    span = replace(made.sets[0].spans["s2"], attributes=values)
    made.sets[0].spans["s2"] = span
    for change, wanted in (
        ({}, values),
        ({"worth": "low"}, values | {"worth": "low"}),
        ({"worth": None, "kinds": None}, {"n": 3}),
        ({"kinds": ["number"]}, values | {"kinds": ["number"]}),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        write_records(format_, [made], folder)
        cas = load(folder)
        _, found = cas.select("custom.Span")
        assert found.kinds.elements == ["quote"]
        array = cas.typesystem.get_type("uima.cas.StringArray")
        for name, value in change.items():
            setattr(found, name, array(elements=value) if isinstance(value, list) else value)
        save(cas, folder)
        (record,) = read_records(format_, folder)
        assert record.sets[0].spans["s2"].attributes == wanted


@FORMATS
def test_sentences_and_tokens_are_there(format_: Format, tmp_path: Path) -> None:
    write_records(format_, [record_of()], tmp_path / "out")
    cas = load(tmp_path / "out")
    sentences, tokens = (
        [found.get_covered_text() for found in cas.select(layer)] for layer in (SENTENCE, TOKEN)
    )
    assert sentences == ["A 😀 ferry left Port Hale.", "It was noon."]
    assert tokens == ["A", "😀", "ferry", "left", "Port", "Hale", ".", "It", "was", "noon", "."]
    (metadata,) = cas.select(METADATA)
    assert (metadata.documentId, metadata.begin, metadata.end) == ("a.txt", 0, len(TEXT))


@FORMATS
def test_a_tool_that_keeps_only_layers_it_knows(format_: Format, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_records(format_, [record_of()], folder)
    cas = load(folder)
    for own in list(cas.select("annotator.AnnotationSet")):
        cas.remove(own)
    save(cas, folder)
    (record,) = read_records(format_, folder)
    assert record.document.id == "a.txt"
    (one,) = record.sets
    assert [(s.label, s.quote, s.attributes) for s in one.spans.values()] == [
        ("claim", "A 😀 ferry left Port Hale.", {"worth": "high"}),
        ("gap", "Port Hale", {}),
    ]
    assert [(r.type, r.source, r.target) for r in one.relations.values()] == [
        ("blocks", "s2", "s1")
    ]


def foreign(folder: Path, format_: Format) -> None:
    """Write a CAS as another tool has them: DKPro's types, two layers of its own."""
    with warnings.catch_warnings():
        # cassis reads its own file in a way that Python calls outdated.
        warnings.simplefilter("ignore")
        system = cassis.load_dkpro_core_typesystem()
    person = system.create_type("webanno.custom.Person")
    for name, kind in (("role", "String"), ("age", "Integer"), ("sure", "Boolean")):
        system.create_feature(person, name, f"uima.cas.{kind}")
    system.create_feature(person, "knows", "webanno.custom.Person")
    link = system.create_type("webanno.custom.Kin")
    for name in ("Governor", "Dependent"):
        system.create_feature(link, name, "webanno.custom.Person")
    system.create_feature(link, "value", "uima.cas.String")
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string = "👩‍👧 Ada met Ben in Port Hale."
    cas.sofa_mime = "text/plain"
    cas.add(system.get_type(SENTENCE)(begin=0, end=29))
    metadata = system.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    system.create_feature(metadata, "documentTitle", "uima.cas.String")
    cas.add(metadata(begin=0, end=29, documentTitle="ada.txt"))
    ada = person(begin=4, end=7, role="mate", age=40, sure=True)
    ben = person(begin=12, end=15, knows=ada)
    cas.add_all([ada, ben, link(begin=12, end=15, Governor=ada, Dependent=ben, value="sister")])
    cas.add(system.get_type(NAMED_ENTITY)(begin=19, end=28, value="LOC", identifier="Q7"))
    folder.mkdir()
    if format_ is XMI:
        cas.to_xmi(folder / "ada.xmi")
        system.to_xml(folder / "TypeSystem.xml")
    else:
        cas.to_json(folder / "ada.json")


@FORMATS
def test_a_cas_of_somebody_else(format_: Format, tmp_path: Path) -> None:
    foreign(tmp_path / "theirs", format_)
    (record,) = read_records(format_, tmp_path / "theirs")
    assert record.document.id == "ada.txt"
    (one,) = record.sets
    spans = [(s.id, s.label, s.quote, s.attributes, s.extra) for s in one.spans.values()]
    layer = {"uima_type": "webanno.custom.Person"}
    assert spans == [
        ("s1", "Person", "Ada", {"role": "mate", "age": 40, "sure": True}, layer),
        ("s2", "Person", "Ben", {}, layer),
        ("s3", "LOC", "Port Hale", {"identifier": "Q7"}, {}),
    ]
    assert [(r.id, r.type, r.source, r.target) for r in one.relations.values()] == [
        ("r1", "sister", "s1", "s2")
    ]
    assert record.notes == ("features that link to other things are left out: knows",)


def test_annotators_of_an_inception_project(tmp_path: Path) -> None:
    folder = tmp_path / "annotation"
    folder.mkdir()
    for number, name in enumerate(("ada", "ben")):
        foreign(tmp_path / name, XMI)
        content = (tmp_path / name / "ada.xmi").read_text()
        content = content.replace("ada.txt", "talk.txt").replace("Q7", f"Q{number}")
        (folder / "talk.txt").mkdir(exist_ok=True)
        (folder / "talk.txt" / f"{name}.xmi").write_text(content)
        (tmp_path / name / "TypeSystem.xml").rename(folder / "TypeSystem.xml")
    (record,) = read_records(XMI, folder)
    assert record.document.id == "talk.txt"
    assert [one.annotator for one in record.sets] == ["ada", "ben"]


def exported(title: str, user: str, text: str) -> dict[str, bytes]:
    """Return what INCEpTION writes of one person's work on one text.

    The metadata are those that its own test of ``addOrUpdateDocumentMetadata`` asks for.
    """
    system = cassis.TypeSystem()
    system.create_type(NAMED_ENTITY)
    system.create_feature(system.get_type(NAMED_ENTITY), "value", "uima.cas.String")
    metadata = system.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri", "collectionId"):
        system.create_feature(metadata, name, "uima.cas.String")
    cas = cassis.Cas(system)
    cas.sofa_string = text
    names = {"documentTitle": title, "documentId": user, "documentUri": f"ferry/{title}"}
    cas.add(metadata(begin=0, end=len(text), collectionId="ferry", **names))
    cas.add(system.get_type(NAMED_ENTITY)(begin=0, end=4, value="PER"))
    return {f"{user}.xmi": cas.to_xmi().encode(), "TypeSystem.xml": system.to_xml().encode()}


def zipped(files: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return content.getvalue()


@pytest.mark.parametrize("as_folder", [True, False])
def test_a_project_that_inception_exported(as_folder: bool, tmp_path: Path) -> None:
    files = {
        "exportedproject.json": b"{}",
        "broken.zip": b"PK",
        "none.zip": zipped({"a.txt": b"a"}),
    }
    for title, text in (("one.txt", "Aino sailed."), ("two.txt", "Salo stayed.")):
        for user in ("ada", "ben"):
            files[f"annotation/{title}/{user}.zip"] = zipped(exported(title, user, text))
    if as_folder:
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    path = tmp_path if as_folder else tmp_path / "project.zip"
    if not as_folder:
        path.write_bytes(zipped(files))
    found = read_records(XMI, path)
    told = {record.document.id: [one.annotator for one in record.sets] for record in found}
    assert told == {"one.txt": ["ada", "ben"], "two.txt": ["ada", "ben"]}


def test_xml_1_1_is_read_or_its_way_out_named(tmp_path: Path) -> None:
    foreign(tmp_path / "theirs", XMI)
    path = tmp_path / "theirs" / "ada.xmi"
    path.write_text(re.sub(r"version=(.)1\.0", r"version=\g<1>1.1", path.read_text(), count=1))
    assert len(read_records(XMI, path)) == 1
    path.write_text(path.read_text().replace("Ada met", "Ada &#1;met"))
    (problem,) = read_items(XMI, path)
    assert isinstance(problem, Problem)
    assert "export it as JSON" in problem.message


@FORMATS
def test_one_layer_only(format_: Format, tmp_path: Path) -> None:
    foreign(tmp_path / "theirs", format_)
    options = {"layer": "webanno.custom.Person", "label-feature": "role"}
    (record,) = read_records(format_, tmp_path / "theirs", options)
    labels = [(s.label, s.attributes) for s in record.sets[0].spans.values()]
    assert labels == [("mate", {"age": 40, "sure": True}), ("Person", {})]
    with pytest.raises(AnnotatorError, match=r"no layer a\.B"):
        read_records(format_, tmp_path / "theirs", {"layer": "a.B"})


@FORMATS
def test_a_single_file_and_its_format_are_found(format_: Format, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_records(format_, [record_of(name="x/a.txt"), record_of(name="b.txt")], folder)
    assert guess_format(folder) is format_
    (file,) = folder.glob("x/a.txt.*")
    assert guess_format(file) is format_
    # The type system stands above.
    (record,) = (
        read_records(format_, folder / "x")[:1]
        if format_ is JSON
        else read_records(format_, folder)[1:]
    )
    assert record.document.id == "x/a.txt"


def test_names_that_differ_in_case_only_do_not_collide(tmp_path: Path) -> None:
    write_records(JSON, [record_of(name="A.txt"), record_of(name="a.txt")], tmp_path / "out")
    assert sorted(f.name for f in (tmp_path / "out").iterdir()) == ["A.txt.json", "a.txt~2.json"]


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize("declaration", [ENTITY, BOMB, "<!DOCTYPE x>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize("where", ["a.txt.xmi", "TypeSystem.xml"])
def test_entities_are_refused(tmp_path: Path, declaration: str, encoding: str, where: str) -> None:
    folder = tmp_path / "out"
    write_records(XMI, [record_of()], folder)
    path = folder / where
    _, root = path.read_text(encoding="utf-8").split("?>", 1)
    head = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}'
    path.write_bytes((head + root).encode(encoding, "xmlcharrefreplace"))
    (problem,) = read_items(XMI, folder)
    assert isinstance(problem, Problem)
    assert "it has a DOCTYPE" in problem.message
    assert problem.file == str(folder / "a.txt.xmi")


def test_only_a_declaration_is_refused() -> None:
    refuse_doctype(b"<?xml version='1.0'?><!-- <!DOCTYPE x> --><a><![CDATA[<!DOCTYPE x>]]></a>")


Change = Callable[[str], str]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda _text: "", "no XML"),
        (lambda _text: "ferry", "no XML"),
        (lambda text: text.replace("UTF-8", "UTF-6"), "unknown encoding"),
        (lambda text: text[: len(text) // 2], "no CAS: XMLSyntaxError"),
        (lambda text: text.replace('begin="16"', 'begin="3"'), "Not mapping external offset"),
        (lambda text: text.replace('end="26"', 'end="2700"'), "Not mapping external offset"),
        (lambda text: text.replace('begin="16"', 'begin="x"'), "no CAS: ValueError"),
        (lambda text: text.replace("custom:Span", "custom:Spam"), "no CAS: TypeNotFoundError"),
        (lambda text: text.replace('sofa="1"', 'sofa="77"', 1), "no CAS: KeyError"),
        (lambda text: text.replace("&quot;r1&quot;", "}"), "no JSON"),
        (lambda text: text.replace('sofaString="', 'sofaURI="'), "it has no text"),
    ],
)
def test_a_broken_xmi_is_told_by_its_name(tmp_path: Path, change: Change, says: str) -> None:
    folder = tmp_path / "out"
    write_records(XMI, [record_of(), record_of(name="b.txt")], folder)
    path = folder / "a.txt.xmi"
    changed = change(path.read_text())
    assert changed != path.read_text()
    path.write_text(changed)
    first, second = read_items(XMI, folder)
    assert isinstance(first, Problem)
    assert first.file == str(path)
    assert says in str(first)
    assert isinstance(second, Record)


def json_change(change: Callable[[Any], object]) -> Change:
    def changed(text: str) -> str:
        top = json.loads(text)
        change(top)
        return json.dumps(top)

    return changed


@pytest.mark.parametrize(
    "change",
    [
        lambda _text: "",
        lambda _text: "[]",
        lambda _text: "{}",
        lambda text: text[:-30],
        lambda _text: '{"a":' * 100_000,
        json_change(lambda top: top["%TYPES"].clear()),
        json_change(lambda top: top["%FEATURE_STRUCTURES"].pop(0)),
        json_change(lambda top: top["%VIEWS"]["_InitialView"]["%MEMBERS"].append(10**9)),
        json_change(lambda top: top["%FEATURE_STRUCTURES"][-1].update(begin=10**12)),
        json_change(lambda top: top["%FEATURE_STRUCTURES"][-1].update(begin=[])),
        json_change(lambda top: top["%FEATURE_STRUCTURES"][0].update(sofaString=7)),
    ],
)
def test_a_broken_json_cas_is_told_by_its_name(tmp_path: Path, change: Change) -> None:
    folder = tmp_path / "out"
    # The relation is the last annotation but one, our own structure behind it has no place.
    write_records(JSON, [record_of(), record_of(name="b.txt")], folder)
    path = folder / "a.txt.json"
    top = json.loads(path.read_text())
    last = [f for f in top["%FEATURE_STRUCTURES"] if f["%TYPE"] == "custom.Span"][-1]
    top["%FEATURE_STRUCTURES"].remove(last)
    top["%FEATURE_STRUCTURES"].append(last)
    path.write_text(change(json.dumps(top)))
    first, second = read_items(JSON, folder)
    assert isinstance(first, Problem)
    assert first.file == str(path)
    assert isinstance(second, Record)


def test_a_span_without_a_place_is_kept_aside(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_records(XMI, [record_of()], folder)
    cas = load(folder)
    first, _ = cas.select("custom.Span")
    first.end = first.begin
    for relation in list(cas.select("custom.Relation")):
        relation.Governor = None
    save(cas, folder)
    (item,) = read_items(XMI, folder)
    assert isinstance(item, Record)
    anchored = anchor(item)
    assert [type(aside.item) for aside in anchored.aside] == [Span, Relation]
    assert [span.id for span in anchored.record.sets[0].spans.values()] == ["s2"]


def test_an_xmi_needs_its_type_system(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_records(XMI, [record_of()], folder)
    (folder / "TypeSystem.xml").unlink()
    (problem,) = read_items(XMI, folder)
    assert "no TypeSystem.xml beside it" in str(problem)


def test_what_is_no_cas_at_all(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"holds no \.xmi file"):
        read_items(XMI, tmp_path)
    broken = tmp_path / "cut.zip"
    write_records(XMI, [record_of()], broken, {"zip": True})
    broken.write_bytes(broken.read_bytes()[:-40])
    with pytest.raises(InvalidFileError, match=r"cut\.zip: no zip file, or cut off"):
        read_items(XMI, broken)


@FORMATS
def test_a_file_that_unpacks_to_too_much(
    format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.formats.cas.files.LONGEST", 1 << 16)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"a{format_.extensions[0]}", b" " * (1 << 20))
    (problem,) = read_items(format_, path)
    assert isinstance(problem, Problem)
    assert "is larger than" in problem.message


def test_a_layer_that_is_none(tmp_path: Path) -> None:
    for name in ("Claim", "uima.tcas.Annotation", "my.Claim x", "../x"):
        with pytest.raises(AnnotatorError, match="--layer takes a type's name"):
            write_records(XMI, [], tmp_path / "out", {"layer": name}, SCHEME)


@FORMATS
def test_without_cassis_the_extra_is_named(
    format_: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cassis", None)
    with pytest.raises(AnnotatorError, match=r"pip install 'annotator\[cas\]'"):
        write_records(format_, [record_of()], tmp_path / "out")
    assert not list(tmp_path.iterdir())
