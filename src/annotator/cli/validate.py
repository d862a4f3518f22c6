"""``annotator validate PATH``: checks annotation files and projects."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from ..domain.errors import AnnotatorError
from .output import say, write_json, write_line


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator validate``."""
    parser.add_argument("path", metavar="PATH", help="an annotation file, a folder or a project")
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
    findings = validate(path)
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


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
