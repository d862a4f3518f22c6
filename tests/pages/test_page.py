"""The frame, the text and the parts of every HTML page."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.pages.escaping import attribute_html, text_html, visible
from annotator.pages.heat_map import STEPS, heat, heat_legend
from annotator.pages.page import _style_sheet, page
from annotator.pages.tables import Cell, table

HOSTILE = st.text(
    st.sampled_from("<>&\"'/\x00\x1b\x7f\x9b\r\n\u202e\u2066\u200b\u2028\ufeff\ufffe\ud800a] ")
    | st.characters(),
    max_size=40,
)
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
ENOUGH = 4.5
"""Contrast of text, WCAG 2.2, success criterion 1.4.3."""


class Read(HTMLParser):
    """Collects elements, and the text of those that are not glyphs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@given(HOSTILE)
def test_text_is_never_markup_and_nothing_of_it_is_hidden(text: str) -> None:
    whole = f'<p title="{attribute_html(text)}">{text_html(text)}</p>'
    assert not UNSEEN.search(whole)
    assert whole.encode()
    assert not UNSEEN.search(visible(text))
    read = Read(whole)
    assert set(read.tags) <= {"p", "span"}
    assert {name for name, _ in read.attributes} <= {"title", "class"}
    assert read.attributes[0] == ("title", visible(text))


@given(HOSTILE, st.data())
def test_parts_of_a_text_put_together_are_the_text(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    assert text_html(text, 0, cut) + text_html(text, cut) == text_html(text)


def test_emoji_and_scripts_that_need_joiners_keep_them() -> None:
    for text in ("👩‍👩‍👧", "می‌خواهم", "क्‍ष", "🇳🇴", "e\u0301"):
        assert text_html(text) == text


@given(HOSTILE, HOSTILE, HOSTILE)
def test_a_table_of_hostile_texts_has_only_our_elements(one: str, other: str, third: str) -> None:
    html = table(one, [other, third], [[third, Cell("<b>7</b>", "number")], [one, other]])
    assert not UNSEEN.search(html)
    read = Read(html)
    ours = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "b", "span"}
    assert set(read.tags) <= ours
    assert [value for name, value in read.attributes if name == "scope"] == [
        "col", "col", "row", "row",
    ]  # fmt: skip


def test_a_page_lets_only_its_own_style_and_script_run() -> None:
    for script in ("", "let a = 1;"):
        html = page("x", "<p>y</p>", style="p{color:red}", script=script)
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
        assert policy
        assert policy[1].startswith("default-src 'none'")
        assert "unsafe" not in policy[1]
        for tag in ["style", *(["script"] if script else [])]:
            (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy[1]
        assert ("<script" in html) is bool(script)
        assert not re.search(r"https?:|//[a-z]|url\(|@import", html)


@given(HOSTILE)
def test_a_title_is_text(title: str) -> None:
    html = page(title, "")
    head = html[: html.index("</title>")]
    assert Read(head[head.index("<title>") :]).tags == ["title"]
    assert html.count("</title>") == 1
    assert not UNSEEN.search(head)


def test_values_have_a_colour_from_palest_to_fullest() -> None:
    assert heat(-1) == heat(0) == "heat h0"
    assert heat(1) == heat(7) == f"heat h{STEPS}"
    for step in range(STEPS + 1):
        assert f".h{step}{{background:" in _style_sheet()
    assert "1.0</li>" in heat_legend("agreement")


Colour = tuple[float, float, float]


def colours(media: str) -> dict[str, Colour]:
    """Return the colours of the style sheet by name, for ``light``, ``dark`` or ``print``."""
    sheet = _style_sheet()
    roots = {
        "light": re.search(r"^:root\{([^}]*)\}", sheet, re.MULTILINE),
        "dark": re.search(r"prefers-color-scheme:dark\)\{:root\{([^}]*)\}", sheet),
        "print": re.search(r"@media print\{:root\{([^}]*)\}", sheet),
    }
    names: dict[str, str] = {}
    for kind in dict.fromkeys(("light", media)):
        found = roots[kind]
        assert found
        names |= dict(re.findall(r"--([\w-]+):#(\w+)", found[1]))
    long = {name: "".join(c * 2 for c in h) if len(h) == 3 else h for name, h in names.items()}
    return {
        name: (int(h[:2], 16) / 255, int(h[2:4], 16) / 255, int(h[4:], 16) / 255)
        for name, h in long.items()
    }


def luminance(colour: Colour) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_that_of_the_specification() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((0x76 / 255,) * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("media", ["light", "dark", "print"])
def test_text_has_contrast_enough_on_all_that_it_stands_on(media: str) -> None:
    found = colours(media)
    fills = [name.removesuffix("-line") for name in found if name.endswith("-line")]
    assert len(fills) == 8
    pairs = [
        *product(["text", "soft", "focus", "glyph"], ["back", "card"]),
        *product(["text", "glyph"], fills),
    ]
    for ink, ground in pairs:
        assert contrast(found[ink], found[ground]) >= ENOUGH, (ink, ground)
    for step in range(STEPS + 1):
        share = step / STEPS
        mixed = [
            a * share + b * (1 - share) for a, b in zip(found["heat"], found["card"], strict=True)
        ]
        assert contrast(found["text"], (mixed[0], mixed[1], mixed[2])) >= ENOUGH
    for fill in fills:  # of what is no text: 3, success criterion 1.4.11
        assert contrast(found[f"{fill}-line"], found["back"]) >= 3
