"""A real app on a real folder for every test here."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.app import ARTICLE, MakeApp

from annotator.session.workspace import Workspace
from annotator.session_options import OpenOptions
from annotator.store.keymap_files import load_keymap
from annotator.store.project import open_project
from annotator.tui.app import AnnotatorApp


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings and caches of the person who runs the tests out of them."""
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one article."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "ferry.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def make_app(folder: Path) -> MakeApp:
    """Return a function that makes an app on the folder or on one of its files."""

    def make(
        name: str = "ferry.txt",
        *,
        keymap: str = "default",
        read_only: bool = False,
        candidates: bool = False,
    ) -> AnnotatorApp:
        options = OpenOptions(
            path=folder / name,
            annotator="ada",
            encoding="utf-8",
            scheme=None,
            keymap=keymap,
            read_only=read_only,
            pipeline=None,
            use_pipeline=False,
            use_candidates=candidates,
            theme=None,
        )
        project = open_project(folder / name, annotator="ada", encoding="utf-8")
        workspace = Workspace(project, "ada", read_only=read_only)
        return AnnotatorApp(workspace, load_keymap(keymap), options)

    return make
