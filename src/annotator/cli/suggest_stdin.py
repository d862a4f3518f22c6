"""``annotator suggest -``: one text from standard input, its candidates as JSON lines."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..store.project import open_settings
from ..suggest.running.plain import unpack
from ..suggest.sets import Stamp, to_set
from .output import say, write
from .stdin import read_stdin
from .suggest_workers import Workers, open_pool


def suggest_stdin(arguments: Namespace) -> int:
    """Print what is proposed for the text on standard input, under the current folder's settings.

    Each line is a span (``id``, ``label``, ``start``, ``end``, ``quote``, ``attributes``,
    ``origin``) or a relation (``id``, ``type``, ``from``, ``to``, ``attributes``, ``origin``), with
    the keys that they have in annotation files.

    Returns:
        2 when a suggester failed, else 0.

    Raises:
        AnnotatorError: the input is no text, or nothing could be asked.
    """
    project = open_settings(Path.cwd(), encoding=arguments.encoding, scheme=arguments.scheme)
    for notice in project.notices:
        say(f"annotator: {notice}")
    document = read_stdin(arguments.encoding)
    with open_pool(project, arguments, jobs=1) as workers:
        failed = dict(_failed(workers))
        for name, packed in _ask(workers, document, failed).items():
            version = next(one.version for one in workers.pool.members if one.name == name)
            found = unpack(packed, document.length)
            made = to_set(Stamp(name, version), document, project.scheme, found)
            for line in _lines(made):
                write(json.dumps(line) + "\n")
    return 2 if failed else 0


def _failed(workers: Workers) -> Iterator[tuple[str, str]]:
    return ((name, message) for _, name, message in workers.problems)


def _ask(workers: Workers, document: Document, failed: dict[str, str]) -> dict[str, Any]:
    pool = workers.pool
    wanted = workers.pipeline is not None and any(one.needs_entities for one in pool.members)
    pool.give(
        [
            {
                "text": document.text,
                "entities": None,
                "read": wanted,
                "names": [one.name for one in pool.members],
            }
        ]
    )
    while True:
        for answer in pool.wait(60):
            if answer.reply is None:
                raise AnnotatorError(answer.problem)
            for name, message in answer.reply["failed"].items():
                say(f"annotator: {name}: {message}")
            failed.update(answer.reply["failed"])
            found: dict[str, Any] = answer.reply["found"]
            return found


def _lines(made: AnnotationSet) -> Iterator[dict[str, Any]]:
    for span in made.index:
        yield {
            "id": span.id,
            "label": span.label,
            "start": span.start,
            "end": span.end,
            "quote": span.quote,
            "attributes": dict(span.attributes),
            "origin": dict(span.origin),
        }
    for relation in made.relations.values():
        yield {
            "id": relation.id,
            "type": relation.type,
            "from": relation.source,
            "to": relation.target,
            "attributes": dict(relation.attributes),
            "origin": dict(relation.origin),
        }
