"""Parts are cropped by cells, never by code points, and nothing unsafe is left in them."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from support.widgets import Host, cells, plain, settle

from annotator.tui.line_widget import LineWidget, Part, fill, fit, spread, width_of

ODD = st.sampled_from("abc \t\n\x1b\u200d\u0301漢👩🏽")
TEXTS = st.text(st.characters() | ODD, max_size=30)
PARTS = st.lists(st.tuples(TEXTS, st.sampled_from(["", "muted", "label.claim"])), max_size=5)


@given(PARTS, st.integers(0, 60))
def test_cropped_parts_fit_and_are_safe(parts: list[Part], width: int) -> None:
    fitted = fit(parts, width)
    assert cells(fitted) <= width
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") for char in plain(fitted))


@given(PARTS)
def test_parts_that_have_room_are_whole(parts: list[Part]) -> None:
    wide = width_of(parts)
    assert plain(fit(parts, wide)) == plain(fit(parts, wide + 10))
    assert cells(fit(parts, wide)) == wide


@given(PARTS, PARTS, st.integers(0, 60), st.integers(0, 20))
def test_a_spread_line_is_exactly_as_wide_as_asked(
    left: list[Part], right: list[Part], width: int, keep: int
) -> None:
    assert cells(spread(left, right, width, keep=keep)) == width


def test_the_crop_is_marked_with_an_ellipsis() -> None:
    assert plain(fit([("abcdef", "")], 4)) == "abc…"
    assert plain(fit([("ab", ""), ("cd", "")], 3)) == "ab…"
    assert plain(fit([("ab", ""), ("cd", "")], 2)) == "a…"
    assert plain(fit([("漢字", "")], 3)) == "漢…"
    assert plain(fit([("漢字", "")], 2)) == " …"


def test_a_megabyte_is_not_looked_at_to_show_a_line() -> None:
    text = "x" * 200 + "\ud800" * 1_000_000
    assert plain(fit([(text, "")], 10)) == "x" * 9 + "…"


def test_the_right_side_gives_way() -> None:
    assert plain(spread([("name", "")], [("42", "")], 10)) == "name    42"
    assert plain(spread([("a long name", "")], [("42", "")], 10)) == "a long… 42"
    assert plain(spread([("a long name", "")], [("42", "")], 10, keep=8)) == "a long na…"


def test_markup_is_text() -> None:
    assert plain(fill(fit([("[bold]x[/] [@click=app.quit]", "")], 40), 40)).strip() == (
        "[bold]x[/] [@click=app.quit]"
    )


class Lines(LineWidget):
    """Shows one line in every role that tests look at."""

    def line(self, _y: int, width: int) -> list[Part]:
        return fill([("a", "label.claim"), ("b", "muted|cursor"), ("c", "strong|heading")], width)


async def test_roles_become_styles() -> None:
    lines = Lines(label_style=lambda name: Style(color="#123456" if name == "claim" else None))
    async with Host(lines).run_test(size=(10, 3)):
        label, over_cursor, over_heading = list(lines.render_line(0))[:3]
        assert label.style is not None
        assert label.style.color is not None
        assert label.style.color.name == "#123456"
        assert label.style.bgcolor == lines.rich_style.bgcolor
        assert over_cursor.style is not None
        assert over_cursor.style.color == lines.role_style("cursor").color
        assert over_cursor.style.bgcolor == lines.role_style("cursor").bgcolor
        assert over_heading.style is not None
        assert over_heading.style.bgcolor == lines.role_style("heading").bgcolor
        assert over_heading.style.bold


async def test_another_theme_brings_other_styles() -> None:
    lines = Lines()
    app = Host(lines)
    async with app.run_test(size=(10, 3)) as pilot:
        dark = lines.role_style("muted")
        app.theme = "textual-light"
        await settle(pilot)
        assert lines.role_style("muted") != dark
