"""What is on the screen: scrolling, sidebar, themes, help, palette, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...session import relating, tagging
from ...session.document_session import Change, NothingToDoError
from ..dialogs.help import HelpDialog
from ..palette import PaletteDialog
from .registry import ACTIONS, Action, action

if TYPE_CHECKING:
    from ..main_screen import MainScreen


@action("view.scroll-up")
def scroll_up(screen: MainScreen, count: int | None) -> None:
    """Scroll up without moving the caret."""
    screen.pane.scroll_lines(-(count or 3))


@action("view.scroll-down")
def scroll_down(screen: MainScreen, count: int | None) -> None:
    """Scroll down without moving the caret."""
    screen.pane.scroll_lines(count or 3)


@action("view.centre")
def centre(screen: MainScreen, _count: int | None) -> None:
    """Put the caret's line in the middle."""
    screen.pane.centre()


@action("app.sidebar")
def sidebar(screen: MainScreen, _count: int | None) -> None:
    """Show or hide the sidebar."""
    screen.toggle_sidebar()


@action("app.keys-hints")
def key_hints(screen: MainScreen, _count: int | None) -> None:
    """Show or hide the line of key hints."""
    screen.toggle_hints()


@action("app.focus-next")
def focus_next(screen: MainScreen, _count: int | None) -> None:
    """Go to the next pane."""
    screen.focus_pane(1)


@action("app.focus-previous")
def focus_previous(screen: MainScreen, _count: int | None) -> None:
    """Go to the pane before."""
    screen.focus_pane(-1)


@action("app.theme")
def theme(screen: MainScreen, _count: int | None) -> None:
    """Use the next theme."""
    screen.next_theme()


@action("app.help")
def show_help(screen: MainScreen, _count: int | None) -> None:
    """Show the keys of the place where the focus is."""
    contexts = (screen.context, "global")
    dialog = HelpDialog(screen.keymap, screen.session.scheme, contexts)
    screen.ask(dialog, screen.run_chosen)


@action("app.palette")
def palette(screen: MainScreen, _count: int | None) -> None:
    """Choose any command by name."""
    contexts = (screen.context, "global")
    dialog = PaletteDialog(
        screen.keymap, contexts, screen.session.scheme, recent=screen.recent_commands
    )
    screen.ask(dialog, screen.run_chosen)


@action("app.quit")
def leave(screen: MainScreen, _count: int | None) -> None:
    """Save and leave."""
    screen.leave()


def _list_action(command_id: str) -> Action:
    def act(screen: MainScreen, count: int | None) -> None:
        screen.sidebar.run(command_id, count or 1)

    return act


for _id in ("up", "down", "page-up", "page-down", "first", "last", "choose", "fold"):
    ACTIONS[f"list.{_id}"] = _list_action(f"list.{_id}")


@action("list.close")
def close_list(screen: MainScreen, _count: int | None) -> None:
    """Go back to the article."""
    screen.pane.focus()


@action("list.delete")
def delete_row(screen: MainScreen, _count: int | None) -> Change:
    """Delete the span or relation of the highlighted row."""
    target = screen.sidebar.target()
    annotations = screen.session.annotations
    if target and target.kind == "span" and target.id in annotations.spans:
        return tagging.delete(screen.session, annotations.spans[target.id])
    if target and target.kind == "relation" and target.id in annotations.relations:
        return relating.unrelate(screen.session, annotations.relations[target.id])
    raise NothingToDoError("only spans and relations can be deleted here")
