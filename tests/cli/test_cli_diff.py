"""``annotator diff``: two files, two annotators, wrong input."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.store.resources import sample_data_path

from .conftest import Cli


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the sample."""
    there = tmp_path / "sample"
    shutil.copytree(sample_data_path(), there, ignore=shutil.ignore_patterns(".annotator"))
    return there


def test_two_versions_of_a_file(project: Path, cli: Cli) -> None:
    now = project / "annotations/ada/articles/mill-bridge.txt.yaml"
    old = project / "old.yaml"
    old.write_bytes(now.read_bytes())
    assert cli("diff", str(old), str(now)).status == 0
    text = now.read_text(encoding="utf-8")
    now.write_text(
        text.replace("worthiness: check-worthy", "worthiness: unimportant", 1), encoding="utf-8"
    )
    outcome = cli("diff", str(old), str(now))
    assert outcome.status == 1
    assert "~ 3:34 [69, 230) claim [attributes]" in outcome.out
    assert "worthiness: check-worthy -> unimportant" in outcome.out
    assert "\x1b" not in outcome.out
    found = cli("diff", str(old), str(now), "--json").json
    (change,) = found[0]["spans"]
    assert change["before"]["line"] == 3
    assert change["fields"] == ["attributes"]


def test_two_annotators_of_a_project(project: Path, cli: Cli) -> None:
    outcome = cli("diff", str(project), "--annotators", "ada", "ben", "--json")
    assert outcome.status == 1
    assert len(outcome.json) == 5
    assert not list(project.rglob("*.jsonl"))
    assert cli("diff", str(project), "--annotators", "ada", "ada").status == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((".",), "two annotation files"),
        ((".", "--annotators", "ada", "cy"), "nobody of the name 'cy'"),
        (("annotator.yaml", "annotations"), "annotator.yaml"),
        (("annotations", "annotations"), "is a folder"),
        (("no", "no"), "there is no file no"),
    ],
)
def test_wrong_input_is_one_line(
    project: Path,
    arguments: tuple[str, ...],
    complaint: str,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(project)
    outcome = cli("diff", *arguments)
    assert outcome.status == 2
    assert complaint in outcome.err
