"""What the sidebar, the status line and the key hints tell of the place where the caret is."""

from __future__ import annotations

from ..domain.scheme import Label
from ..domain.span import Span
from ..keys.keymap import Keymap
from ..session import review_place
from ..session.candidate import Candidate, LinkCandidate
from ..session.document_session import Session
from ..text.layout import Layout
from ..text.units import Unit
from .candidate_details import candidate_details
from .details import Details, place_details, span_details
from .hint_bar import Situation, value_keys
from .search_state import SearchState
from .status_bar import StatusChanges


def details_at(session: Session, active: Span | None, keymap: Keymap) -> Details:
    """Return the details of the candidate under review, else the active span, else the sentence."""
    proposed = review_place.active(session)
    if proposed and (not active or proposed == review_place.reviewed(session)):
        candidates = session.candidates
        beside = candidates.touching(proposed) if isinstance(proposed, Candidate) else ()
        return candidate_details(proposed, beside, tuple(candidates.sets))
    if active:
        return span_details(active, session.annotations, session.scheme, value_keys(keymap))
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


def situation_at(session: Session, context: str) -> Situation:
    """Return where the person stands, for the line of key hints.

    Args:
        session: the open document.
        context: ``article`` or ``list``.
    """
    label = label_at(session)
    return Situation(
        context,
        label.name if label else "",
        session.cursor.anchor is not None,
        review_place.reviewed(session) is not None,
        session.candidates.open_count > 0,
        review_place.active(session) is not None,
        session.candidates.total > 0 and session.candidates.open_count == 0,
    )


def label_at(session: Session) -> Label | None:
    """Return the label of what keys act on: the candidate under review, else the active span."""
    reviewed = review_place.reviewed(session)
    if isinstance(reviewed, LinkCandidate):
        return None
    span = reviewed.span if reviewed else session.active_span()
    return session.scheme.labels.get(span.label) if span else None


def values_at(session: Session) -> int:
    """Return how many values digits can set on what keys act on."""
    label = label_at(session)
    choice = label.first_choice if label else None
    return len(choice.values) if choice else 0
