"""``annotator history DOC``: who changed what when, from the journals."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..domain.errors import AnnotatorError
from ..domain.span import Relation, Span
from .open import existing_path, known_annotators
from .output import say, write_json, write_line

if TYPE_CHECKING:
    from ..store.journal_history import Action

_LONGEST = 60


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator history``."""
    parser.add_argument("path", metavar="DOC", help="a text, a folder or a project")
    parser.add_argument("--annotator", metavar="NAME", nargs="+", help="whose actions (all)")
    parser.add_argument("--since", metavar="TIME", default="", help="UTC: 2026-11-24, or ...T16:30")
    parser.add_argument("--span", metavar="ID", help="only what touched a span or relation")
    parser.add_argument("--json", action="store_true", help="print the actions as JSON")


def run(arguments: Namespace) -> int:
    """Print a line for each action, oldest first; damaged journal lines are told of.

    Raises:
        AnnotatorError: there is nothing at the path, or a journal cannot be read.
    """
    from ..store.journal_history import read_actions
    from ..store.project import open_project

    project = open_project(existing_path(arguments.path))
    names = known_annotators(project, arguments.annotator or project.annotators())
    since = _moment(arguments.since)
    found: list[tuple[str, str, Action]] = []
    for entry in project.documents:
        for name in names:
            actions, damaged = read_actions(project.paths(entry, name).journal)
            for line in damaged:
                say(f"{project.paths(entry, name).journal}:{line}: damaged, left out")
            found += [(entry.id, name, action) for action in actions]
    found = [
        one
        for one in found
        if one[2].time >= since and (arguments.span is None or arguments.span in one[2].ids)
    ]
    found = _in_order(found)
    if arguments.json:
        write_json([_to_json(*one) for one in found])
        return 0
    for document, name, action in found:
        keys = f" {action.keys} keys" if action.keys else ""
        write_line(f"{action.time} {name} {document}: {action.told}{keys}{_quotes(action)}")
    if not found:
        say("no action in the journals")
    return 0


def _moment(text: str) -> str:
    """Return a time that a person gave, in UTC, as the journals have it.

    Raises:
        AnnotatorError: it is none.
    """
    if not text:
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        hint = "2026-11-24, 2026-11-24T16:30 or 2026-11-24T16:30+01:00"
        raise AnnotatorError(f"{text!r} is no time", hint) from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _in_order(found: list[tuple[str, str, Action]]) -> list[tuple[str, str, Action]]:
    """Return actions by time; those of one journal stay in its order if its clock went back."""
    latest: dict[tuple[str, str], str] = {}
    timed: list[tuple[str, tuple[str, str, Action]]] = []
    for one in found:
        document, name, action = one
        time = max(action.time, latest.get((document, name), ""))
        latest[document, name] = time
        timed.append((time, one))
    return [one for _, one in sorted(timed, key=lambda entry: entry[0])]


def _quotes(action: Action) -> str:
    spans = [item for item in action.items if isinstance(item, Span)]
    if not spans:
        links = [item for item in action.items if isinstance(item, Relation)]
        told = [f"{link.id} {link.type} {link.source} -> {link.target}" for link in links]
        return f" {', '.join(told)}" if told else ""
    quote = spans[0].quote.replace("\n", "⏎")
    shown = f"{quote[:_LONGEST]}..." if len(quote) > _LONGEST else quote
    more = f" and {len(spans) - 1} more" if len(spans) > 1 else ""
    return f" {spans[0].id} «{shown}»{more}"


def _to_json(document: str, annotator: str, action: Action) -> dict[str, Any]:
    return {
        "time": action.time,
        "annotator": annotator,
        "document": document,
        "kind": action.kind,
        "name": action.name,
        "at": action.at,
        "keys": action.keys,
        "ids": sorted(action.ids),
        "quotes": [item.quote for item in action.items if isinstance(item, Span)],
    }
