"""``annotator export PATH --to FORMAT``: writes annotations in another program's format."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .format_options import add_format_options, format_choices, given_options
from .output import say, write_json
from .steps import counted

if TYPE_CHECKING:
    from ..formats.base import Format
    from ..formats.targets import FileTarget, FolderTarget, StreamTarget
    from ..session.exporting import ExportReport


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator export``."""
    names = ", ".join(format_.name for format_ in format_choices("write"))
    parser.add_argument("path", metavar="PATH", help="a text, a folder, a .jsonl file or a project")
    parser.add_argument("--to", metavar="FORMAT", required=True, help=f"one of {names}")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        default="-",
        help="the file, or the folder for formats of many files (standard output)",
    )
    parser.add_argument(
        "--annotator",
        metavar="NAME",
        nargs="+",
        action="extend",
        default=[],
        help="whose annotations (everybody's but those of models)",
    )
    parser.add_argument("--furniture", action="store_true", help="also page furniture")
    parser.add_argument(
        "--rejected", action="store_true", help="also rejected candidates and relations"
    )
    parser.add_argument("--skipped", action="store_true", help="also skipped documents")
    parser.add_argument(
        "--strict", action="store_true", help="write nothing if the format cannot hold everything"
    )
    parser.add_argument("--scheme", metavar="NAME", help="labels and relations: a name or a file")
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of the texts (%(default)s)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the report as JSON; needs -o with a name"
    )
    add_format_options(parser, "write")


def run(arguments: Namespace) -> int:
    """Export; return 1 when the format cannot hold everything and that was asked for.

    Raises:
        AnnotatorError: wrong usage, or something cannot be read or written.
    """
    from ..formats.registry import load_format
    from ..session.exporting import Selection, export_project
    from ..store.project import open_project
    from .open import check_encoding

    check_encoding(arguments.encoding)
    if arguments.json and arguments.output == "-":
        raise AnnotatorError(
            "--json prints to standard output, so does the export", "name a file with -o"
        )
    format_ = load_format(arguments.to)
    project = open_project(
        Path(arguments.path), encoding=arguments.encoding, scheme=arguments.scheme
    )
    output = format_.output_for(format_.settings("write", given_options(arguments)))
    target = _target(format_, output, arguments.output)
    with counted("documents") as progress:
        report = export_project(
            project,
            format_,
            target,
            selection=Selection(
                tuple(arguments.annotator),
                furniture=arguments.furniture,
                rejected=arguments.rejected,
                skipped=arguments.skipped,
            ),
            options=given_options(arguments),
            strict=arguments.strict,
            progress=progress,
            before_commit=lambda found: None if arguments.json else _tell(found, format_),
        )
    if arguments.json:
        write_json(_as_json(report))
    elif report.written:
        where = ", ".join(map(str, report.files)) or "standard output"
        say(
            f"wrote {_several(report.spans, 'span')} and {_several(report.relations, 'relation')}"
            f" in {_several(report.documents, 'document')} to {where}"
        )
    else:
        say("nothing was written, as --strict asks")
    return 0 if report.written else 1


def _target(format_: Format, kind: str, output: str) -> FileTarget | FolderTarget | StreamTarget:
    from ..formats.targets import FileTarget, FolderTarget, StreamTarget

    if kind == "folder":
        if output == "-":
            raise AnnotatorError(f"{format_.name} writes a folder", "name it with -o")
        return FolderTarget(Path(output))
    return StreamTarget(sys.stdout.buffer.write) if output == "-" else FileTarget(Path(output))


def _tell(report: ExportReport, format_: Format) -> None:
    """Say on stderr what is not in the export, before it takes its place."""
    for notice in report.notices:
        say(notice)
    for count, what, flag in (
        (report.furniture, "spans of page furniture", "--furniture"),
        (report.rejected, "rejected candidates", "--rejected"),
        (report.rejected_relations, "rejected relations", "--rejected"),
        (report.skipped, "skipped documents", "--skipped"),
    ):
        if count:
            say(f"left out: {count} {what} ({flag} takes them along)")
    if report.unlinked:
        say(f"left out: {report.unlinked} relations of spans that are left out")
    for loss in report.losses:
        say(f"{format_.name} cannot hold: {loss.count} {loss.title}")


def _as_json(report: ExportReport) -> dict[str, object]:
    data = asdict(report)
    data["files"] = [str(path) for path in report.files]
    return data


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
