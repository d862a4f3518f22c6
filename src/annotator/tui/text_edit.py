"""Editing a short text with keys: a search pattern, a note, an attribute's value."""

from __future__ import annotations

from ..text.cells import line_cells
from ..text.graphemes import next_boundary, previous_boundary, snap
from ..text.layout import Layout
from .line_widget import Part, fit

LONGEST = 20_000
"""Code points that a text typed or pasted here may have."""


class TextEdit:
    """A text, a caret in it, and what keys do to both. It wraps; it never scrolls sideways.

    Attributes:
        text: the text as it stands.
        caret: offset in code points, at a grapheme's start.
        multiline: whether newlines may be typed; pasted ones become blanks where they may not.

    Args:
        text: what to begin with; the caret goes to its end.
        multiline: see above.
    """

    def __init__(self, text: str = "", *, multiline: bool = False) -> None:
        self.text = text
        self.caret = len(text)
        self.multiline = multiline

    def press(self, key: str, character: str = "") -> bool:
        """Take in a key.

        Args:
            key: its name in keymaps, see :mod:`annotator.keys.names`.
            character: what it types; empty for a key that types nothing.

        Returns:
            Whether the key means something here. Keys that would move the caret out of the text
            (up on the first line) do not.
        """
        if key == "ctrl+j" and self.multiline:
            self.insert("\n")
        elif character and character.isprintable() and not key.startswith(("ctrl+", "alt+")):
            self.insert(character)
        elif key in _EDITS:
            _EDITS[key](self)
            self._settle()
        else:
            return False
        return True

    def insert(self, text: str) -> None:
        """Insert text at the caret, cut where the whole would become too long."""
        if not self.multiline:
            text = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
        else:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text[: max(0, LONGEST - len(self.text))]
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)
        self._settle(forward=True)  # what was typed may have joined what stood behind it

    def _settle(self, *, forward: bool = False) -> None:
        """Bring the caret to the start or the end of the grapheme it stands in."""
        start = snap(self.text, self.caret)
        if start != self.caret:
            self.caret = next_boundary(self.text, start) if forward else start

    def replace(self, text: str) -> None:
        """Put another text in place of all of it, the caret behind it."""
        self.text, self.caret = text, len(text)

    def left(self) -> None:
        """Move the caret one grapheme left."""
        self.caret = previous_boundary(self.text, self.caret)

    def right(self) -> None:
        """Move the caret one grapheme right."""
        self.caret = next_boundary(self.text, self.caret)

    def home(self) -> None:
        """Move the caret to the start of its line."""
        self.caret = self.text.rfind("\n", 0, self.caret) + 1

    def end(self) -> None:
        """Move the caret to the end of its line."""
        newline = self.text.find("\n", self.caret)
        self.caret = len(self.text) if newline < 0 else newline

    def word_left(self) -> None:
        """Move the caret to the start of the word before it."""
        at = self.caret
        while at > 0 and not self.text[at - 1].isalnum():
            at -= 1
        while at > 0 and self.text[at - 1].isalnum():
            at -= 1
        self.caret = at

    def word_right(self) -> None:
        """Move the caret behind the word after it."""
        at, end = self.caret, len(self.text)
        while at < end and not self.text[at].isalnum():
            at += 1
        while at < end and self.text[at].isalnum():
            at += 1
        self.caret = at

    def backspace(self) -> None:
        """Delete the grapheme before the caret."""
        self._delete(previous_boundary(self.text, self.caret), self.caret)

    def delete(self) -> None:
        """Delete the grapheme at the caret."""
        self._delete(self.caret, next_boundary(self.text, self.caret))

    def delete_word(self) -> None:
        """Delete from the start of the word before the caret."""
        behind = self.caret
        self.word_left()
        self._delete(self.caret, behind)

    def delete_to_start(self) -> None:
        """Delete from the start of the line to the caret."""
        behind = self.caret
        self.home()
        self._delete(self.caret, behind)

    def delete_to_end(self) -> None:
        """Delete from the caret to the end of the line."""
        before = self.caret
        self.end()
        self._delete(before, self.caret)

    def _delete(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.caret = start

    # Lines

    def layout(self, width: int) -> Layout:
        """Return the text wrapped to cells; one cell is left for the caret behind a line."""
        layout = Layout(self.text, max(2, width - 1))
        layout.refine(1.0)  # a text as short as this is wrapped whole in much less
        return layout

    def vertical(self, lines: int, width: int) -> bool:
        """Move the caret up (negative) or down by screen lines.

        Returns:
            False when it already stands on the first or last line; then it does not move.
        """
        layout = self.layout(width)
        here = layout.line_at(self.caret)
        there = here + lines
        if not 0 <= there < layout.line_count:
            return False
        cell = line_cells(self.text, *layout.line_range(here)).cell_of(self.caret)
        start, end = layout.line_range(there)
        at = line_cells(self.text, start, end).offset_at(cell)
        last = there == layout.line_count - 1
        self.caret = at if at < end or last else previous_boundary(self.text, end)
        return True

    def lines(self, width: int, *, caret: bool = True, role: str = "edit") -> list[list[Part]]:
        """Return the wrapped text as lines of drawn parts.

        Args:
            width: cells of a line.
            caret: whether the caret is shown.
            role: style of the text.
        """
        layout = self.layout(width)
        at = layout.line_at(self.caret) if caret else -1
        return [
            self._line(layout.line_range(number), width, caret=number == at, role=role)
            for number in range(layout.line_count)
        ]

    def caret_line(self, width: int) -> int:
        """Return the line of :meth:`lines` on which the caret stands."""
        return self.layout(width).line_at(self.caret)

    def _line(self, bounds: tuple[int, int], width: int, *, caret: bool, role: str) -> list[Part]:
        cells = line_cells(self.text, *bounds)
        cuts = (self.caret, next_boundary(self.text, self.caret)) if caret else ()
        parts: list[Part] = []
        shown = False
        for first, _, drawn, special in cells.slices(cuts):
            here = caret and first == self.caret
            shown = shown or (here and bool(drawn))
            look = f"caret|{role}" if here else f"accent|{role}" if special else role
            if drawn:
                parts.append((drawn, look))
        if caret and cells.cell_of(self.caret) >= width:  # among blanks that hang over the edge
            return [*fit(parts, width - 1), (" ", f"caret|{role}")]
        if caret and not shown:
            parts.append((" ", f"caret|{role}"))
        return parts


_EDITS = {
    "left": TextEdit.left,
    "right": TextEdit.right,
    "home": TextEdit.home,
    "end": TextEdit.end,
    "ctrl+a": TextEdit.home,
    "ctrl+e": TextEdit.end,
    "ctrl+left": TextEdit.word_left,
    "ctrl+right": TextEdit.word_right,
    "backspace": TextEdit.backspace,
    "delete": TextEdit.delete,
    "ctrl+w": TextEdit.delete_word,
    "ctrl+u": TextEdit.delete_to_start,
    "ctrl+k": TextEdit.delete_to_end,
}
