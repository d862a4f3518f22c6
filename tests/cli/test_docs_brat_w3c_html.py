"""The page on brat, web annotations, ClaimReview and HTML: what it shows is what happens."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from annotator.store.resources import sample_data_path

from .conftest import Cli

PAGE = Path(__file__).parents[2] / "docs" / "formats-brat-w3c-html.md"


def test_its_commands_work(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sample_data_path(), tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", text)
    commands = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    assert len(commands) == 8
    for program, *arguments in commands:
        assert program == "annotator"
        done = cli(*arguments)
        assert done.status == 0, (arguments, done.err)
    written = (tmp_path / "brat/ada/articles/council-minutes.ann").read_text(encoding="utf-8")
    shown = re.search(r"(?ms)^```\n(T1\t.*?)^```$", text)
    assert shown
    assert set(shown[1].splitlines()) <= set(written.splitlines())
    assert (tmp_path / "pages" / "index.html").is_file()
    reviews = json.loads((tmp_path / "reviews.json").read_text(encoding="utf-8"))
    example = re.search(r'(?ms)^```json\n(\{"@context".*?)^```$', text)
    assert example
    assert json.loads(example[1]) in reviews


@pytest.mark.parametrize("name", ["brat", "w3c"])
def test_export_import_export_gives_the_same_files(name: str, cli: Cli, tmp_path: Path) -> None:
    sample = str(sample_data_path())
    first, again = tmp_path / "first", tmp_path / "again"
    more = ("--rejected", "--furniture")
    assert cli("export", sample, "--to", name, "-o", str(first), *more).status == 0
    assert cli("import", str(first), "--into", str(tmp_path / "copy")).status == 0
    copy = str(tmp_path / "copy")
    assert cli("export", copy, "--to", name, "-o", str(again), *more).status == 0
    files = sorted(first.rglob("*")) if first.is_dir() else [first]
    for file in files:
        if file.is_file():
            assert file.read_bytes() == (again / file.relative_to(first)).read_bytes()
