"""``annotator audit PATH...``: what is open in articles, annotated or bare."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from .. import __version__
from ..domain.audit_rules import AUDIT_RULES, SEVERITIES, weight
from ..domain.errors import AnnotatorError
from .open import check_encoding
from .output import say, write_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..quality.audit.report import Tally
    from ..session.auditing import Audited
    from ..store.audit_config import Ignored
    from .audit_parts import Part
    from .audit_report import Output
    from .progress import Progress

FORMATS = ("text", "json", "sarif", "html", "junit")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator audit``."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="texts, folders, .jsonl files or projects; - for a text on standard input",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="(%(default)s)")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        help="exit with 1 when there is a finding of this severity or a heavier one (error)",
    )
    parser.add_argument("-o", "--output", metavar="OUT", help="write to a file, not to stdout")
    parser.add_argument(
        "--annotator",
        metavar="NAME",
        help="whose annotations (gold where there is one, else those of the project's annotator, "
        "else everybody's)",
    )
    parser.add_argument(
        "--rules",
        metavar="RULE,...",
        action="append",
        default=[],
        help="only these rules; may be repeated",
    )
    parser.add_argument("--list-rules", action="store_true", help="show the rules and end")
    parser.add_argument("--scheme", metavar="NAME", help="labels and relations: a name or a file")
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of the texts (%(default)s)"
    )
    parser.add_argument(
        "--entities", action="store_true", help="look for named entities too, which takes longer"
    )
    parser.add_argument("--pipeline", metavar="NAME", help="the spaCy pipeline for --entities")
    parser.add_argument("--jobs", metavar="N", type=int, help="most processes (one a processor)")


def run(arguments: Namespace) -> int:
    """Print what is open; return 1 when something weighs enough, 2 when a suggester failed.

    Raises:
        AnnotatorError: a path, the settings or a suggester cannot be used.
    """
    if arguments.list_rules:
        _list_rules()
        return 0
    check_encoding(arguments.encoding)
    if not arguments.paths:
        raise AnnotatorError("name what to audit", "annotator audit PATH")
    if arguments.jobs is not None and arguments.jobs < 1:
        raise AnnotatorError("--jobs needs a number from 1")
    if arguments.pipeline and not arguments.entities:
        raise AnnotatorError("--pipeline is for --entities", "give both")
    return _audit(arguments)


def _audit(arguments: Namespace) -> int:
    from ..quality.audit.report import Tally
    from .audit_parts import parts_of
    from .audit_report import Output
    from .progress import Progress

    parts = parts_of(arguments)
    fail_on = max((part.config.fail_on for part in parts), key=weight)
    output = Output(arguments.format, arguments.output, fail_on, __version__)
    tally, complete = Tally(), True
    progress = Progress(sum(len(part.entries) or 1 for part in parts), "documents", "words")
    try:
        for part in parts:
            for notice in part.notices:
                progress.say(f"annotator: {notice}")
            complete &= _go_through(part, arguments.jobs, output, tally, progress)
    finally:
        progress.finish()
    output.finish()
    say(tally.line())
    if not complete:
        return 2
    return 1 if tally.fails(fail_on) else 0


def _go_through(
    part: Part, jobs: int | None, output: Output, tally: Tally, progress: Progress
) -> bool:
    """Audit the documents of one project; return whether every suggester could be asked."""
    from ..quality.audit.accepting import unused

    complete = True
    used: set[int] = set()
    for result, problems in _audited(part, jobs):
        for problem in problems:
            progress.say(f"annotator: {result.file}: {problem}")
            complete = False
        tally.add(result)
        progress.advance()
        progress.finish()
        output.put(result)
        used.update(place for one in result.accepted for place in one.entries)
    if part.whole and complete:
        for place in unused(part.config.ignore, used, part.config.rules):
            progress.say(f"annotator: {_told(place, part.config.ignore[place])}")
    return complete


def _audited(part: Part, jobs: int | None) -> Iterable[Audited]:
    if part.given is not None:
        return [part.auditor.audit_text(part.given, "<stdin>")]
    from ..session.audit_pool import audit_all
    from .suggest_workers import processors

    return audit_all(part.auditor, part.entries, jobs or processors())


def _told(place: int, entry: Ignored) -> str:
    """Return that an entry of the settings accepts nothing."""
    what = ", ".join(f"{k} {v}" for k, v in entry._asdict().items() if v and k != "reason")
    return f"audit: ignore: entry {place + 1} ({what}) accepts nothing any more; take it out"


def _list_rules() -> None:
    for rule in AUDIT_RULES.values():
        write_line(f"{rule.id:24} {rule.severity:8} {rule.title}")
