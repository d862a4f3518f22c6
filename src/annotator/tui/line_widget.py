"""The base of every widget that draws its own lines: roles to styles, cropping by cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from ..text.glyphs import visible
from .painting import draw_plainly
from .roles import role_style

Part = tuple[str, str]
"""Text of any origin and its role: ``""``, one of :data:`roles.ROLES`, or ``label.NAME``."""
LabelStyle = Callable[[str], Style]
"""Returns the style of a label by the label's name; its background is not used."""

ELLIPSIS = "…"
_LABEL = "label."


def draw(text: str, cells: int) -> str:
    """Return text made visible, at least the part of it that fits.

    Only as much of a very long text is looked at as could possibly be shown.

    Args:
        text: raw text of any origin.
        cells: how many cells are of interest; the result may be wider.
    """
    bound = 4 * max(cells, 0) + 64
    return visible(text if len(text) <= bound else text[:bound])


def width_of(parts: Iterable[Part]) -> int:
    """Return the width of parts in cells."""
    return sum(cell_len(visible(text)) for text, _ in parts)


def fit(parts: Iterable[Part], width: int) -> list[Part]:
    """Return parts made visible and cropped with an ellipsis.

    Args:
        parts: raw texts with their roles.
        width: cells that the result may take.

    Returns:
        Parts that together take at most ``width`` cells; their text is safe for a terminal.
    """
    drawn: list[tuple[str, str, int]] = []
    used = 0
    for text, role in parts:
        shown = draw(text, width - used)
        size = cell_len(shown)
        if size:
            drawn.append((shown, role, size))
            used += size
        if used > width:
            break
    if used <= width:
        return [(text, role) for text, role, _ in drawn]
    while drawn:
        text, role, size = drawn.pop()
        used -= size
        if used < width:
            kept = set_cell_size(text, width - 1 - used) + ELLIPSIS
            return [*((t, r) for t, r, _ in drawn), (kept, role)]
    return []


def fill(parts: Sequence[Part], width: int) -> list[Part]:
    """Return drawn parts with blanks behind them up to ``width`` cells."""
    missing = width - sum(cell_len(text) for text, _ in parts)
    return [*parts, (" " * missing, "")] if missing > 0 else list(parts)


def spread(left: Iterable[Part], right: Iterable[Part], width: int, *, keep: int = 0) -> list[Part]:
    """Return one line with parts at both ends.

    Args:
        left: parts at the left; cropped first.
        right: parts at the right; left out when they would leave less than ``keep`` cells.
        width: cells of the line.
        keep: least cells for the left parts.
    """
    behind = fit(right, width)
    size = sum(cell_len(text) for text, _ in behind)
    if not size or width - size - 1 < keep:
        return fill(fit(left, width), width)
    return [*fill(fit(left, width - size - 1), width - size), *behind]


def blank(width: int, parts: Sequence[Part] = ()) -> list[Part]:
    """Return a line that is no row, with a muted text or nothing on it."""
    return fill(fit([(" ", ""), *parts], width), width)


class LineWidget(Widget):
    """A widget that draws lines of parts; it never asks for a layout to show something else.

    It has neither border nor padding; what holds it may. Subclasses give :meth:`line` and call
    :meth:`refresh_lines` for what changed.

    Args:
        label_style: colour of a label by name; bold accent when None.
        id: the widget's id.
        classes: CSS classes, separated by blanks.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LineWidget { background: $surface; color: $foreground; }
    """

    def __init__(
        self,
        *,
        label_style: LabelStyle | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        draw_plainly(self)
        self._label_style = label_style
        self._styles_by_role: dict[str, Style] = {}
        self._measured: Size | None = None
        self._inner = Size(0, 0)

    def line(self, y: int, width: int) -> list[Part]:
        """Return one line as drawn parts; a part's role may be a role over a base, ``a|b``.

        Args:
            y: line of the widget's content, from 0.
            width: cells to fill.
        """
        raise NotImplementedError

    @property
    def inner_size(self) -> Size:
        """Width and height of the content in cells and lines, worked out once a resize."""
        if self._size is not self._measured:
            self._measured, self._inner = self._size, self.content_size
        return self._inner

    def render_line(self, y: int) -> Strip:
        """Draw a line of the widget."""
        width = self.inner_size.width
        return self.strip_of(self.line(y, width), width)

    def strip_of(self, parts: Iterable[Part], width: int) -> Strip:
        """Return drawn parts as a strip of exactly ``width`` cells."""
        segments = [Segment(text, self.role_style(role)) for text, role in parts]
        return Strip(segments).adjust_cell_length(width, self.role_style(""))

    def refresh_lines(self, first: int, count: int = 1) -> None:
        """Repaint some lines of the content and nothing else.

        Args:
            first: the first line, from 0.
            count: how many.
        """
        if self.is_mounted:
            self.refresh(Region(0, first, self.inner_size.width, count))

    def notify_style_update(self) -> None:
        """Forget styles that a new theme or focus changed."""
        self._styles_by_role.clear()
        super().notify_style_update()

    def role_style(self, role: str) -> Style:
        """Return the terminal style of a role.

        Args:
            role: ``""``, a role of :data:`roles.ROLES`, ``label.NAME``, or two of these joined by
                ``|``: the first is painted over the second.
        """
        style = self._styles_by_role.get(role)
        if style is None:
            over, _, base = role.partition("|")
            style = self._make_style(over)
            if base:
                style = self._painted_over(style, base)
            self._styles_by_role[role] = style
        return style

    def _painted_over(self, style: Style, base: str) -> Style:
        weight = Style(bold=style.bold, italic=style.italic, reverse=style.reverse)
        if base == "cursor":
            return self._make_style(base) + weight  # one colour that can be read on the cursor
        return self._make_style(base) + weight + Style(color=style.color)

    def _make_style(self, role: str) -> Style:
        if not role:
            return self.rich_style
        if role.startswith(_LABEL):
            if self._label_style is not None:
                own = self._label_style(role[len(_LABEL) :])
                return self.rich_style + Style(color=own.color, bold=own.bold, italic=own.italic)
            role = "key"
        background = self.background_colors[1]
        return role_style(role, self.app.theme_variables, self.rich_style, background)
