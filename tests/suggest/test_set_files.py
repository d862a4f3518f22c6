"""Writing a model's file: never over what somebody else put there."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.document import Document
from annotator.domain.errors import StorageError
from annotator.store.project import Project, open_project
from annotator.store.set_paths import SetPaths
from annotator.suggest.base import Suggestion, Suggestions
from annotator.suggest.set_files import look, write
from annotator.suggest.sets import Stamp

STAMP = Stamp("words", "1")
FOUND = Suggestions((Suggestion(label="claim", start=0, end=4, score=0.5, rule="r"),))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "a.txt").write_text("FACT")
    return open_project(tmp_path / "a.txt")


@pytest.fixture
def paths(project: Project) -> SetPaths:
    return project.paths(project.documents[0], "model:words")


def document(project: Project) -> Document:
    return project.load_document(project.documents[0])


def test_a_file_that_changed_since_it_was_looked_at_is_left_alone(
    project: Project, paths: SetPaths
) -> None:
    text = document(project)
    before = look(paths, STAMP, text.sha256, project.scheme)
    assert write(paths, before, STAMP, text, project.scheme, FOUND)
    with pytest.raises(StorageError, match="was changed meanwhile"):
        write(paths, before, STAMP, text, project.scheme, Suggestions())
    now = look(paths, STAMP, text.sha256, project.scheme)
    assert now.current
    paths.annotations.write_text("a person's")
    with pytest.raises(StorageError, match="was changed meanwhile"):
        write(paths, now, STAMP, text, project.scheme, Suggestions())
    assert paths.annotations.read_text() == "a person's"
    assert [path.name for path in paths.annotations.parent.iterdir()] == ["a.txt.yaml"]


def test_what_a_killed_run_left_is_replaced(project: Project, paths: SetPaths) -> None:
    text = document(project)
    paths.annotations.parent.mkdir(parents=True)
    left = paths.annotations.with_name(f".{paths.annotations.name}.new")
    left.write_text("half a fi")
    before = look(paths, STAMP, text.sha256, project.scheme)
    assert write(paths, before, STAMP, text, project.scheme, FOUND)
    assert not left.exists()
    assert not write(
        paths,
        look(paths, STAMP, text.sha256, project.scheme, force=True),
        STAMP,
        text,
        project.scheme,
        FOUND,
    )


def test_no_lock_file_is_made_for_a_set_that_nobody_opened(
    project: Project, paths: SetPaths
) -> None:
    text = document(project)
    before = look(paths, STAMP, text.sha256, project.scheme)
    assert write(paths, before, STAMP, text, project.scheme, FOUND)
    assert not paths.lock.exists()
