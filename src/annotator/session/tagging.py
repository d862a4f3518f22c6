"""Edits of spans: tag, repeat, relabel, resize, merge, split, attributes, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..domain.annotations import Drop, Op, Put
from ..domain.scheme import Label, Scheme
from ..domain.span import Span
from ..text.quotes import context
from ..text.units import Unit, find_identical
from .cursor import Range, trimmed
from .document_session import Change, NothingToDoError, Session


def shown(name: str, quote: str) -> str:
    """Return ``name "quote"`` with a long quote cut, for a message."""
    short = quote if len(quote) <= 40 else quote[:39] + "…"
    return f"{name} “{short}”"


def target_range(session: Session, label: Label, unit: Unit | None = None) -> Range:
    """Return what tagging with a label would cover: the selection, else the label's unit.

    Args:
        session: the open document.
        label: whose default units are tried in order.
        unit: use this unit instead.

    Raises:
        NothingToDoError: there is nothing to tag here.
    """
    selection = session.cursor.selection
    if selection:
        return trimmed(session.text, *selection)
    for name in (unit,) if unit else label.units:
        found = None if name == "selection" else session.units.at(Unit(name), session.cursor.caret)
        if found:
            return found
    hint = "select something first" if "selection" in label.units else "move onto some text"
    raise NothingToDoError(f"nothing to tag as {label.name} here", hint)


def tag(session: Session, label_name: str, unit: Unit | None = None) -> Change:
    """Tag the selection, or the label's unit at the caret; one undo step.

    While a span is being resized, it gets both the new bounds and the label.
    """
    label = session.scheme.labels[label_name]
    start, end = target_range(session, label, unit)
    if session.resizing:
        return finish_resize(session, label_name)
    return _add(session, label_name, start, end, {})


def _add(
    session: Session, label: str, start: int, end: int, attributes: dict[str, object]
) -> Change:
    for span in session.annotations.index.touching(start, end):
        if span.range == (start, end) and span.label == label:
            session.activate(span)
            raise NothingToDoError(f"already tagged {label}", "{span.delete} deletes it")
    span = session.new_span(label, start, end, attributes)
    change = session.commit(f"tag {label}", [Put("spans", span)], at=start)
    session.last_tag, session.last_tagged_id = (label, dict(attributes)), span.id
    _keep_caret_inside(session, span)
    session.activate(span)
    return replace(change, message=shown(label, span.quote))


def _keep_caret_inside(session: Session, span: Span) -> None:
    """Drop the selection and leave the caret on the span, so that the next key acts on it."""
    cursor = session.cursor
    cursor.clear()
    if not span.covers(cursor.caret):
        cursor.move_to(span.start)


def repeat(session: Session) -> Change:
    """Tag again with the last label and the attributes that its last span was given."""
    if session.last_tag is None:
        raise NothingToDoError("nothing to repeat", "tag something first")
    label, attributes = session.last_tag
    start, end = target_range(session, session.scheme.labels[label])
    return _add(session, label, start, end, dict(attributes))


def tag_identical(session: Session) -> Change:
    """Tag every other mention with the active span's text alike; one undo step."""
    span = session.require_span()
    existing = {s.range for s in session.annotations.spans.values() if s.label == span.label}
    ranges = [r for r in find_identical(session.text, span.quote) if r not in existing]
    if not ranges:
        raise NothingToDoError(f"no other mention of {shown('', span.quote).strip()}")
    ids: list[str] = []
    ops: list[Op] = []
    for start, end in ranges:
        ids.append(session.new_id("s", ids))
        attributes = dict(span.attributes)
        ops.append(Put("spans", session.new_span(span.label, start, end, attributes, ids[-1])))
    change = session.commit(f"tag {len(ops)} identical {span.label}", ops)
    return replace(change, message=f"tagged {len(ops)} more: {shown(span.label, span.quote)}")


