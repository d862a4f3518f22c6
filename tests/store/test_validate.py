"""What ``validate`` finds, on which line, and that nothing makes it raise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import Document
from annotator.domain.span import Relation, Span
from annotator.store import resources
from annotator.store.project import open_project
from annotator.store.set_paths import SetPaths
from annotator.store.validate import Finding, validate
from annotator.store.yaml_emitter import dump_set

TEXT = "The dam holds [NUMBER] litres. It was built in 1931.\nNobody has checked [DATE] yet.\n"
WRITTEN = """\
format: annotator/1
document: {id: dam.txt, sha256: "SHA", length: 84, encoding: utf-8}
annotator: mira
scheme: claims-and-placeholders/1
status: in-progress
spans:
- id: claim
  label: claim
  start: 0
  end: 30
  quote: The dam holds [NUMBER] litres.
  suffix: " It was built"
  attributes: {worthiness: check-worthy}
- id: slot
  label: placeholder
  start: 14
  end: 22
  quote: "[NUMBER]"
  prefix: "The dam holds "
  attributes: {kind: slot, expects: QUANTITY}
- id: split
  label: claim
  start: 31
  end: 83
  quote: "It was built in 1931.\\nNobody has checked [DATE] yet."
  fragments: [[31, 37], [72, 83]]
rejected:
- id: no
  label: placeholder
  start: 72
  end: 78
  quote: "[DATE]"
orphans:
- id: lost
  label: claim
  start: 500
  end: 600
  quote: gone
  origin: {from: "model:claims", also: [jon], version: "2", score: 0.5, rule: r, \
label: x, start: 703, end: 709, hint: [1]}
  created: "2026-11-22T10:01:02Z"
relations:
- {id: r1, type: contradicts, from: claim, to: split, attributes: {kind: number}, \
origin: {reasons: [two]}}
- {id: r2, type: blocks, from: slot, to: lost}
"""
BY_HAND = WRITTEN.replace("  start:", "  # where\n  start:").replace("- {id: r1", "\n- {id: r1")

Place = Callable[[str], Path]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user empty folders."""
    home = tmp_path_factory.mktemp("home")
    for kind in ("config", "cache", "data"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(home / kind))
    return home


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a function that writes mira's annotations of the text; it returns their file."""
    text = tmp_path / "dam.txt"
    text.write_bytes(TEXT.encode())
    sha256 = Document.of("dam.txt", TEXT).sha256

    def write(content: str) -> Path:
        path = SetPaths.of(tmp_path, "mira", "dam.txt").annotations
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace("SHA", sha256), encoding="utf-8")
        return path

    return write


def brief(findings: list[Finding]) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in findings]


@pytest.mark.parametrize("content", [WRITTEN, BY_HAND])
def test_nothing_is_found_where_nothing_is_wrong(place: Place, content: str) -> None:
    path = place(content)
    for target in (
        path,
        path.parent,
        path.parents[1],
        path.parents[2],
        path.parents[2] / "dam.txt",
    ):
        assert validate(target) == []


