"""Which sentences of a text can be claims at all: no furniture, headings, questions or chatter.

Cheap checks on the shape and place of lines. A caller that knows better, since a suggester of
furniture ran before, gives :class:`~.suggester.ClaimSuggester` the ranges to leave out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..base import Range, Text

LONGEST = 2_000
"""Code points of the longest sentence that is looked at: what is longer is data, not a sentence."""
_LETTERS = re.compile(r"(?:[^\W\d_][\W\d_]*){6}")
"""So many letters has the shortest sentence."""
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]}*_\d\s]{0,12}$")
_LIST_ITEM = re.compile(r"\s{0,8}(?:[-*•‣▪◦·+>]|\(?\d{1,3}[.)])\s")
_FOOTNOTE = re.compile(r"\s{0,8}(?:\[\^?\d{1,3}\]:?\s|[¹²³⁴-⁹]{1,3}\s?\S)")
_FURNITURE_LINE = re.compile(
    r"(?i)\s{0,8}(?:©|\(c\)\s|copyright\s|all rights reserved|by [\w.' -]{2,40}(?:$|,? ?published)"
    r"|(?:images?|photo(?:graph)?|picture|video|credit|source|caption|file photo|related|tags?"
    r"|topics?|filed under|editor's note)\s?(?::|\||/|by\b|courtesy\b)"
    r"|(?:published|updated|posted)(?: on| at| in)?:? \d.{0,60}$"
    r"|(?:advertisement|sponsored|read more|see also|related articles)\b.{0,20}$|(?:getty|reuters)/"
    r"|(?:sign (?:in|up)|log in|subscribe|share this|follow us|click|tap|view image)\b"
    r"|(?:extracts?|excerpts?) from [^.!?;]{3,100}, (?:edited|abridged|shortened|condensed"
    r"|translated|printed|published) (?:for|by|in) [^,.!?]{2,60}\.?$"
    r"|this (?:article|story|post) (?:was|is|has been|first|originally)\b"
    r"|we use cookies|this (?:web)?site uses|by using this)"
)
_TAIL_HEADING = re.compile(
    r"(?i)\s{0,8}(?:about the (?:author|creator|writer)|comments?|reader insights"
    r"|related (?:articles|stories|posts)|share this|leave a (?:comment|reply)"
    r"|you may also like|more from|read next|recommended|footer)\b.{0,20}$"
)
_PROSE = 80
"""Code points from which on a sentence counts as prose."""
_MOST_PROSE = 4
"""Sentences of prose that may stand behind the article: about its author, say."""


def candidates(text: Text, skip: Sequence[Range] = ()) -> Iterator[Range]:
    """Yield the sentences that can be claims, in order.

    Args:
        text: the text.
        skip: ranges to leave out, sorted and disjoint: known furniture and chatter.
    """
    sentences = [found for found in text.sentences if found[1] - found[0] <= LONGEST]
    lines = [_line(text.text, start, end) for start, end in sentences]
    punctuated = _is_punctuated(text.text, lines)
    limit = _tail(text.text, sentences, lines)
    starts = [start for start, _ in skip]
    for sentence, line in zip(sentences, lines, strict=True):
        if sentence[0] >= limit:
            return
        place = bisect_right(starts, sentence[0]) - 1
        if place >= 0 and sentence[0] < skip[place][1]:
            continue
        if _can_be(text.text, sentence, line, punctuated=punctuated):
            yield sentence


def _line(text: str, start: int, end: int) -> Range:
    """Return the line that holds the start of a sentence, through the sentence's end."""
    first = text.rfind("\n", max(0, start - LONGEST), start) + 1
    last = text.find("\n", end, end + LONGEST)
    return max(first, start - LONGEST), (min(len(text), end + LONGEST) if last < 0 else last)


def _is_punctuated(text: str, lines: list[Range]) -> bool:
    """Say whether the longer lines of a text end like sentences, so that others are headings."""
    longer = {line for line in lines if line[1] - line[0] >= 40}
    if len(set(lines)) < 2 or not longer:
        return False
    ended = sum(bool(_ENDED.search(text[max(start, end - 20) : end])) for start, end in longer)
    return ended * 2 >= len(longer)


def _tail(text: str, sentences: list[Range], lines: list[Range]) -> int:
    """Return the offset where the page goes on behind the article: author box, comments."""
    prose = 0
    found = len(text) + 1
    for place in range(len(sentences) - 1, 0, -1):
        start, end = sentences[place]
        prose += end - start >= _PROSE
        if prose > _MOST_PROSE:
            break
        first, last = lines[place]
        if last - first < _PROSE and _TAIL_HEADING.match(text, start, end):
            found = start
    return found


def _can_be(text: str, sentence: Range, line: Range, *, punctuated: bool) -> bool:
    start, end = sentence
    words = text[start:end]
    if not _LETTERS.search(words[:200]):
        return False
    if words.rstrip("\"'”’») ]").endswith(("?", "？")) or _FURNITURE_LINE.match(words):
        return False
    if _FOOTNOTE.match(text, line[0], line[1]):
        return False
    if not punctuated or _ENDED.search(words[-20:]):
        return True
    return bool(_LIST_ITEM.match(text, line[0], line[1])) and " " in words.strip()
