"""Before a document is marked done: is the same text unlabelled, or labelled otherwise, in it?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..domain.annotations import AnnotationSet
from ..quality.twins import missed_twins
from ..session import review_place
from ..session.candidate import Key, key_of
from ..session.document_session import Session

if TYPE_CHECKING:
    from .main_screen import MainScreen

_AT_ONCE = 200_000
"""Code points of a text that is looked through within the handler; a longer one in a thread."""


class TwinsCheck:
    """Offers missed twins for review, each only once.

    Args:
        screen: shows them.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._offered: dict[str, set[Key]] = {}

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
        self._screen.candidates.offer(twins)
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
        many = "1 missed twin" if len(fresh) == 1 else f"{len(fresh)} missed twins"
        tag, leave, done = map(
            self._screen.key_of, ("candidate.accept", "candidate.reject", "document.done")
        )
        told = f"{many} of what you tagged: {tag} tags, {leave} leaves it; {done} again is done"
        self._screen.tell(told)
