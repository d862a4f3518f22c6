"""Go through candidates and decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...session import review, review_place
from ...session.document_session import Change, NothingToDoError
from .registry import ACTIONS, Action, action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


def _step(direction: int) -> Action:
    def go(screen: MainScreen, count: int | None) -> None:
        if not screen.session.candidates.total and screen.candidates.note:
            raise NothingToDoError(screen.candidates.note)
        session = screen.session
        further = screen.candidates.beyond(direction)
        if further is not None and not review_place.any_beside(session, direction):
            session.cursor.jump_to(further)
            raise NothingToDoError("none left in this part of the text, looking further")
        _, wrapped = review_place.step(session, direction * (count or 1))
        if wrapped:
            screen.tell("from the top" if direction > 0 else "from the end")

    return go


def _decide_all(verb: str, kind: review.Kind) -> Action:
    def decide(screen: MainScreen, _count: int | None) -> Change:
        decide_all = review.accept_all if verb == "accept" else review.reject_all
        return decide_all(screen.session, kind)

    return decide


ACTIONS["candidate.next"] = _step(1)
ACTIONS["candidate.previous"] = _step(-1)
ACTIONS["candidate.accept-rule"] = _decide_all("accept", "rule")
ACTIONS["candidate.reject-rule"] = _decide_all("reject", "rule")
ACTIONS["candidate.accept-same"] = _decide_all("accept", "identical")
ACTIONS["candidate.reject-same"] = _decide_all("reject", "identical")


@action("candidate.accept")
def accept(screen: MainScreen, _count: int | None) -> Change:
    """Accept the candidate and go to the next."""
    return review.accept(screen.session)


@action("candidate.reject")
def reject(screen: MainScreen, _count: int | None) -> Change:
    """Reject the candidate and go to the next."""
    return review.reject(screen.session)


@action("candidate.accept-agreed")
def accept_agreed(screen: MainScreen, _count: int | None) -> Change:
    """Accept all that everyone agrees on."""
    return review.accept_agreed(screen.session)


@action("candidate.order")
def order(screen: MainScreen, _count: int | None) -> None:
    """Review in the other order."""
    order = review_place.change_order(screen.session)
    by = "the surest first" if order == "score" else "as they stand in the text"
    screen.tell(f"candidates {by}")
