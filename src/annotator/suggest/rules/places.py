"""Where a match stands: its sentence, line, quotation or code, found near the match only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property

from ...text.units import Unit
from ..base import Range, Text

STRETCH = 2000
"""Code points of the longest line, and of the longest way back, that is looked at."""
LONGEST_SENTENCE = 1000
"""Code points of the longest sentence that is taken for one."""
_QUOTES = re.compile(r"[\"“”„«»‘’']|``")
_OPENS_BEHIND = frozenset(' \t\n\r\u00a0([{—–-:*_>“"‘')
_ELISIONS = re.compile(r"(?:em|til|cause|twas|tis|n|round|bout|cuz|\d)\b", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)", re.MULTILINE)
_CLOSING = frozenset("\"”’'»“")
_GROUPS = re.compile(r"[$%]?[\[{<]{1,2}[\w #$%.,:;!?/&'’()-]{1,200}[\]}>]{1,2}|%\w{1,60}%")
"""What may be a slot: whether a line is code shows in the rest of it."""
_INLINE = re.compile(r"(?<=\])\([^()\s]{0,300}\)|`[^`\n]{1,300}`")
"""In a line of prose: the address of a Markdown link, which looks like a call, and code."""
_CODE = re.compile(
    r"^\s*(?:def |class |import |from \w+ import|return\b|elif |else:|const |let |var |function\b"
    r"|public |private |static |#include|SELECT |INSERT INTO |print\(|[$>]{1,3} |[}\])]+[;,]?\s*$"
    r"|[\"'][\w-]+[\"']\s*:)|[;{]\s*$|[=!<>+-]=|=>|->|::|\w\(\S*\)[;:,]?\s*$|</\w+>|\\[a-zA-Z]{3,}|\w\s=\s[\[\w\"'{]"
)


class Places:
    """The surroundings of places in one text.

    Args:
        text: the text with its units.
    """

    def __init__(self, text: Text) -> None:
        self.source = text
        self.text = text.text
        self._sentence: Range | None = None
        self._line: Range = (0, -1)
        self._quoted: Range | None = None
        self._marks: list[int] = []
        self._states: list[int | None] = []
        self._code_line: Range | None = None
        self._is_code = False
        self._answers_for: Range | None = None
        self._answers: dict[object, bool] = {}

    def sentence(self, offset: int) -> Range | None:
        """Return the sentence that holds an offset, or None if it is too long for one."""
        known = self._sentence
        if known is None or not known[0] <= offset < known[1]:
            known = self._sentence = self.source.units.at(Unit.SENTENCE, offset)
        if known is None or known[1] - known[0] > LONGEST_SENTENCE:
            return None
        return known

    def line(self, offset: int) -> Range:
        """Return the line that holds an offset, without its end; of a long one a stretch."""
        start, end = self._line
        if not start <= offset <= end:
            low, high = max(0, offset - STRETCH // 2), offset + STRETCH
            start = self.text.rfind("\n", low, offset) + 1 or low
            end = self.text.find("\n", offset, high)
            end = min(high, len(self.text)) if end < 0 else end
            if self.text.startswith("\r", end - 1) and end > start:
                end -= 1
            self._line = start, end
        return start, end

    def paragraph(self, offset: int) -> Range:
        """Return the run of lines that holds an offset, without outer white space."""
        return self.source.units.at(Unit.PARAGRAPH, offset) or (offset, offset)

    def in_quotation(self, start: int, end: int) -> bool:
        """Say whether a range lies inside a quotation that holds more than the range."""
        opened = self._quotation(start)
        if opened is None:
            return False
        behind = self.text[end : end + 3].lstrip(",.!?")[:1]
        return bool(self.text[opened:start].strip()) or behind not in _CLOSING

    def _quotation(self, offset: int) -> int | None:
        """Return where the text of the quotation begins that is open at an offset, if any."""
        stretch = self.line(offset)
        if stretch != self._quoted:
            self._quoted = stretch
            self._marks, self._states = self._read_quotations(*stretch)
        place = bisect_left(self._marks, offset)
        return self._states[place - 1] if place else None

    def _read_quotations(self, low: int, high: int) -> tuple[list[int], list[int | None]]:
        """Return the quotation marks of a stretch, and behind each where a quotation is open."""
        double: int | None = None
        single: int | None = None
        marks: list[int] = []
        states: list[int | None] = []
        for found in _QUOTES.finditer(self.text, low, high):
            mark, at, behind = found.group(), found.start(), found.end()
            if mark in {"„", "«", "``"} or (mark == "“" and double is None):
                double = behind
            elif mark in {"”", "»", "“"}:
                double = None
            elif mark == '"':
                double = behind if self._opens(at, behind) and double is None else None
            elif mark == "‘" or (mark == "'" and single is None and self._opens(at, behind)):
                single = behind if not _ELISIONS.match(self.text, behind) else single
            elif not self.text[behind : behind + 1].isalpha():
                single = None
            marks.append(at)
            states.append(double if double is not None else single)
        return marks, states

    def _opens(self, at: int, behind: int) -> bool:
        before, after = self.text[at - 1 : at], self.text[behind : behind + 1]
        return (not before or before in _OPENS_BEHIND) and bool(after) and not after.isspace()

    def in_code(self, start: int) -> bool:
        """Say whether an offset lies in code: fenced, in backticks, or in a line that looks so."""
        if bisect_right(self._fences, start) % 2:
            return True
        first, last = self.line(start)
        if self.text.count("`", first, start) % 2:
            return True
        if (first, last) != self._code_line:
            self._code_line = first, last
            line = self.text[first:last]
            self._is_code = bool(_CODE.search(_GROUPS.sub("x", _INLINE.sub("", line))))
        return self._is_code

    def remembered(self, key: object, stretch: Range, ask: Callable[[], bool]) -> bool:
        """Return what was answered before about a stretch, or ask.

        Args:
            key: stands for the question.
            stretch: what it is about; answers about another are forgotten.
            ask: finds the answer.
        """
        if stretch != self._answers_for:
            self._answers_for = stretch
            self._answers.clear()
        if key not in self._answers:
            self._answers[key] = ask()
        return self._answers[key]

    @cached_property
    def _fences(self) -> list[int]:
        if "```" not in self.text and "~~~" not in self.text:
            return []
        return [found.start() for found in _FENCE.finditer(self.text)]

    @cached_property
    def is_wiki(self) -> bool:
        """Whether the text is the source of a wiki page, where doubled brackets mean something."""
        text = self.text
        return "[[" in text and (
            text[:1] == "#" or "'''" in text or "\n==" in text or "[[Category:" in text
        )

    def opens_text(self, start: int) -> bool:
        """Say whether nothing but white space stands before an offset."""
        return start <= STRETCH and not self.text[:start].strip("\ufeff \t\r\n\"'*#>-")

    def closes_text(self, end: int) -> bool:
        """Say whether little more than white space follows an offset."""
        return len(self.text) - end <= STRETCH and len(self.text[end:].strip()) <= 3
