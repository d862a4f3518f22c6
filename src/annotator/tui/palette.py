"""Find a command by its name and run it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..domain.scheme import Scheme
from ..keys.cheatsheet import Row as SheetRow
from ..keys.cheatsheet import label_rows, sections
from ..keys.keymap import Keymap
from ..keys.names import short
from ..keys.registry import COMMANDS, TAG_PREFIX, TAG_SENTENCE_PREFIX
from .dialogs.list_dialog import ListDialog
from .filtering import ranked
from .hint_bar import Hint
from .row_model import Row

_NOT_LISTED = frozenset({"count", "app.palette"})


class PaletteDialog(ListDialog[str]):
    """Lists every command of a place with its keys; answers with the chosen command's id.

    A dialog of our own and not Textual's command palette: that one parses its texts as markup.

    Args:
        keymap: the keymap in use.
        contexts: where one stands; commands of other places are not listed.
        scheme: its labels are commands too, ``tag.LABEL``.
        recent: ids of commands chosen lately, the last one first; they head the list.
    """

    def __init__(
        self,
        keymap: Keymap,
        contexts: Iterable[str],
        scheme: Scheme,
        *,
        recent: Sequence[str] = (),
    ) -> None:
        super().__init__("Commands", filtered=True, filter_hint="what do you want to do?")
        found = _command_rows(keymap, tuple(contexts), scheme)
        by_id = {row.key: row for row in found}
        first = [by_id[name] for name in recent if name in by_id]
        self._rows = [*first, *(row for row in found if row not in first)]
        self._recent = frozenset(row.key for row in first)

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("enter", "run it"), ("↑↓", "move"), ("esc", "leave")]

    def rows_for(self, pattern: str) -> Sequence[Row]:
        """Return the commands that a filter leaves, the best first."""
        if not pattern:
            return self._rows
        return ranked(self._rows, pattern, lambda row: f"{row.text} {row.key}".replace(".", " "))

    def chosen(self, row: Row) -> None:
        """Answer with a command."""
        self.dismiss(row.key)


def _command_rows(keymap: Keymap, contexts: tuple[str, ...], scheme: Scheme) -> list[Row]:
    found = label_rows(scheme, keymap) if "article" in contexts else []
    for section in sections(keymap, contexts):
        found += section.rows
    return [_row(row) for row in found if _listed(row)]


def _listed(row: SheetRow) -> bool:
    is_label = row.command.startswith((TAG_PREFIX, TAG_SENTENCE_PREFIX))
    return is_label or (row.command in COMMANDS and row.command not in _NOT_LISTED)


def _row(command: SheetRow) -> Row:
    keys = "  ".join(short(key) for key in command.keys)
    return Row(command.command, ((command.description, ""),), right=keys)
