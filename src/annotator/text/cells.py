"""Between offsets (code points of the text) and cells (columns of the terminal).

This is the one place that knows how wide anything is drawn. Rich measures what reaches the
screen, so every width here is Rich's width of the drawn string; the drawn strings hold nothing
whose width depends on its neighbours, so widths add up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rich.cells import get_character_cell_size

from .charset import NARROW, lone
from .glyphs import draw
from .graphemes import clusters


class _Widths(dict[str, int]):
    """Cells of a code point, measured once."""

    def __missing__(self, char: str) -> int:
        width = self[char] = get_character_cell_size(char)
        return width


_REMEMBERED = 30_000
"""Graphemes remembered before starting over; a Chinese book has some 5,000."""

WIDTHS = _Widths()
"""Cells of one code point, as Rich measures it."""


class _Drawn(dict[str, tuple[str, int, bool]]):
    """What a grapheme is drawn as, its cells (0 for a tab), and whether it is special."""

    def __missing__(self, cluster: str) -> tuple[str, int, bool]:
        if len(self) >= _REMEMBERED:
            self.clear()
        drawn, special = draw(cluster)
        width = 0 if cluster == "\t" else sum(map(WIDTHS.__getitem__, drawn))
        found = self[cluster] = drawn, width, special
        return found


class _Cells(dict[str, int]):
    """Cells that a grapheme is drawn in; 0 for a tab."""

    def __missing__(self, cluster: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        width = self[cluster] = DRAWN[cluster][1]
        return width


DRAWN = _Drawn()
_CELLS = _Cells()


@dataclass(slots=True)
class Piece:
    """One grapheme, or a run of one-cell code points that are one grapheme each.

    Attributes:
        start, end: its place in the text, in code points.
        drawn: what is painted; empty for the line's newline.
        width: cells that ``drawn`` takes.
        special: whether a glyph stands for something that cannot be drawn.
        run: whether each code point is a grapheme of one cell drawn as itself, so that the
            piece may be cut anywhere.
    """

    start: int
    end: int
    drawn: str
    width: int
    special: bool
    run: bool = False


class LineCells:
    """The cells of one visual line.

    Args:
        start, end: the line's place in the text, in code points.
        pieces: what it is drawn as, from left to right, without gaps.
        newline: offset of the newline that ends the line, or None.
    """

    __slots__ = ("_cells", "end", "newline", "pieces", "start", "width")

    def __init__(
        self, start: int, end: int, pieces: Sequence[Piece], newline: int | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.pieces = pieces
        self.newline = newline
        self.width = 0
        """Cells of the whole line, hanging white space included."""
        self._cells: list[int] = []
        for piece in pieces:
            self._cells.append(self.width)
            self.width += piece.width

    def _piece_at(self, offset: int) -> int:
        """Return the place in ``pieces`` of the one that holds an offset inside the line."""
        return bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1

    def cell_of(self, offset: int) -> int:
        """Return the left cell of the grapheme that holds ``offset`` (code points).

        The line's end gives its width; offsets outside the line are clamped to it.
        """
        if offset >= self.end:
            return self.width
        if offset <= self.start:
            return 0
        place = self._piece_at(offset)
        piece = self.pieces[place]
        inside = offset - piece.start if piece.run else 0
        return self._cells[place] + inside

    def offset_at(self, cell: int) -> int:
        """Return the start of the grapheme drawn at ``cell``, in code points.

        Every cell of a wide grapheme gives the same offset. Behind the last grapheme it is the
        offset of the line's newline, or the line's end where it has none.
        """
        if cell >= self.width:
            return self.end if self.newline is None else self.newline
        if cell <= 0:
            return self.start
        place = bisect_right(self._cells, cell) - 1
        piece = self.pieces[place]
        inside = cell - self._cells[place] if piece.run else 0
        return piece.start + inside

    def slices(self, cuts: Sequence[int]) -> Iterator[tuple[int, int, str, bool]]:
        """Cut the line for painting.

        Args:
            cuts: offsets in code points, ascending; those outside the line count for nothing,
                one inside a grapheme means the grapheme's start.

        Yields:
            ``(start, end, drawn, special)`` from left to right without gaps, cut at ``cuts`` and
            where ``special`` changes. The newline comes last and by itself, drawn as nothing.
        """
        wanted = iter([cut for cut in cuts if self.start < cut < self.end])
        cut = next(wanted, self.end)
        begin = self.start
        drawn: list[str] = []
        special = False
        for piece in self.pieces:
            at = piece.start
            if begin < at and (piece.special != special or at == self.newline):
                yield begin, at, "".join(drawn), special
                begin, drawn = at, []
            special = piece.special
            text = piece.drawn
            while cut < piece.end:
                if piece.run:
                    drawn.append(text[: cut - at])
                    text = text[cut - at :]
                    at = cut
                if begin < at:
                    yield begin, at, "".join(drawn), special
                    begin, drawn = at, []
                cut = next(wanted, self.end)
            drawn.append(text)
        if begin < self.end:
            yield begin, self.end, "".join(drawn), special


def newline_at(text: str, start: int, end: int) -> int | None:
    """Return the offset of the newline (LF or CRLF) that ends ``[start, end)``, or None."""
    if end <= start or text[end - 1] != "\n":
        return None
    return end - 2 if end - 1 > start and text[end - 2] == "\r" else end - 1


def line_cells(text: str, start: int, end: int, tab_size: int = 4) -> LineCells:
    """Measure one visual line.

    Args:
        text: the whole text.
        start, end: the line, in code points, cut at grapheme boundaries; a newline may end it.
        tab_size: cells between tab stops, counted from the line's start.
    """
    newline = newline_at(text, start, end)
    stop = end if newline is None else newline
    pieces: list[Piece]
    if start == stop:
        pieces = []
    elif NARROW.fullmatch(text, start, stop):
        pieces = [Piece(start, stop, text[start:stop], stop - start, False, True)]
    else:
        pieces = _pieces(text, start, stop, tab_size)
    if newline is not None:
        pieces.append(Piece(newline, end, "", 0, False))
    return LineCells(start, end, pieces, newline)


def _pieces(text: str, start: int, stop: int, tab_size: int) -> list[Piece]:
    """Cut a line without its newline into pieces."""
    pieces: list[Piece] = []
    column = 0
    for first, last, is_lone in stretches(text, start, stop):
        end = first
        for cluster in text[first:last] if is_lone else clusters(text, first, last):
            begin, end = end, end + len(cluster)
            drawn, width, special = DRAWN[cluster]
            if cluster == "\t":
                width = tab_size - column % tab_size
                drawn += " " * (width - 1)
            column += width
            run = width == 1 == len(cluster) and not special
            if run and pieces and pieces[-1].run:
                before = pieces[-1]
                before.end = end
                before.drawn += drawn
                before.width += 1
                continue
            pieces.append(Piece(begin, end, drawn, width, special, run))
    return pieces


def stretches(text: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    """Cut ``[start, stop)`` into stretches whose code points are one grapheme each and the rest.

    Yields:
        ``(start, end, is_lone)``. A stretch that is not lone needs its grapheme boundaries
        looked up; it includes the code point on either side, which may belong to a cluster.
    """
    at = start
    for run in lone().finditer(text, start, stop):
        first = run.start() + (run.start() > start)
        last = run.end() - (run.end() < stop)
        if first >= last:
            continue
        if at < first:
            yield at, first, False
        yield first, last, True
        at = last
    if at < stop:
        yield at, stop, False


def measure(text: str, start: int, stop: int) -> tuple[Sequence[int], list[int]]:
    """Return the graphemes of a hard line for wrapping.

    Args:
        start, stop: the line without its newline, in code points, cut at grapheme boundaries.

    Returns:
        The start of each grapheme followed by ``stop``, and the cells of each; 0 cells stand
        for a tab, whose width depends on where it lands. All others take at least one.
    """
    if lone().fullmatch(text, start, stop):
        return range(start, stop + 1), _lone_widths(text, start, stop)
    starts: list[int] = []
    widths: list[int] = []
    for first, last, is_lone in stretches(text, start, stop):
        if is_lone:
            starts += range(first, last)
            widths += _lone_widths(text, first, last)
        else:
            found = clusters(text, first, last)
            starts += accumulate(map(len, found[:-1]), initial=first)
            widths += map(_CELLS.__getitem__, found)
    starts.append(stop)
    return starts, widths


def _lone_widths(text: str, start: int, stop: int) -> list[int]:
    """Return the cells of code points that are one grapheme each; 0 for a tab."""
    widths: list[int] = []
    at = start
    for run in NARROW.finditer(text, start, stop):
        first, last = run.span()
        if at < first:
            widths += _gap_widths(text[at:first])
        widths += [1] * (last - first)
        at = last
    if at < stop:
        widths += _gap_widths(text[at:stop])
    return widths


def _gap_widths(gap: str) -> Iterable[int]:
    """Return the cells of lone code points none of which is narrow: wide, or controls."""
    return [2] * len(gap) if gap.isprintable() else map(_CELLS.__getitem__, gap)
