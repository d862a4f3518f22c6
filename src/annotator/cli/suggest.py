"""``annotator suggest PATH``: has the suggesters read a project, and writes what they propose."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .open import check_encoding, existing_path
from .output import say, write_json
from .stdin import STDIN

if TYPE_CHECKING:
    from ..store.project import Project
    from .suggest_report import Summary
    from .suggest_workers import Workers


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator suggest``."""
    parser.add_argument(
        "path",
        metavar="PATH",
        help="a text, a folder, a .jsonl file or a project; - reads one text from standard input "
        "and prints what is proposed as JSON lines",
    )
    parser.add_argument(
        "--model",
        metavar="NAME",
        action="append",
        default=[],
        help="only this suggester; may be repeated (all of the project)",
    )
    parser.add_argument(
        "--jobs", metavar="N", type=int, help="worker processes (as many as there are processors)"
    )
    parser.add_argument(
        "--force", action="store_true", help="also what is current or was changed by hand"
    )
    parser.add_argument("--scheme", metavar="NAME", help="labels and relations: a name or a file")
    parser.add_argument(
        "--encoding", metavar="CODEC", default="utf-8", help="encoding of the texts (%(default)s)"
    )
    pipeline = parser.add_mutually_exclusive_group()
    pipeline.add_argument("--pipeline", metavar="NAME", help="the spaCy pipeline for entities")
    pipeline.add_argument("--no-entities", action="store_true", help="look for no entities")
    parser.add_argument("--json", action="store_true", help="print a summary as JSON")


def run(arguments: Namespace) -> int:
    """Write the sets; return 2 when something went wrong with a document or a suggester.

    Raises:
        AnnotatorError: nothing could be done at all.
    """
    check_encoding(arguments.encoding)
    if arguments.jobs is not None and arguments.jobs < 1:
        raise AnnotatorError("--jobs needs a number from 1")
    if arguments.path == STDIN:
        from .suggest_stdin import suggest_stdin

        return suggest_stdin(arguments)
    return _suggest_project(arguments)


def _suggest_project(arguments: Namespace) -> int:
    from ..store.project import open_project
    from ..suggest.running.corpus_run import run_lock
    from .suggest_report import Summary
    from .suggest_workers import open_pool, processors

    project = open_project(
        existing_path(arguments.path), encoding=arguments.encoding, scheme=arguments.scheme
    )
    for notice in project.notices:
        say(f"annotator: {notice}")
    jobs = min(arguments.jobs or processors(), max(1, len(project.documents)))
    summary = Summary()
    with run_lock(project), open_pool(project, arguments, jobs) as workers:
        summary.problems += workers.problems
        summary.versions = {member.name: member.version for member in workers.pool.members}
        _go_through(project, workers, summary, force=arguments.force)
    if arguments.json:
        write_json(summary.to_json())
    else:
        for line in summary.lines():
            say(line)
    return 2 if summary.problems else 0


def _go_through(project: Project, workers: Workers, summary: Summary, *, force: bool) -> None:
    from ..store.resources import user_cache_dir
    from ..suggest.running.corpus_run import CorpusRun
    from .progress import Progress

    cache = user_cache_dir() / "entities"
    run = CorpusRun(project, workers.pool, workers.pipeline, cache, force=force)
    progress = Progress(len(project.documents), "documents", "words")
    try:
        for outcome in run.outcomes():
            if outcome is None:
                progress.tick()
                continue
            progress.advance(outcome.words)
            for line in summary.add(outcome):
                progress.say(f"annotator: {line}")
    finally:
        progress.finish()
        summary.seconds = progress.seconds
