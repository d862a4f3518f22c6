"""Agreement over a project: reads the sets of its annotators and has them compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..quality.agreement.counting import Counted, Wanted, count_document
from ..store.documents import DocumentEntry
from ..store.project import Project
from ..store.set_store import SetStore


class Read(NamedTuple):
    """The sets of one document.

    Attributes:
        document: the text.
        sets: by annotator, those that there are; spans stand where they are in the text.
        notes: what was moved or could not be read.
    """

    document: Document
    sets: dict[str, AnnotationSet]
    notes: list[str]


def count_project(
    project: Project,
    names: Sequence[str],
    wanted: Wanted,
    advance: Callable[[int], None] = lambda _: None,
) -> tuple[list[Counted], list[str]]:
    """Compare annotators in every document that at least one of them annotated.

    Args:
        project: the project.
        names: the annotators.
        wanted: what to look at.
        advance: called for each document with the number of its sets.

    Returns:
        What was counted in each document, and lines about what was moved or left out.
    """
    counted: list[Counted] = []
    notes: list[str] = []
    for entry in project.documents:
        read = read_sets(project, entry, names)
        advance(len(read.sets) if read else 0)
        if read is None:
            continue
        notes += read.notes
        if read.sets:
            document = read.document
            counted.append(count_document(document.id, document.text, read.sets, wanted))
    return counted, notes


def read_sets(project: Project, entry: DocumentEntry, names: Sequence[str]) -> Read | None:
    """Read what annotators said about a document; None if none of them said anything.

    A text or set that cannot be read is left out and said. A text that changed under a set has
    its spans moved to where they are now; those that are nowhere are left out, and both is said.
    """
    paths = {name: project.paths(entry, name) for name in names}
    there = {
        name: path
        for name, path in paths.items()
        if path.annotations.exists() or path.journal.exists()
    }
    if not there:
        return None
    try:
        document = project.load_document(entry)
    except AnnotatorError as error:
        return Read(Document.of(entry.id, ""), {}, [f"{entry.id}: left out: {error}"])
    read = Read(document, {}, [])
    for name, path in there.items():
        try:
            store = SetStore.open(path, document, name, project.scheme.id, read_only=True)
        except AnnotatorError as error:
            read.notes.append(f"{entry.id}: set of {name} left out: {error}")
            continue
        store.close()
        read.notes.extend(f"{entry.id}: {name}: {notice}" for notice in store.notices)
        if store.annotations.is_annotated:
            read.sets[name] = store.annotations
    return read
