"""The search that is going on: what was asked, where it matched, which match is current."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ..domain.errors import AnnotatorError
from ..session.cursor import Range
from ..session.document_session import NothingToDoError

if TYPE_CHECKING:
    from ..text.search import Hits, Query
    from .main_screen import MainScreen


class SearchDone(NamedTuple):
    """The outcome of a search that ran in a thread.

    Attributes:
        query: what was asked.
        sha256: hash of the text that was searched, so that a stale result is dropped.
        hits: the matches, or None.
        error: why there are none.
    """

    query: Query
    sha256: str
    hits: Hits | None
    error: AnnotatorError | None = None


class SearchState:
    """Searches in a thread and walks over the matches.

    Args:
        screen: whose text is searched and whose caret is moved.
    """

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self.query: Query | None = None
        self.last: Query | None = None
        self.hits: list[Range] = []
        self.truncated = False

    def start(self, query: Query) -> None:
        """Search the open document; the caret goes to the first match at or behind it."""
        from ..text.search import find_all

        self.query = self.last = query
        session = self._screen.session
        sha256, text = session.document.sha256, session.text
        self._screen.tell("searching…")

        def work() -> None:
            try:
                done = SearchDone(query, sha256, find_all(text, query))
            except AnnotatorError as error:
                done = SearchDone(query, sha256, None, error)
            self._screen.app.call_from_thread(self.finish, done)

        self._screen.run_worker(work, thread=True, group="search", exclusive=True)

    def finish(self, done: SearchDone) -> None:
        """Take the outcome of a search; one of another text or query is dropped."""
        screen = self._screen
        if done.query != self.query or done.sha256 != screen.session.document.sha256:
            return
        screen.perform(lambda: self._take(done))

    def _take(self, done: SearchDone) -> None:
        if done.error:
            raise done.error
        assert done.hits is not None
        self.hits, self.truncated = done.hits.ranges, done.hits.truncated
        self._screen.pane.hits = self.hits
        self._screen.pane.repaint()
        if not self.hits:
            raise NothingToDoError(f"no match for {done.query.pattern}")
        cursor = self._screen.session.cursor
        place = bisect_left(self.hits, (cursor.caret, 0)) % len(self.hits)
        cursor.jumps.leave(cursor.caret)
        cursor.move_to(self.hits[place][0])
        self._screen.tell("")

    def step(self, count: int) -> None:
        """Go to the ``count``-th next (negative: previous) match, round the ends of the text."""
        if not self.hits:
            raise NothingToDoError("no search", "{search.open} starts one")
        cursor = self._screen.session.cursor
        if count > 0:
            place = bisect_right(self.hits, (cursor.caret, len(cursor.text))) + count - 1
        else:
            place = bisect_left(self.hits, (cursor.caret, 0)) + count
        if not 0 <= place < len(self.hits):
            self._screen.tell("went round the end of the text")
        cursor.move_to(self.hits[place % len(self.hits)][0])

    def clear(self) -> None:
        """Forget the search."""
        self.query, self.hits, self.truncated = None, [], False
        self._screen.pane.hits = ()
        self._screen.pane.repaint()

    def place(self) -> tuple[int, int] | None:
        """Return ``(number of the current match from 1, number of matches)``, or None.

        The number is 0 when the caret is on no match.
        """
        if not self.hits:
            return None
        caret = self._screen.session.cursor.caret
        place = bisect_right(self.hits, (caret, len(self._screen.session.text)))
        on_it = place and self.hits[place - 1][0] <= caret < max(
            self.hits[place - 1][1], self.hits[place - 1][0] + 1
        )
        return (place if on_it else 0, len(self.hits))
