"""Tag, change and delete spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.span import Span
from ...keys.registry import VALUE_DIGITS
from ...session import tagging
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
        return tagging.tag(screen.session, label, unit)

    return tag


def _value_action(number: int) -> Action:
    def set_value(screen: MainScreen, _count: int | None) -> Change:
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
    """Delete the active span."""
    return tagging.delete(screen.session)


@action("span.relabel")
def relabel(screen: MainScreen, _count: int | None) -> None:
    """Ask for another label for the active span."""
    span = screen.session.require_span()
    choices = [
        Choice(label.name, label.name, label.key, label.description, f"label.{label.name}")
        for label in screen.session.scheme.labels.values()
    ]

    def answered(label: str | None) -> Change | None:
        return tagging.relabel(screen.session, label) if label else None

    dialog = ChooseDialog(
        "Relabel", choices, current=span.label, subtitle=span.quote, label_style=screen.label_style
    )
    screen.ask(dialog, answered)


@action("span.resize")
def resize(screen: MainScreen, _count: int | None) -> Change | None:
    """Let motions move the ends of the active span; again to keep the new bounds."""
    if screen.session.resizing:
        return tagging.finish_resize(screen.session)
    span = tagging.start_resize(screen.session)
    screen.tell(f"resizing {span.label}: move the end, o swaps ends, enter keeps, escape leaves")
    return None


def _nudge(edge: str, direction: int) -> Action:
    def nudge(screen: MainScreen, count: int | None) -> Change:
        return tagging.nudge(screen.session, edge, direction, count or 1)

    return nudge


ACTIONS["span.start-left"] = _nudge("start", -1)
ACTIONS["span.start-right"] = _nudge("start", 1)
ACTIONS["span.end-left"] = _nudge("end", -1)
ACTIONS["span.end-right"] = _nudge("end", 1)


@action("span.merge")
def merge(screen: MainScreen, _count: int | None) -> Change:
    """Merge the spans the selection touches, or the active one with the next of its label."""
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
    """Open the form of the active span; while resizing, keep the new bounds."""
    if screen.session.resizing:
        return tagging.finish_resize(screen.session)
    open_form(screen, screen.session.require_span())
    return None


def open_form(screen: MainScreen, span: Span) -> None:
    """Ask for the attributes of a span."""
    label = screen.session.scheme.labels.get(span.label)

    def answered(result: FormResult | None) -> Change | None:
        current = screen.session.annotations.spans.get(span.id)
        if result is None or current is None:
            return None
        return tagging.set_attributes(screen.session, current, result.attributes, result.note)

    dialog = FormDialog(
        span.label,
        label.attributes if label else {},
        span.attributes,
        note=span.note,
        quote=span.quote,
    )
    screen.ask(dialog, answered)
