"""The work on one text: what each suggester is still to be asked. Pure: no process here."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from ...domain.entity import Entity

LONG = 64_000
"""Code points from which on the part around the caret is asked about before the whole text."""
PART = 20_000
"""Code points of such a part, about."""
HUGE = 1_000_000
"""Code points from which on only the part around the caret is asked about: the candidates of ten
megabytes would fill the memory, and nobody reviews them in one sitting."""
HUGE_PART = 100_000
"""Code points of a part of such a text, about."""


class Member(NamedTuple):
    """A suggester as the worker announced it.

    Attributes:
        name: its set is ``model:NAME``.
        version: of the suggester.
        needs_entities: whether it wants to know the text's entities.
    """

    name: str
    version: str
    needs_entities: bool


class Task(NamedTuple):
    """One question to one suggester.

    Attributes:
        member: whom to ask.
        start, end: about which range of the text, in code points.
        entities: what is told of the range's entities, with offsets from its start; None where
            they are not known or not wanted.
        whole: whether the range is the whole text.
    """

    member: Member
    start: int
    end: int
    entities: tuple[Entity, ...] | None
    whole: bool


class SuggestJob:
    """One text and what is still to be asked about it.

    Args:
        sha256: the text's hash.
        text: the whole text.
        near: offset in code points around which to begin.
    """

    def __init__(self, sha256: str, text: str, near: int) -> None:
        self.sha256 = sha256
        self.text = text
        self.near = near
        self.entities: tuple[Entity, ...] | None = None
        self._parts: deque[Member] = deque()
        self._wholes: deque[Member] = deque()
        self._retried: set[Member] = set()
        self._dropped: set[Member] = set()
        self._part = (0, 0)
        self._members: list[Member] = []

    @property
    def huge(self) -> bool:
        """Whether the text is read in parts only."""
        return len(self.text) > HUGE

    def plan(self, members: Sequence[Member]) -> None:
        """Put in whom to ask about the whole text, and about the part in view first."""
        wanted = [member for member in members if member not in self._dropped]
        if self.huge:
            self._members += [member for member in wanted if member not in self._members]
            if self._part[1]:
                self._parts.extend(member for member in wanted if member not in self._parts)
        else:
            self._wholes.extend(member for member in wanted if member not in self._wholes)
        self.refocus(self.near)

    def refocus(self, near: int) -> None:
        """Turn to another place: those whose answer for the whole is still to come, go first."""
        self.near = near
        if len(self.text) <= LONG:
            return
        if well_inside(self._part, near, len(self.text), HUGE_PART // 8 if self.huge else 0):
            return
        self._part = part_around(self.text, near, HUGE_PART if self.huge else PART)
        self._parts = deque(self._members if self.huge else self._wholes)

    def drop(self, member: Member) -> None:
        """Ask a suggester nothing more about this text."""
        self._dropped.add(member)
        for queue in (self._parts, self._wholes, self._members):
            if member in queue:
                queue.remove(member)

    def retry(self, task: Task) -> bool:
        """Put a question back that brought no answer, once a suggester; else drop it.

        Returns:
            Whether it will be asked again.
        """
        if task.member in self._retried:
            self.drop(task.member)
            return False
        self._retried.add(task.member)
        (self._wholes if task.whole else self._parts).appendleft(task.member)
        return True

    def next(self) -> Task | None:
        """Return the next question, None when there is none left."""
        if self._parts:
            return self._task(self._parts.popleft(), *self._part)
        if self._wholes:
            return self._task(self._wholes.popleft(), 0, len(self.text))
        return None

    def _task(self, member: Member, start: int, end: int) -> Task:
        whole = (start, end) == (0, len(self.text))
        if not member.needs_entities or self.entities is None:
            return Task(member, start, end, None, whole)
        inside = self.entities
        if not whole:
            inside = tuple(
                Entity(one.start - start, one.end - start, one.label)
                for one in self.entities
                if start <= one.start and one.end <= end
            )
        return Task(member, start, end, inside, whole)


def well_inside(part: tuple[int, int], near: int, length: int, margin: int) -> bool:
    """Say whether an offset lies in a part of a text and not near an edge that text goes on at.

    Args:
        part: start and end in code points; an empty one holds nothing.
        near: the offset.
        length: of the whole text.
        margin: what counts as near an edge, in code points.
    """
    start, end = part
    low = start + margin if start else 0
    high = end - margin if end < length else length + 1
    return start < end and low <= near < high


def part_around(text: str, near: int, size: int = PART) -> tuple[int, int]:
    """Return a range of a text around an offset, cut where paragraphs or lines end if it can be.

    Args:
        text: the whole text.
        near: offset in code points; a third of the range lies before it, since people read on.
        size: length of the range in code points, about; it is up to half as long again.
    """
    start = max(0, min(near, len(text)) - size // 3)
    end = min(len(text), start + size)
    slack = size // 4
    if start:
        start = _break_before(text, max(0, start - slack), start)
    if end < len(text):
        end = _break_behind(text, end, min(len(text), end + slack))
    return start, end


def _break_before(text: str, low: int, at: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, low, at)
        if place >= 0:
            return place + len(mark)
    return at


def _break_behind(text: str, at: int, high: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.find(mark, at, high)
        if place >= 0:
            return place + len(mark)
    return at
