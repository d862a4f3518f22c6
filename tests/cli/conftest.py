"""What the tests of the command line share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.main import main

SOURCE = Path(__file__).parents[2] / "src"


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stdout says as JSON."""
        return json.loads(self.out)


Cli = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test empty user folders of its own, and return their parent."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for kind in ("config", "cache", "data", "state"):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(home / kind))
    return home


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Return a function that runs a command in this process."""

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a fresh process that finds the package and buffers its output."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return kept | {"PYTHONPATH": str(SOURCE)} | changes


def command(*arguments: str) -> list[str]:
    """Return the words that run ``annotator`` as a process of its own."""
    return [sys.executable, "-m", "annotator", *arguments]


def fresh(*arguments: str, **changes: str) -> Outcome:
    """Run a command in a fresh process that is connected to no terminal."""
    done = subprocess.run(
        command(*arguments),
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


IMPORTED = """
import json, sys
from annotator.cli.main import main
status = main(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps([status, [name for name in json.loads(sys.argv[2]) if name in sys.modules]]))
"""


HEAVY = ("spacy", "textual", "yaml", "rich", "wcwidth", "regex", "sentencex", "platformdirs")


def imported_by(*arguments: str, **changes: str) -> tuple[int, list[str]]:
    """Run a command in a fresh process; return its status and which heavy packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, json.dumps(arguments), json.dumps(HEAVY)],
        env=environment(**changes),
        capture_output=True,
        text=True,
        check=True,
    )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    return status, modules