WRONG = [
    ("SHA", "abc", "document:", "hash", "changed"),
    ("length: 84", "length: 85", "document:", "hash", "84 code points, not 85"),
    ("encoding: utf-8", "encoding: utf-32", "document:", "document", "utf-32"),
    ("encoding: utf-8", "encoding: klingon", "document:", "document", "klingon"),
    ("id: dam.txt", "id: other.txt", "document:", "document", "dam.txt"),
    ("annotator: mira", "annotator: otto", "annotator:", "annotator", "mira"),
    ("scheme: claims-and-placeholders/1", "scheme: none/1", "scheme:", "scheme", "none/1"),
    ("scheme: claims-and-placeholders/1", "scheme: a/b/c/1", "scheme:", "scheme", "a/b/c"),
    ("quote: The dam", "quote: The Dam", "  quote: The D", "quote", "'The dam holds [NUMBER]"),
    ('  quote: "[NUMBER]"\n', "", "- id: slot", "quote", "missing; the text has '[NUMBER]'"),
    ("  end: 30", "  end: 29", "  quote: The dam", "quote", "from 0 to 29"),
    ("  end: 30", "  end: 85", "  end: 85", "range", "behind the end of the text, 84"),
    ('prefix: "The dam', 'prefix: "the dam', "  prefix:", "context", "'The dam holds ' before 14"),
    ('suffix: " It was', 'suffix: " It is', "  suffix:", "context", "behind 30"),
    ("[[31, 37]", "[[32, 37]", "  fragments:", "range", "from 32 to 83"),
    ("[31, 37], [72, 83]", "[31, 75], [72, 83]", "  fragments:", "range", "overlap"),
    ("label: placeholder", "label: slot", "  label: slot", "label", "claim, placeholder"),
    ("kind: slot", "kind: hole", "  attributes: {kind", "attribute", "kind: 'hole' is none"),
    ("kind: slot", "kinds: slot", "  attributes: {kind", "attribute", "no such attribute"),
    ("- id: no", "- id: slot", "- id: slot", "id", "already"),
    ("to: lost", "to: nobody", "- {id: r2", "relation", "'nobody' is no span"),
    ("to: lost", "to: 'no'", "- {id: r2", "relation", "but a rejected one"),
    ("from: slot", "from: claim", "- {id: r2", "relation", "may not link claim to claim"),
    ("type: blocks", "type: stops", "- {id: r2", "relation", "'stops' is no relation type"),
    ("to: split", "to: claim", "- {id: r1", "relation", "to itself"),
    ("{kind: number}", "{kind: colour}", "- {id: r1", "attribute", "'colour' is none of"),
    ("{kind: number}", "{why: no}", "- {id: r1", "attribute", "contradicts has no such"),
    ("score: 0.5", "score: .nan", "  origin:", "origin", "origin.score: nan is not a number from"),
    ("score: 0.5", "score: 1.5", "  origin:", "origin", "origin.score: 1.5"),
    ("score: 0.5", "score: true", "  origin:", "origin", "origin.score: True"),
    ("start: 703", "start: abc", "  origin:", "origin", "origin.start: 'abc' is not a whole"),
    ("end: 709", "end: -1", "  origin:", "origin", "origin.end: -1"),
    ("rule: r", "rule: 7", "  origin:", "origin", "origin.rule: 7 is not a string; put"),
    ("also: [jon]", "also: [1]", "  origin:", "origin", "origin.also: [1] is not a list"),
    ("[two]", "two", "- {id: r1", "origin", "origin.reasons: 'two' is not a list of strings"),
    ('"2026-11-22T10:01:02Z"', "yesterday", "  created:", "time", "'yesterday' is no time such"),
    ("status: in-progress", "status: []", "status:", "yaml", "[] is none of"),
    ("format: annotator/1", "format: annotator/9", "format:", "yaml", "annotator/9"),
    ("start: 14", "start: x", "  start: x", "yaml", "spans.1.start"),
    ("status: in-progress", "status: lazy", "status:", "yaml", "status"),
    ("- id: split", "- id: slot", "- id: slot", "yaml", "already"),
]


@pytest.mark.parametrize("content", [WRITTEN, BY_HAND], ids=["written", "by hand"])
@pytest.mark.parametrize(
    ("old", "new", "start", "code", "message"), WRONG, ids=[f"{n}" for n in range(len(WRONG))]
)
def test_each_finding_has_its_line(
    place: Place, content: str, old: str, new: str, start: str, code: str, message: str
) -> None:
    assert old in content
    path = place(content.replace(old, new, 1))
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [finding for finding in validate(path) if finding.code == code]
    assert [message in finding.message for finding in found] == [True], found
    (finding,) = found
    assert finding.file == str(path)
    at = lines[finding.line - 1]
    assert at.startswith(start) or (content is BY_HAND and at.startswith("- {id")), at
    if start.startswith("- id: slot") and code in ("id", "yaml"):
        assert finding.line > 20


def test_every_finding_is_told_in_the_order_of_the_file(place: Place) -> None:
    path = place(WRITTEN.replace("[NUMBER]", "[COUNT]").replace("label: claim", "label: Claim"))
    found = validate(path)
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)
    assert brief(found)[:3] == [(8, "label"), (11, "quote"), (18, "quote")]


