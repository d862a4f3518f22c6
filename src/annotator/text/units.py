"""What one keystroke can select, from the character to the paragraph.

Every answer is found by looking at the paragraph around the offset, however long the text is.
Offsets and lengths are code points; ranges are half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from enum import StrEnum

from . import words
from .brackets import LONGEST, OPENING, Group, openings
from .brackets import groups as find_groups
from .graphemes import next_boundary, previous_boundary, snap
from .paragraphs import chunk_at, first_solid, last_solid, paragraph_at, trimmed
from .words import find_identical

__all__ = ["Unit", "Units", "find_identical"]

Range = tuple[int, int]
Entity = tuple[int, int, str]

_REMEMBERED = 64
"""Chunks of text whose sentences and brackets are kept."""
_STEP = 0x10000
"""Code points searched at a time for the next bracket."""


class Unit(StrEnum):
    """The units, by the names that schemes use."""

    CHARACTER = "character"
    WORD = "word"
    ENTITY = "entity"
    BRACKET = "bracket"
    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class _Chunk:
    """What is known of one chunk (a paragraph, nearly always)."""

    __slots__ = ("clauses", "end", "groups", "sentences", "start")

    def __init__(self, start: int, end: int, groups: list[Group]) -> None:
        self.start = start
        self.end = end
        self.groups = groups
        """Bracket groups that start in the chunk."""
        self.sentences: list[Range] | None = None
        self.clauses: dict[int, list[tuple[int, Range]]] = {}


class Units:
    """The units of one text.

    Args:
        text: the text, any size.
        language: code of the language whose sentence rules hold, e.g. ``en``.
    """

    def __init__(self, text: str, language: str = "en") -> None:
        self.text = text
        self.language = language
        self._entities: Sequence[Entity] = ()
        self._entity_starts: list[int] = []
        self._chunks: OrderedDict[int, _Chunk] = OrderedDict()
        self._last_paragraph: Range | None = None
        self._last_chunk: _Chunk | None = None
        self._openings = ""
        self._openings_known = False

    @property
    def entities(self) -> Sequence[Entity]:
        """Entities as ``(start, end, label)``, sorted; whoever finds them sets them."""
        return self._entities

    @entities.setter
    def entities(self, entities: Sequence[Entity]) -> None:
        self._entities = entities
        self._entity_starts = [entity[0] for entity in entities]

    def at(self, unit: Unit, offset: int) -> Range | None:
        """Return the unit under an offset, or None where there is no such unit.

        On white space between words, clauses or sentences it is the next one on the line, else
        the one before. A bracket group written with square, curly or angle brackets goes before
        round ones inside it, since it is a slot. Ranges exclude outer white space.

        Args:
            unit: what to look for.
            offset: in code points, clamped to the text.
        """
        offset = min(max(offset, 0), len(self.text))
        match unit:
            case Unit.CHARACTER:
                start = snap(self.text, offset)
                end = next_boundary(self.text, offset)
                return (start, end) if start < end else None
            case Unit.WORD:
                return words.word_at(self.text, offset)
            case Unit.ENTITY:
                return self._entity_at(offset)
            case Unit.BRACKET:
                return self._bracket_at(offset)
            case Unit.CLAUSE:
                return self._clause_at(offset)
            case Unit.SENTENCE:
                return self._sentence_at(offset)
            case Unit.PARAGRAPH:
                found = self._paragraph(offset)
                return trimmed(self.text, *found) if found else None

    def next(self, unit: Unit, offset: int) -> int | None:
        """Return the start of the first such unit that starts behind an offset, if any.

        Round bracket groups are no goal of this motion.
        """
        match unit:
            case Unit.CHARACTER:
                found = next_boundary(self.text, offset)
                return found if offset < found < len(self.text) else None
            case Unit.WORD:
                return words.next_word(self.text, offset)
            case Unit.ENTITY:
                place = bisect_right(self._entity_starts, offset)
                return self._entity_starts[place] if place < len(self._entities) else None
            case Unit.BRACKET:
                return next((at for at in self._openings_behind(offset) if self._opens(at)), None)
            case _:
                return self._next_start(unit, offset)

    def previous(self, unit: Unit, offset: int) -> int | None:
        """Return the start of the last such unit that starts before an offset, if any."""
        match unit:
            case Unit.CHARACTER:
                return previous_boundary(self.text, offset) if offset > 0 else None
            case Unit.WORD:
                return words.previous_word(self.text, offset)
            case Unit.ENTITY:
                place = bisect_left(self._entity_starts, offset)
                return self._entity_starts[place - 1] if place else None
            case Unit.BRACKET:
                return next((at for at in self._openings_before(offset) if self._opens(at)), None)
            case _:
                return self._previous_start(unit, offset)

    def grow(self, start: int, end: int) -> Range | None:
        """Return the smallest unit that holds a range and more.

        An empty range grows to the word that ``at`` gives, be it next to the offset only.

        Returns:
            A word, entity, bracket group, clause, sentence or paragraph; None when nothing is
            larger.
        """
        if start == end:
            word = self.at(Unit.WORD, start)
            if word:
                return word
        candidates = [(s, e) for s, e, _ in self._entities_around(start, end)]
        candidates += [(group.start, group.end) for group in self._groups_around(start, end)]
        for unit in (Unit.WORD, Unit.CLAUSE, Unit.SENTENCE, Unit.PARAGRAPH):
            found = self.at(unit, start)
            if found:
                candidates.append(found)
        fitting = [(s, e) for s, e in candidates if s <= start and end <= e and e - s > end - start]
        return min(fitting, key=lambda found: found[1] - found[0], default=None)

    def _entities_around(self, start: int, end: int) -> Iterator[Entity]:
        """Yield the entities that hold a range, the last to start first."""
        place = bisect_right(self._entity_starts, start) - 1
        for entity in reversed(self._entities[max(0, place - 8) : place + 1]):
            if entity[1] >= end and entity[1] > start:
                yield entity

    def _entity_at(self, offset: int) -> Range | None:
        found = next(self._entities_around(offset, offset + 1), None)
        return (found[0], found[1]) if found else None

    def _paragraph(self, offset: int) -> Range | None:
        """Return the paragraph that holds an offset; the last one found is remembered."""
        known = self._last_paragraph
        if known is None or not known[0] <= offset <= known[1]:
            known = paragraph_at(self.text, offset)
            if known:
                self._last_paragraph = known
        return known

    def _chunk(self, offset: int) -> _Chunk | None:
        """Return the chunk that holds an offset; None on a blank line."""
        paragraph = self._paragraph(offset)
        if paragraph is None:
            return None
        last = self._last_chunk
        # Where a chunk ends another may begin, but nowhere inside.
        if last is not None and last.start <= offset < last.end:
            return last
        start, end = chunk_at(self.text, offset, paragraph)
        chunk = self._chunks.get(start)
        if chunk is None:
            reach = min(paragraph[1], end + LONGEST)
            groups = [g for g in find_groups(self.text, start, reach) if g.start < end]
            chunk = self._chunks[start] = _Chunk(start, end, groups)
            if len(self._chunks) > _REMEMBERED:
                self._chunks.popitem(last=False)
        else:
            self._chunks.move_to_end(start)
        self._last_chunk = chunk
        return chunk

    def _groups_around(self, start: int, end: int) -> list[Group]:
        """Return the bracket groups that hold a range, the smallest first."""
        found: list[Group] = []
        at = start
        while True:
            chunk = self._chunk(at)
            if chunk is None:
                break
            found += [g for g in chunk.groups if g.start <= start and max(end, start + 1) <= g.end]
            paragraph = self._paragraph(start)
            at = chunk.start - 1
            if paragraph is None or at < max(paragraph[0], start - LONGEST):
                break
        return sorted(found, key=lambda group: group.end - group.start)

    def _bracket_at(self, offset: int) -> Range | None:
        found = self._groups_around(offset, offset)
        slots = [group for group in found if not group.round]
        best = next(iter(slots or found), None)
        return (best.start, best.end) if best else None

    def _opens(self, offset: int) -> bool:
        """Say whether a bracket group that is a slot starts at an offset."""
        chunk = self._chunk(offset)
        return chunk is not None and any(g.start == offset for g in chunk.groups if not g.round)

    def _kinds_of_openings(self) -> str:
        """Return the slot brackets that occur in the text at all, so that others are not sought."""
        if not self._openings_known:
            self._openings = "".join(char for char in OPENING if char in self.text)
            self._openings_known = True
        return self._openings

    def _openings_behind(self, offset: int) -> Iterator[int]:
        """Yield the offsets of slot brackets behind an offset, ascending."""
        kinds = self._kinds_of_openings()
        low = max(0, offset + 1)
        while kinds and low < len(self.text):
            high = min(len(self.text), low + _STEP)
            if any(self.text.find(char, low, high) >= 0 for char in kinds):
                yield from (found.start() for found in openings().finditer(self.text, low, high))
            low = high

    def _openings_before(self, offset: int) -> Iterator[int]:
        """Yield the offsets of slot brackets before an offset, descending."""
        kinds = self._kinds_of_openings()
        high = min(offset, len(self.text))
        while kinds and high > 0:
            low = max(0, high - _STEP)
            if any(self.text.find(char, low, high) >= 0 for char in kinds):
                found = [found.start() for found in openings().finditer(self.text, low, high)]
                yield from reversed(found)
            high = low

    def _sentences(self, chunk: _Chunk) -> list[Range]:
        if chunk.sentences is None:
            from .segment import sentences  # its patterns take 5 ms to compile

            chunk.sentences = sentences(
                self.text, chunk.start, chunk.end, self.language, chunk.groups
            )
        return chunk.sentences

    def _clauses(self, chunk: _Chunk, sentence: Range) -> list[tuple[int, Range]]:
        found = chunk.clauses.get(sentence[0])
        if found is None:
            from .segment import clauses

            found = clauses(self.text, *sentence, chunk.groups)
            chunk.clauses[sentence[0]] = found
        return found

    def _sentence_at(self, offset: int) -> Range | None:
        chunk = self._chunk(offset)
        if chunk is None:
            return None
        found = self._sentences(chunk)
        place = bisect_right(found, offset, key=lambda sentence: sentence[0]) - 1
        if place >= 0 and offset < found[place][1]:
            return found[place]
        if place + 1 < len(found):
            follows = "\n" not in self.text[offset : found[place + 1][0]]
            if follows or place < 0:
                return found[place + 1]
        return found[place] if place >= 0 else None

    def _clause_at(self, offset: int) -> Range | None:
        sentence = self._sentence_at(offset)
        chunk = self._chunk(offset)
        if sentence is None or chunk is None:
            return None
        found = self._clauses(chunk, sentence)
        place = bisect_right(found, offset, key=lambda clause: clause[0])
        return found[min(place, len(found) - 1)][1]

    def _starts_in(self, unit: Unit, chunk: _Chunk) -> list[int]:
        """Return the starts of the units of a chunk, ascending."""
        sentences = self._sentences(chunk)
        if unit is Unit.SENTENCE:
            return [start for start, _ in sentences]
        return [c[1][0] for sentence in sentences for c in self._clauses(chunk, sentence)]

    def _next_start(self, unit: Unit, offset: int) -> int | None:
        """Return the first start of a clause, sentence or paragraph behind an offset."""
        at: int | None = max(0, offset)
        while at is not None and at < len(self.text):
            end = at
            if unit is Unit.PARAGRAPH:
                found = self._paragraph(at)
                whole = trimmed(self.text, *found) if found else None
                starts = [whole[0]] if whole else []
                end = found[1] if found else at
            else:
                chunk = self._chunk(at)
                starts = self._starts_in(unit, chunk) if chunk else []
                end = chunk.end if chunk else at
            behind = bisect_right(starts, offset)
            if behind < len(starts):
                return starts[behind]
            at = first_solid(self.text, max(end, at + (end == at)), len(self.text))
        return None

    def _previous_start(self, unit: Unit, offset: int) -> int | None:
        """Return the last start of a clause, sentence or paragraph before an offset."""
        at = last_solid(self.text, 0, min(offset, len(self.text)))
        while at is not None:
            if unit is Unit.PARAGRAPH:
                found = self._paragraph(at)
                whole = trimmed(self.text, *found) if found else None
                starts = [whole[0]] if whole else []
                begin = found[0] if found else at
            else:
                chunk = self._chunk(at)
                starts = self._starts_in(unit, chunk) if chunk else []
                begin = chunk.start if chunk else at
            before = bisect_left(starts, offset)
            if before:
                return starts[before - 1]
            at = last_solid(self.text, 0, begin)
        return None
