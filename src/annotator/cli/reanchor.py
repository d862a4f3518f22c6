"""``annotator reanchor PATH``: moves spans to where their words are after an article was edited."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING, Any

from ..domain.errors import AnnotatorError
from ..domain.span import Span
from ..text.lines import LineTable
from .open import existing_path, known_annotators
from .output import say, write_json, write_line
from .progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..session.reanchoring import Fate, Reanchored
    from ..store.documents import DocumentEntry
    from ..store.project import Project

_OUTCOMES = ("moved", "recovered", "doubtful", "orphan", "dropped")
_LONGEST = 60


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator reanchor``."""
    parser.add_argument("path", metavar="PATH", help="a text, a folder or a project")
    parser.add_argument("--annotator", metavar="NAME", nargs="+", help="whose sets (all people's)")
    parser.add_argument(
        "--old",
        metavar="OLD",
        help="the text, or a folder of texts, as before the edit; where no copy was kept",
    )
    parser.add_argument(
        "--drop",
        metavar="ID",
        nargs="+",
        default=[],
        help="drop these orphans of PATH, and their links: nobody misses them",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, write nothing"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: Namespace) -> int:
    """Re-anchor and report; return 1 when a span is doubtful or an orphan.

    Raises:
        AnnotatorError: there is nothing at the path, a set cannot be read or written, or there is
            no orphan to be dropped. What was done before is told first.
    """
    from ..session.reanchoring import reanchor_document
    from ..store.project import open_project

    project = open_project(existing_path(arguments.path))
    names = known_annotators(project, arguments.annotator or project.annotators())
    older = _older_texts(existing_path(arguments.old), project) if arguments.old else None
    progress = Progress(len(project.documents), "documents", "code points")
    found: list[Reanchored] = []
    try:
        for entry in project.documents:
            # It grows one by one: a set that cannot be written must not hide what was done before.
            found.extend(
                reanchor_document(
                    project,
                    entry,
                    names,
                    dry_run=arguments.dry_run,
                    older=older or (lambda _: None),
                    drop=arguments.drop,
                )
            )
            progress.advance()
    except AnnotatorError:
        progress.finish()
        if found:
            _report(found, arguments)
        raise
    progress.finish()
    total = _report(found, arguments)
    dropped = {fate.before.id for one in found for fate in one.fates if fate.outcome == "dropped"}
    if missing := [name for name in arguments.drop if name not in dropped]:
        raise AnnotatorError(f"no orphan {', '.join(missing)}", "annotator audit names them")
    return 1 if total["doubtful"] or total["orphan"] else 0


def _report(found: list[Reanchored], arguments: Namespace) -> Counter[str]:
    """Print what became of the sets; return how many spans had each outcome."""
    total: Counter[str] = Counter(fate.outcome for one in found for fate in one.fates)
    if arguments.json:
        write_json([_to_json(one) for one in found])
    else:
        for one in found:
            _tell(one)
    done = ", ".join(f"{total[name]} {name}" for name in _OUTCOMES if total[name])
    if not found:
        say("no text has changed under its annotations")
    else:
        say(f"{done or 'every span is where it was'}{'; nothing written' * arguments.dry_run}")
    return total


def _older_texts(path: Path, project: Project) -> Callable[[DocumentEntry], str | None]:
    """Return what finds a document's text in another version of the project, or in one file."""
    from ..store.project import open_project
    from ..store.texts import read_text

    if path.is_file() and path.suffix != ".jsonl":
        alone = read_text(path, project.encoding)[0]
        return lambda _: alone
    other = open_project(path)
    entries = {entry.id: entry for entry in other.documents}

    def older(entry: DocumentEntry) -> str | None:
        known = entries.get(entry.id)
        return other.load_document(known).text if known is not None else None

    return older


def _tell(one: Reanchored) -> None:
    lines = LineTable(one.text)
    write_line(f"{one.document} ({one.annotator}): {one.unchanged} where they were")
    for fate in one.fates:
        before = fate.before
        quote = before.quote.replace("\n", "⏎")
        shown = f"{quote[:_LONGEST]}..." if len(quote) > _LONGEST else quote
        write_line(f"  {fate.outcome:9} {_where(fate, lines)} {before.label} {before.id} «{shown}»")


def _where(fate: Fate, lines: LineTable) -> str:
    old = f"[{fate.before.start}, {fate.before.end})"
    if fate.outcome == "dropped":
        return old
    if not fate.now:
        gone = "nowhere" if fate.outcome == "orphan" else "kept as an orphan: it was turned down,"
        return f"{old} -> {gone}"
    best, *others = fate.now
    line, column = lines.place(best.start)
    found = f"{line}:{column} [{best.start}, {best.end})"
    if fate.outcome in ("moved", "recovered"):
        return f"{old} -> {found}"
    also = [f"{line}:{column}" for line, column in (lines.place(one.start) for one in others)]
    return f"{old} -> perhaps {', or '.join([found, *also])}"


def _to_json(one: Reanchored) -> dict[str, Any]:
    return {
        "document": one.document,
        "annotator": one.annotator,
        "unchanged": one.unchanged,
        "spans": [
            {
                "outcome": fate.outcome,
                "id": fate.before.id,
                "label": fate.before.label,
                "before": _place(fate.before),
                "now": _place(fate.now[0]) if fate.now else None,
                "alternatives": [_place(one) for one in fate.now[1:]],
            }
            for fate in one.fates
        ],
    }


def _place(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}
