from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text import layout as layout_module
from annotator.text import wrapping
from annotator.text.cells import line_cells, newline_at
from annotator.text.graphemes import clusters, snap
from annotator.text.layout import Layout

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)

WIDTHS = st.integers(1, 200)
HANGING = set(" \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f")


@pytest.fixture(autouse=True, scope="module")
def _small_blocks() -> object:
    """Let texts of some hundred code points have several blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout_module, "BLOCK", 25)
        patch.setattr(layout_module, "_SPACE_REACH", 8)
        yield


def all_lines(layout: Layout) -> list[tuple[int, int]]:
    """Wrap everything and return every line."""
    assert layout.refine(60)
    return [layout.line_range(line) for line in range(layout.line_count)]


@QUICK
@given(data=st.data(), width=WIDTHS)
def test_lines_tile_the_text(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int
) -> None:
    text = data.draw(texts)
    lines = all_lines(Layout(text, width))
    assert [start for start, _ in lines] == [0, *[end for _, end in lines[:-1]]]
    assert lines[-1][1] == len(text)
    assert all(start < end for start, end in lines[:-1])
    assert (lines[-1][0] == len(text)) == (not text or text.endswith("\n"))
    for start, end in lines:
        assert "\n" not in text[start : end - 1]


@QUICK
@given(data=st.data(), width=WIDTHS, tab_size=st.integers(1, 9))
def test_only_white_space_or_one_grapheme_is_wider_than_the_line(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int, tab_size: int
) -> None:
    text = data.draw(texts)
    for start, end in all_lines(Layout(text, width, tab_size)):
        newline = newline_at(text, start, end)
        stop = end if newline is None else newline
        hanging = 0
        while hanging < 2 and stop > start and text[stop - 1] in HANGING:
            if line_cells(text, start, stop, tab_size).width <= width:
                break
            stop -= 1
            hanging += 1
        fits = line_cells(text, start, stop, tab_size).width <= width
        assert fits or len(clusters(text, start, stop)) == 1


@QUICK
@given(data=st.data(), width=WIDTHS)
def test_no_grapheme_is_split(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int
) -> None:
    text = data.draw(texts)
    for start, _ in all_lines(Layout(text, width)):
        assert snap(text, start) == start


@QUICK
@given(data=st.data(), width=WIDTHS)
def test_line_at_and_line_range_are_inverse(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int
) -> None:
    text = data.draw(texts)
    layout = Layout(text, width)
    offset = data.draw(st.integers(0, len(text)))
    start, end = layout.line_range(layout.line_at(offset))
    assert start <= offset < end or offset == end == len(text)
    for line, (start, end) in enumerate(all_lines(layout)):
        assert layout.line_at(start) == line
        assert layout.line_at(max(start, end - 1)) == line
    assert layout.line_at(len(text)) == layout.line_count - 1


@QUICK
@given(data=st.data(), width=WIDTHS)
def test_any_order_gives_the_same_lines(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int
) -> None:
    text = data.draw(texts)
    eager = Layout(text, width)
    lines = all_lines(eager)
    lazy = Layout(text, width)
    offsets = data.draw(st.lists(st.integers(0, len(text)), max_size=6))
    for offset in offsets:
        version, count = lazy.version, lazy.line_count
        line = lazy.line_at(offset)
        assert lazy.line_range(line) == lines[eager.line_at(offset)]
        assert (lazy.line_count == count) or lazy.version > version
    assert all_lines(lazy) == lines
    assert lazy.exact


@QUICK
@given(data=st.data(), width=WIDTHS, other=WIDTHS)
def test_resized_equals_fresh(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int, other: int
) -> None:
    text = data.draw(texts)
    first = Layout(text, width, 7)
    first.refine(data.draw(st.sampled_from([0, 60])))
    assert all_lines(first.resized(other)) == all_lines(Layout(text, other, 7))
    assert first.width == width


@QUICK
@given(data=st.data(), width=st.integers(1, 12))
def test_the_fast_way_wraps_like_the_general_one(data: st.DataObject, width: int) -> None:
    parts = st.sampled_from(["a", "“é”", "abcdefgh", " ", "  ", "   ", "\n"])
    text = "".join(data.draw(st.lists(parts, max_size=60)))
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    assert wrapping.is_plain(text, 0, len(text))
    fast: list[int] = []
    wrapping.wrap_plain(text, 0, len(text), width, fast.append)
    general: list[int] = []
    wrapping.wrap_block(text, 0, len(text), width, 4, general.append)
    assert fast == general
    measured: list[int] = []
    at = 0
    for hard in text.splitlines(keepends=True):
        stop = at + len(hard.rstrip("\r\n"))
        measured.append(at)
        starts, widths = range(at, stop + 1), [1] * (stop - at)
        wrapping.wrap_measured(text, starts, widths, width, 4, measured.append)
        at += len(hard)
    assert fast == measured


@QUICK
@given(data=st.data(), width=WIDTHS)
def test_position_counts_line_feeds(
    data: st.DataObject, texts: st.SearchStrategy[str], width: int
) -> None:
    text = data.draw(texts)
    layout = Layout(text, width)
    for offset in data.draw(st.lists(st.integers(0, len(text)), max_size=5)):
        before = text[:offset]
        line = before.count("\n") + 1
        column = offset - (before.rfind("\n") + 1) + 1
        assert layout.position(offset) == (line, column)
        start = layout.hard_line_start(line)
        assert layout.position(start) == (line, 1)
    assert layout.hard_line_start(10**9) == text.rfind("\n") + 1
    assert layout.hard_line_start(0) == 0


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("abc “é”\r\n\r\nx", True),
        ("", True),
        ("a\rb", False),
        ("a\r\r\n", False),
        ("a\tb", False),
        ("a\0b", False),
        ("中", False),
        ("e\u0301", False),
        ("\ud800", False),
    ],
)
def test_plain_is_what_takes_one_cell_a_code_point(text: str, plain: bool) -> None:
    assert wrapping.is_plain(text, 0, len(text)) == plain


def test_tabs_are_measured_from_where_they_land() -> None:
    assert wrapped("a\tb\tc\td", 9) == ["a\tb\tc\t", "d"]
    assert wrapped("abc\td ef", 5) == ["abc\td ", "ef"]
    assert wrapped("ab\tcdefgh", 8) == ["ab\t", "cdefgh"]


def wrapped(text: str, width: int) -> list[str]:
    lines: list[int] = []
    wrapping.wrap_block(text, 0, len(text), width, 4, lines.append)
    return [text[a:b] for a, b in zip(lines, [*lines[1:], len(text)], strict=True)]


def test_words_stay_whole_and_spaces_hang() -> None:
    assert wrapped("one two three", 7) == ["one two ", "three"]
    assert wrapped("one two  three", 7) == ["one two  ", "three"]
    assert wrapped("one two   three", 7) == ["one two  ", " three"]
    assert wrapped("incomprehensibility is", 8) == ["incompre", "hensibil", "ity is"]
    assert wrapped("one two \nx", 7) == ["one two \n", "x"]


def test_a_no_break_space_does_not_break() -> None:
    assert wrapped("at 10\u00a0km away", 7) == ["at ", "10\u00a0km ", "away"]


def test_wide_text_breaks_anywhere_but_at_its_punctuation() -> None:
    assert wrapped("悉尼市的新闻", 6) == ["悉尼市", "的新闻"]
    assert wrapped("悉尼市。新闻", 6) == ["悉尼", "市。新", "闻"]
    assert wrapped("悉尼「新闻」", 6) == ["悉尼", "「新", "闻」"]
    assert wrapped("iPhone手机", 9) == ["iPhone手", "机"]
    assert wrapped("see 🚀🚀 go", 8) == ["see 🚀🚀 ", "go"]


def test_white_space_drawn_as_a_glyph_stays_inside() -> None:
    assert wrapped("one two\u2028three", 7) == ["one ", "two\u2028", "three"]
    assert wrapped("one\u2028two three", 8) == ["one\u2028two ", "three"]
    assert wrapped("abc\tdef ghi", 7) == ["abc\tdef ", "ghi"]


def test_estimated_lines_turn_into_real_ones() -> None:
    rng = random.Random(3)
    text = "\n".join("word " * rng.randrange(1, 12) for _ in range(300))
    layout = Layout(text, 20)
    assert not layout.exact
    moves = 0
    done = False
    while not done:
        count, version = layout.line_count, layout.version
        done = layout.refine(0)
        moved = layout.line_count != count
        assert (layout.version > version) == moved
        moves += moved
    assert moves > 1
    with pytest.raises(IndexError):
        layout.line_range(layout.line_count)
    with pytest.raises(IndexError):
        layout.line_range(-1)


@QUICK
@given(st.integers(1, 40), st.sampled_from(["a", "ab ", "中", "e\u0301", "\r\n", "👩\u200d🚀"]))
def test_one_endless_line_is_cut_into_blocks(width: int, unit: str) -> None:
    text = "head\n" + unit * 200
    layout = Layout(text, width)
    assert not layout.exact
    layout.line_at(len(text))
    assert not layout.exact
    assert "".join(text[a:b] for a, b in all_lines(layout)) == text
    assert all(snap(text, start) == start for start, _ in all_lines(layout))
    assert layout.position(len(text)) == (text.count("\n") + 1, len(text) - text.rfind("\n"))


@QUICK
@given(st.lists(st.integers(0, 49), max_size=30))
def test_lines_up_to_twice_a_block_are_never_cut(lengths: list[int]) -> None:
    text = "".join("x" * length + "\n" for length in lengths)
    lines = [text[a:b] for a, b in all_lines(Layout(text, 80))]
    assert lines == [*text.splitlines(keepends=True), ""]


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("\n", 2), ("a", 1), ("a\n", 2)])
def test_the_last_line_exists(text: str, lines: int) -> None:
    layout = Layout(text, 10)
    assert layout.line_count == lines
    assert layout.line_range(lines - 1)[1] == len(text)
