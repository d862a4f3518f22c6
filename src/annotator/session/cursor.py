"""The caret, the selection and the jump list of one open document."""

from __future__ import annotations

from ..text.graphemes import next_boundary, previous_boundary, snap
from ..text.units import Unit, Units

Range = tuple[int, int]
"""Half-open range of code points."""

_JUMPS_KEPT = 100


def trimmed(text: str, start: int, end: int) -> Range:
    """Return a range without the white space at its ends; unchanged if it is all white space."""
    first, last = start, end
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return (first, last) if first < last else (start, end)


class JumpList:
    """Places the caret left by a far move, to go back to, as a browser does.

    Attributes:
        places: offsets in code points, oldest first.
        position: where in the list the caret stands; ``len(places)`` when at no jump.
    """

    def __init__(self) -> None:
        self.places: list[int] = []
        self.position = 0

    def leave(self, offset: int) -> None:
        """Remember a place before a far move."""
        del self.places[self.position :]
        if not self.places or self.places[-1] != offset:
            self.places.append(offset)
        del self.places[:-_JUMPS_KEPT]
        self.position = len(self.places)

    def back(self, offset: int) -> int | None:
        """Return the place before ``offset``'s, or None at the oldest."""
        if self.position == 0:
            return None
        if self.position == len(self.places):
            if self.places[-1] == offset:
                self.position -= 1
                if self.position == 0:
                    return None
            else:
                self.places.append(offset)
                self.position = len(self.places) - 1
        self.position -= 1
        return self.places[self.position]

    def forward(self) -> int | None:
        """Return the place behind the current one, or None at the newest."""
        if self.position >= len(self.places) - 1:
            return None
        self.position += 1
        return self.places[self.position]


class Cursor:
    """Caret and selection over an immutable text; every offset stands at a grapheme's start.

    The selection is ``[anchor, caret)`` whichever way round. It is *sticky* when motions extend
    it (after :meth:`mark`), else the next motion drops it.

    Args:
        text: the document's text.
        units: finds words, sentences and so on.
        caret: where to begin, in code points.
    """

    def __init__(self, text: str, units: Units, caret: int = 0) -> None:
        self.text = text
        self.units = units
        self.caret = snap(text, max(0, min(caret, len(text))))
        self.anchor: int | None = None
        self.sticky = False
        self.jumps = JumpList()
        self._grown: list[tuple[int | None, int]] = []

    @property
    def selection(self) -> Range | None:
        """The selected range, or None when nothing is selected."""
        if self.anchor is None or self.anchor == self.caret:
            return None
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    @property
    def focus(self) -> int:
        """The offset whose surroundings matter: the selection's start, else the caret."""
        selection = self.selection
        return selection[0] if selection else self.caret

    def move_to(self, offset: int, *, extend: bool = False) -> None:
        """Put the caret at an offset (in code points; clamped, snapped to a grapheme).

        Args:
            offset: where to.
            extend: keep or begin a selection from where the caret was.
        """
        if extend and self.anchor is None:
            self.anchor = self.caret
        elif not extend and not self.sticky:
            self.anchor = None
        self._grown.clear()
        self.caret = snap(self.text, max(0, min(offset, len(self.text))))

    def jump_to(self, offset: int) -> None:
        """Move far: remember where the caret was, drop the selection."""
        self.jumps.leave(self.caret)
        self.clear()
        self.move_to(offset)

    def step(self, graphemes: int, *, extend: bool = False) -> None:
        """Move by a number of graphemes, backwards if negative."""
        at = self.caret
        for _ in range(min(abs(graphemes), len(self.text))):
            at = next_boundary(self.text, at) if graphemes > 0 else previous_boundary(self.text, at)
            if at in (0, len(self.text)):
                break
        self.move_to(at, extend=extend)

    def move_by(self, unit: Unit, count: int) -> bool:
        """Move to the ``count``-th next (negative: previous) start of a unit.

        Returns:
            Whether there was one; with fewer than ``count`` the caret goes as far as it can.
        """
        at, found = self.caret, False
        for _ in range(abs(count)):
            there = self.units.next(unit, at) if count > 0 else self.units.previous(unit, at)
            if there is None:
                break
            at, found = there, True
        if not found and unit in (Unit.WORD, Unit.SENTENCE, Unit.PARAGRAPH):
            at = len(self.text) if count > 0 else 0
            found = at != self.caret
        if found:
            self.move_to(at)
        return found

    def mark(self) -> None:
        """Begin a selection at the caret, make one that stands sticky, or drop a sticky one."""
        if self.sticky:
            self.clear()
            return
        if self.anchor is None:
            self.anchor = self.caret
        self.sticky = True

    def clear(self) -> None:
        """Drop the selection; the caret stays."""
        self.anchor = None
        self.sticky = False
        self._grown.clear()

    def swap_ends(self) -> None:
        """Let the other end of the selection move."""
        if self.anchor is not None:
            self.anchor, self.caret = self.caret, self.anchor

    def select(self, start: int, end: int, *, sticky: bool = False) -> None:
        """Select a range, with the caret at its end."""
        self.anchor, self.caret = start, end
        self.sticky = sticky
        self._grown.clear()

    def grow(self) -> bool:
        """Select the next larger unit around the selection; False when there is none."""
        selection = self.selection
        if selection is None:
            larger = self.units.at(Unit.WORD, self.caret) or self.units.grow(
                self.caret, min(self.caret + 1, len(self.text))
            )
        else:
            larger = self.units.grow(*selection)
        if larger is None:
            return False
        self._grown.append((self.anchor, self.caret))
        self.anchor, self.caret = larger
        return True

    def shrink(self) -> bool:
        """Take the last :meth:`grow` back; False when there is nothing to take back."""
        if not self._grown:
            return False
        self.anchor, self.caret = self._grown.pop()
        return True
