"""Check a built wheel: it carries its data, and its commands run from it alone.

Run by the Python of an environment in which the wheel is installed:
``python check_wheel.py REPOSITORY WHEEL``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

CARRIED = {
    "keymaps": "annotator/_data/keymaps",
    "sample_data": "annotator/_data/sample_data",
    "src/annotator/schemas": "annotator/schemas",
    "src/annotator/schemes": "annotator/schemes",
}
"""Folders of the repository and where the wheel has them."""
LEFT_OUT = (".annotator", "__pycache__", "tests", "benchmarks")


def expected(repository: Path) -> set[str]:
    """Return the names of the data files that the wheel must have."""
    names = {"annotator/py.typed"}
    for source, target in CARRIED.items():
        found = [path for path in (repository / source).rglob("*") if path.is_file()]
        if not found:
            sys.exit(f"{source}: there is nothing to carry")
        names |= {f"{target}/{path.relative_to(repository / source).as_posix()}" for path in found}
    return {name for name in names if not set(name.split("/")) & set(LEFT_OUT)}


def check_names(repository: Path, wheel: Path) -> None:
    """Exit with a message when the wheel lacks a data file or has one that it must not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    missing = sorted(expected(repository) - names)
    if missing:
        sys.exit(f"{wheel.name} lacks {', '.join(missing)}")
    unwanted = sorted(name for name in names if set(name.split("/")) & set(LEFT_OUT))
    if unwanted:
        sys.exit(f"{wheel.name} must not have {', '.join(unwanted)}")


def output(folder: Path, *arguments: str) -> str:
    """Return what ``annotator ARGUMENTS`` prints, run in an empty folder with a new home."""
    program = Path(sys.executable).with_name("annotator")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    kept.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(program), *arguments],
        cwd=folder,
        env={**kept, "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or "Traceback" in done.stderr:
        sys.exit(f"annotator {' '.join(arguments)}: {done.returncode}: {done.stderr}")
    return done.stdout


def check_commands(folder: Path) -> None:
    """Exit with a message when a command does not run from the wheel."""
    version = output(folder, "--version").split()
    keys: list[dict[str, Any]] = json.loads(output(folder, "keys", "list", "--json"))
    wanted = {"id", "keys", "context", "description"}
    if not keys or any(not wanted <= set(command) for command in keys):
        sys.exit(f"annotator keys list --json: not every command has {', '.join(sorted(wanted))}")
    schema = json.loads(output(folder, "schema"))
    if "$schema" not in schema:
        sys.exit("annotator schema: this is no JSON Schema")
    code = "from annotator.store.resources import sample_data_path; print(sample_data_path())"
    sample = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()
    output(folder, "validate", sample)
    print(f"annotator {version[-1]}: {len(keys)} commands, sample data valid")


def main() -> None:
    """Check the wheel that the arguments name."""
    repository, wheel = map(Path, sys.argv[1:])
    check_names(repository, wheel)
    with tempfile.TemporaryDirectory() as folder:
        check_commands(Path(folder))


if __name__ == "__main__":
    main()
