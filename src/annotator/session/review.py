"""Decide candidates: accept, reject, accept in another shape, all of a kind at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any, Literal

from ..domain.annotations import Op, Put
from ..domain.span import SAME, Relation, Span, overlap
from ..domain.span_index import SpanIndex
from ..quality.twins import INSTEAD_OF
from .candidate import Candidate, Key, LinkCandidate, key_of
from .cursor import Range, trimmed
from .document_session import Change, NothingToDoError, Session
from .orphans import brought_back, orphan_of, puts
from .review_place import AnyCandidate, beside, go_to, range_now, require
from .tagging import fitting_attributes, relabelling, shown, with_value

Order = Literal["place", "score"]
Kind = Literal["rule", "identical"]
_OF_ITS_OWN = ("from", "via", "also", "label", "start", "end", INSTEAD_OF)
"""Keys of an origin that say how the other annotator came to a span; they do not go on."""


def accept(session: Session, label: str = "", value: int = 0) -> Change:
    """Make the active candidate the annotator's own and go to the next one; one undo step.

    With text selected, the span gets the selection's bounds.

    Args:
        session: the open document.
        label: a label to give it instead of its own.
        value: number (from 1) of the value to set of the label's first choice; 0 for none.
    """
    candidate = require(session)
    if isinstance(candidate, LinkCandidate):
        if label or value:
            raise NothingToDoError("this is a link", "accept or reject it")
        return _decide(session, candidate, "accept", _accept_link(session, candidate))
    replaced = _replaced(session, candidate)
    if replaced is not None and not label and not value:
        return _decide(
            session, candidate, "accept", relabelling(session, replaced, candidate.span.label)
        )
    span = _wanted_span(session, candidate, label)
    if value:
        span = with_value(session.scheme, _without_choice(session, span), value)
    return _decide(session, candidate, "accept", puts(session.annotations, span))


def _replaced(session: Session, candidate: Candidate) -> Span | None:
    """Return the annotator's span whose label accepting a candidate changes, if there is one."""
    return session.annotations.spans.get(str(candidate.span.origin.get(INSTEAD_OF, "")))


def accept_and_stay(session: Session, bounds: Range | None = None) -> Change:
    """Accept the active candidate and leave the caret on it, to go on working at it.

    Args:
        session: the open document.
        bounds: other bounds for it, in code points.
    """
    candidate = require(session)
    if isinstance(candidate, LinkCandidate):
        raise NothingToDoError("this is a link", "accept or reject it")
    span = _wanted_span(session, candidate, bounds=bounds)
    ops = puts(session.annotations, span)
    change = session.commit(f"accept {span.label}", ops, at=span.start)
    session.cursor.clear()
    session.cursor.move_to(span.start)
    session.activate(span)
    session.unfinished_review = span.id, candidate.id
    return replace(change, message=shown(f"accepted {span.label}", span.quote))


def go_on(session: Session, span_id: str) -> None:
    """Go to the next candidate once work at one that was accepted is finished.

    Args:
        session: the open document.
        span_id: the span that was worked at; if :func:`accept_and_stay` did not make it, the
            caret stays.
    """
    accepted, candidate_id = session.unfinished_review
    session.unfinished_review = "", ""
    if accepted == span_id and span_id in session.annotations.spans:
        candidate = session.candidates.known(candidate_id)
        if candidate is not None:
            _advance(session, candidate)


def _without_choice(session: Session, span: Span) -> Span:
    """Return a span without the proposed value of its first choice, which another replaces."""
    choice = session.scheme.labels[span.label].first_choice
    kept = {k: v for k, v in span.attributes.items() if choice is None or k != choice.name}
    return replace(span, attributes=kept)


def _wanted_span(
    session: Session, candidate: Candidate, label: str = "", bounds: Range | None = None
) -> Span:
    """Return the accepted span, with the selection's bounds where text is selected."""
    selection = session.cursor.selection
    if bounds is None and selection:
        bounds = trimmed(session.text, *selection)
    return accepted_span(session, candidate, label, bounds)


def reject(session: Session) -> Change:
    """Turn the active candidate down, on record, and go to the next one; one undo step."""
    candidate = require(session)
    return _decide(session, candidate, "reject", [_rejection(session, candidate, set())])


def accept_all(session: Session, kind: Kind) -> Change:
    """Accept all open candidates that are like the active one; one undo step."""
    return _decide_all(session, kind, "accept")


def reject_all(session: Session, kind: Kind) -> Change:
    """Reject all open candidates that are like the active one; one undo step."""
    return _decide_all(session, kind, "reject")


def accept_agreed(session: Session) -> Change:
    """Accept all that everyone who proposes anything agrees on; one undo step."""
    if len(session.candidates.sets) < 2:
        raise NothingToDoError("there are no two sets that could agree")
    agreed = session.candidates.agreed()
    if not agreed:
        raise NothingToDoError("nothing open that all agree on")
    group = [one for one in _together(session, agreed) if isinstance(one, Candidate)]
    ops: list[Op] = []
    taken: set[str] = set()
    for candidate in group:
        span = accepted_span(session, candidate, taken=taken)
        taken.add(span.id)
        ops += puts(session.annotations, span)
    change = session.commit(f"accept {len(group)} agreed", ops)
    current = session.candidates.in_order()
    if current:
        go_to(session, current[0])
    return replace(change, message=f"accepted {len(group)} that all agree on")


