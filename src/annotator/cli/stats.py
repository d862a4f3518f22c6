"""``annotator stats PROJECT``: spans, coverage, decisions, time and keys."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .open import existing_path, known_annotators
from .output import say, write_json, write_line
from .progress import Progress

if TYPE_CHECKING:
    from ..session.workspace import Workspace


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator stats``."""
    parser.add_argument("path", metavar="PROJECT", help="a text, a folder or a project")
    parser.add_argument("--annotator", metavar="NAME", nargs="+", help="whose sets (all people's)")
    parser.add_argument("--furniture", action="store_true", help="count page furniture, too")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("-o", "--output", metavar="FILE.html", help="write an HTML page")


def run(arguments: Namespace) -> int:
    """Print the statistics of each annotator.

    Raises:
        AnnotatorError: there is nothing at the path, or a set cannot be read.
    """
    from ..session.workspace import Workspace
    from ..store.project import open_project
    from .stats_report import html_page, text_lines

    project = open_project(existing_path(arguments.path))
    people = [name for name in project.annotators() if ":" not in name]
    names = known_annotators(project, arguments.annotator or people)
    workspace = Workspace(project, project.annotator, read_only=True)
    found = _collect(workspace, names, furniture=arguments.furniture)
    if arguments.output:
        from ..store.atomic import write_atomic

        target = Path(arguments.output)
        data = html_page(found).encode("utf-8", "backslashreplace")
        write_atomic(target, data, temporary=target.with_name(f".{target.name}.tmp"))
        say(f"wrote {target}")
    if arguments.json:
        write_json(found)
    elif not arguments.output:
        for line in text_lines(found):
            write_line(line)
    if not found:
        say("nobody has annotated anything here")
    return 0


def _collect(
    workspace: Workspace, names: list[str], *, furniture: bool
) -> dict[str, dict[str, Any]]:
    from ..quality.statistics import Statistics
    from ..session.work_time import days_of
    from ..store.journal_history import Action, read_actions

    labels = workspace.scheme.labels.values()
    left_out = frozenset(one.name for one in labels if one.furniture and not furniture)
    free = frozenset(
        f"{label.name}.{name}"
        for label in labels
        for name, attribute in label.attributes.items()
        if not attribute.values
    )
    counts = {name: Statistics() for name in names}
    actions: dict[str, list[Action]] = {name: [] for name in names}
    progress = Progress(len(workspace.documents), "documents", "code points")
    for place, entry in enumerate(workspace.documents):
        wanted = []
        for name in names:
            paths = workspace.project.paths(entry, name)
            if paths.annotations.exists() or paths.journal.exists():
                wanted.append(name)
        document = workspace.project.load_document(entry) if wanted else None
        for name in wanted:
            if document is None:
                continue
            theirs = workspace.set_of(place, document, name)
            if theirs is not None:
                counts[name].add(theirs, left_out, free)
            done, damaged = read_actions(workspace.project.paths(entry, name).journal)
            actions[name] += done
            if damaged:
                progress.say(f"{entry.id} ({name}): {len(damaged)} damaged journal lines left out")
        progress.advance()
    progress.finish()
    return {
        name: {
            **counts[name].to_json(),
            "days": {day: work.to_json() for day, work in days_of(actions[name]).items()},
        }
        for name in names
    }
