"""``annotator import FILE --into PROJECT``: takes another program's file into a project."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .format_options import add_format_options, format_choices, given_options
from .output import say, write_json
from .steps import counted

if TYPE_CHECKING:
    from ..session.importing import ImportReport


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator import``."""
    names = ", ".join(format_.name for format_ in format_choices("read"))
    parser.add_argument("file", metavar="FILE", help="the file, or the folder for formats of many")
    parser.add_argument(
        "--from", metavar="FORMAT", dest="format", help=f"one of {names} (by its content)"
    )
    parser.add_argument(
        "--into", metavar="PROJECT", required=True, help="the project's folder; made if not there"
    )
    parser.add_argument(
        "--annotator", metavar="NAME", help="whose work it is (who the file says, or the format)"
    )
    parser.add_argument(
        "--map",
        metavar="OLD=NEW",
        nargs="+",
        action="extend",
        default=[],
        help="labels and relation types to rename; OLD= leaves them out",
    )
    parser.add_argument(
        "--unknown-labels",
        choices=("refuse", "add", "drop"),
        default="refuse",
        help="labels that the scheme lacks: refuse the file, add them to a new scheme file, or "
        "drop their spans (%(default)s)",
    )
    parser.add_argument("--scheme", metavar="NAME", help="labels and relations: a name or a file")
    parser.add_argument(
        "--status", metavar="STATUS", default="", help="of documents for which the file has none"
    )
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of text files (%(default)s)"
    )
    parser.add_argument(
        "--force", action="store_true", help="replace annotations that are there already"
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help="keep broken records aside instead of refusing the file",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    add_format_options(parser, "read")


def run(arguments: Namespace) -> int:
    """Import; return 1 when something was kept aside.

    Raises:
        AnnotatorError: wrong usage, a broken file, or a disk that refuses; the project is then
            as it was.
    """
    from ..formats.registry import guess_format, load_format
    from ..session.importing import ImportRequest, import_file, report_to_json
    from .open import check_encoding

    check_encoding(arguments.encoding)
    path = Path(arguments.file)
    if not path.exists():
        raise AnnotatorError(f"no such file or folder: {arguments.file!r}")
    if arguments.format is None:
        format_ = guess_format(path)
        say(f"{path} is taken for {format_.title} (--from {format_.name})")
    else:
        format_ = load_format(arguments.format)
    request = ImportRequest(
        path=path,
        format=format_,
        into=Path(arguments.into),
        options=given_options(arguments),
        annotator=arguments.annotator or "",
        rename_annotator=arguments.annotator is not None,
        labels=_mapping(arguments.map),
        unknown_labels=arguments.unknown_labels,
        scheme=arguments.scheme,
        status=arguments.status,
        encoding=arguments.encoding,
        overwrite=arguments.force,
        keep_going=arguments.keep_going,
    )
    with counted("records") as progress:
        report = import_file(request, progress)
    if arguments.json:
        write_json(report_to_json(report))
    else:
        _tell(report, arguments.into)
    return 1 if report.aside else 0


def _mapping(pairs: list[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not old or not equals:
            raise AnnotatorError(f"--map takes no {pair!r}", "write OLD=NEW, or OLD= to leave out")
        mapping[old] = new
    return mapping


def _tell(report: ImportReport, into: str) -> None:
    for notice in report.notices:
        say(notice)
    if report.moved:
        say(f"{report.moved} spans stand elsewhere than the file says: found by their quotes")
    for label, count in report.dropped.items():
        say(f"left out: {count} of {label}")
    if report.scheme_file is not None:
        say(f"added {', '.join(report.added)} to the scheme {report.scheme_file}")
    if report.aside_file is not None:
        say(f"kept aside: {report.aside} that could not be placed, in {report.aside_file}")
    say(
        f"took in {report.documents} documents with {report.spans} spans and "
        f"{report.relations} relations; open them with: annotator {into}"
    )
