"""The same text in other documents of the project: unlabelled there, or labelled differently.

What :mod:`..quality.twins` finds in one document, looked for in all of them on request.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..domain.annotations import AnnotationSet, DocumentRef
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..domain.span import Span
from ..quality.twins import ANNOTATOR, INSTEAD_OF, TwinSearch
from ..text.lines import LineTable
from .candidates import Candidates
from .workspace import Workspace

_LEFT_ALONE = "skipped"
"""Status of documents in which nothing is to be annotated."""


class Twin(NamedTuple):
    """A place in another document that nobody decided about.

    Attributes:
        position: the document's place in the workspace.
        document: its id.
        line, column: where it starts, from 1; columns count code points.
        span: what is proposed there, with its quote and the text around it.
        there: the label that the text carries there; empty where it has none.
    """

    position: int
    document: str
    line: int
    column: int
    span: Span
    there: str

    @property
    def reason(self) -> str:
        """Why it is proposed."""
        return next(map(str, self.span.origin.get("reasons", ())), "")


class LookedThrough(NamedTuple):
    """What came of one document.

    Attributes:
        document: its id.
        length: code points that were looked through; 0 where it was left alone.
        proposed: the open twins as a set of candidates; None where there are none.
        twins: the same, told one by one.
        complaint: why it could not be looked through; empty where it could.
    """

    document: str
    length: int = 0
    proposed: AnnotationSet | None = None
    twins: tuple[Twin, ...] = ()
    complaint: str = ""


def look_through(
    workspace: Workspace, search: TwinSearch, annotator: str, leave_out: str = ""
) -> Iterator[LookedThrough]:
    """Look through the documents of a project, one with each step; from any thread.

    An annotation set is only read where one of the texts stands. What the annotator rejected
    there, or decided in another shape, is not proposed again; a document that is to be skipped
    is left alone.

    Args:
        workspace: the project's documents.
        search: what to look for.
        annotator: whose sets are asked for what stands there already.
        leave_out: id of a document that is not looked through.
    """
    for position, entry in enumerate(workspace.documents):
        if entry.id == leave_out:
            yield LookedThrough(entry.id)
            continue
        try:
            document = workspace.project.load_document(entry)
            if next(search.mentions(document.text), None) is None:
                yield LookedThrough(entry.id, document.length)
                continue
            own = workspace.set_of(position, document, annotator)
        except AnnotatorError as error:
            yield LookedThrough(entry.id, complaint=str(error))
            continue
        yield _look(position, document, own or _nothing_said(document, annotator), search)


def _nothing_said(document: Document, annotator: str) -> AnnotationSet:
    return AnnotationSet(DocumentRef(document.id, document.sha256, document.length), annotator, "")


def _look(
    position: int, document: Document, own: AnnotationSet, search: TwinSearch
) -> LookedThrough:
    if own.status == _LEFT_ALONE:
        return LookedThrough(document.id)
    proposed = search.missed(own, document.text)
    candidates = Candidates(lambda: own)
    candidates.put(proposed)
    lines = LineTable(document.text)
    twins = []
    for candidate in candidates.of(ANNOTATOR):
        span = candidate.span
        instead_of = own.spans.get(str(span.origin.get(INSTEAD_OF, "")))
        there = instead_of.label if instead_of else ""
        twins.append(Twin(position, document.id, *lines.place(span.start), span, there))
    return LookedThrough(document.id, document.length, proposed if twins else None, tuple(twins))
