"""Look for the texts that are tagged in this document in all the others."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from ...domain.annotations import AnnotationSet
from ...domain.span import Span
from ...quality.twins import TwinSearch
from ...session.corpus_twins import Twin, look_through
from ...session.document_session import NothingToDoError, Session
from ..dialogs.twins import TwinsDialog
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen

_NEWS_EVERY = 0.1
"""Seconds between two reports of the search."""
_MOST = 10_000
"""Twins after which the search ends."""


@action("project.twins")
def twins(screen: MainScreen, _count: int | None) -> None:
    """List where the texts tagged here stand untagged, or tagged otherwise, elsewhere."""
    session = screen.session
    if len(screen.workspace.documents) < 2:
        raise NothingToDoError("the project has no other document")
    spans = tuple(session.annotations.spans.values())
    if not spans:
        raise NothingToDoError("nothing is tagged here", "tag something, then its twins are found")
    search = _Search(screen, session)

    def begin() -> None:
        screen.run_worker(lambda: search.run(spans, dialog), thread=True, group="corpus-twins")

    def answered(twin: Twin | None) -> None:
        search.stop()
        if twin is not None:
            screen.twins.go_to(twin, search.found)

    total = len(screen.workspace.documents)
    dialog = TwinsDialog(total, begin, label_style=screen.label_style)
    screen.ask(dialog, answered)


class _Search:
    """One search, in a thread; what it finds after the dialog was left is dropped.

    Attributes:
        found: the candidates by document id.

    Args:
        screen: where the search was asked for.
        session: the document whose spans are looked for.
    """

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self.found: dict[str, AnnotationSet] = {}
        self._screen = screen
        self._session = session
        self._revision = session.revision
        self._stopped = Event()

    def stop(self) -> None:
        """End the search after the document that is being looked through."""
        self._stopped.set()

    def run(self, spans: tuple[Span, ...], dialog: TwinsDialog) -> None:
        """Look through the project's documents, in a thread of its own.

        Args:
            spans: what is looked for.
            dialog: shows what is found.
        """
        here = self._session.document.id
        workspace = self._screen.workspace
        search = TwinSearch(spans, workspace.scheme, f"in {here}")
        fresh: list[Twin] = []
        complaints: list[str] = []
        total, told = 0, time.monotonic()
        steps = look_through(workspace, search, workspace.annotator, leave_out=here)
        for number, looked in enumerate(steps, 1):
            if self._stopped.is_set() or total >= _MOST:
                break
            if looked.complaint:
                complaints.append(f"{looked.document}: {looked.complaint}")
            if looked.proposed is not None:
                self.found[looked.document] = looked.proposed
                fresh += looked.twins
                total += len(looked.twins)
            if time.monotonic() >= told + _NEWS_EVERY:
                self._show(dialog, partial(dialog.add, fresh, number))
                fresh, told = [], time.monotonic()
        self._show(dialog, partial(dialog.add, fresh, len(workspace.documents)))
        note = "; there may be more" if total >= _MOST else ""
        if complaints:
            more = f" and {len(complaints) - 1} more" if len(complaints) > 1 else ""
            note += f"; left out: {complaints[0]}{more}"
        self._show(dialog, partial(dialog.finished, note))

    def _show(self, dialog: TwinsDialog, show: Callable[[], None]) -> None:
        """Have something shown in the app's thread, unless it is out of date by then."""
        if not self._stopped.is_set():
            self._screen.app.call_from_thread(self._show_here, dialog, show)

    def _show_here(self, dialog: TwinsDialog, show: Callable[[], None]) -> None:
        current = self._screen.control.session
        if self._stopped.is_set():
            return
        if current is not self._session or current.revision != self._revision:
            self.stop()
            dialog.tell("this document was changed meanwhile: leave and ask again")
            return
        show()
