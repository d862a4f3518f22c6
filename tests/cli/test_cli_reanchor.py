"""``annotator reanchor`` and ``annotator history`` on an edited copy of the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.session.orphans import CHANGED_WORDS, orphan_candidates
from annotator.store.project import open_project
from annotator.store.resources import sample_data_path
from annotator.store.yaml_reader import load_set

from .conftest import Cli


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the sample in which an article was edited."""
    there = tmp_path / "sample"
    shutil.copytree(sample_data_path(), there, ignore=shutil.ignore_patterns(".annotator"))
    article = there / "articles/mill-bridge.txt"
    text = article.read_bytes().decode("utf-8")
    text = text.replace("built in 1908, carries one lane", "built in 1909, carries a single lane")
    article.write_bytes(f"Corrected.\n\n{text}".encode())
    return there


def files(project: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}


def test_a_dry_run_writes_nothing(project: Path, cli: Cli) -> None:
    before = files(project)
    outcome = cli("reanchor", str(project), "--dry-run")
    assert outcome.status == 1
    assert "nothing written" in outcome.err
    assert files(project) == before


def test_every_span_is_accounted_for(project: Path, cli: Cli) -> None:
    olds = load_set((project / "annotations/ada/articles/mill-bridge.txt.yaml").read_bytes(), "x")
    old = str(sample_data_path())
    outcome = cli("reanchor", str(project), "--annotator", "ada", "--old", old, "--json")
    assert outcome.status == 1
    (report,) = outcome.json
    fates = {span["id"]: span for span in report["spans"]}
    assert set(fates) == set(olds.annotations.spans)  # all stand behind what was put in front
    assert fates["s7wy2"]["outcome"] == "orphan"
    assert "carries a single lane" in fates["s7wy2"]["now"]["quote"]
    paths = open_project(project).root / "annotations"
    now = load_set((paths / "ada/articles/mill-bridge.txt.yaml").read_bytes(), "x").annotations
    assert now.status == "flagged"
    assert set(now.orphans) == {"s7wy2"}
    text = (project / "articles/mill-bridge.txt").read_bytes().decode("utf-8")
    (candidate,) = orphan_candidates(now, text).spans.values()
    assert candidate.origin["rule"] == CHANGED_WORDS
    assert "carries a single lane" in candidate.quote
    assert cli("reanchor", str(project), "--annotator", "ada").status == 0
    assert cli("validate", str(paths / "ada")).status == 0


def test_history_tells_of_it(project: Path, cli: Cli) -> None:
    cli("reanchor", str(project), "--annotator", "ada")
    actions = cli("history", str(project), "--json").json
    assert [action["name"] for action in actions] == ["re-anchor", "flag for review"]
    assert cli("history", str(project), "--span", "s7wy2", "--json").json == actions[:1]
    assert cli("history", str(project), "--since", "2999-01-01", "--json").json == []
    text = cli("history", str(project / "articles/mill-bridge.txt"))
    assert "ada articles/mill-bridge.txt: re-anchor" in text.out


def test_an_orphan_that_nobody_misses_is_dropped_with_its_links(project: Path, cli: Cli) -> None:
    article = project / "articles/mill-bridge.txt"
    path = project / "annotations/ada/articles/mill-bridge.txt.yaml"
    linked = load_set(path.read_bytes(), "x").annotations.relations
    article.write_text("Nothing of it is left.\n")
    assert cli("reanchor", str(article), "--annotator", "ada").status == 1
    lost = load_set(path.read_bytes(), "x").annotations
    name = next(iter(linked.values())).source
    assert name in lost.orphans
    before = files(project)
    dropping = ("reanchor", str(article), "--annotator", "ada", "--drop", name)
    assert cli(*dropping, "--dry-run").err.startswith("1 dropped; nothing written")
    assert files(project) == before
    outcome = cli(*dropping)
    assert outcome.status == 0
    assert " dropped " in outcome.out
    now = load_set(path.read_bytes(), "x").annotations
    assert set(lost.orphans) - set(now.orphans) == {name}
    joined = {key for key, one in linked.items() if name in (one.source, one.target)}
    assert set(linked) - set(now.relations) == joined
    again = cli(*dropping)
    assert again.status == 2
    assert f"no orphan {name}" in again.err


def test_an_orphan_is_dropped_in_the_run_that_makes_it_one(project: Path, cli: Cli) -> None:
    options = ("--annotator", "ada", "--old", str(sample_data_path()), "--drop", "s7wy2", "--json")
    outcome = cli("reanchor", str(project), *options)
    assert outcome.status == 0
    fates = [one["outcome"] for one in outcome.json[0]["spans"] if one["id"] == "s7wy2"]
    assert fates == ["dropped"]


def test_what_was_done_before_an_error_is_told(project: Path, cli: Cli) -> None:
    (project / "annotations/ben/articles").mkdir(parents=True, exist_ok=True)
    (project / "annotations/ben/articles/mill-bridge.txt.yaml").write_text("spans: [\n")
    outcome = cli("reanchor", str(project), "--annotator", "ada", "ben")
    assert outcome.status == 2
    assert "articles/mill-bridge.txt (ada): " in outcome.out
    assert "ben/articles/mill-bridge.txt.yaml:" in outcome.err
