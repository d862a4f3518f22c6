"""The article pane's colours: one set for dark and one for light themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style

from ..domain.scheme import Scheme

DARK_SPANS: Mapping[str, tuple[str, str]] = {
    "green": ("#1d3b2a", "#2b5a40"),
    "yellow": ("#4a3d12", "#6d5a16"),
    "grey": ("#2b2d31", "#3c3f45"),
    "blue": ("#1d3350", "#2a4b76"),
    "magenta": ("#43244a", "#63356e"),
    "cyan": ("#17403f", "#1f5f5d"),
    "red": ("#4d2323", "#703131"),
    "orange": ("#4d3018", "#724721"),
}
"""Background of a label's spans, and of the active one, on a dark screen."""

LIGHT_SPANS: Mapping[str, tuple[str, str]] = {
    "green": ("#d3efdb", "#a9ddb8"),
    "yellow": ("#fbeeb8", "#f2d977"),
    "grey": ("#e3e4e7", "#c9cbd1"),
    "blue": ("#d5e4f9", "#aecbf2"),
    "magenta": ("#f0d9f4", "#e0b3e8"),
    "cyan": ("#cdeeed", "#98dcda"),
    "red": ("#f8d7d7", "#efb0b0"),
    "orange": ("#fbe1cb", "#f5c49b"),
}
"""The same on a light screen."""

CYCLE = ("green", "yellow", "blue", "magenta", "cyan", "orange", "red", "grey")
"""Colours for labels that name none, by their place in the scheme."""


class Palette(NamedTuple):
    """The styles of everything that can be seen in the article pane.

    Attributes:
        base: plain text.
        unit: laid over the sentence under the caret.
        special: glyphs that stand for invisible characters.
        hit: search hits.
        selection: selected text.
        caret: the character under the caret.
        bar: the scroll bar.
        dark: whether the screen is dark.
    """

    base: Style
    unit: Style
    special: Style
    hit: Style
    selection: Style
    caret: Style
    bar: Style
    dark: bool

    def span(self, colour: str, active: bool) -> Style:
        """Return the background of a label's spans.

        Args:
            colour: a name of the tables above, or ``#rrggbb``.
            active: whether keys act on this span.
        """
        table = DARK_SPANS if self.dark else LIGHT_SPANS
        if colour in table:
            return Style(bgcolor=table[colour][active])
        return Style(bgcolor=colour or table["green"][active])

    def proposed(self, colour: str, reviewed: bool) -> Style:
        """Return the style of a candidate: the label's colour in the text, none behind it.

        Args:
            colour: as for :meth:`span`.
            reviewed: whether keys decide this one; then the colour is behind it, too.
        """
        style = Style(color=self._shade(colour), italic=True)
        if reviewed:
            style += self.span(colour, active=True) + Style(underline=True)
        return style

    def _shade(self, colour: str) -> str | None:
        """Return a label's colour as text can wear it."""
        table = LIGHT_SPANS if self.dark else DARK_SPANS
        return table[colour][1] if colour in table else colour or None

    def mark(self, colour: str) -> Style:
        """Return the style of a label's letter in the gutter and in lists."""
        return self.base + Style(color=self._shade(colour), bold=True)


def dark_palette(background: str = "#121417", foreground: str = "#d7dade") -> Palette:
    """Return the styles for a dark screen."""
    return Palette(
        base=Style(color=foreground, bgcolor=background),
        unit=Style(bgcolor="#1c2026"),
        special=Style(color="#e0956b"),
        hit=Style(color="#121417", bgcolor="#d6b24a"),
        selection=Style(color="#ffffff", bgcolor="#2f5d9e"),
        caret=Style(color="#121417", bgcolor="#f2f4f7", bold=True),
        bar=Style(color="#555c66", bgcolor=background),
        dark=True,
    )


def light_palette(background: str = "#fbfbf8", foreground: str = "#1d2126") -> Palette:
    """Return the styles for a light screen."""
    return Palette(
        base=Style(color=foreground, bgcolor=background),
        unit=Style(bgcolor="#f0efe8"),
        special=Style(color="#a8481c"),
        hit=Style(color="#1d2126", bgcolor="#f3cf5b"),
        selection=Style(color="#ffffff", bgcolor="#3b6fb8"),
        caret=Style(color="#ffffff", bgcolor="#1d2126", bold=True),
        bar=Style(color="#b6b8b4", bgcolor=background),
        dark=False,
    )


def palette_for(*, dark: bool) -> Palette:
    """Return the styles for a dark or a light screen."""
    return dark_palette() if dark else light_palette()


def colour_of(scheme: Scheme, label: str) -> str:
    """Return a label's colour: its own, else one by its place; grey for an unknown label."""
    if label not in scheme.labels:
        return "grey"
    place = list(scheme.labels).index(label)
    return scheme.labels[label].colour or CYCLE[place % len(CYCLE)]
