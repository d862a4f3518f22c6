"""``annotator validate PATH``: checks annotation files and projects."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .output import say, write_json, write_line

if TYPE_CHECKING:
    from ..store.set_checks import Finding

_RULES = re.compile(rb"^format:\s*[\"']?annotator-rules/", re.MULTILINE)


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator validate``."""
    parser.add_argument(
        "path",
        metavar="PATH",
        help="an annotation, scheme, keymap or rule file, a folder or a project",
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: Namespace) -> int:
    """Print a line for each finding; return 1 when there is one.

    Raises:
        AnnotatorError: there is nothing at the path.
    """
    from ..store.validate import validate

    path = Path(arguments.path)
    if not path.exists():
        raise AnnotatorError(f"no such file or folder: {arguments.path!r}")
    findings = _of_rules(path) if _holds_rules(path) else [*validate(path), *_of_project(path)]
    if arguments.json:
        write_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            place = f"{finding.file}:{finding.line}" if finding.line else finding.file
            write_line(f"{place}: {finding.severity}: {finding.code}: {finding.message}")
        files = len({finding.file for finding in findings})
        count = len(findings)
        say(
            f"{_several(count, 'finding')} in {_several(files, 'file')}" if count else "no findings"
        )
    return 1 if findings else 0


def _holds_rules(path: Path) -> bool:
    """Say whether a path is a rule file by what it says of itself."""
    if not path.is_file() or path.suffix not in (".yaml", ".yml"):
        return False
    from ..store.texts import read_bytes

    return _RULES.search(read_bytes(path)) is not None


def _of_rules(path: Path, root: Path | None = None) -> list[Finding]:
    """Return what is wrong with a rule file, named relative to a folder if one is given."""
    from ..store.set_checks import finding_of
    from ..suggest.rules.files import rule_problems

    name = str(path if root is None else root / path)
    found = rule_problems(path if root is None else root / path)
    return [finding_of(problem._replace(file=name), "rules") for problem in found]


def _of_project(path: Path) -> list[Finding]:
    """Return what is wrong with the rule files that a project's settings name."""
    from ..store.config import load_config
    from ..store.project import find_root
    from ..store.set_paths import CONFIG

    if not path.is_dir() and path.name != CONFIG:
        return []
    root = find_root(path if path.is_dir() else path.parent)
    if root.resolve() != (path if path.is_dir() else path.parent).resolve():
        return []  # a part of a project
    try:
        rules = load_config(root / CONFIG).rules
    except AnnotatorError:
        return []  # it is told already
    return [finding for one in rules for finding in _of_rules(Path(one), root)]


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
