"""``annotator [PATH]``: what the app is asked for."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from annotator.cli.main import parser_of
from annotator.cli.open import check_terminal, login_name, options_of
from annotator.cli.sample import sample_copy
from annotator.domain.errors import AnnotatorError, StorageError
from annotator.session_options import OpenOptions
from annotator.store.resources import sample_data_path, user_data_dir

from .conftest import Cli


def options(*arguments: str) -> OpenOptions:
    return options_of(parser_of("open").parse_args(arguments))


def test_nothing_but_a_path_asks_for_the_defaults(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("text", encoding="utf-8")
    assert options(str(article)) == OpenOptions(path=article, annotator=login_name())


def test_every_option_arrives(tmp_path: Path) -> None:
    words = "--annotator mira --encoding latin-1 --scheme s --keymap vim --read-only --theme nord"
    assert options(*words.split(), "--no-pipeline", str(tmp_path)) == OpenOptions(
        path=tmp_path,
        annotator="mira",
        encoding="latin-1",
        scheme="s",
        keymap="vim",
        read_only=True,
        use_pipeline=False,
        theme="nord",
        annotator_given=True,
    )
    assert options("--pipeline", "en_core_web_sm", str(tmp_path)).pipeline == "en_core_web_sm"


@pytest.mark.parametrize("name", ["klingon", "hex", "undefined", "utf-8\0", ""])
def test_an_encoding_that_cannot_read_text_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="unknown encoding"):
        options("--encoding", name, str(tmp_path))


def test_an_order_that_there_is_not_is_refused(tmp_path: Path) -> None:
    assert options(str(tmp_path), "--order", "random", "--seed", "7").seed == 7
    with pytest.raises(AnnotatorError, match="no order named 'best'"):
        options(str(tmp_path), "--order", "best")


def test_an_annotator_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="--annotator"):
        options("--annotator", " ", str(tmp_path))


def test_a_link_to_nowhere_is_left_to_the_reader_of_the_file(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    assert options(str(link)).path == link


def test_the_login_name_is_found_without_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "mira")
    assert login_name() == "mira"
    for variable in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        monkeypatch.delenv(variable, raising=False)
    assert login_name() == getpass.getuser()


def test_without_a_path_the_users_own_copy_of_the_sample_is_opened() -> None:
    copy = options().path
    assert copy == user_data_dir() / "sample"
    shipped = sample_data_path()
    names = {path.relative_to(shipped) for path in shipped.rglob("*") if path.is_file()}
    assert names
    assert names == {path.relative_to(copy) for path in copy.rglob("*") if path.is_file()}
    changed = copy / "notes.txt"
    changed.write_text("mine", encoding="utf-8")
    assert options().path == copy
    assert changed.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in copy.parent.iterdir()] == ["sample"]


def test_a_sample_that_cannot_be_copied_is_told_and_leaves_nothing() -> None:
    user_data_dir().mkdir(parents=True)
    (user_data_dir() / "sample").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot copy the sample"):
        sample_copy()
    assert [path.name for path in user_data_dir().iterdir()] == ["sample"]


def test_without_a_terminal_the_app_is_not_started(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.__stdin__", None)
    outcome = cli(str(tmp_path))
    assert outcome.status == 2
    assert outcome.err.startswith("annotator: the app needs a terminal")
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    check_terminal()
