"""``annotator stats`` on the sample."""

from __future__ import annotations

from pathlib import Path

from annotator.store.resources import sample_data_path

from .conftest import Cli


def test_the_sample_is_counted(cli: Cli, tmp_path: Path) -> None:
    project = str(sample_data_path())
    found = cli("stats", project, "--json").json
    assert set(found) == {"ada", "ben"}
    assert "furniture" not in found["ada"]["spans"]
    more = cli("stats", project, "--annotator", "ada", "--furniture", "--json").json
    assert more["ada"]["spans"]["furniture"] > 0
    text = cli("stats", project).out
    assert f"claim            {found['ada']['spans']['claim']} ####" in text
    assert "nan" not in text.lower().split()
    page = tmp_path / "report.html"
    assert cli("stats", project, "-o", str(page)).status == 0
    assert "<h2>ada</h2>" in page.read_text(encoding="utf-8")


def test_names_in_html_are_text(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words.", encoding="utf-8")
    folder = tmp_path / "annotations" / "<b>eve"
    folder.mkdir(parents=True)
    page = tmp_path / "report.html"
    assert cli("stats", str(tmp_path), "-o", str(page)).status == 0
    assert "<b>" not in page.read_text(encoding="utf-8")
    outcome = cli("stats", str(tmp_path), "--annotator", "cy")
    assert outcome.status == 2
    assert "nobody of the name 'cy'" in outcome.err
