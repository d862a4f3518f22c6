"""What parts of drawn lines look like: each role's colours, taken from the theme.

Worked out here and not by component classes of CSS: those cost a style sheet pass for each role
of each widget before the first frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from textual.color import Color, ColorParseError


class Look(NamedTuple):
    """How a role is drawn.

    Attributes:
        colour: the theme variable of its text; empty for the widget's own.
        background: the theme variable behind it; empty for the widget's own.
        weight: a text style of Rich, or the theme variable that holds one.
    """

    colour: str = ""
    background: str = ""
    weight: str = ""


ROLES: Mapping[str, Look] = {
    "": Look(),
    "muted": Look("text-muted"),
    "strong": Look(weight="bold"),
    "accent": Look("text-accent"),
    "key": Look("text-accent", weight="bold"),
    "success": Look("text-success"),
    "warning": Look("text-warning", weight="bold"),
    "error": Look("text-error", weight="bold"),
    "heading": Look("foreground", "panel", "bold"),
    "heading-focus": Look("foreground", "primary-muted", "bold"),
    "cursor": Look("block-cursor-foreground", "block-cursor-background", "block-cursor-text-style"),
    "cursor-blurred": Look("foreground", "panel"),
    "edit": Look("foreground", "panel"),
    "caret": Look(weight="reverse"),
}
"""Every role by its name; ``label.NAME`` is one too, whose style the app decides."""


def role_style(role: str, variables: Mapping[str, str], base: Style, background: Color) -> Style:
    """Return the terminal style of a role.

    Args:
        role: a name of :data:`ROLES`.
        variables: the theme's.
        base: the style of the widget's plain text.
        background: the widget's background, on which text has to be readable.
    """
    look = ROLES[role]
    behind = background
    style = base
    if look.background:
        behind = background + _colour(variables.get(look.background, ""))
        style += Style(bgcolor=behind.rich_color)
    if look.colour:
        colour = behind + _colour(variables.get(look.colour, "auto 87%"))
        style += Style(color=colour.rich_color)
    if look.weight:
        style += Style.parse(variables.get(look.weight, look.weight))
    return style


def _colour(text: str) -> Color:
    """Return the colour a theme variable stands for: ``#rrggbb``, a name, ``auto 60%``."""
    name, _, share = text.partition(" ")
    if name == "auto":
        colour = Color.automatic()
    else:
        try:
            colour = Color.parse(name)
        except ColorParseError:
            return Color(0, 0, 0, 0)
    if share.endswith("%") and colour.ansi is None:
        alpha = float(share[:-1]) / 100
        colour = Color(colour.r, colour.g, colour.b, alpha, None, colour.auto)
    return colour
