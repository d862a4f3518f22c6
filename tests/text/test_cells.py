from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from annotator.text.cells import LineCells, Piece, line_cells, measure
from annotator.text.graphemes import clusters

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)


def hard_lines(text: str) -> list[tuple[int, int]]:
    """Return the ranges of a text's lines by LF, newline included."""
    ends = [place + 1 for place, char in enumerate(text) if char == "\n"]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return list(zip([0, *ends], ends, strict=False))


def draw_line(data: st.DataObject, texts: st.SearchStrategy[str]) -> tuple[str, LineCells]:
    """Draw a text and the cells of one of its hard lines."""
    text = data.draw(texts)
    start, end = data.draw(st.sampled_from(hard_lines(text)))
    return text, line_cells(text, start, end, data.draw(st.integers(1, 9)))


@QUICK
@given(data=st.data())
def test_pieces_tile_the_line(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    _, line = draw_line(data, texts)
    assert [piece.start for piece in line.pieces[1:]] == [p.end for p in line.pieces[:-1]]
    if line.start < line.end:
        assert (line.pieces[0].start, line.pieces[-1].end) == (line.start, line.end)
    else:
        assert not line.pieces


@QUICK
@given(data=st.data())
def test_widths_are_what_rich_measures(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    _, line = draw_line(data, texts)
    for piece in line.pieces:
        assert piece.width == cell_len(piece.drawn)
        assert piece.width > 0 or piece.start == line.newline
    assert line.width == cell_len("".join(piece.drawn for piece in line.pieces))


@QUICK
@given(data=st.data())
def test_nothing_drawn_can_harm_a_terminal(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    _, line = draw_line(data, texts)
    previous = ""
    for char in "".join(piece.drawn for piece in line.pieces):
        category = unicodedata.category(char)
        assert category not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
        assert wcwidth(char) == cell_len(char)
        assert cell_len(char) > 0 or (previous and category[0] == "M")
        previous = char


@QUICK
@given(data=st.data())
def test_no_grapheme_is_split(data: st.DataObject, texts: st.SearchStrategy[str]) -> None:
    text, line = draw_line(data, texts)
    places = {line.start}
    at = line.start
    for cluster in clusters(text, line.start, line.end):
        at += len(cluster)
        places.add(at)
    for piece in line.pieces:
        inside = {place for place in places if piece.start < place < piece.end}
        assert {piece.start, piece.end} <= places
        assert len(inside) == (piece.end - piece.start - 1 if piece.run else 0)
        if piece.run:
            assert piece.drawn == text[piece.start : piece.end]


@QUICK
@given(data=st.data())
def test_offsets_and_cells_go_there_and_back(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text, line = draw_line(data, texts)
    stop = line.end if line.newline is None else line.newline
    at, cell = line.start, 0
    for cluster in clusters(text, line.start, stop):
        for inside in range(len(cluster)):
            assert line.cell_of(at + inside) == cell
        at += len(cluster)
        following = line.cell_of(at)
        assert following > cell
        for column in range(cell, following):
            assert line.offset_at(column) == at - len(cluster)
        cell = following
    assert line.cell_of(stop) == line.cell_of(line.end) == line.width == cell
    for beyond in (line.width, line.width + 1, line.width + 99):
        assert line.offset_at(beyond) == stop
    assert line.offset_at(-1) == line.start
    assert line.cell_of(line.start - 1) == 0
    assert line.cell_of(line.end + 5) == line.width


@QUICK
@given(data=st.data())
def test_slices_tile_the_line_and_keep_every_glyph(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text, line = draw_line(data, texts)
    cuts = sorted(data.draw(st.lists(st.integers(-2, len(text) + 2), max_size=8)))
    parts = list(line.slices(cuts))
    assert "".join(drawn for _, _, drawn, _ in parts) == "".join(p.drawn for p in line.pieces)
    assert [start for start, _, _, _ in parts[1:]] == [end for _, end, _, _ in parts[:-1]]
    if line.start < line.end:
        assert (parts[0][0], parts[-1][1]) == (line.start, line.end)
    else:
        assert not parts
    edges = {start for start, _, _, _ in parts} | {line.end}
    snapped = {
        next((p.start for p in line.pieces if not p.run and p.start < cut < p.end), cut)
        for cut in cuts
        if line.start <= cut < line.end
    }
    assert snapped <= edges
    for start, end, drawn, special in parts:
        assert start < end
        assert cell_len(drawn) == line.cell_of(end) - line.cell_of(start)
        inside = [p for p in line.pieces if p.start < end and p.end > start]
        assert {p.special for p in inside} == {special}
    needless = edges - snapped - {line.start, line.end, line.newline}
    for edge in needless:
        here = {p.special for p in line.pieces if p.start <= edge <= p.end}
        assert here == {True, False}


@pytest.mark.parametrize(
    "cluster", ["\u0600a", "\u0d4e中", "\u1112가", "👩\u200d©", "a\u0301", "中\u0301"]
)
@pytest.mark.parametrize("around", ["{}", "xy{}zz", "中中{}中中", "\t{}\t"])
def test_simple_letters_stay_in_the_cluster_they_belong_to(cluster: str, around: str) -> None:
    text = around.format(cluster)
    start = text.index(cluster)
    line = line_cells(text, 0, len(text))
    assert (start, start + len(cluster)) in [(p.start, p.end) for p in line.pieces]
    starts, widths = measure(text, 0, len(text))
    assert [text[a:b] for a, b in pairwise(starts)] == clusters(text, 0, len(text))
    assert len(widths) == len(starts) - 1


def test_tabs_reach_the_next_stop() -> None:
    line = line_cells("a\tbcd\te\n", 0, 8)
    assert [piece.drawn for piece in line.pieces] == ["a", "→  ", "bcd", "→", "e", ""]
    assert [line.cell_of(offset) for offset in range(9)] == [0, 1, 4, 5, 6, 7, 8, 9, 9]
    assert [line.offset_at(cell) for cell in range(10)] == [0, 1, 1, 1, 2, 3, 4, 5, 6, 7]


def test_both_halves_of_a_wide_character_are_it() -> None:
    line = line_cells("x中文", 0, 3)
    assert [line.offset_at(cell) for cell in range(6)] == [0, 1, 1, 2, 2, 3]


@pytest.mark.parametrize(("text", "newline"), [("ab\n", 2), ("ab\r\n", 2), ("ab\r", None)])
def test_a_newline_is_one_piece_without_cells(text: str, newline: int | None) -> None:
    line = line_cells(text, 0, len(text))
    assert line.newline == newline
    last = line.pieces[-1]
    if newline is None:
        assert last == Piece(2, 3, "␍", 1, special=True)
    else:
        assert last == Piece(newline, len(text), "", 0, special=False)
        assert [part[:2] for part in line.slices([])] == [(0, 2), (2, len(text))]


def test_plain_text_between_cuts_is_one_slice() -> None:
    text = "The 悉尼市 rocket\x1b[0m"
    parts = list(line_cells(text, 0, len(text)).slices([4, 7]))
    assert parts == [
        (0, 4, "The ", False),
        (4, 7, "悉尼市", False),
        (7, 14, " rocket", False),
        (14, 15, "␛", True),
        (15, 18, "[0m", False),
    ]


def test_a_cut_inside_a_grapheme_means_its_start() -> None:
    text = "a👩\u200d🚀b"
    assert list(line_cells(text, 0, 5).slices([2, 4])) == [
        (0, 1, "a", False),
        (1, 4, "👩🚀", False),
        (4, 5, "b", False),
    ]
