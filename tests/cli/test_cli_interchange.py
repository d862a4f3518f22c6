"""``annotator export``, ``import`` and ``formats``."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from annotator.formats.registry import SHIPPED
from annotator.store.resources import sample_data_path

from .conftest import Cli, fresh, imported_by

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    copy = tmp_path / "sample"
    shutil.copytree(sample_data_path(), copy, ignore=shutil.ignore_patterns(".annotator"))
    return copy


def sets_in(root: Path) -> dict[str, bytes]:
    folder = root / "annotations"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.yaml")}


@pytest.mark.parametrize("name", ["prodigy", "doccano", "label-studio", "csv", "tsv", "jsonl"])
def test_the_sample_comes_back_byte_by_byte(
    name: str, sample: Path, cli: Cli, tmp_path: Path
) -> None:
    out = tmp_path / "out.x"
    done = cli("export", str(sample), "--to", name, "--furniture", "--rejected", "-o", str(out))
    assert (done.status, done.out) == (0, "")
    done = cli("import", str(out), "--into", str(tmp_path / "back"))
    assert done.status == 0
    assert f"(--from {name})" in done.err
    assert sets_in(tmp_path / "back") == sets_in(sample)


def test_an_export_goes_to_standard_output_and_all_else_does_not(sample: Path) -> None:
    done = fresh("export", str(sample), "--to", "jsonl", "--annotator", "ben")
    assert done.status == 0
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {row["annotator"] for row in rows} == {"ben"}
    assert "left out: 5 spans of page furniture (--furniture takes them along)" in done.err
    assert "jsonl cannot hold: 5 documents' texts" in done.err


def test_strict_is_status_1_and_nothing(sample: Path, cli: Cli) -> None:
    done = cli("export", str(sample), "--to", "csv", "--strict")
    assert (done.status, done.out) == (1, "")
    assert "nothing was written" in done.err


def test_reports_as_json(sample: Path, cli: Cli, tmp_path: Path) -> None:
    out = str(tmp_path / "out.jsonl")
    done = cli("export", str(sample), "--to", "prodigy", "-o", out, "--json")
    assert done.json["files"] == [out]
    assert done.json["documents"] == 5
    done = cli("import", out, "--into", str(tmp_path / "back"), "--json")
    assert done.json["documents"] == 5
    assert done.json["aside_file"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "SAMPLE", "--to", "nope"), "no format named 'nope'"),
        (("export", "SAMPLE", "--to", "prodigy", "--json"), "--json prints to standard output"),
        (
            ("export", "SAMPLE", "--to", "csv", "--tokens"),
            "--tokens means nothing when writing csv",
        ),
        (("export", "SAMPLE", "--to", "doccano", "--style", "x"), "--style takes no 'x'"),
        (
            ("export", "SAMPLE", "--to", "prodigy", "--annotator", "zoe"),
            "zoe has annotated nothing",
        ),
        (("export", "SAMPLE", "--to", "prodigy", "-o", "SAMPLE"), "is a folder"),
        (("export", "SAMPLE", "--to", "prodigy", "-o", "no/such/x"), "its folder is gone"),
        (("import", "no/such/file", "--into", "p"), "no such file or folder"),
        (("import", "SAMPLE/README.md", "--into", "p"), "is not known"),
        (
            ("import", "SAMPLE/README.md", "--from", "prodigy", "--into", "p"),
            "README.md:1: no JSON",
        ),
        (("import", "SAMPLE/README.md", "--from", "csv", "--into", "p"), "README.md:1: no column"),
        (
            ("import", "SAMPLE/README.md", "--from", "csv", "--into", "p", "--map", "x"),
            "--map takes no 'x'",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_line(
    arguments: tuple[str, ...], said: str, sample: Path, cli: Cli, tmp_path: Path
) -> None:
    here = tmp_path / "p"
    words = [w.replace("SAMPLE", str(sample)) if w != "p" else str(here) for w in arguments]
    done = cli(*words)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert not here.exists()


def test_the_table_in_the_docs_is_what_the_code_says(cli: Cli) -> None:
    table = cli("formats").out
    assert table in DOCS.read_text(encoding="utf-8")
    listed = cli("formats", "--json").json
    assert [entry["name"] for entry in listed] == list(SHIPPED)


def test_help_of_export_imports_nothing_heavy() -> None:
    assert imported_by("export", "--help") == (0, [])
    assert imported_by("import", "--help") == (0, [])


def test_the_commands_in_the_docs_work(
    sample: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.rename(tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)
    text = DOCS.read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```sh\n(.*?)^```$", text)
    commands = [line.split() for block in blocks for line in block.splitlines()]
    assert len(commands) > 10
    for program, *arguments in commands:
        assert program == "annotator"
        done = cli(*arguments)
        assert done.status == 0, (arguments, done.err)
