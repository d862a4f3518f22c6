"""The reading of one text, piece by piece, from the caret outwards. Pure: no process here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from .entities import Entity
from .events import EntitiesFound
from .paragraphs import LIMIT, pieces, readable

_MOST_PIECES = 32
_GROWTH = 8

Found = Sequence[Sequence[tuple[int, int, str]]]
"""For each text of a batch its entities, in code points of that text."""


class Job:
    """One text on its way through the recogniser.

    Args:
        sha256: the text's hash.
        text: the whole text.
        near: offset in code points around which to begin.
    """

    def __init__(self, sha256: str, text: str, near: int) -> None:
        self.sha256 = sha256
        self.text = text
        self._pieces = pieces(text)
        self._handed_out = bytearray(len(self._pieces))
        self._found: dict[int, list[Entity]] = {}
        self._length = sum(end - start for start, end in self._pieces)
        self._read = 0
        self._report_at = 0
        self._order = self._outward(near)

    def refocus(self, near: int) -> None:
        """Go on around another offset; what was handed out or found stays."""
        self._order = self._outward(near)
        self._report_at = 0

    def _outward(self, near: int) -> Iterator[int]:
        right = max(0, bisect_right(self._pieces, (near, len(self.text))) - 1)
        left = right - 1
        while left >= 0 or right < len(self._pieces):
            # A reader goes on downwards, so two pieces behind the caret come for one before it.
            yield from range(right, min(right + 2, len(self._pieces)))
            right += 2
            if left >= 0:
                yield left
                left -= 1

    def next_batch(self) -> list[int]:
        """Return the numbers of the pieces to read next; empty when all are handed out.

        A batch holds about as many code points as the longest piece may; before the first report
        only a quarter of that, so that something shows soon.
        """
        batch: list[int] = []
        size = 0
        enough = LIMIT if self._report_at else LIMIT // 4
        for number in self._order:
            if self._handed_out[number]:
                continue
            self._handed_out[number] = 1
            batch.append(number)
            start, end = self._pieces[number]
            size += end - start
            if size >= enough or len(batch) == _MOST_PIECES:
                break
        return batch

    def texts(self, batch: Sequence[int]) -> list[str]:
        """Return the pieces of a batch as a recogniser can take them."""
        return [readable(self.text[slice(*self._pieces[number])]) for number in batch]

    def take(self, batch: Sequence[int], found: Found) -> EntitiesFound | None:
        """Add what was found in a batch.

        Returns:
            A report when one is due: for the first batch, the first around a new place, the last,
            and in between whenever an eighth more was read, so that all reports of a text together
            cost no more than a few times the last one.
        """
        for number, entities in zip(batch, found, strict=True):
            start, end = self._pieces[number]
            self._found[number] = [Entity(start + a, start + b, label) for a, b, label in entities]
            self._read += end - start
        if self._read < self._report_at and not self.done:
            return None
        self._report_at = self._read + self._read // _GROWTH
        return self.report()

    @property
    def done(self) -> bool:
        """Whether every piece was read."""
        return self._read == self._length

    def report(self) -> EntitiesFound:
        """Return all that was found so far."""
        entities = tuple(entity for number in sorted(self._found) for entity in self._found[number])
        fraction = self._read / self._length if self._length else 1.0
        return EntitiesFound(self.sha256, entities, fraction, self.done)
