"""``annotator adjudicate``: wrong input, and who was overruled how often."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from annotator.cli.main import main
from annotator.domain.annotations import Put
from annotator.session.workspace import Workspace
from annotator.store.project import open_project
from annotator.store.resources import sample_data_path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the sample in which ``gold`` has taken over all that ada said."""
    there = tmp_path / "sample"
    shutil.copytree(sample_data_path(), there, ignore=shutil.ignore_patterns(".annotator"))
    for path in (there / "annotations" / "ada").rglob("*.yaml"):
        gold = there / "annotations" / "gold" / path.relative_to(there / "annotations" / "ada")
        gold.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        gold.write_text(text.replace("annotator: ada", "annotator: gold"), encoding="utf-8")
    return there


def test_the_report_tells_who_was_overruled(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["adjudicate", str(project), "--report", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["ada", "ben"]
    assert found["ada"]["kept"] == found["ada"]["decided"] > 0
    assert found["ben"]["kept"] < found["ben"]["decided"]
    assert found["ben"]["added"] > 0


def test_decisions_that_only_the_journal_knows_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "sample"
    shutil.copytree(sample_data_path(), there, ignore=shutil.ignore_patterns(".annotator"))
    session = Workspace(open_project(there, annotator="gold"), "gold").open(0)
    session.commit("accept", [Put("spans", session.new_span("claim", 0, 9, {}, "s1"))])
    session.store.close()
    assert not (there / "annotations" / "gold").exists()
    assert main(["adjudicate", str(there), "--report", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ada"]["added"] == found["ben"]["added"] == 1


def test_the_table_has_a_row_for_each(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adjudicate", str(project), "--from", "ben", "--report"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["annotator", "overruled", "decided"]
    assert row.startswith("ben ")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--from", "cy"], "nobody of the name 'cy' has annotated anything"),
        (["--from", "ada", "--into", "ada"], "cannot be one of those"),
    ],
)
def test_wrong_input_is_one_line(
    project: Path, arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["adjudicate", str(project), *arguments, "--report"]) == 2
    assert complaint in capsys.readouterr().err


def test_without_annotators_there_is_nothing_to_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Some words.\n", encoding="utf-8")
    assert main(["adjudicate", str(tmp_path), "--report"]) == 2
    assert "nobody has annotated anything here" in capsys.readouterr().err
