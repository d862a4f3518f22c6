"""Sentences and clauses of one stretch of text.

``sentencex`` finds the sentence ends of running text; around it this module decides which lines
run on (hard-wrapped text) and which stand for themselves (headings, list items), and mends ends
it is known to get wrong: behind titles, initials, list numbers, ``a.m.`` before a day, and inside
bracket groups.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .brackets import Group
from .graphemes import snap, snap_behind
from .paragraphs import trimmed

Range = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(
    r"\s*(?:[-*•‣▪◦·–—+]\s|\(?\d{1,3}[.)]\s|\(?[A-Za-z][.)]\s|#{1,6}\s|>|\||[\[【]?\d{1,3}[\]】]\s)"
)
_ENDED = re.compile(r"[.!?。！？…:：][\"'”’»)\]」』）]*$")
_MARKS_END = re.compile(r"[.!?。！？…][\"'”’»)\]」』）]*$")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CLOSED_ASIDE = re.compile(r"[.!?…][\"'”’]*\)\s+(?=[^\W\d_a-zß-ÿ])")
_ANSWER_NO = re.compile(r"\bno\.\s+(?=[A-Z][a-z])")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]\s*")
_TITLE = re.compile(
    r"(?:^|[\s(\[\"“‘'/-])(?:Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Cmdr|Maj|Adm|Brig|Cpl"
    r"|Rep|Sen|Gov|Pres|Hon|Rev|Fr|Supt|Insp|Amb|Msgr)\.\s*$"
)
_INITIAL = re.compile(r"(?:^|[\s(\[\"“‘'.-])[A-Z]\.\s*$")
_NAME_BEFORE_INITIAL = re.compile(r"(?:^|[A-Z]\.[\s-]?|[A-Z]\w+\s)[A-Z]\.\s*$")
_STARTER = re.compile(
    r"(?:The|An?|It|He|She|They|We|You|I|This|That|These|Those|There|Here|In|On|At|But|And|So|Then|If"
    r"|When|While|As|After|Before|However|Its|His|Her|Their|Our|No|Not|What|Why|How|Who)\b"
)
"""Words that begin sentences rather than go on a name."""
_COUNTED = re.compile(
    r"(?:^|[\s(\[])(?:[Nn]os?|[Ff]igs?|[Vv]ol|[Aa]rt|[Ss]ecs?|[Cc]h|pp?|[Aa]pprox|ca?|[Ee]st|[Ee]q)\.\s*$"
)
_HALF_DAY = re.compile(r"\d\s?[aApP]\.\s?[mM]\.\s*$")
_BEHIND_HALF_DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?\s\d|(?:[ECMP][SD]?T|GMT|UTC|BST|CET|CEST|IST|JST|Eastern|Central|Pacific|Mountain)\b"
)
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[–—-]{1,3}(?=\s)|—|[，；：]")
_CLAUSE_EDGE = " \t\r\n,;:–—-，；："
_RUN = re.compile(r"\w+")
_SHORTEST_CLAUSE = 3
_WIDEST = 160
"""Longest line, in code points, that a paragraph wrapped by hand may have."""


def sentences(
    text: str, start: int, end: int, language: str, groups: Sequence[Group]
) -> list[Range]:
    """Return the sentences of a stretch of text, without outer white space.

    Args:
        text: the whole text.
        start, end: the stretch in code points, made of whole lines.
        language: a language code that ``sentencex`` knows, e.g. ``en``; an unknown one falls
            back on rules for any language.
        groups: the bracket groups of the stretch; no sentence ends inside one.
    """
    found: list[Range] = []
    outer = _outermost(groups)
    for first, last in _running_lines(text, start, end):
        at = first
        ends = (snap_behind(text, end) for end in _ends(text, first, last, language, outer))
        for cut in (*ends, last):
            sentence = trimmed(text, at, cut)
            if sentence:
                found.append(sentence)
            at = cut
    return found


def _running_lines(text: str, start: int, end: int) -> Iterator[Range]:
    """Join the lines of a stretch that one sentence may run across."""
    lines = [found.span() for found in _LINE.finditer(text, start, end)]
    parts = [text[first:last].strip() for first, last in lines]
    longest = max(map(len, parts), default=0)
    full = [longest <= _WIDEST and _is_full(*pair, longest) for pair in pairwise(parts)]
    is_wrapped = sum(full) * 10 >= len(full) * 6
    begin = 0
    for place, line in enumerate(lines):
        if place + 1 < len(lines):
            before, after = parts[place], parts[place + 1]
            if _runs_on(before, after, is_wrapped and full[place], len(lines)):
                continue
        yield lines[begin][0], line[1]
        begin = place + 1


def _is_full(before: str, after: str, longest: int) -> bool:
    """Say whether the first word of a line would not have fitted into the line before."""
    words = after.split(maxsplit=1)
    if _is_wide(before):
        return len(before) + 1 > longest
    return bool(words) and len(before) + 1 + len(words[0]) > longest


def _is_wide(line: str) -> bool:
    """Say whether a line ends in text that is written without spaces."""
    return line[-1:] >= "\u2e80"


def _runs_on(before: str, after: str, full: bool, count: int) -> bool:
    """Say whether a line goes on in the next one.

    Args:
        before, after: the two lines without outer white space.
        full: whether the paragraph seems to be wrapped by hand, and this line there.
        count: lines of the paragraph.
    """
    if not before or not after or _LIST_ITEM.match(after):
        return False
    goes_on = after[0].islower()
    if _ENDED.search(before):
        return (full and goes_on) or bool(_TITLE.search(before))
    if goes_on or before[-1] in ",;-–—，、；":
        return full or len(before) >= 30
    enough = len(before) >= (20 if _is_wide(before) else 50)
    return full and enough and (count > 2 or bool(_MARKS_END.search(after)))


def _ends(text: str, start: int, end: int, language: str, outer: list[Group]) -> Iterator[int]:
    """Yield the offsets inside ``[start, end)`` where a new sentence begins."""
    # A native module, loaded with the first sentence; it carries no types.
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]

    part = text[start:end]
    if not part.isascii():
        part = _SURROGATES.sub("\ufffd", part)
    begin = 0
    for boundary in get_sentence_boundaries(language, part):
        cut = boundary["end_index"]
        yield from sorted(_missed_ends(text, start, begin, cut, outer))
        if cut < len(part) and not (
            _inside(outer, start + cut) or _goes_on(part[begin:cut], part[cut : cut + 40])
        ):
            yield start + cut
            begin = cut


def _missed_ends(text: str, start: int, begin: int, cut: int, outer: list[Group]) -> Iterator[int]:
    """Yield where a sentence begins inside ``[begin, cut)`` that was taken for one.

    That is behind the answer "no.", which looks like the abbreviation of number, and behind a
    bracket group that holds whole sentences.
    """
    for found in _ANSWER_NO.finditer(text, start + begin, start + cut):
        yield found.end()
    place = bisect_left(outer, start + begin, key=_start)
    if place < len(outer) and outer[place].start == start + begin:
        end = outer[place].end
        closed = _CLOSED_ASIDE.search(text, end - 4, min(start + cut, end + 4))
        if closed and closed.start() < end <= closed.end():
            yield closed.end()


def _outermost(groups: Sequence[Group]) -> list[Group]:
    """Return the bracket groups that no other one holds, by start."""
    outer: list[Group] = []
    for group in groups:
        if not outer or group.end > outer[-1].end:
            outer.append(group)
    return outer


def _start(group: Group) -> int:
    return group.start


def _inside(outer: list[Group], offset: int) -> bool:
    """Say whether an offset lies inside a bracket group, behind its opening bracket."""
    place = bisect_left(outer, offset, key=_start) - 1
    return place >= 0 and offset < outer[place].end


def _goes_on(before: str, after: str) -> bool:
    """Say whether what was taken for two sentences is one."""
    if _LIST_NUMBER.fullmatch(before):
        return True
    following = after.lstrip()
    if not following:
        return False
    tail = before[-40:]
    if following[0].isdigit():
        return bool(_COUNTED.search(tail))
    if _HALF_DAY.search(tail):
        return bool(_BEHIND_HALF_DAY.match(following))
    if not following[0].isupper():
        return False
    if _TITLE.search(tail):
        return True
    if not _INITIAL.search(tail) or not _NAME_BEFORE_INITIAL.search(tail):
        return False
    return not _STARTER.match(following)


def clauses(text: str, start: int, end: int, groups: Sequence[Group]) -> list[tuple[int, Range]]:
    """Return the clauses of a sentence: what stands between its commas, dashes and the like.

    A stretch of fewer than three words joins its neighbour; punctuation inside a bracket group
    parts nothing.

    Args:
        start, end: the sentence, in code points.
        groups: the bracket groups around it.

    Returns:
        For each clause the offset up to which it reaches with its punctuation, and its range
        without white space and punctuation at its edges; a sentence's own end is kept.
    """
    outer = _outermost(groups)
    cuts = [
        snap_behind(text, found.end())
        for found in _CLAUSE_END.finditer(text, start, end)
        if not _inside(outer, found.start())
    ]
    reaches: list[int] = []
    begin = start
    for cut in (*cuts, end):
        if cut == end and _words(text[begin:cut]) < _SHORTEST_CLAUSE and reaches:
            reaches.pop()
        elif cut != end and _words(text[begin:cut]) < _SHORTEST_CLAUSE:
            continue
        reaches.append(cut)
        begin = cut
    found_clauses: list[tuple[int, Range]] = []
    begin = start
    for reach in reaches:
        part = text[begin:reach]
        inner = part.strip(_CLAUSE_EDGE) or part
        first = begin + part.index(inner)
        core = max(begin, snap(text, first)), snap_behind(text, first + len(inner))
        found_clauses.append((reach, core))
        begin = reach
    return found_clauses


def _words(part: str) -> int:
    """Count words; two code points of East Asian text count as one."""
    runs = _RUN.findall(part)
    return sum((len(run) + 1) // 2 if ord(run[0]) >= 0x2E80 else 1 for run in runs)