def delete(session: Session, span: Span | None = None) -> Change:
    """Delete a span (the active one) and the relations that end at it; one undo step.

    One that was accepted from a candidate is kept among the rejected ones, so that the candidate
    does not come back.
    """
    gone = span or session.require_span()
    links = session.annotations.links_at({gone.id})
    ops: list[Op] = [Drop(section, relation.id) for section, relation in links]
    ops.append(Drop("spans", gone.id))
    accepted = "from" in gone.origin
    if accepted:
        ops.append(Put("rejected", _as_proposed(session, gone)))
    if session.linking == gone.id:
        session.linking = None
    if session.resizing == gone.id:
        session.resizing = None
        session.cursor.clear()
    change = session.commit(f"delete {gone.label}", ops, at=gone.start)
    verb = "deleted and rejected" if accepted else "deleted"
    return replace(change, message=shown(f"{verb} {gone.label}", gone.quote))


def _as_proposed(session: Session, span: Span) -> Span:
    """Return a span that was accepted as the candidate that it was, under an id of its own."""
    origin = dict(span.origin)
    label = str(origin.pop("label", span.label))
    start, end = int(origin.pop("start", span.start)), int(origin.pop("end", span.end))
    proposed = with_bounds(session, span, start, end)
    return replace(proposed, id=session.new_id("c"), label=label, origin=origin)


def relabel(session: Session, label_name: str) -> Change:
    """Give the active span another label; attributes the new label lacks are dropped."""
    span = session.require_span()
    if span.label == label_name:
        raise NothingToDoError(f"already {label_name}")
    ops = relabelling(session, span, label_name)
    change = session.commit(f"relabel {span.label} to {label_name}", ops, at=span.start)
    dropped = len(ops) - 1
    more = f", {dropped} relation(s) no longer fit and went" if dropped else ""
    return replace(change, message=shown(f"now {label_name}", span.quote) + more)


def relabelling(session: Session, span: Span, label_name: str) -> list[Op]:
    """Return the operations that give a span another label; relations that no longer fit go."""
    new = _relabelled(session, span, label_name)
    return [Put("spans", new), *_unfit_relations(session, new)]


def _relabelled(session: Session, span: Span, label_name: str) -> Span:
    """Return a span with another label and only those attributes that the label has."""
    kept = fitting_attributes(session.scheme, label_name, span.attributes)
    return replace(span, label=label_name, attributes=kept)


def fitting_attributes(
    scheme: Scheme, label_name: str, attributes: Mapping[str, object]
) -> dict[str, object]:
    """Return those attributes that a label declares, with values that it allows."""
    allowed = scheme.labels[label_name].attributes
    return {
        name: value
        for name, value in attributes.items()
        if name in allowed and not allowed[name].complaint(value)
    }


def _unfit_relations(session: Session, span: Span) -> list[Op]:
    """Return the drops of relations that the scheme forbids once a span has changed."""
    annotations = session.annotations
    ops: list[Op] = []
    for section, relation in annotations.links_at({span.id}):
        declared = session.scheme.relations.get(relation.type)
        ends = {**annotations.spans, span.id: span}
        if declared and relation.source in ends and relation.target in ends:
            source, target = ends[relation.source].label, ends[relation.target].label
            if not declared.allows(source, target):
                ops.append(Drop(section, relation.id))
    return ops


def with_bounds(session: Session, span: Span, start: int, end: int) -> Span:
    """Return a span with other bounds, its quote, context and fragments to match."""
    prefix, suffix = context(session.text, start, end)
    fragments = [(max(a, start), min(b, end)) for a, b in span.fragments if a < end and b > start]
    if fragments:
        fragments[0] = (start, fragments[0][1])
        fragments[-1] = (fragments[-1][0], end)
    return replace(
        span,
        start=start,
        end=end,
        quote=session.text[start:end],
        prefix=prefix,
        suffix=suffix,
        fragments=tuple(fragments) if len(fragments) > 1 else (),
    )


