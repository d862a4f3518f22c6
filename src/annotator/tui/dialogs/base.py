"""What every dialog shares: its box, its keys, its way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

from ...text.glyphs import visible
from ..hint_bar import Hint, HintBar
from ..key_names import key_name
from ..painting import paint_now

Answer = TypeVar("Answer")

WIDTH = 78
"""Cells that a dialog takes where the screen has as many."""
_FRAME = 2
"""Cells or lines of the border."""


class DialogBox(Widget):
    """The frame that a dialog's widgets are stacked in."""

    DEFAULT_CSS = """
    DialogBox {
        layout: vertical; background: $surface; border: round $primary; height: auto;
        border-title-color: $text-accent; border-title-style: bold;
    }
    """


class Dialog(ModalScreen[Answer | None]):
    """A box in front of the main screen. Escape leaves it with None.

    Subclasses give :meth:`content` (the widgets), :meth:`wanted_height`, :meth:`hints` and
    :meth:`press`. Nothing in a dialog takes the focus: keys come to :meth:`press`.

    Args:
        title: shown in the frame; raw text.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 55%; }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._box = DialogBox()
        self._box.border_title = Content(visible(title))
        self._hint_bar = HintBar()

    def content(self) -> Iterable[Widget]:
        """Return the widgets of the dialog from top to bottom, without the hints."""
        raise NotImplementedError

    def wanted_height(self, width: int) -> int:
        """Return the lines that :meth:`content` would like, and size its widgets.

        Args:
            width: cells inside the frame.
        """
        raise NotImplementedError

    def hints(self) -> Sequence[Hint]:
        """Return the keys that the dialog's last line names, the way out last."""
        return [("esc", "leave")]

    def press(self, key: str, character: str) -> bool:
        """Take in a key; escape never comes here.

        Args:
            key: its name in keymaps.
            character: what it types; empty for nothing.

        Returns:
            Whether it meant something.
        """
        raise NotImplementedError

    def paste(self, text: str) -> None:
        """Take in pasted text."""

    def escape(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def compose(self) -> ComposeResult:
        """Stack the widgets and the hints in the box."""
        with self._box:
            yield from self.content()
            yield self._hint_bar

    def on_mount(self) -> None:
        """Size the box before it is first laid out."""
        self.fit()
        self.show_hints()
        self.opened()

    def opened(self) -> None:
        """Do what is to be done once, when the dialog appears."""

    def on_resize(self) -> None:
        """Size the box for another screen."""
        self.fit()

    def fit(self) -> None:
        """Give the box the size that its content wants, as far as the screen has it."""
        screen = self.app.size
        width = min(WIDTH, screen.width)
        height = self.wanted_height(width - _FRAME) + 1 + _FRAME
        gap = 1 if height < screen.height else 0
        self._hint_bar.styles.margin = (gap, 0, 0, 0)
        self._box.styles.width = width
        self._box.styles.height = max(4, min(height + gap, screen.height))

    def show_hints(self) -> None:
        """Bring the line of hints up to date."""
        self._hint_bar.show(self.hints())

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.escape()
        else:
            self.press(key_name(event), event.character or "")
            paint_now(self, self.query(Widget))

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)
