"""Where the ranges of an old text stand in a new one, blocks that were moved included.

Texts are compared as readers see them (``folding.fold``), by the runs that they have in common.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher
from typing import NamedTuple

from .folding import Folded, fold
from .runs import PIECE, Run, common_runs

_SIDE = 8
"""Code points beside a span that must be part of a certain run, unless the text ends there."""
_SHORT = 12
"""Code points of a piece that tells by itself beside a span that an edit came close to."""
_WIDER = 120
"""The most where a neighbouring run holds some of what would tell."""
_SEARCHED = 1_000_000_000
"""Code points that are searched for such pieces in all."""
_BEYOND = 24
"""Code points by which a certain run must be longer than the span."""
_BEYOND_MOVED = 96
"""The same where the run is not in the order of the others: it was moved, or deleted and a
sentence with the same words written elsewhere."""


_LONGEST_GAP = 2000
"""Code points between two runs that are compared one by one, where a place is only guessed."""
Place = tuple[int, int]
"""An offset in the old text and one in the new."""


class Mapped(NamedTuple):
    """Where a range of the old text stands in the new one, in code points.

    Attributes:
        start, end: the range.
        certain: whether what is unique in both texts surrounds it, and no other place claims it.
    """

    start: int
    end: int
    certain: bool


class Alignment:
    """Two versions of a text, side by side.

    Args:
        old: the text as it was.
        new: the text as it is now.
    """

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = fold(old), fold(new)
        self.runs = common_runs(self.old.text, self.new.text)
        self._in_order = [run for run in self.runs if run.in_order]
        self._searched = 0
        self._old_starts = [run.old for run in self.runs]
        self._by_new = sorted((run.new, run.old, run.length) for run in self.runs)

    def mapped(self, start: int, end: int) -> Mapped | None:
        """Return where a range stands now.

        Args:
            start, end: the range in code points of the old text; not empty.

        Returns:
            None where no run holds the whole range, or where its ends lie within what the texts
            are compared by, such as in the middle of white space.
        """
        folded = _folded_range(self.old, start, end)
        if folded is None:
            return None
        low, high = folded
        index = bisect_right(self._old_starts, low) - 1
        held = [run for run in self.runs[max(0, index - 1) : index + 1] if _holds(run, low, high)]
        if not held:
            return None
        run = max(held, key=lambda run: min(low - run.old, run.old + run.length - high))
        shift = run.new - run.old
        there = self.new.range_of(low + shift, high + shift)
        if there is None:
            return None
        certain = self._is_evident(run, low, high) and self._is_alone(run, low, high)
        return Mapped(*there, certain)

    def expected(self, start: int) -> int:
        """Return about where an offset of the old text would be now, by what stood before it."""
        low = bisect_left(self.old.starts, start)
        index = bisect_right(self._old_starts, low) - 1
        while index >= 0 and not self.runs[index].in_order:
            index -= 1
        shift = self.runs[index].new - self.runs[index].old if index >= 0 else 0
        return self.new.starts[max(0, min(len(self.new.text), low + shift))]

    def between(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what stands now between what stood before and behind a range that was changed.

        Args:
            start, end: the range in code points of the old text.
        """
        low, high = bisect_left(self.old.starts, start), bisect_left(self.old.starts, end)
        # Runs in order are sorted by their ends, too.
        before = bisect_right(self._in_order, low, key=lambda run: run.old) - 1
        behind = bisect_left(self._in_order, high, key=lambda run: run.end)
        if before < 0 or behind == len(self._in_order):
            return None
        left, right = self._in_order[before], self._in_order[behind]
        gap = _Gap(self.old.text, self.new.text, (left.end, left.new_end), (right.old, right.new))
        first = left.new + low - left.old if low < left.end else gap.start(low)
        last = right.new + high - right.old if high > right.old else gap.end(high)
        if first is None or last is None or first >= last:
            return None
        return self.new.starts[first], self.new.starts[last]

    def _is_evident(self, run: Run, low: int, high: int) -> bool:
        """Say whether what is unique in both texts tells where a range is, from both its sides.

        What tells of one side must lie on that side: else the words beyond the range could be
        another place's that goes on alike. Where the old text begins or ends, nothing need.
        What a neighbouring run holds too tells nothing: it may be there that it went.
        """
        length = len(self.old.text)
        if run.length == length:
            return run.last > run.first  # all that there was
        free_from, free_to = self._unshared(run)
        start, end = run.first, run.last
        if run.old and not (start <= low - _SIDE and start + PIECE <= low + _SIDE):
            start = max(free_from, low - PIECE)
            if not self._is_unique(start, low):
                return False
        elif start < free_from:
            start = max(free_from, low - _WIDER)
            if not self._is_unique(start, low):
                return False
        if run.end < length and not (end >= high + _SIDE and end - PIECE >= high - _SIDE):
            end = min(free_to, high + PIECE)
            if not self._is_unique(high, end):
                return False
        elif end > free_to:
            end = min(free_to, high + _WIDER)
            if not self._is_unique(high, end):
                return False
        beyond = _BEYOND if run.in_order else _BEYOND_MOVED
        return end - start >= high - low + beyond

    def _unshared(self, run: Run) -> tuple[int, int]:
        """Return the part of a run, in the old text, that its neighbours do not hold too."""
        index = bisect_left(self.runs, run)
        start = self.runs[index - 1].end if index else 0
        end = self.runs[index + 1].old if index + 1 < len(self.runs) else run.end
        return max(run.old, start), min(run.end, end)

    def _is_unique(self, start: int, end: int) -> bool:
        """Say whether a short piece of the old text occurs once in either text.

        It is searched for, which takes long in long texts, so no more often than can be borne.
        """
        piece = self.old.text[start:end]
        cost = len(self.old.text) + len(self.new.text)
        if len(piece) < _SHORT or self._searched + cost > _SEARCHED:
            return False
        self._searched += cost
        return all(_occurs_once(text, piece) for text in (self.old.text, self.new.text))

    def _is_alone(self, run: Run, low: int, high: int) -> bool:
        """Say whether no other run claims any of a range, in either text.

        Every run holds a piece that is in no other, so runs that are sorted by their beginnings
        are sorted by their ends, and neighbours are enough to look at.
        """
        index = bisect_left(self.runs, run)
        if index and self.runs[index - 1].end > low:
            return False
        if index + 1 < len(self.runs) and self.runs[index + 1].old < high:
            return False
        shift = run.new - run.old
        index = bisect_left(self._by_new, (run.new, run.old, run.length))
        if index:
            new, _, length = self._by_new[index - 1]
            if new + length > low + shift:
                return False
        return index + 1 == len(self._by_new) or self._by_new[index + 1][0] >= high + shift