def test_a_whole_project_is_walked(place: Place, tmp_path: Path) -> None:
    first = place(WRITTEN.replace("quote: The", "quote: the"))
    (tmp_path / "plain.txt").write_bytes(b"\xff\xfe\xfd")
    (tmp_path / "corpus.jsonl").write_text('{"text": "One."}\n{"text": 2}\n', encoding="utf-8")
    stray = SetPaths.of(tmp_path, "model:claims", "gone.txt").annotations
    stray.parent.mkdir(parents=True)
    stray.write_text(WRITTEN.replace("label: claim", "label: x", 1), encoding="utf-8")
    (tmp_path / "annotator.yaml").write_text("language: en\ncolour: red\n", encoding="utf-8")
    found = validate(tmp_path)
    assert {(finding.file, finding.line, finding.code) for finding in found} == {
        (str(first), 11, "quote"),
        (str(tmp_path / "plain.txt"), 0, "document"),
        (str(tmp_path / "corpus.jsonl"), 2, "document"),
        (str(stray), 2, "document"),
        (str(stray), 8, "label"),
        (str(stray), 42, "relation"),
        (str(tmp_path / "annotator.yaml"), 2, "settings"),
    }
    assert {finding.file for finding in validate(tmp_path / "dam.txt")} == {
        str(first), str(tmp_path / "annotator.yaml"),
    }  # fmt: skip
    assert brief(validate(stray)) == [(2, "document"), (8, "label"), (42, "relation")]


def test_labels_of_suggesters_must_be_those_of_the_scheme(place: Place, tmp_path: Path) -> None:
    place(WRITTEN)
    settings = tmp_path / "annotator.yaml"
    settings.write_text(
        "suggesters:\n"
        "  ner: {pipeline: en_x, labels: {ORG: claim}}\n"
        "  more:\n    pipeline: en_x\n    labels:\n      PERSON: claim\n      GPE: place\n"
    )
    (finding,) = validate(tmp_path)
    assert (finding.file, finding.line, finding.code) == (str(settings), 7, "settings")
    assert finding.message.startswith("suggesters.more.labels.GPE: 'place' is no label of")


def test_records_of_a_corpus_are_found(tmp_path: Path) -> None:
    corpus = tmp_path / "news.jsonl"
    records = [{"text": "One."}, {"id": "../x", "text": "Two."}, {"id": "7", "text": "Three."}]
    corpus.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    project = open_project(tmp_path)
    files = []
    for entry in project.documents:
        document = project.load_document(entry)
        span = Span(id="a", label="claim", start=0, end=2, quote=document.text[:2])
        annotations = AnnotationSet(
            DocumentRef(entry.id, document.sha256, document.length),
            "model:x/y", "claims-and-placeholders/1", spans=[span],
        )  # fmt: skip
        path = project.paths(entry, "model:x/y").annotations
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_set(annotations), encoding="utf-8")
        files.append(path)
    assert len(files) == 3
    assert validate(tmp_path) == []
    assert [validate(path) for path in files] == [[], [], []]
    files[1].write_bytes(files[1].read_bytes().replace(b"quote: Tw", b"quote: No"))
    assert brief(validate(files[1])) == brief(validate(tmp_path)) == [(11, "quote")]


def test_a_file_outside_a_project_is_checked_with_the_text_beside_it(
    place: Place, tmp_path: Path
) -> None:
    content = place(WRITTEN).read_text(encoding="utf-8")
    lone = tmp_path / "elsewhere" / "set.yaml"
    lone.parent.mkdir()
    lone.write_text(content.replace("quote: The", "quote: the"), encoding="utf-8")
    assert brief(validate(lone)) == [(2, "document")]
    (lone.parent / "dam.txt").write_bytes(TEXT.encode())
    assert brief(validate(lone)) == [(11, "quote")]


@pytest.mark.parametrize("name", ["/etc/passwd", "../dam.txt", "annotations/../../dam.txt", "\\0"])
def test_a_file_cannot_make_others_be_read(place: Place, tmp_path: Path, name: str) -> None:
    content = place(WRITTEN).read_text(encoding="utf-8")
    lone = tmp_path / "elsewhere" / "set.yaml"
    lone.parent.mkdir()
    lone.write_text(content.replace("id: dam.txt", f'id: "{name}"'), encoding="utf-8")
    assert brief(validate(lone)) == [(2, "document")]


