"""The frame of the command line: which command runs, what is imported, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli.main import COMMANDS

from .conftest import Cli, command, environment, fresh, imported_by


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("keys", "list", "--help")])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments) == (0, [])


def test_a_keymap_that_was_read_once_is_shown_without_a_yaml_parser() -> None:
    for _ in range(2):
        status, modules = imported_by("keys", "list", "--json")
        assert status == 0
    assert set(modules) <= {"platformdirs"}


def test_help_names_every_command_and_each_has_its_own(cli: Cli) -> None:
    overview = cli("--help")
    assert overview.status == 0
    for name, entry in COMMANDS.items():
        assert f"annotator {name} " in overview.out
        assert entry.summary in overview.out
        own = cli(name, "--help")
        assert own.status == 0
        assert own.out.startswith(f"usage: annotator {name} ")
        assert entry.summary[1:] in own.out


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"annotator {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--colour",),
        ("--read", "."),
        ("a", "b"),
        ("--encoding",),
        ("--no-pipeline", "--pipeline", "x"),
        ("validate",),
        ("keys", "lst"),
        ("keys", "list", "--json", "--yaml"),
        ("schema", "article"),
        ("--annotator", "mira", "validate", "x"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_usage(arguments: tuple[str, ...], cli: Cli) -> None:
    outcome = cli(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("usage: annotator")


@pytest.mark.parametrize("path", ["valdate", "no/such/file.txt", "", "x\x1b[2J\u202e.txt"])
def test_a_path_that_is_not_there_is_one_line(path: str, cli: Cli) -> None:
    outcome = cli(path)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("annotator: no such file or folder: ")
    assert outcome.err.count("\n") == 1
    assert outcome.err[:-1].isprintable()
    assert ("did you mean the command validate?" in outcome.err) == (path == "valdate")


def test_a_command_wins_over_a_file_of_its_name_unless_there_is_a_slash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").write_text("a text", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert fresh("keys", "--help").out.startswith("usage: annotator keys")
    for arguments in (("./keys",), ("--", "keys")):
        outcome = fresh(*arguments)
        assert outcome.status == 2
        assert "the app needs a terminal" in outcome.err
        assert outcome.err.count("\n") == 1


MUCH_AND_LITTLE = pytest.mark.parametrize("arguments", [("schema", "keymap"), ("paths",)])
"""More than stdout's buffer holds, which fails while it is written, and less, which fails later."""


@MUCH_AND_LITTLE
def test_a_reader_that_goes_away_is_no_error(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        command(*arguments), env=environment(), stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@MUCH_AND_LITTLE
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_one_line(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = subprocess.run(
            command(*arguments),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr.startswith(b"annotator: ")
    assert process.stderr.count(b"\n") == 1


def test_no_stdout_at_all_is_no_error() -> None:
    words = [*command("schema", "keymap")]
    script = "import os, sys; os.close(1); os.execv(sys.executable, sys.argv[1:])"
    process = subprocess.run(
        [sys.executable, "-c", script, *words], env=environment(), capture_output=True, check=False
    )
    assert (process.returncode, process.stderr) == (0, b"")


def test_an_interrupt_is_quiet(tmp_path: Path) -> None:
    pipe = tmp_path / "keymap.yaml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        command("keys", "check", str(pipe)),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # Opening for writing waits until the command has opened the pipe for reading.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_characters_that_the_terminal_lacks_become_escapes() -> None:
    outcome = fresh("keys", "list", PYTHONIOENCODING="ascii")
    assert outcome.status == 0
    assert "1 \\u2026 9" in outcome.out
