"""Edit the attributes of a span or a relation in a form made from the scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.widget import Widget

from ...domain.scheme import Attribute
from ...domain.span import Value
from ..form_state import FormLine, FormResult, FormState
from ..hint_bar import Hint
from ..line_widget import LineWidget, Part, blank
from ..sidebar_state import squeeze
from ..text_block import TextBlock
from .base import Dialog

__all__ = ["FormDialog", "FormResult"]


_ROOMY = 70
"""Cells of screen from which a field's description and its keys stand side by side."""


class FormView(LineWidget):
    """Shows a :class:`FormState`, scrolled so that the current field is in view.

    Args:
        state: the form.
    """

    DEFAULT_CSS = """
    FormView { height: 1fr; }
    """

    def __init__(self, state: FormState) -> None:
        super().__init__()
        self.state = state
        self._lines: list[FormLine] | None = None
        self._laid_out_for = (0, 0)
        self._top = 0

    def changed(self) -> None:
        """Repaint: a field or the place among them has changed."""
        self._lines = None
        self.refresh_lines(0, self.inner_size.height)

    def line(self, y: int, width: int) -> list[Part]:
        """Return the line as drawn parts."""
        size = (width, max(1, self.inner_size.height))
        if self._lines is None or size != self._laid_out_for:
            self._lines, self._laid_out_for = self.state.lines(width), size
            self._scroll(self._lines, size[1])
        at = self._top + y
        if at >= len(self._lines):
            return blank(width)
        return self._lines[at].parts

    def _scroll(self, lines: list[FormLine], height: int) -> None:
        """Bring the current field into view, as much of it as fits, and its caret surely."""
        mine = [i for i, line in enumerate(lines) if line.place == self.state.at]
        must = [i for i, line in enumerate(lines) if line.must_show]
        self._top = min(self._top, max(0, len(lines) - height))
        for wanted in (mine, must):
            if wanted:
                self._top = max(self._top, wanted[-1] - height + 1)
                self._top = min(self._top, wanted[0])
        if must and must[-1] >= self._top + height:
            self._top = must[-1] - height + 1


class FormDialog(Dialog[FormResult]):
    """Asks for the attributes of a span or relation.

    Args:
        title: what is described, e.g. a label.
        attributes: what the scheme declares, by name, in order.
        values: what is set.
        note: the note; None for a form without one.
        quote: the text it is about.
        start: name of the attribute to begin on, or ``note``.
    """

    def __init__(
        self,
        title: str,
        attributes: Mapping[str, Attribute],
        values: Mapping[str, Value],
        *,
        note: str | None = "",
        quote: str = "",
        start: str | None = None,
    ) -> None:
        super().__init__(title)
        self.state = FormState(attributes, values, note=note, start=start)
        self._quote = TextBlock(squeeze(quote, 400), "muted", limit=2)
        self._view = FormView(self.state)
        self._words = TextBlock("", "muted", limit=1)

    def content(self) -> Iterable[Widget]:
        """Return quote, fields, and a line about the current one."""
        if self._quote.text:
            yield self._quote
        yield self._view
        yield self._words

    def wanted_height(self, width: int) -> int:
        """Return the lines of the form with its largest field open."""
        small = self.app.size.height < 16
        quote = self._quote.lines(width)[: 1 if small else 2]
        self._quote.styles.height = len(quote)
        return len(quote) + max(1, self.state.tallest(width)) + 1

    def hints(self) -> Sequence[Hint]:
        """Return the keys of the dialog."""
        return [("enter", "save"), ("tab ↑↓", "field"), ("esc", "leave")]

    def opened(self) -> None:
        """Say something about the first field."""
        self._describe()

    def press(self, key: str, character: str) -> bool:
        """Save, or let the form have the key."""
        if key == "enter":
            self._save()
            return True
        if not self.state.press(key, character, self._view.inner_size.width):
            return False
        self._changed()
        return True

    def paste(self, text: str) -> None:
        """Insert pasted text into the current field."""
        self.state.paste(text)
        self._changed()

    def _changed(self) -> None:
        self._view.changed()
        self._describe()

    def _describe(self) -> None:
        current = self.state.current
        if current is None:
            self._words.show("nothing can be said about this label", "muted")
        elif current.complaint:
            self._words.show(f"✗ {current.complaint}", "error")
        else:
            how = current.hint() if self.app.size.width >= _ROOMY else ""
            words = " · ".join(part for part in (current.description, how) if part)
            self._words.show(words or current.hint(), "muted")

    def _save(self) -> None:
        result = self.state.result()
        if result is None:
            self._changed()
        else:
            self.dismiss(result)
