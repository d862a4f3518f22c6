"""Link spans, follow links, change and remove them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.span import Relation, Span
from ...session import relating
from ...session.document_session import Change, NothingToDoError
from ...session.tagging import shown
from ..dialogs.choose import Choice, ChooseDialog
from ..dialogs.form import FormDialog, FormResult
from ..dialogs.relations import RelationAction, RelationItem, RelationsDialog
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


@action("relation.link")
def link(screen: MainScreen, _count: int | None) -> Change | None:
    """Mark the active span, or link it with the one that was marked."""
    session = screen.session
    pair = relating.mark_or_pair(session)
    if pair is None:
        span = session.require_span()
        screen.tell(
            f"{shown('link from', span.quote)}: go to the other span and press the key again"
        )
        return None
    source, target = pair
    types = relating.possible_types(session, source, target)
    if not types:
        raise NothingToDoError(f"no relation fits {source.label} and {target.label}")
    swapped = {kind.name: turned for kind, turned in types}
    choices = [
        Choice(kind.name, kind.name, "", kind.description + (" (turned round)" if turned else ""))
        for kind, turned in types
    ]

    def answered(name: str | None) -> Change | None:
        if name is None:
            return None
        ends = (target, source) if swapped[name] else (source, target)
        change = relating.relate(session, *ends, name)
        _ask_attributes(screen, name)
        return change

    screen.ask(ChooseDialog("Link as", choices, subtitle=target.quote), answered)
    return None


def _ask_attributes(screen: MainScreen, type_name: str) -> None:
    """Open the form of the relation just made, if its type has attributes."""
    if screen.session.scheme.relations[type_name].attributes:
        newest = next(reversed(screen.session.annotations.relations.values()))
        open_relation_form(screen, newest)


def open_relation_form(screen: MainScreen, relation: Relation) -> None:
    """Ask for the attributes of a relation."""
    session = screen.session
    declared = session.scheme.relations.get(relation.type)

    def answered(result: FormResult | None) -> Change | None:
        current = session.annotations.relations.get(relation.id)
        if result is None or current is None:
            return None
        return relating.set_relation_attributes(session, current, result.attributes, result.note)

    dialog = FormDialog(
        relation.type,
        declared.attributes if declared else {},
        relation.attributes,
        note=relation.note,
        quote=_ends(screen, relation),
    )
    screen.ask(dialog, answered)


def _ends(screen: MainScreen, relation: Relation) -> str:
    spans = screen.session.annotations.spans
    quotes = [spans[end].quote for end in (relation.source, relation.target) if end in spans]
    return " — ".join(quotes)


@action("relation.follow")
def follow(screen: MainScreen, _count: int | None) -> None:
    """Go to the other end of the active span's relation."""
    span = relating.follow(screen.session)
    screen.session.cursor.jump_to(span.start)
    screen.session.activate(span)


@action("relation.list")
def relations(screen: MainScreen, _count: int | None) -> None:
    """List the relations of the active span."""
    session = screen.session
    span = session.require_span()
    found = session.annotations.relations_of(span.id)
    if not found:
        raise NothingToDoError("this span has no relation", "{relation.link} links it")
    items = [_item(screen, relation, span) for relation in found]

    def answered(choice: RelationAction | None) -> Change | None:
        relation = session.annotations.relations.get(choice.relation_id) if choice else None
        if choice is None or relation is None:
            return None
        if choice.kind == "remove":
            return relating.unrelate(session, relation)
        if choice.kind == "edit":
            open_relation_form(screen, relation)
            return None
        there = relating.other_end(session, relation, span)
        if there:
            session.cursor.jump_to(there.start)
            session.activate(there)
        return None

    screen.ask(RelationsDialog(span.quote, items), answered)


def _item(screen: MainScreen, relation: Relation, span: Span) -> RelationItem:
    session = screen.session
    declared = session.scheme.relations.get(relation.type)
    other = relating.other_end(session, relation, span)
    return RelationItem(
        id=relation.id,
        type=relation.type,
        outgoing=relation.source == span.id,
        symmetric=bool(declared and declared.symmetric),
        other_id=other.id if other else "",
        other_label=other.label if other else "",
        other_quote=other.quote if other else "(gone)",
        start=other.start if other else 0,
        summary=", ".join(f"{name} {value}" for name, value in relation.attributes.items()),
    )
