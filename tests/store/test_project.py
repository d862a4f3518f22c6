from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import Put, SetField
from annotator.domain.errors import AnnotatorError, InvalidFileError, Source
from annotator.domain.span import Relation, Span
from annotator.store.config import parse_config
from annotator.store.documents import natural, record_entry
from annotator.store.escaping import unescape_path
from annotator.store.project import Project, find_root, open_project
from annotator.store.set_store import SetStore


def lay(root: Path, *names: str, text: str = "A text.\n") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def ids(project: Project) -> list[str]:
    return [entry.id for entry in project.documents]


def test_a_folder_gives_its_texts_in_natural_order(tmp_path: Path) -> None:
    lay(
        tmp_path, "a10.txt", "a2.txt", "B.MD", "sub/x.txt", "notes.rst", ".hidden.txt", ".git/c.txt"
    )
    lay(tmp_path, "annotations/mira/a2.txt.yaml", "annotations/readme.txt", "sub/annotations/y.txt")
    project = open_project(tmp_path, annotator="mira")
    assert ids(project) == ["a2.txt", "a10.txt", "B.MD", "sub/annotations/y.txt", "sub/x.txt"]
    assert project.load_document(project.documents[1]).text == "A text.\n"
    assert project.documents[-1].id == "sub/x.txt"
    assert [entry.id for entry in project.documents[:2]] == ["a2.txt", "a10.txt"]
    with pytest.raises(IndexError):
        project.documents[5]


def test_the_layout_is_the_one_that_is_promised(tmp_path: Path) -> None:
    lay(tmp_path, "articles/soyuz.txt")
    project = open_project(tmp_path, annotator="mira")
    paths = project.paths(project.documents[0])
    model = project.paths(project.documents[0], "model:claims")
    assert [str(path.relative_to(tmp_path)) for path in (paths.annotations, paths.journal)] == [
        "annotations/mira/articles/soyuz.txt.yaml",
        ".annotator/journals/mira/articles/soyuz.txt.jsonl",
    ]
    assert model.annotations.parts[-3:] == ("model%3Aclaims", "articles", "soyuz.txt.yaml")
    assert not (tmp_path / "annotations").exists()


def test_a_lone_article_is_a_project_of_one(tmp_path: Path) -> None:
    lay(tmp_path, "one.txt", "two.txt")
    project = open_project(tmp_path / "one.txt", annotator="mira")
    assert project.root == tmp_path
    assert ids(project) == ["one.txt"]


@pytest.mark.parametrize("mark", ["annotator.yaml", "annotations/", ".annotator/"])
def test_an_article_belongs_to_the_nearest_project(tmp_path: Path, mark: str) -> None:
    lay(tmp_path, "news/may/one.txt")
    if mark.endswith("/"):
        (tmp_path / mark).mkdir()
    else:
        (tmp_path / mark).write_text("")
    assert ids(open_project(tmp_path / "news/may/one.txt")) == ["news/may/one.txt"]
    assert ids(open_project(tmp_path / "news")) == ["news/may/one.txt"]
    (tmp_path / "news" / "annotations").mkdir()
    assert open_project(tmp_path / "news/may/one.txt").root == tmp_path / "news"


def test_a_folder_of_everybody_is_nobodys_project(tmp_path: Path) -> None:
    lay(tmp_path, "shared/mine/one.txt", "shared/annotator.yaml", text="")
    assert find_root(tmp_path / "shared" / "mine") == tmp_path / "shared"
    (tmp_path / "shared").chmod(0o777)
    assert find_root(tmp_path / "shared" / "mine") == tmp_path / "shared" / "mine"
    assert find_root(tmp_path / "shared") == tmp_path / "shared"


def test_the_home_folder_takes_in_nothing_by_accident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    lay(tmp_path, "annotations/mira/old.txt.yaml", "work/one.txt")
    assert find_root(tmp_path / "work") == tmp_path / "work"
    assert find_root(tmp_path) == tmp_path
    (tmp_path / "annotator.yaml").write_text("")
    assert find_root(tmp_path / "work") == tmp_path


