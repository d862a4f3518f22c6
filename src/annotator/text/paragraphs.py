"""Paragraphs, and the stretches of text that sentences are looked for in.

A paragraph is a run of lines that are not blank. A run of more than ``LIMIT`` code points is no
paragraph that anyone wrote (a text whose paragraphs are single lines, a log): there each line
is one. A line longer than that is one paragraph too, but its sentences are looked for in chunks,
cut at places that depend on the text alone. Everything is found by looking at the paragraph, or
at a few ``LIMIT`` around the offset.
"""

from __future__ import annotations

import re
from functools import cache

from .graphemes import snap, snap_behind

LIMIT = 8192
"""Longest run of lines that is one paragraph, and longest chunk, in code points."""
_WINDOW = 3584
"""A long line is cut once in each so many code points; two and a long grapheme make ``LIMIT``."""
_SOLID = re.compile(r"\S")
_SPACE = re.compile(r"\s+")

Range = tuple[int, int]


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=\S)|[。！？][\"”’」』）]*")


def first_solid(text: str, start: int, end: int) -> int | None:
    """Return the first offset in ``[start, end)`` that is no white space, if any."""
    found = _SOLID.search(text, start, end)
    return found.start() if found else None


def last_solid(text: str, start: int, end: int) -> int | None:
    """Return the last offset in ``[start, end)`` that is no white space, if any."""
    while end > start:
        low = max(start, end - 256)
        size = len(text[low:end].rstrip())
        if size:
            return low + size - 1
        end = low
    return None


def trimmed(text: str, start: int, end: int) -> Range | None:
    """Return a range without outer white space, in whole graphemes; None when nothing is left."""
    first = first_solid(text, start, end)
    last = last_solid(text, start, end)
    if first is None or last is None:
        return None
    return max(start, snap(text, first)), min(end, snap_behind(text, last + 1))


def line_at(text: str, offset: int) -> Range:
    """Return the hard line (by LF) that holds an offset, without its LF."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def paragraph_at(text: str, offset: int) -> Range | None:
    """Return the paragraph that holds an offset, its outer white space included.

    None on a blank line. The range starts and ends with a line.
    """
    if _near_line_is_blank(text, offset):
        return None
    start = _run_start(text, offset)
    end = _run_end(text, offset)
    if start is None or end is None or end - start > LIMIT:
        return line_at(text, offset)
    return start, end


def chunk_at(text: str, offset: int, paragraph: Range) -> Range:
    """Return the part of a paragraph, at most ``LIMIT`` long, to look for sentences in.

    Nearly always it is the whole paragraph.

    Args:
        text: the whole text.
        offset: in the paragraph, in code points.
        paragraph: as ``paragraph_at`` gives it.
    """
    start, end = paragraph
    if end - start <= LIMIT:
        return paragraph
    window = offset // _WINDOW
    cuts = [_cut_in(text, place) for place in range(max(0, window - 2), window + 2)]
    start = max([start, *(cut for cut in cuts if cut <= offset)])
    end = min([end, *(cut for cut in cuts if cut > offset)])
    return start, end


def _cut_in(text: str, window: int) -> int:
    """Return where a long line is cut in one window: behind a sentence if one ends there.

    The cut is a grapheme boundary, so it may lie behind the window by part of a grapheme.
    """
    start = window * _WINDOW
    end = start + _WINDOW
    found = _sentence_end().search(text, start, end) or _SPACE.search(text, start, end)
    return snap_behind(text, found.end() if found else start)


def _near_line_is_blank(text: str, offset: int) -> bool:
    start = text.rfind("\n", max(0, offset - LIMIT), offset) + 1 or max(0, offset - LIMIT)
    end = text.find("\n", offset, offset + LIMIT)
    part = text[start : end if end >= 0 else offset + LIMIT]
    return not part or part.isspace()


def _run_start(text: str, offset: int) -> int | None:
    """Return where the run of lines that are not blank starts; None if that is too far away."""
    start = _line_start(text, offset)
    while start is not None and start > 0:
        if offset - start > LIMIT:
            return None
        before = _line_start(text, start - 1)
        if before is None:
            return None
        line = text[before : start - 1]
        if not line or line.isspace():
            return start
        start = before
    return start


def _run_end(text: str, offset: int) -> int | None:
    """Return where the run ends, before the LF of its last line; None if that is too far away."""
    end = _line_end(text, offset)
    while end is not None and end < len(text):
        if end - offset > LIMIT:
            return None
        behind = _line_end(text, end + 1)
        if behind is None:
            return None
        line = text[end + 1 : behind]
        if not line or line.isspace():
            return end
        end = behind
    return end


def _line_start(text: str, offset: int) -> int | None:
    low = max(0, offset - LIMIT - 1)
    found = text.rfind("\n", low, offset)
    return found + 1 if found >= 0 else 0 if low == 0 else None


def _line_end(text: str, offset: int) -> int | None:
    high = offset + LIMIT + 1
    found = text.find("\n", offset, high)
    return found if found >= 0 else len(text) if high >= len(text) else None
