"""The documents of a project and the one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..domain.scheme import Scheme
from ..store.documents import DocumentEntry
from ..store.project import DocumentSummary, Project
from ..store.set_store import SetStore
from .document_session import Session
from .orphans import flag_for_review

FINISHED = ("done", "skipped")
"""Statuses of documents that need no more work."""


class Workspace:
    """One annotator's way through the documents of a project.

    Args:
        project: the folder, file or corpus that was opened.
        annotator: whose annotation sets are written.
        read_only: open every document for looking only.
        order: the places of the project's documents in the order in which they come, see
            ``queue_reader.queue_of``; none for the project's own.
    """

    def __init__(
        self,
        project: Project,
        annotator: str,
        *,
        read_only: bool = False,
        order: Sequence[int] = (),
    ) -> None:
        if not len(project.documents):
            raise AnnotatorError(
                f"no document in {project.root}", "it takes .txt, .md or .jsonl files"
            )
        self.project = project
        self.annotator = annotator
        self.read_only = read_only
        self.position = 0
        self._documents = _Reordered(project.documents, order) if order else project.documents
        self._summaries: dict[int, DocumentSummary] = {}

    @property
    def scheme(self) -> Scheme:
        """What may be said."""
        return self.project.scheme

    @property
    def documents(self) -> Sequence[DocumentEntry]:
        """The documents in order."""
        return self._documents

    def open(self, position: int, *, read_only: bool = False) -> Session:
        """Open a document; the caller closes the store of the one before.

        Args:
            position: 0-based place in :attr:`documents`.
            read_only: only look, e.g. because another process holds the lock.

        Raises:
            LockedError: another process works on the same annotation set.
            AnnotatorError: the text or the annotation set cannot be read.
        """
        entry = self.documents[position]
        document = self.project.load_document(entry)
        paths = self.project.paths(entry, self.annotator)
        store = SetStore.open(
            paths,
            document,
            self.annotator,
            self.scheme.id,
            read_only=read_only or self.read_only,
        )
        flag_for_review(store)
        self.position = position
        self._summaries.pop(position, None)
        return Session(document, store, self.scheme, language=self.project.config.language)

    def set_of(self, position: int, document: Document, annotator: str) -> AnnotationSet | None:
        """Return what somebody else said about a document, to look at; from any thread.

        Args:
            position: 0-based place in :attr:`documents`.
            document: its text as it is now; spans stand where they are in it.
            annotator: whose set.

        Returns:
            The set; None where there is none.

        Raises:
            AnnotatorError: the set cannot be read.
        """
        paths = self.project.paths(self.documents[position], annotator)
        if not paths.annotations.exists() and not paths.journal.exists():
            return None
        store = SetStore.open(paths, document, annotator, self.scheme.id, read_only=True)
        store.close()
        return store.annotations

    def summary(self, position: int) -> DocumentSummary:
        """Return status and counts of a document as its file has them; remembered."""
        known = self._summaries.get(position)
        if known is None:
            known = self.project.summary(self.documents[position], self.annotator)
            self._summaries[position] = known
        return known

    def remember(self, position: int, summary: DocumentSummary) -> None:
        """Put in what is known of a document that is open or was just closed."""
        self._summaries[position] = summary

    def forget(self, position: int) -> None:
        """Read a document's summary anew when it is next asked for."""
        self._summaries.pop(position, None)

    def next_unfinished(self) -> int | None:
        """Return the place of the next document that needs work, from here on and round again."""
        count = len(self.documents)
        for step in range(1, count):
            position = (self.position + step) % count
            if self.summary(position).status not in FINISHED:
                return position
        return None


class _Reordered(Sequence[DocumentEntry]):
    """Documents in another order; each is still looked up when it is asked for."""

    def __init__(self, documents: Sequence[DocumentEntry], order: Sequence[int]) -> None:
        self._all = documents
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> DocumentEntry: ...
    @overload
    def __getitem__(self, place: slice) -> list[DocumentEntry]: ...
    def __getitem__(self, place: int | slice) -> DocumentEntry | list[DocumentEntry]:
        if isinstance(place, slice):
            return [self._all[one] for one in self._order[place]]
        return self._all[self._order[place]]


def summary_of(session: Session) -> DocumentSummary:
    """Return status and counts of an open document as it stands now."""
    counts: dict[str, int] = {}
    for span in session.annotations.spans.values():
        counts[span.label] = counts.get(span.label, 0) + 1
    return DocumentSummary(session.annotations.status, counts, len(session.annotations.relations))
