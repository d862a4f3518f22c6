"""``annotator agree PROJECT``: how far annotators agree, as a table, JSON or a page."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .open import existing_path
from .output import say, write, write_json

if TYPE_CHECKING:
    from ..quality.agreement.report import Report
    from ..store.project import Project

FORMATS = ("text", "json", "html")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator agree``."""
    parser.add_argument("path", metavar="PROJECT", help="a text, a folder or a project")
    parser.add_argument(
        "--annotators",
        metavar="NAME",
        nargs="+",
        help="whom to compare: people or model:NAME (all people of the project but gold)",
    )
    parser.add_argument(
        "--label", metavar="LABEL", nargs="+", default=[], help="look at these labels only"
    )
    parser.add_argument(
        "--furniture", action="store_true", help="look at labels of page furniture, too"
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="of the report (text)")
    parser.add_argument("-o", dest="output", metavar="OUT", help="a file to write it to")
    parser.add_argument(
        "--bootstrap",
        metavar="N",
        type=_draws,
        default=0,
        help="draw the documents N times for 95%% intervals, 1000 for instance",
    )
    parser.add_argument("--seed", metavar="S", type=_count, default=0, help="of the draws (0)")
    parser.add_argument(
        "--gamma", action="store_true", help="gamma of each pair, too; needs annotator[gamma]"
    )
    parser.add_argument(
        "--gamma-seconds",
        metavar="SECONDS",
        type=_count,
        default=60,
        help="most seconds that gamma may take for a pair (60)",
    )


def run(arguments: Namespace) -> int:
    """Compare annotators and tell.

    Raises:
        AnnotatorError: there is nothing at the path, or there are no two annotators to compare.
    """
    from ..store.project import open_project

    project = open_project(existing_path(arguments.path))
    names = _names(arguments.annotators, project.annotators())
    _check_labels(arguments.label, project)
    _tell(compare(project, names, arguments), arguments)
    return 0


def compare(project: Project, names: list[str], arguments: Namespace) -> Report:
    """Return the report on some annotators of a project.

    Args:
        project: the project.
        names: two annotators or more.
        arguments: of the command line.
    """
    from ..quality.agreement.bootstrap import Bootstrap
    from ..quality.agreement.counting import Wanted
    from ..quality.agreement.report import build_report
    from ..session.agreement import count_project
    from .progress import Progress

    if arguments.gamma:
        from ..quality.agreement.gamma import check_gamma

        check_gamma()
    wanted = Wanted(
        project.scheme, tuple(arguments.label), arguments.furniture, keep_spans=arguments.gamma
    )
    progress = Progress(len(project.documents), "documents", "sets")
    counted, notes = count_project(project, names, wanted, progress.advance)
    progress.finish()
    bootstrap = Bootstrap(arguments.bootstrap, arguments.seed) if arguments.bootstrap else None
    report = build_report(names, counted, [*project.notices, *notes], bootstrap)
    if arguments.gamma:
        from ..quality.agreement.gamma import with_gamma

        say("gamma is being computed")
        return with_gamma(report, counted, arguments.gamma_seconds, arguments.seed)
    return report


def _names(asked: list[str] | None, known: list[str]) -> list[str]:
    names = asked or [name for name in known if ":" not in name and name != "gold"]
    names = list(dict.fromkeys(names))
    missing = [name for name in names if name not in known]
    if missing:
        there = f"there are {', '.join(known)}" if known else "the project has none"
        raise AnnotatorError(f"nobody of the name {missing[0]!r} has annotated anything", there)
    if len(names) < 2:
        there = f"there are {', '.join(known)}" if known else "nobody has annotated anything here"
        raise AnnotatorError(
            "agreement needs two annotators", f"{there}; name two: --annotators A B"
        )
    return names


def _check_labels(labels: list[str], project: Project) -> None:
    known = project.scheme.labels
    for label in labels:
        if label not in known:
            raise AnnotatorError(f"the scheme has no label {label!r}", f"it has {', '.join(known)}")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError(f"{text!r} is not a whole number of at least 0")
    return int(text)


def _draws(text: str) -> int:
    from ..quality.agreement.bootstrap import MOST_DRAWS

    number = _count(text)
    if number > MOST_DRAWS:
        raise ArgumentTypeError(f"{text} is more than {MOST_DRAWS:,}")
    return number


def _tell(report: Report, arguments: Namespace) -> None:
    for note in report.notes:
        say(note)
    if arguments.format == "json":
        from .agree_json import report_to_json

        data = report_to_json(report)
        if not arguments.output:
            write_json(data)
            return
        import json

        text = json.dumps(data, indent=2) + "\n"
    elif arguments.format == "html":
        from .agree_page import report_to_html

        text = report_to_html(report)
    else:
        from .agree_text import report_to_text

        text = report_to_text(report)
    if arguments.output:
        from ..store.atomic import write_atomic

        write_atomic(Path(arguments.output), text.encode("utf-8", "backslashreplace"))
        say(f"wrote {arguments.output}")
    else:
        write(text)
        sys.stdout.flush()
