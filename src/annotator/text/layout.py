"""Lazy word wrap of a text of any size.

The text is cut into blocks of some thousand code points, whatever the width; a block is wrapped
when one of its lines is first asked for. Line numbers behind blocks that are not wrapped yet rest
on an estimate and move when the block turns out to have more or fewer lines (``version`` tells).
A visual line costs four bytes and no Python object.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from time import perf_counter

from .graphemes import snap
from .wrapping import is_plain, wrap_block, wrap_plain

BLOCK = 8192
"""Code points behind which a block ends at the next newline, at the latest after twice as many."""
_SPACE_REACH = 1024
"""How far back from a cut inside a hard line a space is looked for, in code points."""


class Blocks:
    """What is known of a text at any width: where its blocks start and what they hold.

    Args:
        text: the text; building takes one ``str.find`` a block.
    """

    __slots__ = ("_breaks", "_last_newlines", "_plain", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = _block_starts(text)
        self._plain = bytearray(len(self.starts))
        self._breaks = array("I", [0])
        self._last_newlines = array("q", [-1])

    def __len__(self) -> int:
        return len(self.starts)

    def end(self, block: int) -> int:
        """Return the offset behind a block."""
        return self.starts[block + 1] if block + 1 < len(self.starts) else len(self.text)

    def at(self, offset: int) -> int:
        """Return the block that holds an offset; the text's end belongs to the last one."""
        return bisect_right(self.starts, offset) - 1

    def plain(self, block: int) -> bool:
        """Say whether a block may be wrapped by ``wrap_plain``; looked up once."""
        known = self._plain[block]
        if not known:
            known = 1 + is_plain(self.text, self.starts[block], self.end(block))
            self._plain[block] = known
        return known == 2

    def hard_line(self, offset: int) -> tuple[int, int]:
        """Return the 0-based hard line that holds an offset, and the offset where it starts.

        Newlines are counted a block at a time and remembered.
        """
        block = self.at(offset)
        breaks, last = self._breaks, self._last_newlines
        for place in range(len(breaks) - 1, block):
            start, end = self.starts[place], self.starts[place + 1]
            breaks.append(breaks[-1] + self.text.count("\n", start, end))
            newline = self.text.rfind("\n", start, end)
            last.append(newline if newline >= 0 else last[-1])
        start = self.starts[block]
        line = breaks[block] + self.text.count("\n", start, offset)
        newline = self.text.rfind("\n", start, offset)
        return line, (newline if newline >= 0 else last[block]) + 1


def _block_starts(text: str) -> array[int]:
    """Return where blocks start: behind a newline if one is near, else behind a space."""
    size = len(text)
    starts = array("I", [0])
    start = 0
    newline = -1  # the first one at or behind some earlier place
    while start + 2 * BLOCK < size:
        near, far = start + BLOCK, start + 2 * BLOCK
        earlier = newline
        if newline < near - 1:
            newline = text.find("\n", near - 1)
            if newline < 0:
                newline = size
        end = newline + 1
        if newline >= far:
            end = text.rfind("\n", start, near - 1) + 1 if earlier < far else 0
            if end <= start:
                space = text.rfind(" ", near - _SPACE_REACH, near)
                end = snap(text, space + 1 if space >= 0 else near)
        start = end if end > start else near
        starts.append(start)
    return starts


