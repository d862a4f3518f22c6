"""``annotator twins PROJECT``: the same text unlabelled, or labelled differently, elsewhere."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..domain.errors import AnnotatorError
from .open import existing_path
from .output import say, write_json, write_line
from .progress import Progress

if TYPE_CHECKING:
    from ..domain.span import Span
    from ..session.corpus_twins import Twin
    from ..session.workspace import Workspace

_LONGEST = 60


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator twins``."""
    parser.add_argument("path", metavar="PROJECT", help="a folder, a .jsonl file or a project")
    parser.add_argument("--annotator", metavar="NAME", help="whose labels (the project's own)")
    parser.add_argument(
        "--document",
        metavar="ID",
        help="look for what is tagged in this document only, in all others",
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")


def run(arguments: Namespace) -> int:
    """Print the twins; return 1 when there are any.

    Raises:
        AnnotatorError: there is nothing at the path, nobody of the name, or no such document.
    """
    from ..quality.twins import TwinSearch
    from ..session.corpus_twins import look_through
    from ..session.workspace import Workspace
    from ..store.project import open_project

    project = open_project(existing_path(arguments.path))
    name = arguments.annotator or project.annotator
    there = project.annotators()
    if name not in there:
        hint = f"--annotator names one: {', '.join(there)}" if there else "the project has none"
        raise AnnotatorError(f"nobody of the name {name!r} has annotated anything", hint)
    workspace = Workspace(project, name, read_only=True)
    only = arguments.document or ""
    where = f"in {only}" if only else "in the project"
    search = TwinSearch(_tagged(workspace, only), project.scheme, where)
    found: list[Twin] = []
    unread = 0
    progress = Progress(len(workspace.documents), "documents", "code points")
    for looked in look_through(workspace, search, name, leave_out=only) if search else ():
        if looked.complaint:
            unread += 1
            progress.say(f"annotator: {looked.document} left out: {looked.complaint}")
        for twin in looked.twins:
            found.append(twin)
            if not arguments.json:
                write_line(_line(twin))
        progress.advance(looked.length)
    seconds = progress.seconds
    progress.finish()
    if arguments.json:
        write_json([_to_json(twin) for twin in found])
    say(_summary(found, progress, seconds, unread))
    return 1 if found else 0


def _tagged(workspace: Workspace, only: str) -> Iterator[Span]:
    """Yield the annotator's spans: of one document, or of all.

    Raises:
        AnnotatorError: the one document is not there, or has no set.
    """
    known = False
    for position, entry in enumerate(workspace.documents):
        if only and entry.id != only:
            continue
        known = True
        paths = workspace.project.paths(entry, workspace.annotator)
        if not paths.annotations.exists() and not paths.journal.exists():
            continue
        try:
            document = workspace.project.load_document(entry)
            own = workspace.set_of(position, document, workspace.annotator)
        except AnnotatorError:
            if only:
                raise
            continue  # it is said when it is looked through
        if own is not None:
            yield from own.spans.values()
    if only and not known:
        raise AnnotatorError(
            f"the project has no document {only!r}", "ids are as in the app's list"
        )


def _line(twin: Twin) -> str:
    quote = " ".join(twin.span.quote.split())
    short = quote if len(quote) <= _LONGEST else f"{quote[: _LONGEST - 1]}…"
    here = f"{twin.there} here" if twin.there else "unlabelled here"
    told = twin.reason if twin.there else f"{here}, {twin.reason}"
    return f"{twin.document}:{twin.line}:{twin.column}: {short}: {told}"


def _to_json(twin: Twin) -> dict[str, Any]:
    span = twin.span
    return {
        "document": twin.document,
        "line": twin.line,
        "column": twin.column,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "rule": span.origin.get("rule"),
        "label": span.label,
        "there": twin.there or None,
        "reason": twin.reason,
    }


def _summary(found: list[Twin], progress: Progress, seconds: float, unread: int) -> str:
    documents = len({twin.document for twin in found})
    several = "twin" if len(found) == 1 else "twins"
    told = f"{len(found):,} missed {several} in {documents:,} of {progress.total:,} documents"
    left_out = f", {unread:,} could not be read" if unread else ""
    return f"{told}{left_out} ({progress.measured:,} code points in {seconds:.1f} s)"
