"""The annotation sets that an audit rests on: people's own, and those that models left on disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..domain.annotations import MODEL_PREFIX, AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..store.documents import DocumentEntry
from ..store.journal_file import read_journal
from ..store.opening import load_state
from ..store.project import Project
from ..suggest.choice import candidate_annotators

GOLD = "gold"


class OwnSet(NamedTuple):
    """What a person said about a document.

    Attributes:
        annotations: spans stand where they are in the text as it is now.
        finished: whether the person marked this very text as done.
    """

    annotations: AnnotationSet
    finished: bool


class SetReader:
    """Reads the sets of a project's documents.

    Args:
        project: the project.
        annotator: whose sets are audited; empty for ``gold`` where there is one, else those of
            the project's annotator, else everybody's.

    Raises:
        AnnotatorError: nobody of that name has annotated anything here.
    """

    def __init__(self, project: Project, annotator: str = "") -> None:
        self._project = project
        names = project.annotators()
        others = set(candidate_annotators(project))
        self._models = [name for name in names if name.startswith(MODEL_PREFIX) or name in others]
        people = [name for name in names if not name.startswith(MODEL_PREFIX)]
        if annotator and annotator not in names:
            known = f"there are {', '.join(people)}" if people else "nobody has annotated here"
            raise AnnotatorError(f"no annotator {annotator!r} in {project.root}", known)
        self._given = annotator
        self._people = people
        self._all = names

    @property
    def all_names(self) -> Sequence[str]:
        """Everybody who has annotated anything in the project, models too."""
        return self._all

    def whose(self, entry: DocumentEntry) -> list[str]:
        """Return whose sets of a document are audited; empty for a bare text."""
        if self._given:
            return [self._given] if self.has(entry, self._given) else []
        present = [name for name in self._people if self.has(entry, name)]
        for first in (GOLD, self._project.config.annotator):
            if first in present:
                return [first]
        return present

    def has(self, entry: DocumentEntry, annotator: str) -> bool:
        """Say whether somebody said anything about a document."""
        paths = self._project.paths(entry, annotator)
        return paths.annotations.exists() or paths.journal.exists()

    def own(self, entry: DocumentEntry, document: Document, annotator: str) -> OwnSet:
        """Return a set as it is now, with what only its journal knows; nothing is written.

        Raises:
            AnnotatorError: it cannot be read.
        """
        paths = self._project.paths(entry, annotator)
        journal = read_journal(paths.journal)
        opened = load_state(paths, document, annotator, self._project.scheme.id, journal)
        annotations = opened.restored.annotations
        if opened.fit is not None:
            annotations.apply(opened.fit.ops)
        finished = annotations.status == "done" and opened.fit is None
        return OwnSet(annotations, finished)

    def proposed(
        self, entry: DocumentEntry, document: Document, annotator: str
    ) -> AnnotationSet | None:
        """Return what somebody left on disk for review; None where there is nothing.

        Raises:
            AnnotatorError: it cannot be read.
        """
        if not self.has(entry, annotator):
            return None
        return self.own(entry, document, annotator).annotations

    def proposers(self, own: Sequence[str]) -> list[str]:
        """Return whose sets are candidates for some people."""
        return [name for name in self._models if name not in own]
