"""``annotator train``: the real command on small projects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.stages import Stages
from annotator.store.trained_models import trained_model_folder
from annotator.suggest.base import Text
from annotator.suggest.claims import ClaimSuggester
from annotator.suggest.trained_claims import TrainedClaimSuggester, load
from benchmarks.debate_project import write_project
from benchmarks.debate_sentences import generate

from .conftest import Cli, fresh, imported_by


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with debates."""
    root = tmp_path / "project"
    write_project(root, generate(150, seed=4, debates=6))
    return root


def test_a_dry_run_prints_what_a_model_would_be_worth_and_saves_nothing(
    cli: Cli, project: Path
) -> None:
    before = sorted(project.rglob("*"))
    done = cli("train", str(project), "--dry-run")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("150 sentences of 6 documents by mira: ")
    for heading in ("held out, whole documents, 5 folds:", "learning curve:"):
        assert heading in lines
    for name in ("trained", "untrained", "every sentence"):
        assert any(line.startswith(name) for line in lines)
    assert any(" but left untagged " in line or " but tagged " in line for line in lines)
    assert sorted(project.rglob("*")) == before


def test_json_says_the_same(cli: Cli, project: Path) -> None:
    told = cli("train", str(project), "--dry-run", "--json", "--seed", "3").json
    assert told["saved"] is None
    assert (told["counts"]["sentences"], told["seed"]) == (150, 3)
    assert told["scores"]["f1"] > told["scores"]["all_f1"]
    assert len(told["mistakes"]) <= 10
    assert {"document", "start", "end", "text", "positive", "origin", "probability"} == set(
        told["mistakes"][0]
    )
    assert (
        cli("train", str(project), "--dry-run", "--json", "--seed", "3").json["mistakes"]
        == (told["mistakes"])
    )


@pytest.mark.slow
def test_a_saved_model_is_used_at_once_and_its_version_rises(project: Path, tmp_path: Path) -> None:
    done = fresh("train", str(project))
    assert done.status == 0, done.err
    assert "version 1.0.0: claims are ranked by it from now on" in done.err
    folder = trained_model_folder(project)
    assert folder == project / ".annotator" / "models" / "claims"
    assert json.loads((folder / "meta.json").read_text())["annotator"]["label"] == "claim"
    suggester = TrainedClaimSuggester(folder, ClaimSuggester(threshold=0))
    assert "+trained.1." in suggester.version
    assert len(suggester.suggest(Text("Taxes have doubled in Ohio since 1992.")).spans) == 1

    done = fresh("train", str(project), "--output", str(tmp_path / "mine"), "--json")
    assert done.json["saved"] == {"folder": str(tmp_path / "mine"), "version": "2.0.0"}
    assert trained_model_folder(project) == tmp_path / "mine"
    assert load(tmp_path / "mine").to_json() == load(folder).to_json()


def test_nothing_is_overwritten_that_is_no_model(cli: Cli, project: Path, tmp_path: Path) -> None:
    done = cli("train", str(project), "--output", str(tmp_path))
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert "did not write" in done.err


def test_too_little_is_one_line_that_says_how_much_is_needed(cli: Cli, tmp_path: Path) -> None:
    write_project(tmp_path, generate(12, seed=4, debates=2))
    done = cli("train", str(tmp_path))
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "at least 20 of each are needed" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--label", "clam"), "no label 'clam'"),
        (("--annotator", "paul"), "'paul' has no annotations"),
        (("--against", "worthiness"), "is not ATTRIBUTE=VALUE"),
        (("--encoding", "utf-99"), "unknown encoding"),
        (("--seed", "x"), "invalid int"),
    ],
)
def test_wrong_usage_is_named(
    cli: Cli, project: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = cli("train", str(project), *arguments)
    assert done.status == 2
    assert message in done.err


def test_single_documents_train_without_scores(cli: Cli, tmp_path: Path) -> None:
    write_project(tmp_path, generate(80, seed=4, debates=1))
    done = cli("train", str(tmp_path), "--dry-run")
    assert done.status == 0
    assert "nothing could be held out" in done.out
    assert cli("train", str(tmp_path), "--dry-run", "--json").json["scores"] is None


def test_what_is_printed_of_a_text_cannot_move_the_cursor(cli: Cli, tmp_path: Path) -> None:
    sentences = generate(150, seed=4, debates=6)
    write_project(tmp_path, [one._replace(text=f"\x1b[2J{one.text}") for one in sentences])
    done = cli("train", str(tmp_path), "--dry-run")
    assert done.status == 0
    assert "\x1b" not in done.out
    assert "\\x1b[2J" in done.out


def test_help_imports_nothing_heavy() -> None:
    assert imported_by("train", "--help") == (0, [])


class Terminal:
    """A stream that is a terminal and keeps what is written."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Do nothing."""


def test_progress_shows_after_a_second_and_is_taken_away() -> None:
    stream, now = Terminal(), [0.0]
    with Stages(stream, lambda: now[0]) as stages:  # type: ignore[arg-type]
        stages.show("cross-validating", 1, 50)
        assert not stream.written
        now[0] = 1.5
        stages.show("cross-validating\x1b", 25, 50)
        assert "[##########..........] cross-validating\\x1b 25 of 50  2 s" in stream.written
    assert stream.written.endswith("\r\x1b[K")
