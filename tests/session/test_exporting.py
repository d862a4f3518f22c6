"""Export: what is taken along, what is left out and said, and nothing half written."""

from __future__ import annotations

import gc
import json
import random
import resource
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.annotations import AnnotationSet, Put
from annotator.domain.document import Document
from annotator.domain.errors import AnnotatorError, StorageError
from annotator.domain.span import Relation, Span
from annotator.formats.aspects import EVERYTHING
from annotator.formats.base import Format
from annotator.formats.own_keys import reference_of
from annotator.formats.prodigy.format import FORMAT
from annotator.formats.registry import SHIPPED, load_format
from annotator.formats.targets import FileTarget, FolderTarget, StreamTarget
from annotator.session.exporting import ExportReport, Selection, export_project
from annotator.store.atomic import write_atomic
from annotator.store.old_texts import keep_text
from annotator.store.project import Project, open_project
from annotator.store.set_store import SetStore
from annotator.store.yaml_emitter import dump_set

TEXT = "Ann met Bob.\nShare this page\n"
SPANS = (
    Span(id="s1", label="claim", start=0, end=12, quote="Ann met Bob.", note="sure?"),
    Span(id="s2", label="furniture", start=13, end=28, quote="Share this page"),
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of two texts: ada annotated both, ben and a model the first."""
    root = tmp_path / "project"
    root.mkdir()
    for name in ("a.txt", "b.txt"):
        (root / name).write_bytes(TEXT.encode())
    found = open_project(root)
    put(found, 0, "ada", relations=[Relation(id="r1", type="restates", source="s1", target="s2")])
    put(found, 0, "ben", rejected=[Span(id="s9", label="claim", start=4, end=7, quote="met")])
    put(found, 0, "model:x")
    put(found, 1, "ada", status="skipped")
    return found


def put(project: Project, number: int, annotator: str, **more: Any) -> None:
    entry = project.documents[number]
    reference = reference_of(Document.of(entry.id, TEXT))
    one = AnnotationSet(reference, annotator, project.scheme.id, **{"spans": SPANS, **more})
    path = project.paths(entry, annotator).annotations
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, dump_set(one).encode())


Export = Callable[..., tuple[ExportReport, list[dict[str, Any]]]]


@pytest.fixture
def export(project: Project, tmp_path: Path) -> Export:
    def run(format_: Format = FORMAT, **more: Any) -> tuple[ExportReport, list[dict[str, Any]]]:
        path = tmp_path / "out.jsonl"
        selection = Selection(**{k: more.pop(k) for k in list(more) if k in Selection.__slots__})
        report = export_project(project, format_, FileTarget(path), selection=selection, **more)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return report, [json.loads(line) for line in text.splitlines()]

    return run


def test_people_are_exported_and_models_when_they_are_named(export: Export) -> None:
    _, tasks = export()
    assert [(t["annotator"]["document"], t["_annotator_id"]) for t in tasks] == [
        ("a.txt", "ada"),
        ("a.txt", "ben"),
        ("b.txt", "ada"),
    ]
    _, tasks = export(annotators=("model:x",))
    assert [task["_annotator_id"] for task in tasks] == ["model:x"]


def test_an_annotator_without_annotations_is_named(export: Export) -> None:
    with pytest.raises(AnnotatorError, match="zoe has annotated nothing here"):
        export(annotators=("zoe",))


def test_furniture_and_its_relations_stay_out_unless_asked_for(export: Export) -> None:
    report, tasks = export(annotators=("ada",))
    assert report.furniture == 2
    assert [span["label"] for span in tasks[0]["spans"]] == ["claim"]
    assert "relations" not in tasks[0]
    assert report.unlinked == 1
    report, tasks = export(annotators=("ada",), furniture=True)
    assert report.unlinked == 0
    assert report.furniture == 0
    assert [span["label"] for span in tasks[0]["spans"]] == ["claim", "furniture"]
    assert len(tasks[0]["relations"]) == 1


def test_rejected_candidates_are_tasks_of_their_own_on_request(export: Export) -> None:
    report, tasks = export(annotators=("ben",))
    assert (report.rejected, len(tasks)) == (1, 1)
    report, tasks = export(annotators=("ben",), rejected=True)
    assert report.rejected == 0
    assert [(task["answer"], len(task["spans"])) for task in tasks] == [
        ("accept", 1),
        ("reject", 1),
    ]


def test_relations_turned_down_stay_out_unless_asked_for_and_are_counted(
    project: Project, export: Export
) -> None:
    link = Relation(id="r9", type="restates", source="s1", target="s2")
    put(project, 0, "ada", rejected_relations=[link])
    report, tasks = export(annotators=("ada",), furniture=True)
    assert report.rejected_relations == 1
    assert "rejected_relations" not in tasks[0]["annotator"]
    report, tasks = export(annotators=("ada",), furniture=True, rejected=True)
    assert report.rejected_relations == 0
    assert tasks[0]["annotator"]["rejected_relations"][0]["id"] == "r9"
    report, _ = export(annotators=("ada",), rejected=True)
    assert (report.rejected_relations, report.unlinked) == (0, 1)


def test_skipped_documents_go_where_others_see_that_they_were(export: Export) -> None:
    _, tasks = export(annotators=("ada",))
    assert [task["answer"] for task in tasks] == ["accept", "ignore"]
    blind = replace(FORMAT, name="blind", says_skipped=False)
    report, tasks = export(blind, annotators=("ada",))
    assert (report.skipped, len(tasks)) == (1, 1)
    _, tasks = export(blind, annotators=("ada",), skipped=True)
    assert len(tasks) == 2


NO_NOTES = replace(FORMAT, name="no-notes", holds=EVERYTHING - {"span-notes"})


def test_losses_are_told_before_anything_is_written(export: Export, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []

    def before(report: ExportReport) -> None:
        assert not (tmp_path / "out.jsonl").exists()
        told.extend((loss.name, loss.count) for loss in report.losses)

    report, tasks = export(NO_NOTES, before_commit=before)
    assert told == [("span-notes", 3)]
    assert report.written
    assert not any("note" in span["annotator"] for task in tasks for span in task["spans"])


def test_strict_writes_nothing_when_anything_is_lost(export: Export, tmp_path: Path) -> None:
    report, tasks = export(NO_NOTES, strict=True)
    assert (report.written, tasks) == (False, [])
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    report, _ = export(strict=True)
    assert report.written


def test_one_annotator_s_format_refuses_several(export: Export, tmp_path: Path) -> None:
    single = replace(FORMAT, name="single", holds=EVERYTHING - {"several-annotators"})
    with pytest.raises(AnnotatorError, match=r"a\.txt has ada, ben"):
        export(single)
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    report, _ = export(single, annotators=("ben",))
    assert report.documents == 1


def test_a_broken_set_ends_the_export_and_leaves_nothing(
    project: Project, export: Export, tmp_path: Path
) -> None:
    project.paths(project.documents[1], "ada").annotations.write_text("spans: {")
    (tmp_path / "out.jsonl").write_text("before\n")
    with pytest.raises(AnnotatorError):
        export()
    assert (tmp_path / "out.jsonl").read_text() == "before\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "project"]


def test_spans_follow_a_text_that_has_changed_and_that_is_told(
    project: Project, export: Export
) -> None:
    keep_text(project.root, project.load_document(project.documents[0]))
    (project.root / "a.txt").write_text(f"New first line.\n{TEXT}")
    report, tasks = export(annotators=("ben",))
    assert tasks[0]["spans"][0]["start"] == 16
    (notice,) = report.notices
    assert notice.startswith("a.txt (ben): 3 moved since the text changed")


def test_what_only_the_journal_holds_is_exported_while_the_set_is_open(
    project: Project, export: Export
) -> None:
    entry = project.documents[1]
    document = project.load_document(entry)
    store = SetStore.open(project.paths(entry, "zoe"), document, "zoe", project.scheme.id)
    try:
        store.do("tag claim", [Put("spans", SPANS[0])])
        assert not project.paths(entry, "zoe").annotations.exists()
        _, tasks = export(annotators=("ada", "ben"))
        assert len(tasks) == 3
        _, tasks = export(annotators=("zoe",))
    finally:
        store.close()
    assert [span["label"] for task in tasks for span in task["spans"]] == ["claim"]


def test_a_project_opened_on_one_text_exports_that_one(project: Project, tmp_path: Path) -> None:
    one = open_project(project.root / "b.txt")
    pieces: list[bytes] = []
    report = export_project(one, FORMAT, StreamTarget(pieces.append))
    assert report.documents == 1


def test_a_stream_gets_everything_or_nothing(project: Project) -> None:
    pieces: list[bytes] = []
    export_project(project, FORMAT, StreamTarget(pieces.append))
    assert b"".join(pieces).count(b"\n") == 3
    pieces.clear()
    export_project(project, NO_NOTES, StreamTarget(pieces.append), strict=True)
    assert pieces == []


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "name", [n for n in SHIPPED if n not in ("claimreview", "docbin", "cas-json")]
)
def test_a_disk_that_takes_no_more_is_named_and_left_as_it_was(name: str, tmp_path: Path) -> None:
    words = random.Random(7).choices(string.ascii_lowercase + " ", k=90_000)
    root, out = tmp_path / "project", tmp_path / "out"
    root.mkdir()
    out.mkdir()
    (root / "a.txt").write_text("".join(words))
    project = open_project(root)
    document = project.load_document(project.documents[0])
    one = AnnotationSet(
        reference_of(document), "ada", project.scheme.id,
        spans=[Span(id="s1", label="claim", start=0, end=80_000)],
    )  # fmt: skip
    path = project.paths(project.documents[0], "ada").annotations
    path.parent.mkdir(parents=True)
    path.write_bytes(dump_set(one).encode())
    format_ = load_format(name)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        target = (FileTarget if format_.output == "file" else FolderTarget)(out / "export")
        with pytest.raises(StorageError, match=r"cannot write .*export"):
            export_project(project, format_, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    gc.collect()
    assert list(out.iterdir()) == []