def resize(session: Session, span: Span, start: int, end: int, label: str = "") -> Change:
    """Give a span other bounds (and, on request, another label); one undo step."""
    if start >= end:
        raise NothingToDoError("a span needs at least one character")
    if (start, end) == span.range and label in ("", span.label):
        raise NothingToDoError("bounds unchanged")
    new = with_bounds(session, span, start, end)
    ops: list[Op] = [Put("spans", new)]
    if label and label != span.label:
        new = _relabelled(session, new, label)
        ops = [Put("spans", new), *_unfit_relations(session, new)]
    change = session.commit(f"resize {span.label}", ops, at=start)
    _keep_caret_inside(session, new)
    session.activate(new)
    return replace(change, message=shown(f"{new.label} is now", new.quote))


def start_resize(session: Session) -> Span:
    """Turn the active span into a selection whose ends move; :func:`finish_resize` keeps it."""
    span = session.require_span()
    session.resizing = span.id
    session.cursor.select(span.start, span.end, sticky=True)
    return span


def finish_resize(session: Session, label: str = "") -> Change:
    """Give the span being resized the selection's bounds."""
    span = session.annotations.spans.get(session.resizing or "")
    selection = session.cursor.selection
    session.resizing = None
    if span is None or selection is None:
        session.cursor.clear()
        raise NothingToDoError("nothing selected; the span keeps its bounds")
    session.cursor.clear()
    return resize(session, span, *trimmed(session.text, *selection), label=label)


def nudge(session: Session, edge: str, direction: int, count: int = 1) -> Change:
    """Move one edge of the active span by words.

    Args:
        session: the open document.
        edge: ``start`` or ``end``.
        direction: 1 towards the end of the text, -1 towards its start.
        count: number of words.
    """
    span = session.require_span()
    return resize(session, span, *nudged(session, span.range, edge, direction, count))


def nudged(session: Session, bounds: Range, edge: str, direction: int, count: int = 1) -> Range:
    """Return a range with one edge moved by words; see :func:`nudge`.

    Raises:
        NothingToDoError: nothing would be left of it.
    """
    start, end = bounds
    for _ in range(count):
        before = start, end
        if edge == "start":
            start = _word_edge(session, start, direction)
        else:
            end = _word_end(session, end, direction)
        if start >= end or (start, end) == before:
            break
    if start >= end:
        raise NothingToDoError("the span would be empty", "{span.delete} deletes it")
    return start, end


def _word_edge(session: Session, at: int, direction: int) -> int:
    units = session.units
    there = units.next(Unit.WORD, at) if direction > 0 else units.previous(Unit.WORD, at)
    return at if there is None else there


def _word_end(session: Session, at: int, direction: int) -> int:
    """Return the nearest end of a word (or of a punctuation mark) before or behind an offset."""
    units, text = session.units, session.text
    if direction > 0:
        begin = at
        while begin < len(text) and text[begin].isspace():
            begin += 1
        word = units.at(Unit.WORD, begin) if begin < len(text) else None
        return max(word[1], begin + 1) if word and word[0] <= begin else min(begin + 1, len(text))
    before = units.previous(Unit.WORD, at)
    if before is None:
        return at
    word = units.at(Unit.WORD, before)
    if word and word[1] < at:
        return word[1]
    earlier = units.previous(Unit.WORD, before)
    word = units.at(Unit.WORD, earlier) if earlier is not None else None
    return word[1] if word else at


def merge(session: Session) -> Change:
    """Join spans of one label into one: those the selection touches, else the next one too."""
    selection = session.cursor.selection
    index = session.annotations.index
    if selection:
        touched = index.touching(*selection)
        group = [span for span in touched if span.label == touched[0].label]
    else:
        first = session.require_span()
        later = index.after(first.start)
        while later and later.label != first.label:
            later = index.after(later.start)
        group = [first, later] if later else [first]
    if len(group) < 2:
        raise NothingToDoError(
            "no second span to merge with", "select across both, then {span.merge}"
        )
    return _merge(session, group)


