"""Missed twins on the screen: those of a document that is to be done, and those from the corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..domain.annotations import AnnotationSet
from ..quality.twins import ANNOTATOR, missed_twins
from ..session import review_place
from ..session.candidates import Candidate, Key, key_of
from ..session.corpus_twins import Twin
from ..session.document_session import Session

if TYPE_CHECKING:
    from .main_screen import MainScreen

_AT_ONCE = 200_000
"""Code points of a text that is looked through within the handler; a longer one in a thread."""


class TwinsCheck:
    """Offers missed twins for review.

    Those of a document before it is done, each only once; those that the search of the corpus
    found in a document whenever it is opened.

    Args:
        screen: shows them.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._offered: dict[str, set[Key]] = {}
        self._from_corpus: dict[str, AnnotationSet] = {}
        self._wanted: Twin | None = None

    def before(self, finish: Callable[[], None]) -> None:
        """Offer twins that were not offered before; without any, finish.

        Args:
            finish: marks the document done; it is called once nothing new is to be offered.
        """
        session = self._screen.session
        if session.read_only or session.document.length <= _AT_ONCE:
            self._found(session, self._look(session, session.annotations), finish)
            return
        frozen = session.store.freeze().annotations
        self._screen.tell("looking for missed twins…")

        def work() -> None:
            twins = self._look(session, frozen)
            self._screen.app.call_from_thread(self._found, session, twins, finish)

        self._screen.run_worker(work, thread=True, group="twins", exclusive=True)

    def _look(self, session: Session, annotations: AnnotationSet) -> AnnotationSet:
        return missed_twins(annotations, session.text, session.scheme)

    def _found(self, session: Session, twins: AnnotationSet, finish: Callable[[], None]) -> None:
        if self._screen.control.session is not session:
            return
        offered = self._offered.setdefault(session.document.id, set())
        self._screen.candidates.offer(_joined(twins, self._known(session)))
        fresh = [
            candidate
            for candidate in session.candidates.of(twins.annotator)
            if key_of(candidate.span) not in offered
        ]
        if not fresh:
            finish()
            return
        offered.update(key_of(candidate.span) for candidate in fresh)
        review_place.go_to(session, fresh[0])
        self._screen.settle()
        self._screen.tell(
            f"{_count(fresh)} of what you tagged: y tags, x leaves it; D again is done"
        )

    # -- from the corpus ----------------------------------------------------------------------

    def go_to(self, twin: Twin, found: Mapping[str, AnnotationSet]) -> None:
        """Open the document of a twin at its place.

        Args:
            twin: where to go.
            found: the candidates of all documents in which twins were found, by document id;
                each is offered when its document is opened.
        """
        self._from_corpus.update(found)
        self._wanted = twin
        self._screen.open_document(twin.position)

    def opened(self, session: Session) -> None:
        """Offer what was found in a document that was just opened, and go to what was chosen."""
        twin, self._wanted = self._wanted, None
        known = self._known(session)
        if known is None:
            return
        self._screen.candidates.offer(known)
        if twin is None or twin.document != session.document.id:
            return
        left = session.candidates.of(ANNOTATOR)
        chosen = next((one for one in left if key_of(one.span) == key_of(twin.span)), None)
        if chosen is None:
            session.cursor.jump_to(twin.span.start)
        else:
            session.cursor.jump_to(chosen.range[0])
            review_place.go_to(session, chosen)
        self._screen.settle()
        self._screen.tell(f"{_count(left)} here: y tags, x leaves it, j goes on")

    def _known(self, session: Session) -> AnnotationSet | None:
        """Return what was found in a document, unless its text is another one now."""
        known = self._from_corpus.get(session.document.id)
        if known is None or known.document.sha256 != session.document.sha256:
            return None
        return known


def _joined(own: AnnotationSet, other: AnnotationSet | None) -> AnnotationSet:
    """Return one set with the candidates of both."""
    if other is None:
        return own
    spans = {key_of(span): span for span in (*other.spans.values(), *own.spans.values())}
    return AnnotationSet(
        own.document, own.annotator, own.scheme, status=own.status, spans=spans.values()
    )


def _count(twins: Sequence[Candidate]) -> str:
    return "1 missed twin" if len(twins) == 1 else f"{len(twins):,} missed twins"
