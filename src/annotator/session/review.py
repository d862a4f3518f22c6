"""Decide candidates: accept, reject, accept in another shape, all of a kind at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from ..domain.annotations import Op, Put
from ..domain.span import Relation, Span
from ..quality.twins import INSTEAD_OF
from .candidates import Candidate, LinkCandidate, place_key, rank_key
from .cursor import Range, trimmed
from .document_session import Change, NothingToDoError, Session
from .tagging import fitting_attributes, relabelling, shown, with_value

Order = Literal["place", "score"]
Kind = Literal["rule", "identical"]
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
    start, end = _range_now(session, current)
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
        raise NothingToDoError("no candidate here", f"j goes to the next of {left}" if left else "")
    return found


def go_to(session: Session, candidate: AnyCandidate) -> None:
    """Put the caret on a candidate, which is then the one that keys decide."""
    session.cursor.clear()
    session.cursor.move_to(_range_now(session, candidate)[0])
    session.reviewing = candidate.id
    counterparts = _ends_now(session, candidate)
    if counterparts:
        session.activate(max(counterparts, key=lambda span: span.range))


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
        found, round_again = _beside(session, 1 if count > 0 else -1)
        wrapped = wrapped or round_again
        go_to(session, found)
    assert found is not None
    return found, wrapped


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
    replaced = session.annotations.spans.get(str(candidate.span.origin.get(INSTEAD_OF, "")))
    if replaced is not None and not label and not value:
        return _decide(
            session, candidate, "accept", relabelling(session, replaced, candidate.span.label)
        )
    span = _wanted_span(session, candidate, label)
    if value:
        span = with_value(session.scheme, _without_choice(session, span), value)
    return _decide(session, candidate, "accept", [Put("spans", span)])


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
    change = session.commit(f"accept {span.label}", [Put("spans", span)], at=span.start)
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
    accepted, _ = session.unfinished_review
    session.unfinished_review = "", ""
    span = session.annotations.spans.get(span_id)
    if accepted == span_id and span is not None and session.candidates.open_count:
        found = session.candidates.beside((span.start, -span.end, ""), 1)
        if found is not None:
            go_to(session, found)


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
    fresh = session.new_span(
        name,
        start,
        end,
        fitting_attributes(session.scheme, name, proposed.attributes),
        session.new_id("s", taken),
    )
    origin: dict[str, Any] = {"from": candidate.source, **proposed.origin}
    if name != proposed.label:
        origin["label"] = proposed.label
    if (start, end) != proposed.range:
        origin["start"], origin["end"] = proposed.range
    fragments = proposed.fragments if (start, end) == proposed.range else ()
    return replace(fresh, origin=origin, fragments=fragments)


def _accept_link(session: Session, candidate: LinkCandidate, taken: Iterable[str] = ()) -> list[Op]:
    ends = session.candidates.counterparts(candidate)
    assert ends is not None
    declared = session.scheme.relations.get(candidate.relation.type)
    if declared is None or not declared.allows(ends[0].label, ends[1].label):
        raise NothingToDoError(f"{candidate.relation.type} does not fit these spans")
    return [Put("relations", _own_relation(session, candidate, ends, taken))]


def _own_relation(
    session: Session, candidate: LinkCandidate, ends: tuple[Span, Span], taken: Iterable[str] = ()
) -> Relation:
    return replace(
        candidate.relation,
        id=session.new_id("r", taken),
        source=ends[0].id,
        target=ends[1].id,
        origin={"from": candidate.source, **candidate.relation.origin},
        created=session.now(),
        by=session.annotations.annotator,
    )


def _rejection(session: Session, candidate: AnyCandidate, taken: Iterable[str]) -> Op:
    """Return the operation that puts a candidate's rejection on record."""
    if isinstance(candidate, LinkCandidate):
        ends = session.candidates.counterparts(candidate)
        assert ends is not None
        return Put("rejected_relations", _own_relation(session, candidate, ends, taken))
    origin = {"from": candidate.source, **candidate.span.origin}
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
    at = _range_now(session, candidate)[0]
    change = session.commit(f"{verb} {_name(candidate)}", ops, at=at)
    session.reviewing = candidate.id
    _advance(session, candidate)
    return replace(change, message=shown(f"{verb}ed {_name(candidate)}", _quote(candidate)))


def _decide_all(session: Session, kind: Kind, verb: Literal["accept", "reject"]) -> Change:
    model = require(session)
    like = _like(model, kind)
    group = [candidate for candidate in session.candidates.in_order() if like(candidate)]
    ops: list[Op] = []
    taken: set[str] = set()
    for candidate in group:
        if verb == "reject":
            op: Op = _rejection(session, candidate, taken)
        elif isinstance(candidate, LinkCandidate):
            op = _accept_link(session, candidate, taken)[0]
        else:
            op = Put("spans", accepted_span(session, candidate, taken=taken))
        assert isinstance(op, Put)
        taken.add(op.item.id)
        ops.append(op)
    of = f"of rule {model.rule}" if kind == "rule" and model.rule else "alike"
    change = session.commit(f"{verb} {len(ops)} {of}", ops, at=_range_now(session, model)[0])
    _advance(session, model)
    return replace(change, message=f"{verb}ed {len(ops)} {of}")


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
        found, _ = _beside(session, 1, decided)
    except NothingToDoError:
        return
    go_to(session, found)


def _beside(
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


def _range_now(session: Session, candidate: AnyCandidate) -> Range:
    """Return where a candidate is decided: a link at the annotator's own span."""
    ends = _ends_now(session, candidate)
    return max(span.range for span in ends) if ends else candidate.range


def _ends_now(session: Session, candidate: AnyCandidate) -> tuple[Span, Span] | None:
    if isinstance(candidate, LinkCandidate):
        return session.candidates.counterparts(candidate)
    return None


def _name(candidate: AnyCandidate) -> str:
    return candidate.relation.type if isinstance(candidate, LinkCandidate) else candidate.span.label


def _quote(candidate: AnyCandidate) -> str:
    if isinstance(candidate, LinkCandidate):
        return " / ".join(end.quote for end in candidate.ends)
    return candidate.span.quote
