"""Import: all or nothing, nothing invented, nothing shifted in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.document import text_sha256
from annotator.domain.errors import AnnotatorError, InvalidFileError, LockedError, StorageError
from annotator.formats.registry import load_format
from annotator.formats.targets import FileTarget
from annotator.session.exporting import export_project
from annotator.session.importing import ImportReport, ImportRequest, import_file
from annotator.store.locks import SetLock
from annotator.store.project import open_project
from annotator.store.set_paths import SetPaths
from annotator.store.staging import Stage
from annotator.store.validate import validate
from annotator.store.yaml_reader import load_set

TEXT = "Ann met Bob. Ann left 😀 at 5.\r\nBob stayed.\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def span(quote: str, nth: int = 0, shift: int = 0, **more: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    place = {"start": start + shift, "end": start + shift + len(quote), "text": quote}
    return place | {"label": "claim"} | more


def task(*spans: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"text": TEXT, "spans": list(spans), "answer": "accept"} | more


def write(folder: Path, *tasks: Any) -> Path:
    path = folder / "in.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in tasks), encoding="utf-8")
    return path


def take(path: Path, into: Path, **more: Any) -> ImportReport:
    format_ = load_format(more.pop("format", "prodigy"))
    return import_file(ImportRequest(path=path, format=format_, into=into, **more))


def spans_of(into: Path, number: int = 0, annotator: str = "prodigy") -> list[tuple[Any, ...]]:
    project = open_project(into)
    path = project.paths(project.documents[number], annotator).annotations
    found = load_set(path.read_bytes(), str(path)).annotations
    return [(s.label, s.start, s.end, s.quote) for s in found.spans.values()]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
        if path.name != ".annotator" and "locks" not in path.parts
    }


def test_a_new_project_opens_and_is_valid(tmp_path: Path) -> None:
    report = take(write(tmp_path, task(span("Ann met Bob.")), task()), tmp_path / "p")
    assert (report.documents, report.spans, report.moved, report.aside) == (2, 1, 0, 0)
    project = open_project(tmp_path / "p")
    document = project.load_document(project.documents[0])
    assert document.sha256 == text_sha256(TEXT)
    assert spans_of(tmp_path / "p") == [("claim", 0, 12, "Ann met Bob.")]
    assert [f for f in validate(tmp_path / "p") if f.severity == "error"] == []
    assert names_in(tmp_path) == ["in.jsonl", "p"]


def test_a_drifted_span_is_found_by_its_quote_and_told(tmp_path: Path) -> None:
    report = take(write(tmp_path, task(span("Ann left", shift=3))), tmp_path / "p")
    assert report.moved == 1
    assert "in.jsonl:1: span 's1' stands at 13 to 21, not at 16 to 24" in report.notices[0]
    assert spans_of(tmp_path / "p") == [("claim", 13, 21, "Ann left")]


def test_repeated_quotes_move_as_those_around_them(tmp_path: Path) -> None:
    spans = [
        span("Ann met", shift=2),
        span("Bob", shift=2),
        span("Ann", 1, shift=2),
        span("Bob", 1, shift=2),
        span("stayed", shift=2),
    ]
    report = take(write(tmp_path, task(*spans)), tmp_path / "p")
    assert (report.moved, report.aside) == (5, 0)
    assert [s[1:3] for s in spans_of(tmp_path / "p")] == [
        (0, 7),
        (8, 11),
        (13, 16),
        (31, 34),
        (35, 41),
    ]


def test_a_quote_at_several_places_is_kept_aside(tmp_path: Path) -> None:
    report = take(
        write(tmp_path, task(span("Ann", shift=1), span("at 5"))),
        tmp_path / "p",
    )
    assert (report.moved, report.aside) == (0, 1)
    assert spans_of(tmp_path / "p") == [("claim", 24, 28, "at 5")]
    assert report.aside_file is not None
    (row,) = map(json.loads, report.aside_file.read_text().splitlines())
    assert row["line"] == 1
    assert row["reason"] == "its quote stands at several places"
    assert row["span"]["quote"] == "Ann"
    # What was kept aside is no document of the project.
    assert len(open_project(tmp_path / "p").documents) == 1


def test_relations_of_what_is_aside_are_aside_too(tmp_path: Path) -> None:
    lost = {"start": 0, "end": 6, "text": "Nobody", "label": "claim"}
    ends = {"head_span": lost, "child_span": span("Bob"), "label": "contradicts"}
    report = take(write(tmp_path, task(lost, span("Bob"), relations=[ends])), tmp_path / "p")
    assert (report.spans, report.relations, report.aside) == (1, 0, 2)


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        '"x"',
        '{"text": 1}',
        '{"text": "a", "spans": [{"start": 0, "end": 9, "label": "claim"}]}',
    ],
)
def test_a_broken_record_refuses_the_file_and_leaves_nothing(tmp_path: Path, broken: str) -> None:
    path = write(tmp_path, task(span("Bob")))
    path.write_text(path.read_text() + broken + "\n")
    with pytest.raises(InvalidFileError) as caught:
        take(path, tmp_path / "p")
    assert caught.value.problems[0].line == 2
    assert names_in(tmp_path) == ["in.jsonl"]


@pytest.mark.parametrize("depth", [60, 300, 900])
def test_what_no_annotation_file_can_hold_is_refused(tmp_path: Path, depth: int) -> None:
    deep: Any = 1
    for _ in range(depth):
        deep = [deep]
    for odd in (task(options=deep), task(meta={"a": deep}), task(span("Bob", source=deep))):
        with pytest.raises(InvalidFileError, match="nested more than 40 levels deep"):
            take(write(tmp_path, odd), tmp_path / "p")
    assert names_in(tmp_path) == ["in.jsonl"]


def test_broken_records_are_kept_aside_on_request(tmp_path: Path) -> None:
    path = write(tmp_path, task(span("Bob")))
    path.write_text(path.read_text() + "{\n")
    report = take(path, tmp_path / "p", keep_going=True)
    assert (report.documents, report.aside) == (1, 1)


def test_unknown_labels_are_refused_with_their_list(tmp_path: Path) -> None:
    path = write(tmp_path, task(span("Bob", label="PERSON")), task(span("Ann", label="WHO")))
    with pytest.raises(AnnotatorError, match=r"no label PERSON \(1\), WHO \(1\)"):
        take(path, tmp_path / "p")
    assert names_in(tmp_path) == ["in.jsonl"]


def test_labels_are_mapped_dropped_or_added(tmp_path: Path) -> None:
    path = write(tmp_path, task(span("Bob", label="PERSON"), span("Ann", label="WHO")))
    take(path, tmp_path / "mapped", labels={"PERSON": "claim", "WHO": ""})
    assert spans_of(tmp_path / "mapped") == [("claim", 8, 11, "Bob")]
    report = take(path, tmp_path / "dropped", unknown_labels="drop")
    assert report.dropped == {"PERSON": 1, "WHO": 1}
    assert spans_of(tmp_path / "dropped") == []
    report = take(path, tmp_path / "added", unknown_labels="add")
    assert report.added == ["PERSON", "WHO"]
    scheme = open_project(tmp_path / "added").scheme
    assert list(scheme.labels) == ["PERSON", "WHO"]
    assert [f for f in validate(tmp_path / "added") if f.severity == "error"] == []


def test_added_labels_go_on_top_of_a_project_s_scheme(tmp_path: Path) -> None:
    take(write(tmp_path, task(span("Bob"), id="a")), tmp_path / "p")
    (tmp_path / "p" / "annotator.yaml").write_text("language: en # mine\n")
    path = write(tmp_path, task(span("Bob", label="PERSON"), id="b"))
    take(path, tmp_path / "p", unknown_labels="add")
    project = open_project(tmp_path / "p")
    assert list(project.scheme.labels) == ["claim", "placeholder", "furniture", "PERSON"]
    assert project.scheme.version == 2
    assert "language: en # mine" in (tmp_path / "p" / "annotator.yaml").read_text()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    take(write(tmp_path, task(span("Bob"), id="a")), tmp_path / "p")
    return tmp_path / "p"


def test_what_is_there_is_not_overwritten(tmp_path: Path, project: Path) -> None:
    path = write(tmp_path, task(id="new"), task(span("Ann"), id="a"))
    before = everything_in(project)
    with pytest.raises(
        AnnotatorError, match=r"in\.jsonl:2: prodigy has annotated in\.jsonl#a already"
    ):
        take(path, project)
    assert everything_in(project) == before
    take(path, project, overwrite=True)
    assert spans_of(project) == [("claim", 0, 3, "Ann")]
    assert len(open_project(project).documents) == 2


def test_another_annotator_s_work_joins_the_document(tmp_path: Path, project: Path) -> None:
    take(write(tmp_path, task(span("Ann"), id="a")), project, annotator="ben")
    assert open_project(project).annotators() == ["ben", "prodigy"]
    assert len(open_project(project).documents) == 1


def test_another_text_of_the_same_id_is_refused(tmp_path: Path, project: Path) -> None:
    path = write(tmp_path, {"text": "other", "id": "a"})
    with pytest.raises(AnnotatorError, match="with another text"):
        take(path, project, annotator="ben")


def test_a_set_that_is_open_elsewhere_is_left_alone(tmp_path: Path, project: Path) -> None:
    before = everything_in(project)
    paths = SetPaths.of(project, "prodigy", open_project(project).documents[0].location)
    with SetLock(paths.lock, project), pytest.raises(LockedError):
        take(write(tmp_path, task(span("Ann"), id="a")), project, overwrite=True)
    assert everything_in(project) == before


def test_a_set_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, task(span("Ann"), id="a"), task(span("Bob"), id="a"))
    with pytest.raises(AnnotatorError, match=r"in\.jsonl:2: .*stands twice"):
        take(path, tmp_path / "p")


def test_ids_never_leave_the_project(tmp_path: Path) -> None:
    ids = [
        "../../up.txt",
        "/etc/x.txt",
        "annotations/a.txt",
        ".hidden.txt",
        "a\\b.txt",
        "a/./b.txt",
        "Annotations/a.txt",
        "con.txt",
        "sub/AUX",
        "trail./x.txt",
        "trail /x.txt",
    ]
    path = write(tmp_path, *(task(id=one) for one in ids))
    take(path, tmp_path / "p")
    project = open_project(tmp_path / "p")
    assert len(project.documents) == len(ids)
    assert {entry.file.name for entry in project.documents} == {"in.jsonl"}
    assert names_in(tmp_path) == ["in.jsonl", "p"]


def test_a_path_that_is_a_file_and_a_folder_becomes_a_record(tmp_path: Path) -> None:
    ids = ["a.txt", "a.txt/b.txt", "c/d.txt/e.txt", "c/d.txt"]
    take(write(tmp_path, *(task(id=one) for one in ids)), tmp_path / "p")
    found = {entry.id for entry in open_project(tmp_path / "p").documents}
    assert found == {"a.txt", "in.jsonl#a.txt/b.txt", "c/d.txt/e.txt", "in.jsonl#c/d.txt"}


def test_a_text_that_windows_could_not_have_is_found_where_it_is(
    tmp_path: Path, project: Path
) -> None:
    (project / "con.txt").write_bytes(TEXT.encode())
    take(write(tmp_path, task(id="con.txt")), project, annotator="ben", rename_annotator=True)
    assert (project / "annotations" / "ben" / "con.txt.yaml").is_file()


def test_an_id_that_no_path_can_hold_is_refused_with_its_line(tmp_path: Path) -> None:
    for long in ("/".join(["d" * 100] * 60) + ".txt", "k" * 4000):
        path = write(tmp_path, task(id="a"), task(id=long))
        with pytest.raises(AnnotatorError, match=r"in\.jsonl:2: .*1,000 bytes"):
            take(path, tmp_path / "p")
        assert names_in(tmp_path) == ["in.jsonl"]


def test_an_id_that_is_a_path_becomes_that_file(tmp_path: Path) -> None:
    take(write(tmp_path, task(span("Bob"), id="sub/a.txt")), tmp_path / "p")
    assert (tmp_path / "p" / "sub" / "a.txt").read_bytes().decode() == TEXT
    assert [entry.id for entry in open_project(tmp_path / "p").documents] == ["sub/a.txt"]


def test_an_import_that_was_killed_while_moving_is_finished_by_the_next(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, task(id="sub/a.txt"), task(id="sub/b.txt"))
    real = Path.replace
    moves: Iterator[int] = iter(range(100))

    def failing(self: Path, target: Path) -> Path:
        if "import-" in str(self) and next(moves) == 2:
            raise OSError(5, "gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(StorageError):
        take(path, project)
    monkeypatch.undo()
    Stage(project, "x.jsonl").discard()
    assert (project / "sub" / "a.txt").exists()
    assert (project / "sub" / "b.txt").exists()
    assert not list((project / ".annotator").glob("import-*"))


def test_a_project_that_an_import_left_half_moved_is_whole_when_it_is_opened(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace
    moves: Iterator[int] = iter(range(100))

    def failing(self: Path, target: Path) -> Path:
        if "import-" in str(self) and next(moves) == 1:
            raise OSError(5, "gone")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(StorageError):
        take(write(tmp_path, task(id="sub/a.txt"), task(id="sub/b.txt")), project)
    monkeypatch.undo()
    found = {entry.id for entry in open_project(project).documents}
    assert found >= {"sub/a.txt", "sub/b.txt"}
    assert not list((project / ".annotator").glob("import-*"))


def test_an_import_that_goes_on_is_left_alone_by_who_opens_the_project(
    tmp_path: Path, project: Path
) -> None:
    stage = Stage(project, "x.jsonl")
    stage.put_file("new.txt", b"new")
    open_project(project)
    stage.commit()
    stage.discard()
    assert (project / "new.txt").read_bytes() == b"new"


def test_a_killed_import_into_a_new_project_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    killed, going_on = Stage(tmp_path / "p", "x.jsonl"), Stage(tmp_path / "p", "x.jsonl")
    assert killed._lock is not None
    killed._lock.release()  # as the system does when a process is gone
    (tmp_path / ".p.0123abcd.tmp").mkdir()  # not an import's
    take(write(tmp_path, task()), tmp_path / "p")
    assert not killed._folder.exists()
    assert going_on._folder.is_dir()
    assert (tmp_path / ".p.0123abcd.tmp").is_dir()
    going_on.discard()


def test_an_import_that_was_killed_before_that_leaves_nothing(
    tmp_path: Path, project: Path
) -> None:
    before = everything_in(project)
    stage = Stage(project, "x.jsonl")
    stage.put_file("half.txt", b"half")
    assert stage._lock is not None
    stage._lock.release()  # as the system does when a process is gone
    Stage(project, "x.jsonl").discard()
    assert everything_in(project) == before


def test_two_imports_at_once_do_not_clear_each_other_away(tmp_path: Path, project: Path) -> None:
    stage = Stage(project, "x.jsonl")
    with pytest.raises(LockedError):
        take(write(tmp_path, task(id="new")), project)
    stage.put_file("whole.txt", b"whole")
    stage.commit()
    stage.discard()
    assert (project / "whole.txt").read_bytes() == b"whole"
    take(write(tmp_path, task(id="new")), project)


def test_documents_that_the_settings_leave_out_are_told(tmp_path: Path, project: Path) -> None:
    (project / "annotator.yaml").write_text("documents: in.jsonl\n")
    report = take(write(tmp_path, task(id="sub/new.txt"), task(id="new")), project)
    assert report.notices == [
        "1 documents do not show: they are in no file that `documents` in annotator.yaml names"
    ]


def test_a_scheme_file_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    scheme = "name: people\nlabels:\n  PERSON: {key: p}\n"
    (tmp_path / "my people.yaml").write_text(scheme)
    path = write(tmp_path, task(span("Bob", label="PERSON")))
    take(path, tmp_path / "p", scheme="my people.yaml")
    (tmp_path / "my people.yaml").unlink()
    assert open_project(tmp_path / "p").scheme.id == "people/1"


def test_attributes_take_the_shape_that_the_scheme_wants(tmp_path: Path) -> None:
    tag = {"id": "a", "from_name": "label", "to_name": "text"}
    place = {"start": 0, "end": 12}
    results = [
        {**tag, "type": "labels", "value": {**place, "text": "Ann met Bob.", "labels": ["claim"]}},
        {**tag, "from_name": "type", "type": "choices", "value": {**place, "choices": ["quote"]}},
        {**tag, "from_name": "claimer", "type": "textarea", "value": {**place, "text": ["Ann"]}},
    ]
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": results}]}]))
    take(path, tmp_path / "p", format="label-studio", annotator="ada")
    assert [f for f in validate(tmp_path / "p") if f.severity == "error"] == []
    project = open_project(tmp_path / "p")
    path = project.paths(project.documents[0], "ada").annotations
    (found,) = load_set(path.read_bytes(), "x").annotations.spans.values()
    assert found.attributes == {"type": ["quote"], "claimer": "Ann"}


def test_a_span_linked_to_itself_is_kept_aside_and_told(tmp_path: Path) -> None:
    entity = {"id": 7, "label": "claim", "start_offset": 0, "end_offset": 3}
    link = {"id": 1, "type": "contradicts", "from_id": 7, "to_id": 7}
    path = write(tmp_path, {"text": TEXT, "entities": [entity], "relations": [link]})
    report = take(path, tmp_path / "p", format="doccano")
    assert (report.spans, report.relations, report.aside) == (1, 0, 1)
    assert any("to itself" in line for line in report.notices)
    assert [f for f in validate(tmp_path / "p") if f.severity == "error"] == []


def test_a_span_that_prodigy_links_to_itself_is_kept_in_its_task_and_told(tmp_path: Path) -> None:
    end = span("Ann")
    link = {"head_span": end, "child_span": end, "label": "contradicts"}
    given = task(end, relations=[link])
    report = take(write(tmp_path, given), tmp_path / "p")
    assert (report.spans, report.relations, report.aside) == (1, 0, 0)
    assert any("and itself" in line for line in report.notices)
    target = FileTarget(tmp_path / "back.jsonl")
    export_project(open_project(tmp_path / "p"), load_format("prodigy"), target)
    assert json.loads((tmp_path / "back.jsonl").read_text(encoding="utf-8")) == given


@pytest.mark.parametrize("name", ["a", "a.txt", "c.jsonl#a"])
def test_two_texts_of_one_id_in_a_file_are_told_as_such(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, {"text": "one", "id": name}, {"text": "two", "id": name})
    with pytest.raises(AnnotatorError, match=r"in\.jsonl:2: .* stands twice, with two") as caught:
        take(path, tmp_path / "p")
    assert "in the file" in caught.value.hint


def test_values_that_are_no_numbers_do_not_take_their_neighbours_along(tmp_path: Path) -> None:
    odd = task(span("Ann", score=float("nan"), tag="x"), lp=[1.5, float("inf")], source="y")
    into = tmp_path / "p"
    take(write(tmp_path, odd), into)
    target = FileTarget(tmp_path / "back.jsonl")
    report = export_project(open_project(into), load_format("prodigy"), target)
    assert [(loss.name, loss.count) for loss in report.losses] == [("non-finite", 2)]
    back = json.loads((tmp_path / "back.jsonl").read_text(encoding="utf-8"))
    assert (back["source"], back["lp"]) == ("y", [1.5, None])
    assert back["spans"][0]["tag"] == "x"
    assert "score" not in back["spans"][0]
