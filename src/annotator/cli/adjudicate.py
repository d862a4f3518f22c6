"""``annotator adjudicate PROJECT --from A B --into gold``: the app, deciding between annotators."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..domain.errors import AnnotatorError
from .open import check_terminal, existing_path, run_app
from .output import say, write_json, write_line

if TYPE_CHECKING:
    from ..quality.overruled import Overruled
    from ..session.workspace import Workspace

GOLD = "gold"
_COLUMNS = ("decided", "kept", "attributes", "bounds", "label", "dropped", "added", "open")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator adjudicate``."""
    parser.add_argument("path", metavar="PROJECT", help="a text, a folder or a project")
    parser.add_argument(
        "--from",
        dest="sources",
        metavar="NAME",
        nargs="+",
        help="whose spans to decide between: people or model:NAME (all people of the project)",
    )
    parser.add_argument("--into", metavar="NAME", default=GOLD, help="whose set is written (gold)")
    parser.add_argument("--keymap", metavar="NAME", help="default, vim, emacs, or a file")
    parser.add_argument("--theme", metavar="NAME", help="colours")
    parser.add_argument(
        "--report", action="store_true", help="only tell who was overruled how often"
    )
    parser.add_argument("--json", action="store_true", help="tell it as JSON; goes with --report")


def run(arguments: Namespace) -> int:
    """Open the app on the disagreements, then tell who was overruled how often.

    Raises:
        AnnotatorError: there is nothing at the path, or there are no annotators to decide between.
    """
    from ..session.workspace import Workspace
    from ..session_options import OpenOptions
    from ..store.project import open_project

    path = existing_path(arguments.path)
    project = open_project(path, annotator=arguments.into)
    known = project.annotators()
    sources = arguments.sources or [
        name for name in known if ":" not in name and name != arguments.into
    ]
    _check(sources, known, arguments.into)
    if not arguments.report:
        check_terminal()
        options = OpenOptions(
            path=path,
            annotator=arguments.into,
            keymap=arguments.keymap,
            theme=arguments.theme,
            adjudicated=tuple(sources),
            annotator_given=True,
        )
        status = run_app(options)
        if status:
            return status
    workspace = Workspace(project, arguments.into, read_only=True)
    _tell(overruled(workspace, sources), as_json=arguments.json)
    return 0


def _check(sources: list[str], known: list[str], into: str) -> None:
    missing = [name for name in sources if name not in known]
    if missing:
        there = f"there are {', '.join(known)}" if known else "the project has none"
        raise AnnotatorError(f"nobody of the name {missing[0]!r} has annotated anything", there)
    if into in sources:
        raise AnnotatorError(f"--into {into} cannot be one of those to decide between")
    if not sources:
        raise AnnotatorError("nobody has annotated anything here", "name sets with --from")


def overruled(workspace: Workspace, sources: list[str]) -> dict[str, Overruled]:
    """Return what became of each annotator's spans in the documents that were adjudicated.

    Args:
        workspace: the project, with the gold set's annotator.
        sources: the annotators.
    """
    from ..quality.overruled import Overruled, compare_with_gold

    totals = {name: Overruled() for name in sources}
    for position, entry in enumerate(workspace.documents):
        paths = workspace.project.paths(entry, workspace.annotator)
        # After a kill there may be a journal alone.
        if not paths.annotations.exists() and not paths.journal.exists():
            continue
        document = workspace.project.load_document(entry)
        gold = workspace.set_of(position, document, workspace.annotator)
        for name in sources:
            theirs = workspace.set_of(position, document, name)
            if gold is not None and theirs is not None:
                totals[name].add(compare_with_gold(theirs, gold, workspace.scheme.labels))
    return totals


def _tell(totals: dict[str, Overruled], *, as_json: bool) -> None:
    if as_json:
        write_json({name: {"decided": t.total, **asdict(t)} for name, t in totals.items()})
        return
    if not any(total.total or total.added or total.open for total in totals.values()):
        say("nothing was adjudicated yet")
        return
    width = max(len("annotator"), *map(len, totals))
    write_line(f"{'annotator':{width}}  {'overruled':>9}  " + "  ".join(_COLUMNS))
    for name, total in totals.items():
        share = f"{total.overruled / total.total:.0%}" if total.total else "–"
        row = {"decided": total.total, **asdict(total)}
        cells = "  ".join(f"{row[column]:>{len(column)}}" for column in _COLUMNS)
        write_line(f"{name:{width}}  {share:>9}  {cells}")
