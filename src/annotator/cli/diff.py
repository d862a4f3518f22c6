"""``annotator diff A B``: what differs between two annotation sets of a document."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.errors import AnnotatorError
from .open import existing_path, known_annotators
from .output import say, write_json

if TYPE_CHECKING:
    from ..quality.differences import Differences


class Compared(NamedTuple):
    """Two sets of one document, and the text where it is at hand.

    Attributes:
        document: its id.
        sets: the two sets.
        text: the text that both speak of; None where there is none.
    """

    document: str
    sets: tuple[AnnotationSet, AnnotationSet]
    text: str | None


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of ``annotator diff``."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="two annotation files; or one document or project, with --annotators",
    )
    parser.add_argument(
        "--annotators", metavar="NAME", nargs=2, help="whose sets of the documents to compare"
    )
    parser.add_argument("--json", action="store_true", help="print the differences as JSON")


def run(arguments: Namespace) -> int:
    """Print what differs; return 1 when anything does.

    Raises:
        AnnotatorError: a set cannot be read, or the two are of different documents.
    """
    from ..quality.differences import differences

    wanted = 1 if arguments.annotators else 2
    if len(arguments.paths) != wanted:
        what = "one path beside --annotators" if wanted == 1 else "two annotation files"
        raise AnnotatorError(f"diff takes {what}", "see annotator diff --help")
    found: list[tuple[Compared, Differences]] = []
    compared = 0
    for one in _compared(arguments):
        compared += 1
        differing = differences(*one.sets)
        if differing:
            found.append((one, differing))
    _tell(found, compared, as_json=arguments.json)
    return 1 if found else 0


def _compared(arguments: Namespace) -> Iterator[Compared]:
    if arguments.annotators:
        return _by_annotators(existing_path(arguments.paths[0]), arguments.annotators)
    return iter([_of_files(*map(Path, arguments.paths))])


def _of_files(one: Path, other: Path) -> Compared:
    sets = _load(one), _load(other)
    ids = [found.document.id for found in sets]
    if ids[0] != ids[1]:
        raise AnnotatorError(f"{one} is about {ids[0]!r}, {other} about {ids[1]!r}")
    texts = (_text_of(path, sets[1]) for path in (other, one))
    return Compared(ids[0], sets, next((text for text in texts if text is not None), None))


def _load(path: Path) -> AnnotationSet:
    from ..store.texts import unreadable
    from ..store.yaml_reader import load_set

    try:
        data = path.read_bytes()  # a pipe, too: diff <(git show HEAD:FILE) FILE
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError):
            hint = "name two annotation files, or --annotators A B"
            raise AnnotatorError(f"{path} is a folder", hint) from None
        raise unreadable(error, path) from None
    return load_set(data, str(path)).annotations


def _text_of(path: Path, annotations: AnnotationSet) -> str | None:
    """Return the text that a set speaks of, if it lies where its project has it, unchanged."""
    from ..store.project import find_root, open_project

    known = annotations.document
    root = find_root(path.absolute().parent)
    files = dict.fromkeys((known.id, known.id.rpartition("#")[0]))
    for file in filter(None, files):
        with suppress(AnnotatorError):
            project = open_project(root / file, encoding=known.encoding)
            entry = next((one for one in project.documents if one.id == known.id), None)
            if entry is not None:
                document = project.load_document(entry)
                return document.text if document.sha256 == known.sha256 else None
    return None


def _by_annotators(path: Path, names: list[str]) -> Iterator[Compared]:
    from ..session.workspace import Workspace
    from ..store.project import open_project

    project = open_project(path)
    known_annotators(project, names)
    workspace = Workspace(project, names[0], read_only=True)
    for place, entry in enumerate(workspace.documents):
        if not any(project.paths(entry, name).annotations.exists() for name in names):
            continue
        document = project.load_document(entry)
        one, other = (workspace.set_of(place, document, name) for name in names)
        if one is None or other is None:
            missing = names[0] if one is None else names[1]
            say(f"{entry.id}: nothing by {missing}, not compared")
            continue
        yield Compared(entry.id, (one, other), document.text)


def _tell(found: list[tuple[Compared, Differences]], compared: int, *, as_json: bool) -> None:
    from .diff_report import DiffReport, to_json

    if as_json:
        write_json([to_json(one.document, one.sets, d, one.text) for one, d in found])
        return
    report = DiffReport.for_stdout()
    for one, differing in found:
        report.write(one.document, one.sets, differing, one.text)
    if not compared:
        say("no document has sets of both")
    elif not found:
        say("no differences")
