"""The project's documents, any number of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from ..filtering import matches, words_of
from ..hint_bar import Hint
from ..line_widget import LabelStyle, Part
from ..row_model import Row
from .list_dialog import ListDialog

_DESCRIBED = 500
"""Documents up to which a filter also looks at their status, which may have to be read."""
_SIGNS = {
    "new": ("·", "muted"),
    "in-progress": ("○", "accent"),
    "done": ("✓", "success"),
    "flagged": ("!", "warning"),
    "skipped": ("–", "muted"),
}


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """What is known of a document without opening it.

    Attributes:
        id: its id; raw text.
        status: where the work on it stands.
        counts: spans by label.
        relations: how many there are.
    """

    id: str
    status: str
    counts: Mapping[str, int]
    relations: int


class DocumentRows(Sequence[Row]):
    """Some of the documents as rows, described only when they come into view.

    Args:
        places: the documents' places, in the order of the rows.
        describe: returns what is known of the document at a place.
        current: place of the open document.
        folder: code points at the start of every id that need not be shown.
    """

    def __init__(
        self,
        places: Sequence[int],
        describe: Callable[[int], DocumentItem],
        current: int,
        folder: int = 0,
    ) -> None:
        self.places = places
        self._describe = describe
        self._current = current
        self._folder = folder

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        """Return a row, or several."""
        if isinstance(index, slice):
            return [self._row(place) for place in self.places[index]]
        return self._row(self.places[index])

    def index_of(self, key: str) -> int | None:
        """Return the index of a document's row by its key, or None."""
        try:
            return self.places.index(int(key))
        except ValueError:
            return None

    def _row(self, place: int) -> Row:
        item = self._describe(place)
        sign, role = _SIGNS.get(item.status, ("?", "warning"))
        here = place == self._current
        parts: tuple[Part, ...] = (
            (f"{sign} ", role),
            (item.id[self._folder :], "strong" if here else ""),
        )
        right = f"{counts_text(item):>12}  {item.status:<11}"
        return Row(str(place), parts, marker="●" if here else " ", right=right)


def counts_text(item: DocumentItem) -> str:
    """Return the counts in few cells, labels cut as short as they stay apart: ``12c 4p 3↔``."""
    names = sorted(name for name, count in item.counts.items() if count)
    length = 1
    while len({name[:length] for name in names}) < len(names):
        length += 1
    words = [f"{item.counts[name]:,}{name[:length]}" for name in names]
    if item.relations:
        words.append(f"{item.relations:,}↔")
    return " ".join(words)


def common_folder(ids: Sequence[str]) -> str:
    """Return the folder that all ids begin with, its slash included; empty when there is none."""
    if len(ids) < 2:
        return ""
    first, last = min(ids), max(ids)  # whatever these two share, all between them share
    pairs = zip(first, last, strict=False)
    shared = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(first), len(last)))
    return first[: first.rfind("/", 0, shared) + 1]


class DocumentsDialog(ListDialog[int]):
    """Asks to choose a document; the answer is its place.

    Args:
        ids: ids of all documents; raw text.
        current: place of the open one.
        describe: returns what is known of the document at a place; called for rows in view.
        title: what the list is called.
        label_style: colour of a label by its name.
    """

    def __init__(
        self,
        ids: Sequence[str],
        current: int,
        describe: Callable[[int], DocumentItem],
        *,
        title: str = "Documents",
        label_style: LabelStyle | None = None,
    ) -> None:
        folder = common_folder(ids)
        super().__init__(
            f"{title} · {folder}" if folder else title,
            filtered=True,
            filter_hint="a part of the name",
            label_style=label_style,
        )
        self._ids = ids
        self._folder = len(folder)
        self._current = current
        self._describe = describe
        self._last: tuple[str, Sequence[int]] = ("", range(len(ids)))

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog and what the signs mean."""
        signs = [(sign, word) for word, (sign, _) in _SIGNS.items()]
        return [("enter", "open"), ("↑↓", "move"), *signs, ("esc", "leave")]

    def start_key(self) -> str:
        """Begin on the open document."""
        return str(self._current)

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return the documents that a filter leaves; more letters search only what was left."""
        before, places = self._last
        if not pattern.startswith(before):
            places = range(len(self._ids))
        words = words_of(pattern)
        if words:
            places = [place for place in places if matches(self._searched(place), words)]
        self._last = (pattern, places)
        return DocumentRows(places, self._describe, self._current, self._folder)

    def _searched(self, place: int) -> str:
        if len(self._ids) > _DESCRIBED:
            return self._ids[place]
        return f"{self._ids[place]} {self._describe(place).status}"

    def chosen(self, row: Row) -> None:
        """Answer with a document's place."""
        self.dismiss(int(row.key))
