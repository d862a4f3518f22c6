"""Runs of text that two texts have in common, in whatever order they stand there.

The method is that of maximal unique matches (Delcher et al. 1999, "Alignment of whole genomes"), as
patience diff uses it for lines: pieces of text that occur exactly once in both texts are paired,
and each pair is grown to both sides for as long as the texts agree. Time and memory grow with the
length of the texts, not its square.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from .pieces import piece_starts

PIECE = 24
"""Code points of a piece that is looked for in both texts: some four words."""
_SAMPLE = 100_000
"""Pieces of a text that are looked at first; of a longer text, an even sample."""
_AROUND_GAP = 400
"""Code points around what the sample did not pair in which every piece is looked at."""


class Run(NamedTuple):
    """A stretch that both texts have, as long as it can be; in folded code points.

    Attributes:
        old, new: where it begins in the two texts.
        length: how long it is.
        first, last: the part of the old text, half-open, that begins and ends with pieces which
            either text has only once. The rest of the run agrees, but may be another place's.
        in_order: whether it stands between the runs that it stood between; else it was moved.
    """

    old: int
    new: int
    length: int
    first: int
    last: int
    in_order: bool = True

    @property
    def end(self) -> int:
        """Where it ends in the old text."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """Where it ends in the new text."""
        return self.new + self.length


def common_runs(old: str, new: str) -> list[Run]:
    """Return the runs that two levelled texts have in common, sorted by their places in the old.

    Args:
        old, new: the texts, levelled (``folding.fold``).
    """
    return _Aligner(old, new).runs()


Part = tuple[int, int]
"""A half-open range of code points."""


def _size(parts: list[Part]) -> int:
    return sum(end - start for start, end in parts)


def _changed(length: int, before: int, behind: int) -> Part:
    """Return the part of a text that is not what both begin and end with, and a little around."""
    ends = sorted((before, length - behind))
    return max(0, ends[0] - _AROUND_GAP), min(length, ends[1] + _AROUND_GAP)


def _gaps(whole: Part, sure: Iterable[Part]) -> list[Part]:
    """Return what lies between sure parts, with a little of them."""
    found: list[Part] = []
    at = whole[0]
    for start, end in (*sure, (whole[1], whole[1])):
        if start > at or start == whole[1]:
            low, high = max(whole[0], at - _AROUND_GAP), min(whole[1], start + _AROUND_GAP)
            if found and found[-1][1] >= low:
                found[-1] = found[-1][0], max(high, found[-1][1])
            else:
                found.append((low, high))
        at = max(at, end)
    return found


class _Aligner:
    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def runs(self) -> list[Run]:
        """Return the runs of two folded texts, sorted by their places in the old one."""
        old, new = self.old, self.new
        before = _agreeing(old, 0, new, 0)
        if before == len(old) == len(new):
            return [Run(0, 0, before, 0, before)] if before else []
        behind = _agreeing_back(old, len(old), new, len(new))
        old_part, new_part = (_changed(len(text), before, behind) for text in (old, new))
        self.old_starts, self.new_starts = piece_starts(old), piece_starts(new)
        pairs = self._pairs([old_part], [new_part])
        runs = _grown(old, new, pairs)
        if _size([old_part]) + _size([new_part]) > 12 * _SAMPLE:
            gaps_old = _gaps(old_part, ((run.first, run.last) for run in runs))
            shifts = [(run, run.new - run.old) for run in runs]
            sure_new = sorted((run.first + shift, run.last + shift) for run, shift in shifts)
            gaps_new = _gaps(new_part, sure_new)
            pairs = sorted({*pairs, *self._pairs(gaps_old, gaps_new)})
            runs = _grown(old, new, pairs)
        return _marked(_with_ends(old, new, runs, before, behind))

    def _pairs(self, old_parts: list[Part], new_parts: list[Part]) -> list[tuple[int, int]]:
        """Return where pieces stand that both texts have exactly once, sorted.

        Args:
            old_parts, new_parts: where to take pieces from. Whether they occur a second time is
                looked up in the whole of the texts.
        """
        every = 1 + max(_size(old_parts), _size(new_parts)) // (6 * _SAMPLE)
        wanted = {
            piece
            for piece in _pieces(self.old, self.old_starts, old_parts)
            if every == 1 or zlib.crc32(piece.encode("utf-8", "surrogatepass")) % every == 0
        }
        in_new = _single(self.new, self.new_starts, wanted)
        in_old = _single(self.old, self.old_starts, in_new)
        return sorted((at, in_new[piece]) for piece, at in in_old.items())


def _pieces(text: str, starts: array[int], parts: Iterable[Part]) -> Iterator[str]:
    for low, high in parts:
        for index in range(bisect_left(starts, low), bisect_left(starts, high - PIECE + 1)):
            at = starts[index]
            yield text[at : at + PIECE]


def _single(text: str, starts: array[int], wanted: Container[str]) -> dict[str, int]:
    """Return where those of the wanted pieces stand that a text has once."""
    found: dict[str, int] = {}
    for at in starts:
        piece = text[at : at + PIECE]
        if piece in wanted:
            found[piece] = -1 if piece in found else at
    return {piece: at for piece, at in found.items() if at >= 0}


def _grown(old: str, new: str, pairs: list[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    latest: dict[int, int] = {}
    for at, there in pairs:
        shift = there - at
        index = latest.get(shift, -1)
        if index >= 0 and runs[index].end >= at + PIECE:
            run = runs[index]
            runs[index] = run._replace(last=max(run.last, at + PIECE))
            continue
        back = _agreeing_back(old, at, new, there)
        length = back + _agreeing(old, at, new, there)
        latest[shift] = len(runs)
        runs.append(Run(at - back, there - back, length, at, at + PIECE))
    return sorted(runs)


def _with_ends(old: str, new: str, runs: list[Run], before: int, behind: int) -> list[Run]:
    """Return the runs with what the texts begin and end with alike."""
    found = runs
    if before and not (found and found[0].old == found[0].new == 0):
        found = [Run(0, 0, before, 0, 0), *found]
    if behind and not (found and found[-1].end == len(old) and found[-1].new_end == len(new)):
        at = len(old) - behind
        found = [*found, Run(at, len(new) - behind, behind, len(old), len(old))]
    for index, run in enumerate(found):
        if run.old == 0:
            found[index] = run = run._replace(first=0)
        if run.end == len(old):
            found[index] = run._replace(last=len(old))
    return found


def _marked(runs: list[Run]) -> list[Run]:
    """Mark those out of order: what is not in the heaviest chain that goes up in both texts."""
    places = {at: rank for rank, at in enumerate(sorted(run.new for run in runs), start=1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(places) + 1)  # a Fenwick tree of maxima
    before: list[int] = []
    top = (0, -1)
    for index, run in enumerate(runs):
        rank = places[run.new]
        at, under = rank - 1, (0, -1)
        while at > 0:
            under = max(under, best[at])
            at -= at & -at
        before.append(under[1])
        here = (under[0] + run.length, index)
        top = max(top, here)
        at = rank
        while at < len(best):
            best[at] = max(best[at], here)
            at += at & -at
    chain: set[int] = set()
    at = top[1]
    while at >= 0:
        chain.add(at)
        at = before[at]
    return [run._replace(in_order=index in chain) for index, run in enumerate(runs)]


def _agreeing(one: str, at: int, other: str, there: int) -> int:
    """Return how many code points agree from two places on."""
    most = min(len(one) - at, len(other) - there)
    done, step = 0, 64
    grows = True
    while done < most:
        step = min(step, most - done)
        if one[at + done : at + done + step] == other[there + done : there + done + step]:
            done += step
            step = min(step * 2, 1 << 20) if grows else step
        elif step == 1:
            return done
        else:
            grows, step = False, step // 2
    return done


def _agreeing_back(one: str, at: int, other: str, there: int) -> int:
    """Return how many code points agree before two places."""
    most = min(at, there)
    done, step = 0, 64
    grows = True
    while done < most:
        step = min(step, most - done)
        low, low_there = at - done - step, there - done - step
        if one[low : at - done] == other[low_there : there - done]:
            done += step
            step = min(step * 2, 1 << 20) if grows else step
        elif step == 1:
            return done
        else:
            grows, step = False, step // 2
    return done
