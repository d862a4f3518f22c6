"""Opens and leaves documents, saves them behind the keys, and ends the app when all is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message
from textual.timer import Timer

from ..domain.errors import AnnotatorError, ForbiddenError, LockedError
from ..session.document_session import Session
from ..session.workspace import Workspace, summary_of
from ..store.set_store import ChangedOutsideError
from ..text.glyphs import visible
from .saver import SaveEvent, Saver

if TYPE_CHECKING:
    from .main_screen import MainScreen

WRITE_AFTER = 1.0
"""Seconds of quiet after which the YAML is written."""
WRITE_AT_LEAST = 10.0
"""Seconds after which it is written even while keys keep coming."""

_TRIED = 100
"""Documents that cannot be read are passed over, but not more than these at a time."""


class SaveNews(Message):
    """The outcome of a save, brought into the app's thread.

    Attributes:
        event: what became of it.
    """

    bubble = False

    def __init__(self, event: SaveEvent) -> None:
        super().__init__()
        self.event = event


class DocumentControl:
    """Owns the open session and its way to the disk.

    Args:
        screen: shows it.
        workspace: where documents come from.
    """

    def __init__(self, screen: MainScreen, workspace: Workspace) -> None:
        self._screen = screen
        self._workspace = workspace
        self._saver = Saver(self._post)
        self.session: Session | None = None
        self._quiet: Timer | None = None
        self._latest: Timer | None = None
        self._written_revision = 0
        self._leaving = False
        self._failed = False
        self._closing: set[str] = set()

    def _post(self, event: SaveEvent) -> None:
        self._screen.post_message(SaveNews(event))

    # -- opening ------------------------------------------------------------------------------

    def open_first(self) -> None:
        """Open the document that the command line named, or the first behind it that opens.

        When none does, the app ends with the reason.
        """
        try:
            self.open_from(self._workspace.position, 1)
        except AnnotatorError as error:
            # Text, not a string: a string would be read as markup.
            self._screen.app.exit(2, message=Text(visible(f"annotator: {error}")))

    def open_from(self, position: int, step: int) -> None:
        """Open a document; one that cannot be read is told of and passed over.

        Args:
            position: where to begin.
            step: 1 to go on with the documents behind it, -1 with those before.

        Raises:
            AnnotatorError: none of them opens; says why the first does not.
        """
        failure: AnnotatorError | None = None
        last = position + step * _TRIED
        for there in range(position, last, step):
            if not 0 <= there < len(self._workspace.documents):
                break
            try:
                self.open(there)
            except AnnotatorError as error:
                failure = failure or error
            else:
                if failure:
                    self._screen.tell(f"passed over: {failure}", "error")
                return
        if failure:
            raise failure

    def open(self, position: int, *, read_only: bool = False) -> None:
        """Leave the open document and show another.

        A set that another process holds is offered read-only; one that the disk refuses to write
        is opened so.
        """
        if self._workspace.documents[position].id in self._closing:
            self._saver.wait()  # else its lock, which is still ours, would keep us out
            self._closing.clear()
        try:
            session = self._workspace.open(position, read_only=read_only)
        except LockedError as error:
            self._ask_read_only(position, error)
            return
        except ForbiddenError:
            if read_only:
                raise
            self.open(position, read_only=True)
            self._screen.tell("to look only: the disk is read-only for you", "warning")
            return
        self.release()
        self.session = session
        self._written_revision = session.revision
        self._failed = False
        self._screen.show_session(session)
        if session.store.dirty and not session.read_only:
            self.save_now(quietly=True)

    def _ask_read_only(self, position: int, error: LockedError) -> None:
        from .dialogs.confirm import Answer, ConfirmDialog

        answers = [
            Answer("look", "r", "open it read-only"),
            Answer("leave", "q", "quit" if self.session is None else "stay here"),
        ]

        def answered(answer: str | None) -> None:
            if answer == "look":
                self.open(position, read_only=True)
            elif self.session is None:
                self._screen.app.exit(0)

        self._screen.app.push_screen(
            ConfirmDialog("In use", str(error), answers, default="look"), answered
        )

    def release(self) -> None:
        """Remember where the open document stood, write it if need be, and let it go."""
        session = self.session
        if session is None:
            return
        self._stop_timers()
        self._workspace.remember(self._position_of(session), summary_of(session))
        if not session.read_only:
            session.store.position = session.cursor.caret
            if session.store.dirty:
                self._saver.write(session.store, session.store.freeze(), session.revision)
        self._saver.close(session.store)
        self._closing.add(session.document.id)
        self.session = None

    def _position_of(self, session: Session) -> int:
        documents = self._workspace.documents
        here = self._workspace.position
        if documents[here].id == session.document.id:
            return here
        return next(i for i, entry in enumerate(documents) if entry.id == session.document.id)

    # -- saving -------------------------------------------------------------------------------

    def edited(self) -> None:
        """Make the journal durable once the edit is on the screen, the YAML a little later."""
        self._screen.status_bar.change(saved="unsaved", saved_detail="")
        self._screen.call_later(self._start_saving)

    def _start_saving(self) -> None:
        session = self.session
        if session is None or session.read_only:
            return
        self._saver.sync(session.store, session.revision)
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self._screen.set_timer(WRITE_AFTER, lambda: self.save_now(quietly=True))
        if self._latest is None:
            self._latest = self._screen.set_timer(
                WRITE_AT_LEAST, lambda: self.save_now(quietly=True)
            )

    def save_now(self, *, quietly: bool = False) -> None:
        """Write the YAML of the open document in the background."""
        session = self.session
        if session is None:
            return
        self._stop_timers()
        if session.read_only:
            if not quietly:
                self._screen.tell("read-only: nothing to save")
            return
        session.store.position = session.cursor.caret
        if not session.store.dirty and not self._failed:
            if not quietly:
                self._screen.tell("saved already")
            return
        self._saver.write(session.store, session.store.freeze(), session.revision)
        if not quietly:
            self._screen.tell("saving…")

    def _stop_timers(self) -> None:
        for timer in (self._quiet, self._latest):
            if timer is not None:
                timer.stop()
        self._quiet = self._latest = None

    def saved(self, event: SaveEvent) -> None:
        """Show the outcome of a save; one of a document left before only if it failed."""
        session = self.session
        current = session is not None and event.store is session.store
        if event.kind == "failed" and not current:
            what = f"{event.store.document.id} was not saved, its journal keeps the edits"
            self._screen.tell(f"{what}: {event.error}", "error")
        elif event.kind == "failed":
            self._say_failed(event)
        elif current and session is not None:
            if event.kind == "written":
                self._failed = False
                self._written_revision = event.revision
            if event.revision >= session.revision and not self._failed:
                self._screen.status_bar.change(saved="saved", saved_detail="")
        if self._leaving and event.kind == "written" and current:
            self._end()

    def _say_failed(self, event: SaveEvent) -> None:
        error = event.error or AnnotatorError("not saved")
        self._failed = True
        self._screen.status_bar.change(saved="failed", saved_detail=error.message)
        self._screen.tell(f"not saved: {error}", "error")
        if isinstance(error, ChangedOutsideError):
            self._ask_changed_outside(event, error)
        elif self._leaving:
            self._ask_leave_unsaved(error)

    def _ask_changed_outside(self, event: SaveEvent, error: AnnotatorError) -> None:
        from .dialogs.confirm import Answer, ConfirmDialog

        answers = [
            Answer("reload", "r", "read the file again and put my unsaved edits on top"),
            Answer("wait", "w", "leave both as they are for now"),
        ]

        def answered(answer: str | None) -> None:
            session = self.session
            if session is None or session.store is not event.store:
                return
            if answer == "reload":
                self._reload()
            self._leaving = False

        self._screen.app.push_screen(
            ConfirmDialog("Changed by someone else", str(error), answers, default="reload"),
            answered,
        )

    def _reload(self) -> None:
        """Take the file as it is now, with the unsaved edits on top, and write both."""
        session = self.session
        assert session is not None
        self._stop_timers()
        try:
            session.store.reload()
        except AnnotatorError as error:
            self._screen.tell(str(error), "error")
            return
        self._failed = False
        session.revision += 1
        self._screen.show_session(session)
        self.save_now(quietly=True)

    def wait_for_disk(self) -> None:
        """Return when everything that was given to the background writer is done."""
        self._saver.wait()

    # -- leaving ------------------------------------------------------------------------------

    def leave(self) -> None:
        """Write what is not written, then end the app; if that fails, ask."""
        session = self.session
        if session is None or session.read_only or not session.store.dirty:
            self._end()
            return
        self._leaving = True
        self.save_now(quietly=True)
        self._screen.tell("saving…")

    def _ask_leave_unsaved(self, error: AnnotatorError) -> None:
        from .dialogs.confirm import Answer, ConfirmDialog

        answers = [
            Answer("again", "a", "try again"),
            Answer("leave", "q", "quit; the journal keeps the work for the next start"),
            Answer("stay", "s", "stay"),
        ]

        def answered(answer: str | None) -> None:
            if answer == "again":
                self.leave()
            elif answer == "leave":
                self._end(write=False)
            else:
                self._leaving = False

        self._screen.app.push_screen(
            ConfirmDialog("Not saved", str(error), answers, default="again"), answered
        )

    def _end(self, *, write: bool = True) -> None:
        session = self.session
        if session is not None:
            self._stop_timers()
            if write and not session.read_only:
                session.store.position = session.cursor.caret
            self._saver.close(session.store)
            self.session = None
        self._screen.entities.close()
        self._screen.candidates.close()
        self._saver.stop()
        self._screen.app.exit(0)
