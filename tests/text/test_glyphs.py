from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from wcwidth import wcwidth

from annotator.text import charset, glyphs

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CHARACTERS = [
    chr(code)
    for code in (
        *range(0x2000),
        *range(0x2000, 0x20000, 3),  # a third of what is left, for the time it takes
        *range(0x1F000, 0x1FC00),
        *range(0xE0000, 0xE0200),
        *range(0x20000, sys.maxunicode + 1, 997),
        sys.maxunicode,
    )
]


def is_safe(drawn: str) -> bool:
    """Say whether no terminal is moved, confused or blinded by a string."""
    previous = ""
    for char in drawn:
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
            return False
        mark = category in ("Mn", "Me", "Mc")
        if cell_len(char) == 0 and not (mark and previous):
            return False
        if cell_len(char) != wcwidth(char):
            return False
        previous = char
    return True


def test_every_code_point_is_drawn_safely_by_itself() -> None:
    simple = charset.simple()
    for char in CHARACTERS:
        other = glyphs.glyph(char)
        if simple.match(char):
            assert other is None
            continue
        drawn = char if other is None else other
        assert drawn
        assert is_safe(drawn), f"U+{ord(char):04X}"
        assert other is None or cell_len(other) == 1, f"U+{ord(char):04X}"


def test_simple_code_points_are_what_the_tables_say() -> None:
    simple = charset.simple()
    for char in CHARACTERS:
        narrow = charset.NARROW.match(char) is not None
        if simple.match(char):
            cells = 1 if narrow else 2
            assert get_character_cell_size(char) == wcwidth(char) == cells, f"U+{ord(char):04X}"
            assert unicodedata.category(char)[0] not in "CM", f"U+{ord(char):04X}"
        else:
            assert not narrow


@pytest.mark.parametrize(
    "char", ["a", "é", "Ω", "ж", "“", "—", "•", "漢", "か", "カ", "한", "（", "א", "ب", "\u00a0"]
)
def test_ordinary_letters_take_the_fast_path(char: str) -> None:
    assert glyphs.SIMPLE.fullmatch(char)
    assert glyphs.glyph(char) is None


@pytest.mark.parametrize(
    ("char", "drawn"),
    [
        ("\0", "␀"),
        ("\x1b", "␛"),
        ("\r", "␍"),
        ("\x7f", "␡"),
        ("\u202e", "⇐"),
        ("\u2028", "↲"),
        ("\u200b", "¦"),
        ("\ue000", "□"),
        ("\ud800", "☒"),
        ("\U0001f1fa", "U"),
        ("\U000e0041", "A"),
        ("\u0301", "◌\u0301"),
        ("\ufe0f", "◌"),
        ("\U0001f3fd", "▒"),
    ],
)
def test_what_hides_gets_a_glyph(char: str, drawn: str) -> None:
    assert glyphs.glyph(char) == drawn


def test_a_disputed_width_gets_a_glyph(monkeypatch: pytest.MonkeyPatch) -> None:
    dispute = "\u0d9a"
    monkeypatch.setattr("wcwidth.wcwidth", lambda _: 2)
    assert glyphs._rare_glyph.__wrapped__(dispute) == glyphs.UNKNOWN
    monkeypatch.setattr("wcwidth.wcwidth", lambda _: 1)
    assert glyphs._rare_glyph.__wrapped__(dispute) is None


def test_controls_do_not_share_a_glyph() -> None:
    controls = [chr(code) for code in range(0x20)]
    assert len({glyphs.glyph(char) for char in controls}) == len(controls)


@pytest.mark.parametrize(
    ("cluster", "drawn", "special"),
    [
        ("👩\u200d🚀", "👩🚀", False),
        ("👍🏽", "👍", False),
        ("❤\ufe0f", "❤", False),
        ("1\ufe0f\u20e3", "1\u20e3", False),
        ("\U0001f1fa\U0001f1f8", "US", True),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴", False),
        ("e\u0301", "e\u0301", False),
        ("葛\U000e0100", "葛", False),
        ("\u1112\u1161\u11ab", "한", False),
        ("क\u094d\u200dष", "क\u094dष", False),
        ("ی\u200c", "ی∤", True),
        # what hides in a cluster without doing its ordinary work is shown
        ("a\u200d", "a⋈", True),
        ("a\ufe0f", "a◌", True),
        ("a🏽", "a▒", True),
        ("a\U000e0048\U000e0049", "aHI", True),
        ("😀\ufe0f\ufe0f", "😀◌", True),
        ("葛\U000e0100\U000e0101", "葛◌", True),
    ],
)
def test_clusters_are_drawn_by_their_visible_parts(cluster: str, drawn: str, special: bool) -> None:
    assert glyphs.draw(cluster) == (drawn, special)


def test_a_heap_of_marks_is_cut() -> None:
    drawn, special = glyphs.draw("e" + "\u0301" * 300)
    assert drawn == "e" + "\u0301" * glyphs.MAX_MARKS + "…"
    assert special


@QUICK
@given(data=st.data())
def test_visible_is_safe_and_keeps_what_is_printable(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    shown = glyphs.visible(text)
    assert is_safe(shown)
    assert len(shown) >= 1 or not text


@QUICK
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_visible_leaves_plain_text_and_markup_alone(text: str) -> None:
    assert glyphs.visible(text) == text


def test_visible_shows_white_space_of_other_kinds() -> None:
    assert glyphs.visible("a\tb\nc\r\nd\x07") == "a→b↵c↵d␇"
    assert glyphs.visible("中\u202e文\0") == "中⇐文␀"


@pytest.mark.parametrize(
    ("cluster", "words"),
    [
        ("\u200d", "U+200D ZERO WIDTH JOINER"),
        ("\0", "U+0000 NULL"),
        ("\x0c", "U+000C FORM FEED"),
        ("\x9b", "U+009B CONTROL"),
        ("e\u0301", "U+0065 LATIN SMALL LETTER E + U+0301 COMBINING ACUTE ACCENT"),
        ("\ud800", "U+D800 LONE SURROGATE"),
        ("\ue000", "U+E000 PRIVATE USE"),
        ("\u0378", "U+0378 UNASSIGNED"),
        ("aaaaaa", " + ".join(["U+0061 LATIN SMALL LETTER A"] * 4) + " + 2 more"),
    ],
)
def test_describe_names_the_code_points(cluster: str, words: str) -> None:
    assert glyphs.describe(cluster) == words


def test_no_bidirectional_control_is_drawn() -> None:
    assert not set(BIDI) & set(glyphs.visible(BIDI))


def test_start_up_imports_no_tables() -> None:
    program = (
        "import sys; from annotator.text import cells, glyphs, layout, quotes, search, units;"
        "layout.Layout('plain “text”\\n' * 9, 20).line_range(3);"
        "glyphs.visible('plain “text”');"
        "heavy = {'wcwidth', 'sentencex', 'regex', 'yaml', 'textual'} & set(sys.modules);"
        "sys.exit(' '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
