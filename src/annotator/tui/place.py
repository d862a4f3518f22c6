"""What the sidebar and the status line tell of the place where the caret is."""

from __future__ import annotations

from ..domain.span import Span
from ..session import review
from ..session.document_session import Session
from ..text.layout import Layout
from ..text.units import Unit
from .candidate_details import candidate_details
from .details import Details, place_details, span_details
from .search_state import SearchState
from .status_bar import StatusChanges


def details_at(session: Session, active: Span | None) -> Details:
    """Return the details of the candidate under review, else the active span, else the sentence."""
    proposed = review.active(session)
    if proposed and (not active or proposed == review.reviewed(session)):
        return candidate_details(proposed)
    if active:
        return span_details(active, session.annotations, session.scheme)
    unit = session.units.at(Unit.SENTENCE, session.cursor.caret)
    name, bounds = ("sentence", unit) if unit else ("", (0, 0))
    return place_details(session.document, session.annotations, name, *bounds)


def place_of(session: Session, lines: Layout, search: SearchState) -> StatusChanges:
    """Return the part of the status line that follows the caret."""
    cursor = session.cursor
    line, column = lines.position(cursor.caret)
    unit = session.units.at(Unit.SENTENCE, cursor.caret)
    selection = cursor.selection
    candidates = session.candidates
    return StatusChanges(
        line=line,
        column=column,
        offset=cursor.caret,
        unit="sentence" if unit else "",
        unit_length=unit[1] - unit[0] if unit else 0,
        selection=selection[1] - selection[0] if selection else 0,
        character=session.text[cursor.caret : cursor.caret + 1],
        status=session.annotations.status,
        search=search.place(),
        review=(candidates.total - candidates.open_count, candidates.total),
        search_truncated=search.truncated,
    )
