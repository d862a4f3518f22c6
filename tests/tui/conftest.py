"""A real app on a real folder for every test here."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.app import ARTICLE, CARRIED, LEFT, NEVER, REASONS, MakeApp

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.document import text_sha256
from annotator.domain.span import Relation, Span
from annotator.session.workspace import Workspace
from annotator.session_options import OpenOptions
from annotator.store.keymap_files import load_keymap
from annotator.store.project import open_project
from annotator.store.yaml_emitter import dump_set
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


@pytest.fixture
def reviewed_folder(folder: Path) -> Path:
    """Return the folder with what a model said about the article, shown as candidates."""
    model = "model:demo"
    spans = [
        Span(
            id=f"m{n}", label=label, start=ARTICLE.index(quote),
            end=ARTICLE.index(quote) + len(quote), quote=quote, attributes=attributes,
            origin={
                "from": model, "version": "3", "score": score, "rule": label, "reasons": REASONS,
            },
        )
        for n, (label, quote, score, attributes) in enumerate(
            [
                ("claim", LEFT, 0.7, {"worthiness": "check-worthy"}),
                ("claim", CARRIED, 0.9, {}),
                ("placeholder", "[insert exact arrival time]", 0.99, {"kind": "slot"}),
                ("placeholder", "[XX]", 0.98, {"kind": "marker"}),
                ("claim", NEVER, 0.6, {}),
            ]
        )
    ]  # fmt: skip
    links = [Relation(id="n1", type="contradicts", source="m0", target="m4",
                      attributes={"kind": "negation"}, origin={"from": model})]  # fmt: skip
    proposed = AnnotationSet(
        DocumentRef("ferry.txt", text_sha256(ARTICLE), len(ARTICLE)),
        model,
        "claims-and-placeholders/1",
        spans=spans,
        relations=links,
    )
    there = folder / "annotations" / "model%3Ademo"
    there.mkdir(parents=True)
    (there / "ferry.txt.yaml").write_text(dump_set(proposed), encoding="utf-8")
    (folder / "annotator.yaml").write_text("candidates: ['model:demo']\n", encoding="utf-8")
    return folder
