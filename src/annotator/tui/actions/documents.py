"""Documents of the project, their status and notes; undo, redo and saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from ...domain.annotations import STATUSES, Status
from ...session.document_session import Change, NothingToDoError
from ...session.workspace import summary_of
from ..dialogs.choose import Choice, ChooseDialog
from ..dialogs.documents import DocumentItem, DocumentsDialog
from ..dialogs.prompt import PromptDialog
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen

_STATUS_WORDS = {
    "new": "nothing done yet",
    "in-progress": "being worked on",
    "done": "finished",
    "flagged": "someone should look at it",
    "skipped": "not to be annotated",
}


def _step(screen: MainScreen, count: int) -> None:
    workspace = screen.workspace
    there = max(0, min(workspace.position + count, len(workspace.documents) - 1))
    if there == workspace.position:
        raise NothingToDoError("this is the last document" if count > 0 else "this is the first")
    screen.open_document(there, 1 if count > 0 else -1)


@action("document.next")
def following(screen: MainScreen, count: int | None) -> None:
    """Open the next document."""
    _step(screen, count or 1)


@action("document.previous")
def previous(screen: MainScreen, count: int | None) -> None:
    """Open the document before."""
    _step(screen, -(count or 1))


@action("document.next-unfinished")
def next_unfinished(screen: MainScreen, _count: int | None) -> None:
    """Open the next document that is neither done nor skipped."""
    there = screen.workspace.next_unfinished()
    if there is None:
        raise NothingToDoError("no other document is unfinished")
    screen.open_document(there)


@action("document.done")
def done(screen: MainScreen, _count: int | None) -> None:
    """Mark the document done and open the next unfinished one.

    First what adjudication left open is offered, and then missed twins.
    """
    if screen.session.annotations.status == "done":
        _finish(screen)
    elif left := screen.candidates.remind():
        hint = screen.keymap.named_in("; {document.done} again is done")
        screen.tell(f"{left} left to decide{hint}")
    else:
        screen.twins.before(lambda: screen.perform(lambda: _finish(screen)))


def _finish(screen: MainScreen) -> None:
    session = screen.session
    if session.annotations.status != "done":
        screen.edited(session.set_status("done"))
    there = screen.workspace.next_unfinished()
    if there is None:
        screen.tell("done; no other document is unfinished")
    else:
        screen.open_document(there)


@action("document.flag")
def flag(screen: MainScreen, _count: int | None) -> Change:
    """Flag the document for someone to look at, or take the flag away."""
    flagged = screen.session.annotations.status == "flagged"
    return screen.session.set_status("in-progress" if flagged else "flagged")


@action("document.status")
def status(screen: MainScreen, _count: int | None) -> None:
    """Choose the document's status."""
    choices = [Choice(name, name, name[0], _STATUS_WORDS[name]) for name in STATUSES]

    def answered(name: str | None) -> Change | None:
        return screen.session.set_status(cast("Status", name)) if name else None

    current = screen.session.annotations.status
    screen.ask(ChooseDialog("Status of the document", choices, current=current), answered)


@action("document.note")
def note(screen: MainScreen, _count: int | None) -> None:
    """Write a note on the document."""

    def answered(value: str | None) -> Change | None:
        return None if value is None else screen.session.set_note(value)

    value = screen.session.annotations.note
    screen.ask(PromptDialog("Note on the document", value=value, multiline=True), answered)


@action("document.list")
def documents(screen: MainScreen, _count: int | None) -> None:
    """Choose a document from the list."""
    workspace = screen.workspace
    workspace.remember(workspace.position, summary_of(screen.session))

    def describe(position: int) -> DocumentItem:
        summary = workspace.summary(position)
        return DocumentItem(
            workspace.documents[position].id, summary.status, summary.counts, summary.relations
        )

    def answered(position: int | None) -> None:
        if position is not None and position != workspace.position:
            screen.open_document(position)

    dialog = DocumentsDialog(
        [entry.id for entry in workspace.documents],
        workspace.position,
        describe,
        label_style=screen.label_style,
    )
    screen.ask(dialog, answered)


@action("edit.undo")
def undo(screen: MainScreen, count: int | None) -> Change:
    """Take the last edit back."""
    return _repeated(screen.session.undo, count)


@action("edit.redo")
def redo(screen: MainScreen, count: int | None) -> Change:
    """Do the last undone edit again."""
    return _repeated(screen.session.redo, count)


def _repeated(step: Callable[[], Change], count: int | None) -> Change:
    change = step()
    ranges = list(change.ranges)
    done = 1
    while done < (count or 1):
        try:
            change = step()
        except NothingToDoError:
            break
        ranges += change.ranges
        done += 1
    message = change.message if done == 1 else f"{change.message} and {done - 1} before"
    return Change(message, tuple(ranges))


@action("file.save")
def save(screen: MainScreen, _count: int | None) -> None:
    """Write the YAML file now."""
    screen.save_now()