def accept_merged(session: Session) -> Change:
    """Accept the active candidate together with the open ones of its label that it overlaps.

    The span covers them all; attributes come from the active candidate first.
    """
    candidate = require(session)
    if isinstance(candidate, LinkCandidate):
        raise NothingToDoError("this is a link", "accept or reject it")
    group = [
        other
        for other in session.candidates.touching(candidate)
        if other.span.label == candidate.span.label and session.candidates.is_open(other)
    ]
    if len(group) < 2:
        raise NothingToDoError(
            "no other version overlaps this one", "{candidate.accept} accepts it"
        )
    bounds = min(c.span.start for c in group), max(c.span.end for c in group)
    span = accepted_span(session, candidate, bounds=bounds)
    attributes: dict[str, Any] = {}
    for other in group:
        attributes |= other.span.attributes
    attributes |= candidate.span.attributes
    kept = fitting_attributes(session.scheme, span.label, attributes)
    also = sorted({name for other in group for name in other.by} - {candidate.source})
    origin = {**span.origin, "also": also} if also else span.origin
    span = replace(span, attributes=kept, origin=origin)
    return _decide(session, candidate, "accept", puts(session.annotations, span))


def accepted_span(
    session: Session,
    candidate: Candidate,
    label: str = "",
    bounds: Range | None = None,
    taken: Iterable[str] = (),
) -> Span:
    """Return the annotator's span for a candidate, with its provenance; not yet in the set.

    Args:
        session: the open document.
        candidate: the candidate.
        label: its label, if not the candidate's.
        bounds: its bounds in code points, if not the candidate's.
        taken: ids that are given away already.
    """
    proposed = candidate.span
    name, (start, end) = label or proposed.label, bounds or proposed.range
    orphan = orphan_of(session.annotations, proposed)
    fresh = session.new_span(
        name,
        start,
        end,
        fitting_attributes(session.scheme, name, proposed.attributes),
        session.new_id("s", taken),
    )
    origin = origin_of(candidate)
    if candidate.also:
        origin["also"] = list(candidate.also)
    if name != proposed.label:
        origin["label"] = proposed.label
    if (start, end) != proposed.range:
        origin["start"], origin["end"] = proposed.range
    fragments = proposed.fragments if (start, end) == proposed.range else ()
    if orphan is not None:
        if name == orphan.label:
            fresh = replace(fresh, attributes=orphan.attributes)
        return brought_back(orphan, replace(fresh, fragments=fragments))
    return replace(fresh, origin=origin, fragments=fragments)


def origin_of(candidate: AnyCandidate) -> dict[str, Any]:
    """Return the provenance of what is made from a candidate.

    ``from`` is whose set it stood in; where that was accepted from another set, ``via`` names it.
    """
    item = candidate.relation if isinstance(candidate, LinkCandidate) else candidate.span
    origin = {"from": candidate.source}
    origin |= {key: value for key, value in item.origin.items() if key not in _OF_ITS_OWN}
    via = item.origin.get("from", candidate.source)
    return origin if via == candidate.source else {**origin, "via": via}


def _accept_link(session: Session, candidate: LinkCandidate, taken: Iterable[str] = ()) -> list[Op]:
    ends = _fitting_ends(session, candidate)
    if ends is None:
        raise NothingToDoError(f"{candidate.relation.type} does not fit these spans")
    return [Put("relations", _own_relation(session, candidate, ends, taken))]


def _fitting_ends(session: Session, candidate: LinkCandidate) -> tuple[Span, Span] | None:
    """Return the annotator's spans that a link joins, None where the scheme forbids that."""
    ends = session.candidates.counterparts(candidate)
    declared = session.scheme.relations.get(candidate.relation.type)
    if ends is None or declared is None or not declared.allows(ends[0].label, ends[1].label):
        return None
    return ends


def _own_relation(
    session: Session, candidate: LinkCandidate, ends: tuple[Span, Span], taken: Iterable[str] = ()
) -> Relation:
    return replace(
        candidate.relation,
        id=session.new_id("r", taken),
        source=ends[0].id,
        target=ends[1].id,
        origin=origin_of(candidate),
        created=session.now(),
        by=session.annotations.annotator,
    )


def _rejection(session: Session, candidate: AnyCandidate, taken: Iterable[str]) -> Op:
    """Return the operation that puts a candidate's rejection on record."""
    if isinstance(candidate, LinkCandidate):
        ends = session.candidates.counterparts(candidate)
        assert ends is not None
        return Put("rejected_relations", _own_relation(session, candidate, ends, taken))
    origin = origin_of(candidate)
    return Put(
        "rejected",
        replace(
            candidate.span,
            id=session.new_id("c", taken),
            origin=origin,
            created=session.now(),
            by=session.annotations.annotator,
        ),
    )


