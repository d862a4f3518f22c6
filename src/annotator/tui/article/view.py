"""What the article pane shows besides the text: a frozen picture, so that changes can be found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...domain.span import Span
from ...session import review_place
from ...session.candidate import Candidate, LinkCandidate
from ...session.cursor import Range
from ...session.document_session import Session
from ...text.units import Unit


class View(NamedTuple):
    """Where caret, selection and highlights stand, all in code points.

    Attributes:
        caret: offset of the grapheme under the caret; the text's length behind the last one.
        selection: the selected range, or None.
        unit: the sentence under the caret, or None.
        active: the span that keys act on, or None.
        linking: the span that was marked as one end of a link, or None.
        related: the spans that relations tie to the active one, or that a link under review
            would tie to each other.
        candidate: the open candidate that keys decide, or None.
    """

    caret: int = 0
    selection: Range | None = None
    unit: Range | None = None
    active: Span | None = None
    linking: Range | None = None
    related: tuple[Range, ...] = ()
    candidate: Span | None = None


def view_of(session: Session, *, sentences: bool = True) -> View:
    """Return the picture of a session as it stands.

    Args:
        session: the open document.
        sentences: whether to look for the sentence under the caret.
    """
    cursor = session.cursor
    spans = session.annotations.spans
    active = session.active_span()
    related: list[Range] = []
    if active:
        for relation in session.annotations.relations_of(active.id):
            other = relation.target if relation.source == active.id else relation.source
            if other in spans:
                related.append(spans[other].range)
    linking = spans.get(session.linking or "")
    proposed = review_place.active(session)
    candidate = proposed.span if isinstance(proposed, Candidate) else None
    if isinstance(proposed, LinkCandidate):
        related += [end.range for end in session.candidates.counterparts(proposed) or ()]
    return View(
        caret=cursor.caret,
        selection=cursor.selection,
        unit=session.units.at(Unit.SENTENCE, cursor.caret) if sentences else None,
        active=active,
        linking=linking.range if linking else None,
        related=tuple(related),
        candidate=candidate,
    )


def hot_ranges(view: View) -> tuple[Range, ...]:
    """Return the ranges whose lines change from key to key and are not worth caching."""
    ranges = [(view.caret, view.caret + 1), view.selection, view.unit, view.linking]
    ranges += [span.range for span in (view.active, view.candidate) if span]
    return (*(r for r in ranges if r), *view.related)


def dirty_ranges(old: View, new: View) -> list[Range]:
    """Return the ranges of the text that look different in two views."""
    dirty: list[Range] = []
    if old.caret != new.caret:
        dirty += [(old.caret, old.caret + 1), (new.caret, new.caret + 1)]
    dirty += _changed_edges(old.selection, new.selection)
    dirty += _changed(old.unit, new.unit)
    if old.active != new.active:
        dirty += [span.range for span in (old.active, new.active) if span]
    if old.candidate != new.candidate:
        dirty += [span.range for span in (old.candidate, new.candidate) if span]
    dirty += _changed(old.linking, new.linking)
    if old.related != new.related:
        dirty += [*old.related, *new.related]
    return dirty


def _changed(old: Range | None, new: Range | None) -> Iterable[Range]:
    return [r for r in (old, new) if r] if old != new else []


def _changed_edges(old: Range | None, new: Range | None) -> Iterable[Range]:
    """Return only what entered or left a range: a selection may be megabytes long."""
    if old == new:
        return []
    if not old or not new or old[1] < new[0] or new[1] < old[0]:
        return [r for r in (old, new) if r]
    edges = []
    for a, b in ((old[0], new[0]), (old[1], new[1])):
        if a != b:
            edges.append((min(a, b), max(a, b)))
    return edges