def test_the_scheme_is_the_projects_or_one_of_its_name(place: Place, tmp_path: Path) -> None:
    own = "name: own\nlabels: {claim: {key: c}, placeholder: {key: p}}\nrelations: {blocks: {}}\n"
    path = place(WRITTEN.replace("scheme: claims-and-placeholders/1", "scheme: own/1"))
    (finding,) = validate(path)
    assert (finding.line, finding.code, finding.severity) == (4, "scheme", "warning")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "annotator.yaml").write_text("scheme: ./own.yaml\n", encoding="utf-8")
    assert {finding.code for finding in validate(path)} == {"attribute", "relation"}
    place(WRITTEN)
    assert (4, "scheme") in brief(validate(path))
    (tmp_path / "annotator.yaml").unlink()
    schemes = resources.user_config_dir() / "schemes"
    schemes.mkdir(parents=True)
    (schemes / "own.yaml").write_text(own, encoding="utf-8")
    place(WRITTEN.replace("scheme: claims-and-placeholders/1", "scheme: own/1"))
    assert {finding.code for finding in validate(path)} == {"attribute", "relation"}


def test_broken_settings_do_not_hide_broken_annotations(place: Place, tmp_path: Path) -> None:
    path = place(WRITTEN.replace("start: 14", "start: x"))
    (tmp_path / "annotator.yaml").write_text("# mine\nlanguage: 3\n", encoding="utf-8")
    settings_ = (str(tmp_path / "annotator.yaml"), 2, "settings")
    for target in (tmp_path, tmp_path / "annotator.yaml"):
        found = [(finding.file, finding.line, finding.code) for finding in validate(target)]
        assert found == [(str(path), 16, "yaml"), settings_]
    place(WRITTEN)
    assert settings_ in [(f.file, f.line, f.code) for f in validate(path)]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("format: annotator-scheme/1\nname: x\nlabels:\n  a: {key: ab}\n", 4),
        ("format: annotator-keymap/1\nname: x\nkeys:\n  article:\n    fly: x\n", 5),
    ],
)
def test_schemes_and_keymaps_are_checked_too(tmp_path: Path, content: str, line: int) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(content, encoding="utf-8")
    assert brief(validate(path)) == [(line, "yaml")]
    assert validate(path)[0].file == str(path)


def test_files_are_named_as_the_user_named_them(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place(WRITTEN.replace("quote: The", "quote: the"))
    monkeypatch.chdir(tmp_path)
    relative = path.relative_to(tmp_path)
    for target in (Path(), relative, Path("dam.txt"), Path("annotations")):
        assert [finding.file for finding in validate(target)] == [str(relative)]


def test_what_is_not_there_is_a_finding(tmp_path: Path) -> None:
    assert brief(validate(tmp_path / "none")) == [(0, "file")]
    assert validate(tmp_path) == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.integers(0, len(WRITTEN)),
    st.integers(0, 8),
    st.sampled_from(
        ["", "\n", ": ", "- ", "{", "[", "x", "9", "&a ", "*a", "\x00", "é", "  ", '"']
    ),
    st.sampled_from([WRITTEN, BY_HAND]),
)
def test_no_damage_makes_it_raise(
    place: Place, at: int, cut: int, piece: str, content: str
) -> None:
    path = place(content[:at] + piece + content[at + cut :])
    last = len(path.read_text(encoding="utf-8").split("\n"))
    assert all(0 <= finding.line <= last for finding in validate(path))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=60), st.sampled_from(["x.yaml", "x.txt", "x.jsonl", "annotator.yaml"]))
def test_no_garbage_makes_it_raise(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    validate(path)
    validate(tmp_path)
    path.unlink()


def test_many_findings_in_a_large_file_each_have_their_line(place: Place) -> None:
    spans = [
        Span(id=f"s{n}", label="claim", start=n % 50, end=n % 50 + 5, quote="wrong", by="mira")
        for n in range(2000)
    ]
    relations = [
        Relation(id=f"r{n}", type="restates", source=f"s{n}", target="none") for n in range(100)
    ]
    document = Document.of("dam.txt", TEXT)
    annotations = AnnotationSet(
        DocumentRef(document.id, document.sha256, document.length),
        "mira", "claims-and-placeholders/1", spans=spans, relations=relations,
    )  # fmt: skip
    path = place(dump_set(annotations))
    lines = path.read_text(encoding="utf-8").split("\n")
    found = validate(path)
    assert len(found) == 2100
    assert all(lines[f.line - 1] == "  quote: wrong" for f in found if f.code == "quote")
    assert all("to: none" in lines[f.line - 1] for f in found if f.code == "relation")
    assert len({replace(f, message="") for f in found}) == 2100
