"""The same text in other documents: what is looked at, what is left alone, what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.annotations import Put
from annotator.domain.span import Span
from annotator.quality.twins import OTHER_LABEL, UNLABELLED, TwinSearch
from annotator.session.corpus_twins import LookedThrough, look_through
from annotator.session.workspace import Workspace
from annotator.store.project import open_project


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "a.txt").write_text("At [XX] it began.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        "Nothing.\n\nAt [XX], or [XX]\U0001f680[XX].\n", encoding="utf-8"
    )
    (tmp_path / "c.txt").write_text("No slot at all.\n", encoding="utf-8")
    (tmp_path / "d.jsonl").write_text(
        '{"id": "r", "text": "[XX]"}\n{"text": 7}\n', encoding="utf-8"
    )
    return Workspace(open_project(tmp_path, annotator="ada"), "ada")


def tag(workspace: Workspace, name: str, label: str, start: int, *, rejected: bool = False) -> None:
    """Tag the four code points from an offset, as the app does: the journal has it."""
    position = next(n for n, entry in enumerate(workspace.documents) if entry.id == name)
    session = workspace.open(position)
    span = Span(
        id=f"s{start}", label=label, start=start, end=start + 4,
        quote=session.text[start : start + 4],
    )  # fmt: skip
    session.commit("tag", [Put("rejected" if rejected else "spans", span)])
    session.store.close()


def looked(workspace: Workspace, leave_out: str = "a.txt") -> dict[str, LookedThrough]:
    span = Span(id="s", label="placeholder", start=3, end=7, quote="[XX]")
    search = TwinSearch([span], workspace.scheme, "in a.txt")
    return {one.document: one for one in look_through(workspace, search, "ada", leave_out)}


def test_all_documents_but_one_are_looked_through(workspace: Workspace) -> None:
    found = looked(workspace)
    assert list(found) == ["a.txt", "b.txt", "c.txt", "d.jsonl#r", "d.jsonl#2"]
    assert [(t.line, t.column, t.there) for t in found["b.txt"].twins] == [
        (3, 4, ""), (3, 13, ""), (3, 18, ""),
    ]  # fmt: skip
    assert found["b.txt"].twins[0].reason == "tagged placeholder once in a.txt"
    assert [t.span.start for t in found["d.jsonl#r"].twins] == [0]
    assert found["d.jsonl#2"].complaint
    assert not found["a.txt"].twins
    assert not found["c.txt"].twins
    assert found["c.txt"].proposed is None
    assert len(looked(workspace, leave_out="")["a.txt"].twins) == 1


def test_what_was_decided_is_not_told_again_and_another_label_is(workspace: Workspace) -> None:
    tag(workspace, "b.txt", "placeholder", 13)
    tag(workspace, "b.txt", "placeholder", 22, rejected=True)
    tag(workspace, "b.txt", "claim", 27)
    twins = looked(workspace)["b.txt"].twins
    assert [(t.span.start, t.there, t.span.origin["rule"]) for t in twins] == [
        (27, "claim", OTHER_LABEL)
    ]
    assert UNLABELLED not in {str(t.span.origin["rule"]) for t in twins}


def test_a_document_to_be_skipped_is_left_alone(workspace: Workspace) -> None:
    session = workspace.open(1)
    session.set_status("skipped")
    session.store.close()
    assert looked(workspace)["b.txt"] == LookedThrough("b.txt")


def test_an_annotation_set_that_cannot_be_read_is_told_of(workspace: Workspace) -> None:
    path = workspace.project.paths(workspace.documents[1], "ada").annotations
    path.parent.mkdir(parents=True)
    path.write_text("spans: [", encoding="utf-8")
    found = looked(workspace)
    assert "b.txt" in found["b.txt"].complaint
    assert found["d.jsonl#r"].twins
