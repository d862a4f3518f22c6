"""Motions of the caret, the selection, and the jump list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...session.document_session import NothingToDoError
from ...text.units import Unit
from ..dialogs.prompt import PromptDialog
from .registry import ACTIONS, Action, action

if TYPE_CHECKING:
    from ..main_screen import MainScreen

_UNITS = {
    "word": Unit.WORD,
    "sentence": Unit.SENTENCE,
    "paragraph": Unit.PARAGRAPH,
    "entity": Unit.ENTITY,
    "bracket": Unit.BRACKET,
}


def _unit_motion(name: str, unit: Unit, direction: int) -> Action:
    def move(screen: MainScreen, count: int | None) -> None:
        if not screen.session.cursor.move_by(unit, direction * (count or 1)):
            if unit is Unit.ENTITY and screen.entities_note:
                raise NothingToDoError(screen.entities_note)
            where = "further" if direction > 0 else "earlier"
            raise NothingToDoError(f"no {where} {name}")

    return move


def _selection(unit: Unit) -> Action:
    def select(screen: MainScreen, _count: int | None) -> None:
        cursor = screen.session.cursor
        found = screen.session.units.at(unit, cursor.focus)
        if found is None:
            raise NothingToDoError(f"no {unit.value} here")
        cursor.select(*found)

    return select


for _name, _unit in _UNITS.items():
    ACTIONS[f"move.{_name}-next"] = _unit_motion(_name, _unit, 1)
    ACTIONS[f"move.{_name}-previous"] = _unit_motion(_name, _unit, -1)
for _name in ("word", "sentence", "paragraph"):
    ACTIONS[f"select.{_name}"] = _selection(_UNITS[_name])


def _step(direction: int, *, extend: bool) -> Action:
    def move(screen: MainScreen, count: int | None) -> None:
        screen.session.cursor.step(direction * (count or 1), extend=extend)

    return move


def _vertical(direction: int, *, extend: bool) -> Action:
    def move(screen: MainScreen, count: int | None) -> None:
        there = screen.pane.offset_above_or_below(direction * (count or 1))
        screen.session.cursor.move_to(there, extend=extend)

    return move


def _page(direction: int) -> Action:
    def move(screen: MainScreen, count: int | None) -> None:
        there = screen.pane.offset_a_page_away(direction * (count or 1))
        screen.session.cursor.move_to(there)

    return move


for _verb, _extend in (("move", False), ("select", True)):
    ACTIONS[f"{_verb}.left"] = _step(-1, extend=_extend)
    ACTIONS[f"{_verb}.right"] = _step(1, extend=_extend)
    ACTIONS[f"{_verb}.up"] = _vertical(-1, extend=_extend)
    ACTIONS[f"{_verb}.down"] = _vertical(1, extend=_extend)
ACTIONS["move.page-up"] = _page(-1)
ACTIONS["move.page-down"] = _page(1)


@action("move.span-next")
def span_next(screen: MainScreen, count: int | None) -> None:
    """Go to the next tagged span."""
    session = screen.session
    for _ in range(count or 1):
        span = session.annotations.index.after(session.cursor.caret)
        if span is None:
            raise NothingToDoError("no further span")
        session.cursor.move_to(span.start)
        session.activate(span)


@action("move.span-previous")
def span_previous(screen: MainScreen, count: int | None) -> None:
    """Go to the tagged span before the caret."""
    session = screen.session
    for _ in range(count or 1):
        span = session.annotations.index.before(session.cursor.caret)
        if span is None:
            raise NothingToDoError("no earlier span")
        session.cursor.move_to(span.start)
        session.activate(span)


@action("move.line-start")
def line_start(screen: MainScreen, _count: int | None) -> None:
    """Go to the start of the screen line."""
    screen.session.cursor.move_to(screen.pane.line_edges()[0])


@action("move.line-end")
def line_end(screen: MainScreen, _count: int | None) -> None:
    """Go to the end of the screen line."""
    screen.session.cursor.move_to(screen.pane.line_edges()[1])


def _far_move(screen: MainScreen, offset: int) -> None:
    cursor = screen.session.cursor
    cursor.jumps.leave(cursor.caret)
    cursor.move_to(offset)


@action("move.document-start")
def document_start(screen: MainScreen, _count: int | None) -> None:
    """Go to the start of the text."""
    _far_move(screen, 0)


@action("move.document-end")
def document_end(screen: MainScreen, _count: int | None) -> None:
    """Go to the end of the text."""
    _far_move(screen, len(screen.session.text))


@action("move.goto-line")
def goto_line(screen: MainScreen, count: int | None) -> None:
    """Go to a line of the file: the count's, else ask."""
    if count is not None:
        _far_move(screen, _start_of_line(screen.session.text, count))
        return

    def check(value: str) -> str:
        return "" if value.strip().isdigit() else "a line number, please"

    def answered(value: str | None) -> None:
        if value:
            _far_move(screen, _start_of_line(screen.session.text, int(value)))

    screen.ask(PromptDialog("Go to line", validate=check), answered)


def _start_of_line(text: str, number: int) -> int:
    """Return the offset at which a line (from 1) of the file starts; the last line if beyond."""
    at = 0
    for _ in range(number - 1):
        newline = text.find("\n", at)
        if newline < 0:
            break
        at = newline + 1
    return at


@action("jump.back")
def jump_back(screen: MainScreen, count: int | None) -> None:
    """Go back to where the last far move began."""
    cursor = screen.session.cursor
    for _ in range(count or 1):
        there = cursor.jumps.back(cursor.caret)
        if there is None:
            raise NothingToDoError("no place to go back to")
        cursor.move_to(there)


@action("jump.forward")
def jump_forward(screen: MainScreen, count: int | None) -> None:
    """Go forward again in the jump list."""
    cursor = screen.session.cursor
    for _ in range(count or 1):
        there = cursor.jumps.forward()
        if there is None:
            raise NothingToDoError("no place to go forward to")
        cursor.move_to(there)


@action("select.grow")
def grow(screen: MainScreen, count: int | None) -> None:
    """Select the next larger unit."""
    for _ in range(count or 1):
        if not screen.session.cursor.grow():
            raise NothingToDoError("nothing larger to select")


@action("select.shrink")
def shrink(screen: MainScreen, count: int | None) -> None:
    """Take the last growth of the selection back."""
    for _ in range(count or 1):
        if not screen.session.cursor.shrink():
            raise NothingToDoError("nothing to shrink")


@action("select.mark")
def mark(screen: MainScreen, _count: int | None) -> None:
    """Start a selection that motions extend, or drop it."""
    screen.session.cursor.mark()


@action("select.swap-ends")
def swap_ends(screen: MainScreen, _count: int | None) -> None:
    """Let the other end of the selection move."""
    if screen.session.cursor.selection is None:
        raise NothingToDoError("nothing selected")
    screen.session.cursor.swap_ends()


@action("select.clear")
def clear(screen: MainScreen, _count: int | None) -> None:
    """Leave whatever is going on: resizing, linking, selecting, searching, in this order."""
    session = screen.session
    if session.resizing:
        session.resizing = None
        session.cursor.clear()
        raise NothingToDoError("the span keeps its bounds")
    if session.linking:
        session.linking = None
        raise NothingToDoError("link dropped")
    if session.cursor.anchor is not None:
        session.cursor.clear()
    elif screen.search.hits:
        screen.search.clear()
