"""Tag, change and delete spans."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...domain.span import Span
from ...keys.registry import VALUE_DIGITS
from ...session import review, review_place, tagging
from ...session.candidate import Candidate
from ...session.document_session import Change, NothingToDoError
from ...text.units import Unit
from ..dialogs.choose import Choice, ChooseDialog
from ..dialogs.form import FormDialog, FormResult
from ..dialogs.prompt import PromptDialog
from .registry import ACTIONS, Action, action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


def tag_action(label: str, unit: Unit | None = None) -> Action:
    """Return what the key of a label does.

    Args:
        label: the label.
        unit: what to tag where nothing is selected; None for the label's own unit.
    """

    def tag(screen: MainScreen, _count: int | None) -> Change:
        if unit is None and _candidate(screen):
            return review.accept(screen.session, label)
        return tagging.tag(screen.session, label, unit)

    return tag


def _candidate(screen: MainScreen) -> Candidate | None:
    """Return the span candidate that the review went to: keys act on it, not on spans."""
    found = review_place.reviewed(screen.session)
    return found if isinstance(found, Candidate) and not screen.session.resizing else None


def _value_action(number: int) -> Action:
    def set_value(screen: MainScreen, _count: int | None) -> Change:
        if _candidate(screen):
            return review.accept(screen.session, value=number)
        return tagging.set_value(screen.session, number)

    return set_value


for _digit in VALUE_DIGITS:
    ACTIONS[f"value.{_digit}"] = _value_action(int(_digit))


@action("tag.repeat")
def repeat(screen: MainScreen, _count: int | None) -> Change:
    """Tag again as the last time."""
    return tagging.repeat(screen.session)


@action("tag.identical")
def identical(screen: MainScreen, _count: int | None) -> Change:
    """Tag every identical mention of the active span's text."""
    return tagging.tag_identical(screen.session)


@action("span.delete")
def delete(screen: MainScreen, _count: int | None) -> Change:
    """Delete the active span; of a candidate, reject it."""
    if _candidate(screen):
        return review.reject(screen.session)
    return tagging.delete(screen.session)


@action("span.relabel")
def relabel(screen: MainScreen, _count: int | None) -> None:
    """Ask for another label for the active span, or for one to accept the candidate with."""
    candidate = _candidate(screen)
    span = candidate.span if candidate else screen.session.require_span()
    choices = [
        Choice(label.name, label.name, label.key, label.description, f"label.{label.name}")
        for label in screen.session.scheme.labels.values()
    ]

    def answered(label: str | None) -> Change | None:
        if not label:
            return None
        if _candidate(screen):
            return review.accept(screen.session, label)
        return tagging.relabel(screen.session, label)

    dialog = ChooseDialog(
        "Relabel", choices, current=span.label, subtitle=span.quote, label_style=screen.label_style
    )
    screen.ask(dialog, answered)


_RESIZING = ", {select.swap-ends} swaps ends, {span.form} keeps, {select.clear} leaves"


@action("span.resize")
def resize(screen: MainScreen, _count: int | None) -> Change | None:
    """Let motions move the ends of the active span; again to keep the new bounds.

    A candidate is accepted first.
    """
    session = screen.session
    if session.resizing:
        return _finish_resize(screen)
    change = review.accept_and_stay(session) if _candidate(screen) else None
    span = tagging.start_resize(session)
    hint = f"resizing {span.label}: move the end" + screen.keymap.named_in(_RESIZING)
    if change is None:
        screen.tell(hint)
        return None
    return replace(change, message=f"accepted; {hint}")


def _finish_resize(screen: MainScreen) -> Change:
    """Keep the new bounds; if the span was a candidate, go on to the next one, new or not."""
    span_id = screen.session.resizing or ""
    try:
        return tagging.finish_resize(screen.session)
    finally:
        review.go_on(screen.session, span_id)


def _nudge(edge: str, direction: int) -> Action:
    def nudge(screen: MainScreen, count: int | None) -> Change:
        candidate = _candidate(screen)
        if candidate is None:
            return tagging.nudge(screen.session, edge, direction, count or 1)
        bounds = tagging.nudged(screen.session, candidate.range, edge, direction, count or 1)
        return review.accept_and_stay(screen.session, bounds)

    return nudge


ACTIONS["span.start-left"] = _nudge("start", -1)
ACTIONS["span.start-right"] = _nudge("start", 1)
ACTIONS["span.end-left"] = _nudge("end", -1)
ACTIONS["span.end-right"] = _nudge("end", 1)


@action("span.merge")
def merge(screen: MainScreen, _count: int | None) -> Change:
    """Merge the spans the selection touches, or the active one with the next of its label.

    A candidate is accepted together with the other versions of it.
    """
    if _candidate(screen):
        return review.accept_merged(screen.session)
    return tagging.merge(screen.session)


@action("span.split")
def split(screen: MainScreen, _count: int | None) -> Change:
    """Cut the active span in two at the caret."""
    return tagging.split(screen.session)


@action("span.cycle")
def cycle(screen: MainScreen, _count: int | None) -> None:
    """Make the next of several overlapping spans the active one."""
    here = screen.session.spans_here()
    span = screen.session.cycle()
    if len(here) == 1:
        raise NothingToDoError("only one span here")
    place = screen.session.spans_here().index(span) + 1
    screen.tell(f"{tagging.shown(span.label, span.quote)} ({place} of {len(here)} here)")


@action("span.note")
def note(screen: MainScreen, _count: int | None) -> None:
    """Write a note on the active span."""
    span = screen.session.require_span()

    def answered(value: str | None) -> Change | None:
        current = screen.session.annotations.spans.get(span.id)
        if value is None or current is None:
            return None
        return tagging.set_attributes(screen.session, current, current.attributes, value)

    screen.ask(PromptDialog(f"Note on {span.label}", value=span.note, multiline=True), answered)


@action("span.form")
def form(screen: MainScreen, _count: int | None) -> Change | None:
    """Open the form of the active span; while resizing, keep the new bounds.

    A candidate is accepted first.
    """
    if screen.session.resizing:
        return _finish_resize(screen)
    change = review.accept_and_stay(screen.session) if _candidate(screen) else None
    open_form(screen, screen.session.require_span())
    return change


def open_form(screen: MainScreen, span: Span) -> None:
    """Ask for the attributes of a span."""
    label = screen.session.scheme.labels.get(span.label)

    def answered(result: FormResult | None) -> Change | None:
        current = screen.session.annotations.spans.get(span.id)
        if result is None or current is None:
            return None
        change = tagging.set_attributes(screen.session, current, result.attributes, result.note)
        review.go_on(screen.session, span.id)
        return change

    dialog = FormDialog(
        span.label,
        label.attributes if label else {},
        span.attributes,
        note=span.note,
        quote=span.quote,
    )
    screen.ask(dialog, answered)
