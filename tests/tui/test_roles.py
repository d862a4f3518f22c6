"""Roles take their colours from the theme and stay readable on what is behind them."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import BLACK, WHITE, Color
from textual.theme import BUILTIN_THEMES

from annotator.tui.roles import ROLES, role_style

VARIABLES = {
    "panel": "#ff000080",
    "text-muted": "auto 60%",
    "block-cursor-background": "#0000ff",
    "block-cursor-foreground": "auto 87%",
    "block-cursor-text-style": "bold underline",
}


def style(role: str, background: Color = BLACK) -> Style:
    return role_style(role, VARIABLES, Style(color="#111111", bgcolor="#222222"), background)


def test_what_shines_through_is_mixed_with_the_background() -> None:
    assert style("edit", BLACK).bgcolor == Color(128, 0, 0).rich_color
    assert style("edit", WHITE).bgcolor == Color(255, 127, 127).rich_color


def test_text_is_light_on_dark_and_dark_on_light() -> None:
    on_black, on_white = style("muted", BLACK).color, style("muted", WHITE).color
    assert on_black is not None
    assert on_white is not None
    assert on_black.get_truecolor().red > 128 > on_white.get_truecolor().red


def test_weights_come_from_the_theme_or_stand_for_themselves() -> None:
    assert style("cursor").underline
    assert style("cursor").bold
    assert style("strong").bold
    assert style("caret").reverse


def test_what_a_role_does_not_say_stays_as_it_is() -> None:
    assert style("strong").color == Style(color="#111111").color
    assert style("muted").bgcolor == Style(bgcolor="#222222").bgcolor


@pytest.mark.parametrize("name", sorted(BUILTIN_THEMES))
def test_every_theme_has_every_role(name: str) -> None:
    colours = BUILTIN_THEMES[name].to_color_system()
    variables = colours.generate()
    for role in ROLES:
        made = role_style(role, variables, Style(), Color.parse("#202020"))
        assert made.render("x", color_system=ColorSystem.TRUECOLOR).count("x") == 1