class Layout:
    """The visual lines of a text at one width.

    Lines tile the text; each includes its newline. The last line exists even when it is empty:
    an empty text has one line, a text that ends in a newline has an empty one behind it.

    Args:
        text: the text, any size.
        width: cells of a line; at least 1.
        tab_size: cells between tab stops; at least 1.
        blocks: the text's blocks where another layout has found them already.
    """

    __slots__ = (
        "_blocks",
        "_counts",
        "_left",
        "_lines",
        "_next",
        "_tops",
        "tab_size",
        "text",
        "version",
        "width",
    )

    def __init__(
        self, text: str, width: int, tab_size: int = 4, *, blocks: Blocks | None = None
    ) -> None:
        blocks = blocks or Blocks(text)
        self.text = text
        self.width = max(1, width)
        self.tab_size = max(1, tab_size)
        self.version = 0
        """Rises whenever line numbers behind some block have moved."""
        self._blocks = blocks
        self._lines: list[array[int] | None] = [None] * len(blocks)
        self._left = len(blocks)
        self._next = 0
        self._tops: list[int] | None = None
        first = self._wrap(0)
        lines_per_offset = len(first) / max(1, blocks.end(0))
        starts = blocks.starts
        self._counts = [
            max(1, round((end - start) * lines_per_offset))
            for start, end in zip(starts, (*starts[1:], len(self.text)), strict=True)
        ]
        self._counts[0] = len(first)

    @property
    def line_count(self) -> int:
        """Number of visual lines; an estimate where ``exact`` is false."""
        return self._prefix()[-1]

    @property
    def exact(self) -> bool:
        """Whether every block is wrapped, so that line numbers will not move any more."""
        return self._left == 0

    def line_range(self, line: int) -> tuple[int, int]:
        """Return the start and end of a visual line in code points, its newline included.

        Args:
            line: 0-based; wraps its block when needed.

        Raises:
            IndexError: there is no such line; with an inexact layout that may show only now.
        """
        if line < 0:
            raise IndexError(line)
        while True:
            tops = self._prefix()
            if line >= tops[-1]:
                raise IndexError(line)
            block = bisect_right(tops, line) - 1
            starts = self._wrapped(block)
            inside = line - tops[block]
            if inside < len(starts):
                last = inside + 1 == len(starts)
                return starts[inside], self._blocks.end(block) if last else starts[inside + 1]

    def line_at(self, offset: int) -> int:
        """Return the 0-based visual line that holds an offset, wrapping only its block.

        Args:
            offset: in code points, clamped to the text; its end belongs to the last line.
        """
        offset = min(max(offset, 0), len(self.text))
        block = self._blocks.at(offset)
        inside = bisect_right(self._wrapped(block), offset) - 1
        return self._prefix()[block] + inside

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based hard line (by LF) and column (code points) of an offset."""
        offset = min(max(offset, 0), len(self.text))
        line, start = self._blocks.hard_line(offset)
        return line + 1, offset - start + 1

    def hard_line_start(self, line: int) -> int:
        """Return the offset where a 1-based hard line (by LF) starts, clamped to the text."""
        low, high = 0, len(self._blocks) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._blocks.hard_line(self._blocks.starts[middle])[0] < line:
                low = middle
            else:
                high = middle - 1
        at = self._blocks.starts[low]
        here, start = self._blocks.hard_line(at)
        if here + 1 >= line:
            return start
        for _ in range(line - here - 1):
            newline = self.text.find("\n", at)
            if newline < 0:
                return self._blocks.hard_line(len(self.text))[1]
            at = newline + 1
        return at

    def resized(self, width: int) -> Layout:
        """Return a layout of the same text at another width, which shares the blocks."""
        return Layout(self.text, width, self.tab_size, blocks=self._blocks)

    def refine(self, seconds: float) -> bool:
        """Wrap blocks that are not wrapped yet.

        Args:
            seconds: stop soon after that time; at least one block is wrapped.

        Returns:
            Whether everything is wrapped now.
        """
        limit = perf_counter() + seconds
        while self._left:
            while self._lines[self._next] is not None:
                self._next += 1
            self._wrapped(self._next)
            if perf_counter() >= limit:
                break
        return self.exact

    def _prefix(self) -> list[int]:
        """Return the first line of each block, and the number of lines behind the last."""
        if self._tops is None:
            self._tops = [0, *accumulate(self._counts)]
        return self._tops

    def _wrapped(self, block: int) -> array[int]:
        """Return the line starts of a block; a count that was estimated wrong moves the rest."""
        starts = self._lines[block]
        if starts is None:
            starts = self._wrap(block)
            if self._counts[block] != len(starts):
                self._counts[block] = len(starts)
                self._tops = None
                self.version += 1
        return starts

    def _wrap(self, block: int) -> array[int]:
        blocks = self._blocks
        start, end = blocks.starts[block], blocks.end(block)
        starts = array("I")
        if blocks.plain(block):
            wrap_plain(self.text, start, end, self.width, starts.append)
        else:
            wrap_block(self.text, start, end, self.width, self.tab_size, starts.append)
        if end == len(self.text) and (end == start or self.text[end - 1] == "\n"):
            starts.append(end)
        self._lines[block] = starts
        self._left -= 1
        return starts
