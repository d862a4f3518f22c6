"""The keys of the place where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from ...domain.scheme import Scheme
from ...keys.cheatsheet import Row as SheetRow
from ...keys.cheatsheet import Section, sections
from ...keys.keymap import Keymap
from ...keys.names import short
from ...keys.registry import COMMANDS, TAG_PREFIX, TAG_SENTENCE_PREFIX
from ..filtering import matches, words_of
from ..hint_bar import Hint
from ..row_model import Row
from .list_dialog import ListDialog

_NARROW = 60
"""Cells of screen below which only the first key of each command is shown."""
_MOST_KEYS = 20
"""Cells that the column of keys takes at most."""


class HelpDialog(ListDialog[str]):
    """Lists the keys of a place under headings; enter runs the command of a row.

    The answer is the id of a command to run, or None.

    Args:
        keymap: the keymap in use.
        scheme: its labels' keys come with the commands that tag.
        contexts: where one stands.
        title: what the list is called.
    """

    def __init__(
        self,
        keymap: Keymap,
        scheme: Scheme,
        contexts: Iterable[str] = ("article", "global"),
        *,
        title: str = "Keys",
    ) -> None:
        super().__init__(
            f"{title} · {keymap.name}", filtered=True, filter_hint="type to filter; ^x is ctrl+x"
        )
        self._sections = sections(keymap, contexts, scheme)
        self._all = [row for section in self._sections for row in section.rows]
        self._commands = {row.command for row in self._all if _runnable(row)}

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("↑↓", "move"), ("pgdn", "page"), ("enter", "run it"), ("esc", "leave")]

    def count_text(self, _shown: int) -> str:
        """Say nothing: headings are rows too."""
        return ""

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return headings and commands, those alone that a filter leaves."""
        words = words_of(pattern)
        most = 1 if self.app.size.width < _NARROW else 9
        column = max((cell_len(_keys(row, most)) for row in self._all), default=0)
        found: list[Row] = []
        for section in self._sections:
            rows = [row for row in section.rows if matches(_searched(section, row), words)]
            if rows:
                if found:
                    found.append(Row(f"blank {section.title}", (), selectable=False))
                heading = ((section.title, "accent"),)
                found.append(Row(f"heading {section.title}", heading, selectable=False))
                found += [_row(row, most, min(column, _MOST_KEYS)) for row in rows]
        return found

    def chosen(self, row: Row) -> None:
        """Answer with the row's command; a row that stands for several does nothing."""
        if row.key in self._commands:
            self.dismiss(row.key)


def _row(row: SheetRow, most: int, column: int) -> Row:
    keys = _keys(row, most)
    pad = " " * (2 + max(0, column - cell_len(keys)))
    return Row(row.command, ((keys, "key"), (pad, ""), (row.description, "")))


def _keys(row: SheetRow, most: int = 9) -> str:
    return "  ".join(short(keys) for keys in row.keys[:most]) or "–"


def _searched(section: Section, row: SheetRow) -> str:
    return f"{section.title} {row.description} {row.command} {' '.join(row.keys)} {_keys(row)}"


def _runnable(row: SheetRow) -> bool:
    return row.command in COMMANDS or row.command.startswith((TAG_PREFIX, TAG_SENTENCE_PREFIX))
