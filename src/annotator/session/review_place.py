"""Where the review of candidates stands, and where it goes next."""

from __future__ import annotations

from ..domain.span import Span
from .candidate import Candidate, LinkCandidate, place_key, rank_key
from .cursor import Range
from .document_session import NothingToDoError, Session

AnyCandidate = Candidate | LinkCandidate


def active(session: Session) -> AnyCandidate | None:
    """Return the candidate that keys decide: the one reviewed, else the innermost at the caret."""
    current = reviewed(session)
    if current is not None:
        return current
    here = session.candidates.open_at(session.cursor.focus)
    return here[0] if here else None


def reviewed(session: Session) -> AnyCandidate | None:
    """Return the candidate that the review went to, as long as the caret stays on it."""
    current = session.candidates.find(session.reviewing)
    if current is None:
        return None
    start, end = range_now(session, current)
    first, last = session.cursor.selection or (session.cursor.caret, session.cursor.caret + 1)
    return current if first < end and last > start else None


def require(session: Session) -> AnyCandidate:
    """Return the candidate that keys decide.

    Raises:
        NothingToDoError: there is none at the caret.
    """
    found = active(session)
    if found is None:
        left = session.candidates.open_count
        if not left:
            raise NothingToDoError(_nothing_left(session))
        hint = f"{{candidate.next}} goes to the next of {left}"
        raise NothingToDoError("no candidate here", hint)
    return found


def go_to(session: Session, candidate: AnyCandidate) -> None:
    """Put the caret on a candidate, which is then the one that keys decide."""
    session.cursor.clear()
    session.cursor.move_to(range_now(session, candidate)[0])
    session.reviewing = candidate.id
    counterparts = _ends_now(session, candidate)
    if counterparts:
        session.activate(max(counterparts, key=lambda span: span.range))


def change_order(session: Session) -> str:
    """Review in the other order, from its beginning where that is the surest first.

    Returns:
        The order: ``place`` or ``score``.
    """
    session.review_order = "score" if session.review_order == "place" else "place"
    if session.review_order == "score":
        session.reviewing = ""  # else the surer ones would be passed over
    return session.review_order


def begin(session: Session) -> None:
    """Go to the first open candidate at or behind the caret, else of the document, if any is."""
    try:
        found, _ = beside(session, 1)
    except NothingToDoError:
        return
    go_to(session, found)


def step(session: Session, count: int) -> tuple[AnyCandidate, bool]:
    """Go to another open candidate without deciding this one.

    Args:
        session: the open document.
        count: how many to go, backwards if negative.

    Returns:
        The candidate, and whether the way led round the end of the document (or of the order).

    Raises:
        NothingToDoError: nothing is left to decide.
    """
    found, wrapped = None, False
    for _ in range(abs(count)):
        found, round_again = beside(session, 1 if count > 0 else -1)
        wrapped = wrapped or round_again
        go_to(session, found)
    assert found is not None
    return found, wrapped


def any_beside(session: Session, direction: int) -> bool:
    """Say whether a candidate is open behind the caret (or before it) in the review's order."""
    try:
        return not beside(session, direction)[1]
    except NothingToDoError:
        return False


def beside(
    session: Session, direction: int, origin: AnyCandidate | None = None
) -> tuple[AnyCandidate, bool]:
    """Return the open candidate next to one (or to the caret), and whether that is round again."""
    candidates = session.candidates
    here = origin or reviewed(session)
    if session.review_order == "score":
        return _beside_by_score(session, direction, here)
    # Where nothing is reviewed, what starts at the caret is the next one.
    place = place_key(here) if here else (session.cursor.caret, -(1 << 62), "")
    found = candidates.beside(place, direction)
    if found is not None:
        return found, False
    end = (-1, 0, "") if direction > 0 else (1 << 62, 0, "")
    found = candidates.beside(end, direction)
    if found is None:
        raise NothingToDoError(_nothing_left(session))
    return found, True


def _beside_by_score(
    session: Session, direction: int, here: AnyCandidate | None
) -> tuple[AnyCandidate, bool]:
    ranked = session.candidates.by_score()
    if not ranked:
        raise NothingToDoError(_nothing_left(session))
    if here is None:
        return ranked[0 if direction > 0 else -1], False
    rank = rank_key(here)
    if direction > 0:
        onwards = [candidate for candidate in ranked if rank_key(candidate) > rank]
    else:
        onwards = [candidate for candidate in reversed(ranked) if rank_key(candidate) < rank]
    if onwards:
        return onwards[0], False
    return ranked[0 if direction > 0 else -1], True


def _nothing_left(session: Session) -> str:
    total, left = session.candidates.total, session.candidates.open_count
    if left:
        return f"{left} links wait for their claims to be tagged"
    return f"all {total} candidates are decided" if total else "no candidates"


def range_now(session: Session, candidate: AnyCandidate) -> Range:
    """Return where a candidate is decided: a link at the annotator's own span."""
    ends = _ends_now(session, candidate)
    return max(span.range for span in ends) if ends else candidate.range


def _ends_now(session: Session, candidate: AnyCandidate) -> tuple[Span, Span] | None:
    if isinstance(candidate, LinkCandidate):
        return session.candidates.counterparts(candidate)
    return None