def test_settings_choose_texts_language_and_annotator(tmp_path: Path) -> None:
    lay(tmp_path, "in/a.txt", "in/deep/b.rst", "out/c.txt", "d.md", "in/notes.log")
    (tmp_path / "annotator.yaml").write_text(
        'documents: ["in/**/*.[tr][xs]t", "?.md"]\nlanguage: nb\nannotator: kari\n'
        "scheme: claims-and-placeholders\npipeline: nb_core_news_sm\ncolour: red\n"
    )
    project = open_project(tmp_path)
    assert ids(project) == ["d.md", "in/a.txt", "in/deep/b.rst"]
    assert (project.config.language, project.config.pipeline) == ("nb", "nb_core_news_sm")
    assert project.annotator == "kari"
    assert open_project(tmp_path, annotator="mira").annotator == "mira"
    assert project.scheme.id == "claims-and-placeholders/1"
    (notice,) = project.notices
    assert "annotator.yaml:6: colour: unknown key" in notice
    assert open_project(tmp_path).notices == project.notices  # from the cache this time
    assert open_project(tmp_path / "annotator.yaml").root == tmp_path


def test_a_wrong_setting_names_file_line_and_key(tmp_path: Path) -> None:
    (tmp_path / "annotator.yaml").write_text("language: nb\ndocuments: 5\nscheme: [a]\n")
    with pytest.raises(InvalidFileError) as caught:
        open_project(tmp_path)
    assert [(p.line, p.key) for p in caught.value.problems] == [(3, "scheme"), (2, "documents")]
    assert "annotator.yaml:3: scheme" in str(caught.value)


@pytest.mark.parametrize("pattern", ["/etc/*", "../*.txt", "a/../../b", "", "[z-a].txt"])
def test_a_pattern_that_leads_out_or_is_broken_is_refused(tmp_path: Path, pattern: str) -> None:
    lay(tmp_path, "a.txt")
    (tmp_path / "annotator.yaml").write_text(f"documents: [{json.dumps(pattern)}]\n")
    with pytest.raises(AnnotatorError):
        open_project(tmp_path)


def test_settings_of_another_shape_or_format_are_refused() -> None:
    source = Source("annotator.yaml", {(): 1})
    assert parse_config(None, source).language == "en"
    wrong: list[object] = [[], "x", {"format": "annotator-project/9"}, {"annotator": 5}]
    for data in (*wrong, {"language": ""}):
        with pytest.raises(InvalidFileError):
            parse_config(data, source)


def test_a_scheme_file_lies_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "birds.yaml").write_text("name: birds\nlabels: {bird: {key: b}}\n")
    (tmp_path / "annotator.yaml").write_text("scheme: birds.yaml\n")
    lay(tmp_path, "deep/a.txt")
    assert open_project(tmp_path / "deep/a.txt").scheme.id == "birds/1"


def test_records_of_a_corpus_are_documents(tmp_path: Path) -> None:
    lines = [
        {"text": "one"},
        {"text": "two", "id": "../../x"},
        {"text": "three", "id": 3},
        {"id": 1},
    ]
    (tmp_path / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "empty.jsonl").write_text("\n")
    lay(tmp_path, "a.txt", "c.txt")
    project = open_project(tmp_path, annotator="mira")
    assert ids(project) == [
        "a.txt",
        "b.jsonl#1",
        "b.jsonl#../../x",
        "b.jsonl#id=3",
        "b.jsonl#4",
        "c.txt",
    ]
    documents = [project.load_document(project.documents[place]) for place in (1, 2, 3)]
    assert [document.text for document in documents] == ["one", "two", "three"]
    assert documents[1].id == "b.jsonl#../../x"
    odd = project.paths(project.documents[2]).annotations
    assert odd.parent == tmp_path / "annotations" / "mira"
    with pytest.raises(InvalidFileError, match=r"b.jsonl:4: text: missing"):
        project.load_document(project.documents[4])
    assert ids(open_project(tmp_path / "b.jsonl"))[0] == "b.jsonl#1"


HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        ["..", ".", "/etc/passwd", "a/../..", "\0", "x" * 4000, "con:", "%2e%2e/", "#1"]
    ),
    st.text("./\\%#:", max_size=8),
)


@given(st.lists(HOSTILE.filter(bool), unique=True, min_size=1, max_size=6))
def test_files_of_hostile_ids_stay_inside_apart_and_readable(own_ids: list[str]) -> None:
    folder = Path("/nowhere/annotations/mira")
    entries = [record_entry(Path("/nowhere"), "c.jsonl", own, 1) for own in own_ids]
    for entry in entries:
        path = folder / entry.location
        assert os.path.normpath(path) == str(path)
        assert path.is_relative_to(folder)
        assert unescape_path(entry.location) == entry.id
    assert len({entry.location for entry in entries}) == len(own_ids)


def test_a_text_named_like_a_record_has_a_place_of_its_own(tmp_path: Path) -> None:
    lay(tmp_path, "c.jsonl#1.txt")
    (entry,) = open_project(tmp_path).documents
    record = record_entry(tmp_path, "c.jsonl", "1.txt", 1)
    assert entry.id == record.id
    assert entry.location != record.location


def test_a_summary_tells_status_and_counts_without_the_text(tmp_path: Path) -> None:
    lay(tmp_path, "a.txt", "b.txt", text="some words here")
    project = open_project(tmp_path, annotator="mira")
    entry, other = project.documents[0], project.documents[1]
    document = project.load_document(entry)
    store = SetStore.open(project.paths(entry), document, "mira", project.scheme.id)
    spans = [Span(id=f"s{n}", label="claim", start=n, end=n + 2, quote="x") for n in range(3)]
    relation = Relation(id="r1", type="restates", source="s0", target="s1")
    ops = [Put("spans", one) for one in spans]
    store.do("tag", [*ops, Put("relations", relation), SetField("status", "done")])
    store.write(store.freeze())
    store.close()
    (tmp_path / "a.txt").unlink()
    summary = project.summary(entry)
    assert (summary.status, summary.counts, summary.relations) == ("done", {"claim": 3}, 1)
    assert project.summary(other).status == "new"
    assert project.summary(entry, "kari").status == "new"
    assert project.annotators() == ["mira"]
    project.paths(entry).annotations.write_text("spans: [")
    assert "a.txt.yaml" in project.summary(entry).problem


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path / "none" / "a.txt", Path("a\0b")):
        with pytest.raises(AnnotatorError):
            open_project(path)
    assert len(open_project(tmp_path).documents) == 0


def test_a_link_is_opened_under_its_own_name(tmp_path: Path) -> None:
    lay(tmp_path, "real/a.txt", "mine/annotator.yaml", text="")
    (tmp_path / "mine" / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    (tmp_path / "mine" / "loop").symlink_to(tmp_path)
    project = open_project(tmp_path / "mine")
    assert ids(project) == ["link.txt"]
    assert open_project(tmp_path / "mine" / "link.txt").root == tmp_path / "mine"


def test_the_encoding_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("café".encode("latin-1"))
    project = open_project(tmp_path / "a.txt", encoding="latin-1")
    document = project.load_document(project.documents[0])
    assert (document.text, document.encoding) == ("café", "latin-1")


@given(st.lists(st.text("aB2/10٣.", min_size=1, max_size=6), max_size=6, unique=True))
def test_the_order_of_names_does_not_depend_on_where_they_came_from(names: list[str]) -> None:
    ordered = sorted(names, key=natural)
    names.reverse()
    names.sort(key=natural)
    assert names == ordered


def test_numbers_in_names_count_as_numbers() -> None:
    names = ["b10.txt", "B2.txt", "b1c10.txt", "a.txt", "a/10.txt", "b1c2.txt", "a/2.txt"]
    names.sort(key=natural)
    assert names == [
        "a/2.txt",
        "a/10.txt",
        "a.txt",
        "b1c2.txt",
        "b1c10.txt",
        "B2.txt",
        "b10.txt",
    ]