class _Gap:
    """What lies between two runs in both texts, compared character by character.

    Args:
        old, new: the texts.
        low, high: where the gap begins and ends in the two.
    """

    def __init__(self, old: str, new: str, low: Place, high: Place) -> None:
        self._low = low
        there = old[low[0] : high[0]], new[low[1] : high[1]]
        short = max(map(len, there)) <= _LONGEST_GAP
        self._steps = SequenceMatcher(None, *there, autojunk=False).get_opcodes() if short else []

    def start(self, offset: int) -> int | None:
        """Return where what begins at an offset of the old text begins now."""
        at = offset - self._low[0]
        for tag, first, last, there, _ in self._steps:
            if first <= at < last:
                return self._low[1] + there + (at - first if tag == "equal" else 0)
        return None

    def end(self, offset: int) -> int | None:
        """Return where what ends at an offset of the old text ends now."""
        at = offset - self._low[0]
        for tag, first, last, there, behind in self._steps:
            if first < at <= last:
                return self._low[1] + (there + at - first if tag == "equal" else behind)
        return None


def _occurs_once(text: str, piece: str) -> bool:
    first = text.find(piece)
    return first >= 0 and text.find(piece, first + 1) < 0


def _folded_range(text: Folded, start: int, end: int) -> tuple[int, int] | None:
    low, high = bisect_left(text.starts, start), bisect_left(text.starts, end)
    if low >= high or text.starts[low] != start or text.starts[high] != end:
        return None
    return low, high


def _holds(run: Run, low: int, high: int) -> bool:
    return run.old <= low and high <= run.old + run.length