def _decide(session: Session, candidate: AnyCandidate, verb: str, ops: Sequence[Op]) -> Change:
    at = range_now(session, candidate)[0]
    change = session.commit(f"{verb} {_name(candidate)}", ops, at=at)
    _advance(session, candidate)
    return replace(change, message=shown(f"{verb}ed {_name(candidate)}", _quote(candidate)))


def _decide_all(session: Session, kind: Kind, verb: Literal["accept", "reject"]) -> Change:
    model = require(session)
    like = _like(model, kind)
    group = [candidate for candidate in session.candidates.in_order() if like(candidate)]
    if verb == "accept":
        group = _together(session, group)
    ops: list[Op] = []
    taken: set[str] = set()
    for candidate in group:
        if verb == "reject":
            op: Op = _rejection(session, candidate, taken)
        elif isinstance(candidate, Candidate) and (replaced := _replaced(session, candidate)):
            relabelled = relabelling(session, replaced, candidate.span.label)
            # A relation between two of the group no longer fits either of its ends.
            ops += [one for one in relabelled if isinstance(one, Put) or one not in ops]
            continue
        elif isinstance(candidate, LinkCandidate):
            op = _accept_link(session, candidate, taken)[0]
        else:
            span = accepted_span(session, candidate, taken=taken)
            ops += puts(session.annotations, span)
            taken.add(span.id)
            continue
        assert isinstance(op, Put)
        taken.add(op.item.id)
        ops.append(op)
    of = f"of rule {model.rule}" if kind == "rule" and model.rule else "alike"
    many = len(group)
    change = session.commit(f"{verb} {many} {of}", ops, at=range_now(session, model)[0])
    _advance(session, model)
    return replace(change, message=f"{verb}ed {many} {of}")


def _together(session: Session, group: Sequence[AnyCandidate]) -> list[AnyCandidate]:
    """Return those that can be accepted in one step, in order.

    Left out is what would be decided by one before it, since both stand for the same, and links
    that do not fit the labels that their ends have by now.

    Raises:
        NothingToDoError: none can.
    """
    kept: list[AnyCandidate] = []
    spans = SpanIndex()
    orphans: set[str] = set()
    taken: set[Key] = set()
    for candidate in group:
        orphan = None
        if isinstance(candidate, Candidate):
            orphan = orphan_of(session.annotations, candidate.span)
        if orphan is not None:
            # The likeliest of its places comes first by number, not by where it stands.
            if orphan.id not in orphans:
                orphans.add(orphan.id)
                place = _likeliest(session, group, orphan, taken)
                if place is not None:
                    taken.add(key_of(place.span))
                    kept.append(place)
            continue
        if isinstance(candidate, LinkCandidate):
            if _fitting_ends(session, candidate) is None:
                continue
        elif any(
            other.label == candidate.span.label and overlap(other.range, candidate.range) >= SAME
            for other in spans.touching(*candidate.range)
        ):
            continue
        else:
            spans.add(candidate.span)
        kept.append(candidate)
    if not kept:
        raise NothingToDoError("none of these links fits the spans that it would join")
    return kept


def _likeliest(
    session: Session, group: Sequence[AnyCandidate], orphan: Span, taken: AbstractSet[Key]
) -> Candidate | None:
    """Return the first of an orphan's places in a group that no other orphan takes, if any."""
    places = [
        one
        for one in group
        if isinstance(one, Candidate)
        and orphan_of(session.annotations, one.span) is orphan
        and key_of(one.span) not in taken
    ]
    return min(places, key=lambda one: int(one.span.id.rpartition("-")[2]), default=None)


def _like(model: AnyCandidate, kind: Kind) -> Callable[[AnyCandidate], bool]:
    if isinstance(model, LinkCandidate):
        return lambda c: isinstance(c, LinkCandidate) and _sort(c) == _sort(model)
    if kind == "rule":
        return lambda c: isinstance(c, Candidate) and _sort(c) == _sort(model)
    wanted = model.span.label, model.span.quote
    return lambda c: isinstance(c, Candidate) and (c.span.label, c.span.quote) == wanted


def _sort(candidate: AnyCandidate) -> tuple[str, str, str]:
    return candidate.source, candidate.rule, _name(candidate)


def _advance(session: Session, decided: AnyCandidate) -> None:
    """Go to the candidate that comes behind one that was just decided, if any is left."""
    if not session.candidates.open_count:
        return
    try:
        found, _ = beside(session, 1, decided)
    except NothingToDoError:
        return
    go_to(session, found)


def _name(candidate: AnyCandidate) -> str:
    return candidate.relation.type if isinstance(candidate, LinkCandidate) else candidate.span.label


def _quote(candidate: AnyCandidate) -> str:
    if isinstance(candidate, LinkCandidate):
        return " / ".join(end.quote for end in candidate.ends)
    return candidate.span.quote
