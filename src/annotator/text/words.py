"""Words: runs of letters, digits and marks, joined by inner apostrophes and hyphens.

Numbers keep their points, commas and colons (``10:47``, ``1,000.5``), abbreviations their dots
(``a.m.``). An ideograph is a word by itself, so is an emoji; Katakana and Hiragana go by runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from .graphemes import snap, snap_behind
from .paragraphs import last_solid

Range = tuple[int, int]

LONGEST = 500
"""Code points after which a word is cut: it is no word, but data without spaces."""
_REACH = 256
"""Code points before an offset in which white space is looked for to start reading words from."""
_NEAR = 4096
"""Code points to either side in which the word next to an offset is looked for."""
FIRST_CJK = "\u3041"
_EMOJI_RANGES = "\u231a-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
_EMOJI = f"[{_EMOJI_RANGES}]"
_EMOJI_TAIL = "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]{0,20}"
_ABBREVIATION = r"(?<![\w.])(?:[^\W\d_]\.){2,9}(?!\w)"
_JOINT = r"['’ʼ‐‑-](?=\w)|(?<=\d)[.,:](?=\d)"
_MARK_RANGES = (
    (0x300, 0x1FFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),
    (0xA66F, 0xABFF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)
_WHITE = re.compile(r"\s")
_NOT_WORD = re.compile(r"\W")
_LAST_WHITE = re.compile(r".*\s", re.DOTALL)


@cache
def _start() -> re.Pattern[str]:
    """Return the pattern of what a word may begin with."""
    return re.compile(f"[\\w{_EMOJI_RANGES}\U0001f1e6-\U0001f1ff]")


@cache
def _ascii_word() -> re.Pattern[str]:
    """Return the pattern of a word in a text that is ASCII."""
    return re.compile(f"{_ABBREVIATION}|\\w(?:\\w|{_JOINT}){{0,{LONGEST}}}")


@cache
def _any_word() -> re.Pattern[str]:
    """Return the pattern of a word in any script but CJK, compiled when first asked for."""
    marks = [
        code
        for first, last in _MARK_RANGES
        for code in range(first, last + 1)
        if unicodedata.category(chr(code))[0] == "M"
    ]
    letter = "[\\w\u200c\u200d" + "".join(map(chr, marks)) + "]"
    return re.compile(
        f"{_ABBREVIATION}|\\w(?:{letter}|{_JOINT}){{0,{LONGEST}}}"
        f"|{_EMOJI}{_EMOJI_TAIL}(?:\u200d{_EMOJI}{_EMOJI_TAIL}){{0,9}}"
        "|[\U0001f1e6-\U0001f1ff]{1,2}"
    )


def _script(char: str) -> int:
    """Return 1 for Hiragana, 2 Katakana, 3 ideographs, 4 other letters and digits.

    0 is what goes on any word, such as marks; 5 is what is no part of a CJK word.
    """
    if "\u3041" <= char <= "\u3096" or "\u309d" <= char <= "\u309f":
        return 1
    if "\u30a1" <= char <= "\u30fa" or "\uff66" <= char <= "\uff9d":
        return 2
    if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return 3
    if "\U00020000" <= char <= "\U0003ffff":
        return 3
    if char in "\u200c\u200d\u30fc" or unicodedata.category(char)[0] == "M":
        return 0
    return 4 if char.isalnum() or char == "_" else 5


def _cjk_words(text: str, start: int, end: int) -> Iterator[Range]:
    """Cut a run of letters where the script changes, and behind each ideograph."""
    scripts = [_script(char) for char in text[start:end]]
    begin, before = 0, scripts[0]
    for at in range(1, len(scripts)):
        script = scripts[at]
        if script == 0 or (script == before != 3):
            continue
        if script == 5 and before == 4 and scripts[at + 1 : at + 2] == [4]:
            continue
        if before != 5:
            yield start + begin, start + at
        begin, before = at, script
    if before != 5:
        yield start + begin, end


def words_in(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield the words that start in ``[start, end)``, ascending, made of whole graphemes.

    Args:
        start: a place where no word is under way, in code points.
    """
    is_ascii = text.isascii()
    pattern = _ascii_word() if is_ascii else _any_word()
    start_of_word = _start()
    at = start
    while True:
        begun = start_of_word.search(text, at, end)
        if begun is None:
            return
        found = pattern.match(text, begun.start())
        first, at = found.span() if found else begun.span()
        if is_ascii:
            yield first, at
            continue
        is_letters = _NOT_WORD.match(text, first) is None
        first, at = snap(text, first), snap_behind(text, at)
        if is_letters and at - first > 1 and max(text[first:at]) >= FIRST_CJK:
            reach = first
            for begin, close in _cjk_words(text, first, at):
                begin, reach = max(reach, snap(text, begin)), snap_behind(text, close)
                if begin < min(reach, end):
                    yield begin, reach
        else:
            yield first, at


