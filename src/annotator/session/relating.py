"""Edits of relations between spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..domain.annotations import Drop, Put
from ..domain.scheme import RelationType
from ..domain.span import Relation, Span
from .document_session import Change, NothingToDoError, Session


def mark_or_pair(session: Session) -> tuple[Span, Span] | None:
    """Mark the active span as one end of a link, or return both ends when one is marked.

    Returns:
        None after marking; ``(marked, active)`` when a second span was chosen.

    Raises:
        NothingToDoError: no span here, or the marked one again (which unmarks it).
    """
    span = session.require_span()
    marked = session.annotations.spans.get(session.linking or "")
    if marked is None:
        session.linking = span.id
        return None
    if marked.id == span.id:
        session.linking = None
        raise NothingToDoError("link dropped")
    return marked, span


def possible_types(session: Session, source: Span, target: Span) -> list[tuple[RelationType, bool]]:
    """Return the relation types that fit two spans; the flag says that the ends are swapped."""
    found: list[tuple[RelationType, bool]] = []
    for relation_type in session.scheme.relations.values():
        if relation_type.allows(source.label, target.label):
            found.append((relation_type, False))
        elif relation_type.allows(target.label, source.label):
            found.append((relation_type, True))
    return found


def relate(session: Session, source: Span, target: Span, type_name: str) -> Change:
    """Link two spans; one undo step.

    Raises:
        NothingToDoError: they are linked so already.
    """
    symmetric = session.scheme.relations[type_name].symmetric
    for known in session.annotations.relations_of(source.id):
        ends = (known.source, known.target)
        same = ends == (source.id, target.id)
        same = same or (symmetric and ends == (target.id, source.id))
        if known.type == type_name and same:
            session.linking = None
            raise NothingToDoError(f"already linked: {type_name}")
    relation = Relation(
        id=session.new_id("r"),
        type=type_name,
        source=source.id,
        target=target.id,
        created=session.now(),
        by=session.annotations.annotator,
    )
    change = session.commit(f"link {type_name}", [Put("relations", relation)])
    session.linking = None
    return replace(change, message=f"linked: {type_name}")


def set_relation_attributes(
    session: Session, relation: Relation, attributes: Mapping[str, object], note: str | None = None
) -> Change:
    """Replace a relation's attributes (and note, unless None); one undo step."""
    new = replace(
        relation, attributes=dict(attributes), note=relation.note if note is None else note
    )
    if new == relation:
        raise NothingToDoError("nothing changed")
    return session.commit(f"attributes of {relation.type}", [Put("relations", new)])


def unrelate(session: Session, relation: Relation) -> Change:
    """Remove a link; one undo step."""
    return session.commit(f"remove {relation.type}", [Drop("relations", relation.id)])


def other_end(session: Session, relation: Relation, span: Span) -> Span | None:
    """Return the span at the other end of a relation."""
    other = relation.target if relation.source == span.id else relation.source
    return session.annotations.spans.get(other)


def follow(session: Session) -> Span:
    """Return the span at the other end of the active span's (next) relation.

    With several relations, each call from the same span goes to the next one.
    """
    span = session.require_span()
    ends = [other_end(session, r, span) for r in session.annotations.relations_of(span.id)]
    there = [end for end in ends if end is not None]
    if not there:
        raise NothingToDoError("this span has no relation", "{relation.link} links it")
    return _next_end(session, span, there)


def _next_end(session: Session, span: Span, ends: list[Span]) -> Span:
    """Return the end after the one that was followed last from this span."""
    last_span, last_end = session.followed
    if last_span == span.id:
        ids = [end.id for end in ends]
        place = ids.index(last_end) + 1 if last_end in ids else 0
    else:
        place = 0
    chosen = ends[place % len(ends)]
    session.followed = (span.id, chosen.id)
    return chosen
