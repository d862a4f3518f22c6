"""Search: literal and by regular expression, with a count of matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.errors import AnnotatorError
from ...session.document_session import NothingToDoError
from ...text.search import Query, find_all
from ..dialogs.prompt import PromptDialog
from .registry import action

if TYPE_CHECKING:
    from ..main_screen import MainScreen

_LIVE = 300_000
"""Texts up to this length (code points) are searched at each letter typed."""


def _open(screen: MainScreen, *, regex: bool) -> None:
    text = screen.session.text

    def check(pattern: str) -> str:
        if not pattern or not regex:
            return ""
        try:
            find_all("", Query(pattern, regex=True))
        except AnnotatorError as error:
            return error.message
        return ""

    def count(pattern: str) -> str:
        if not pattern or len(text) > _LIVE or check(pattern):
            return ""
        try:
            hits = find_all(text, Query(pattern, regex))
        except AnnotatorError as error:
            return error.message
        number = len(hits.ranges)
        more = "more than " if hits.truncated else ""
        return f"{more}{number} match{'' if number == 1 else 'es'}"

    def answered(pattern: str | None) -> None:
        if pattern:
            screen.search.start(Query(pattern, regex))
        elif pattern is not None and last:
            screen.search.start(last)

    last = screen.search.last
    title = "Search by regular expression" if regex else "Search"
    hint = "lower-case letters match capitals too"
    if last:
        hint = f"enter alone searches again for {last.pattern}"
    screen.ask(PromptDialog(title, hint=hint, validate=check, on_change=count), answered)


@action("search.open")
def search(screen: MainScreen, _count: int | None) -> None:
    """Search for a text."""
    _open(screen, regex=False)


@action("search.regex")
def search_regex(screen: MainScreen, _count: int | None) -> None:
    """Search by regular expression."""
    _open(screen, regex=True)


@action("search.next")
def next_hit(screen: MainScreen, count: int | None) -> None:
    """Go to the next match, from the last one round to the first."""
    screen.search.step(count or 1)


@action("search.previous")
def previous_hit(screen: MainScreen, count: int | None) -> None:
    """Go to the match before."""
    screen.search.step(-(count or 1))


@action("search.clear")
def clear(screen: MainScreen, _count: int | None) -> None:
    """Forget the search."""
    if not screen.search.hits:
        raise NothingToDoError("no search to clear")
    screen.search.clear()