def word_at(text: str, offset: int) -> Range | None:
    """Return the word that holds an offset.

    Between words it is the next one on the line, else the one before on the line; on a mark
    directly behind a word, that word. None on a line without words.
    """
    holding = _holding(text, offset)
    if holding:
        return holding
    start, end = _near_line(text, offset)
    before = _last_before(text, start, offset)
    on_space = offset >= len(text) or _WHITE.match(text, offset)
    if before and before[1] == offset and not on_space:
        return before
    return next(words_in(text, offset, end), before)


def next_word(text: str, offset: int) -> int | None:
    """Return the start of the first word that starts behind an offset, if any."""
    holding = _holding(text, offset)
    start = holding[1] if holding else max(0, offset + 1)
    found = next(words_in(text, start, len(text)), None)
    return found[0] if found else None


def previous_word(text: str, offset: int) -> int | None:
    """Return the start of the last word that starts before an offset, if any."""
    found = _last_before(text, 0, offset)
    return found[0] if found else None


def at_word_edges(text: str, start: int, end: int) -> bool:
    """Say whether a range does not begin or end inside a word, so that it is a whole mention.

    Next to an ideograph or kana every place is an edge: such text has no spaces.
    """
    return _is_edge(text, start) and _is_edge(text, end)


def find_identical(text: str, quote: str) -> list[Range]:
    """Return every mention of a quote that is not part of a longer word.

    The case must agree. Mentions do not overlap; next to CJK text every place is a word's edge.
    """
    found: list[Range] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        end = at + len(quote)
        if at_word_edges(text, at, end):
            found.append((at, end))
        else:
            end = at + 1
        at = text.find(quote, end)
    return found


def _is_edge(text: str, offset: int) -> bool:
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if unicodedata.category(after)[0] == "M" or after == "\u200d":
        return False
    if 0 < _script(before) < 4 or 0 < _script(after) < 4:
        return True
    is_word = before.isalnum() or before == "_" or unicodedata.category(before)[0] == "M"
    return not (is_word and (after.isalnum() or after == "_"))


def _holding(text: str, offset: int) -> Range | None:
    """Return the word that holds the code point at an offset."""
    if not 0 <= offset < len(text):
        return None
    # The letter of a grapheme may come behind the offset: Arabic number signs stand before it.
    behind = snap_behind(text, offset + 1)
    for first, last in words_in(text, _reading_start(text, offset), behind):
        if last > offset:
            return first, last
    return None


def _reading_start(text: str, offset: int) -> int:
    """Return an offset a little before, at which no word is under way."""
    low = max(0, offset - _REACH)
    found = _LAST_WHITE.match(text, low, offset)
    if found is None and low > 0:
        found = _NOT_WORD.search(text, low, offset)
    return found.end() if found else low


def _last_before(text: str, floor: int, offset: int) -> Range | None:
    """Return the last word that starts in ``[floor, offset)``."""
    solid = last_solid(text, floor, min(offset, len(text)))
    high = floor if solid is None else solid + 1
    while high > floor:
        low = max(floor, _reading_start(text, max(floor, high - _REACH)))
        last = None
        for last in words_in(text, low, high):  # noqa: B007 - the last one is wanted
            pass
        if last:
            return last
        high = low
    return None


def _near_line(text: str, offset: int) -> Range:
    """Return the part of the hard line around an offset that is near it."""
    low = max(0, offset - _NEAR)
    high = min(len(text), offset + _NEAR)
    start = text.rfind("\n", low, offset) + 1 or low
    end = text.find("\n", offset, high)
    return start, high if end < 0 else end