def _merge(session: Session, group: list[Span]) -> Change:
    first, others = group[0], group[1:]
    attributes: dict[str, object] = {}
    for span in reversed(group):
        attributes.update(span.attributes)
    whole = with_bounds(session, first, min(s.start for s in group), max(s.end for s in group))
    notes = "\n".join(s.note for s in group if s.note)
    whole = replace(whole, attributes=attributes, note=notes, fragments=())
    gone = {span.id for span in others}
    links = session.annotations.links_at(gone)
    ops: list[Op] = [Drop(section, relation.id) for section, relation in links]
    ops += [Drop("spans", span.id) for span in others]
    ops.append(Put("spans", whole))
    for section, relation in links:
        source = first.id if relation.source in gone else relation.source
        target = first.id if relation.target in gone else relation.target
        if source != target:
            ops.append(Put(section, replace(relation, source=source, target=target)))
    change = session.commit(f"merge {len(group)} {first.label}", ops, at=whole.start)
    _keep_caret_inside(session, whole)
    session.activate(whole)
    return replace(change, message=shown(f"merged {len(group)} into", whole.quote))


def split(session: Session) -> Change:
    """Cut the active span in two at the caret; relations stay with the first half."""
    span, at = session.require_span(), session.cursor.caret
    if not span.start < at < span.end:
        raise NothingToDoError("put the caret where the second part begins")
    left = trimmed(session.text, span.start, at)
    right = trimmed(session.text, at, span.end)
    first = with_bounds(session, span, *left)
    second = replace(with_bounds(session, span, *right), id=session.new_id("s"))
    change = session.commit(f"split {span.label}", [Put("spans", first), Put("spans", second)], at)
    session.activate(second)
    return replace(change, message=shown("split off", second.quote))


def set_attributes(
    session: Session, span: Span, attributes: Mapping[str, object], note: str | None = None
) -> Change:
    """Replace a span's attributes (and note, unless None); one undo step."""
    new = replace(span, attributes=dict(attributes), note=span.note if note is None else note)
    if new == span:
        raise NothingToDoError("nothing changed")
    change = session.commit(f"attributes of {span.label}", [Put("spans", new)], at=span.start)
    if span.id == session.last_tagged_id:
        session.last_tag = (span.label, dict(attributes))
    return replace(change, message=shown(f"changed {span.label}", span.quote))


def set_value(session: Session, number: int) -> Change:
    """Set the ``number``-th value (from 1) of the active span's first choice attribute.

    A value that is set already is taken away; with several values allowed it is toggled.
    """
    span = session.require_span()
    new = with_value(session.scheme, span, number)
    change = set_attributes(session, span, new.attributes)
    label = session.scheme.labels[span.label]
    assert label.first_choice is not None
    name = label.first_choice.name
    value = new.attributes.get(name, "none")
    state = ", ".join(value) if isinstance(value, list) else str(value)
    return replace(change, message=f"{name}: {state}")


def with_value(scheme: Scheme, span: Span, number: int) -> Span:
    """Return a span with the ``number``-th value (from 1) of its first choice set or toggled.

    Raises:
        NothingToDoError: its label has no such value.
    """
    label = scheme.labels.get(span.label)
    attribute = label.first_choice if label else None
    if attribute is None or number > len(attribute.values):
        raise NothingToDoError(f"{span.label} has no value {number}")
    value, attributes = attribute.values[number - 1], dict(span.attributes)
    current = attributes.pop(attribute.name, None)
    if attribute.type == "choices":
        chosen = set(current or []) ^ {value}
        if chosen:
            attributes[attribute.name] = [v for v in attribute.values if v in chosen]
    elif current != value:
        attributes[attribute.name] = value
    return replace(span, attributes=attributes)
