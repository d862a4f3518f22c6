"""Named predicates that rule files use as ``guards`` and ``needs``: what a pattern cannot tell."""

from __future__ import annotations

import re
from collections.abc import Callable

from .places import STRETCH, Places

Predicate = Callable[[Places, int, int], bool]
"""Says whether something holds of a range in code points."""

_REFERENCE = re.compile(r"\[[^\[\]\n]{0,80}\]")
_LONGEST_ESCAPE = 32
"""Code points of the longest escape sequence that is known for one."""
_ESCAPE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]\Z")
"""A control sequence of a terminal (ECMA-48): its last letter is no letter of the text."""
_SPEAKER = re.compile(
    r"\s*(?![*_]{0,2}(?:Note|Answer|Response|Output|Disclaimer|Important|Title|PS|Summary|Example|"
    r"Important Note|Assistant|AI|ChatGPT|Remember|Warning|Update|Word Count|Please Note)\b)"
    r"[*_]{0,2}"
    r"(?:[A-Z][A-Z.'’ -]{1,40}(?:\([^)\n]{1,40}\))?"
    r"|(?:Mr\.? )?[A-Z]\w{0,20}(?: (?:[A-Z]\w+|\d{1,2}))?)"
    r"[*_]{0,2}:[*_]{0,2}\s"
)
_SAID = re.compile(
    r"[\"”’]\s*[,.]?\s+(?:\w+\s){0,4}(?:said|says|added|told|asked|wrote|tweeted|explained)\b",
    re.IGNORECASE,
)


_LINK = 50
"""Code points of the longest line of a list of links."""
_TOP = 1500
"""Code points of the top of a page."""
_TOP_LINES = 16
"""Lines of the top of a page."""
_LETTER = 400
"""Code points behind a sentence in which the end of its letter is looked for."""
_FORMULA = re.compile(
    r"^[ \t]*[*_]{0,2}(?:(?:best|kind|warm(?:est)?) (?:regards|wishes)|regards|best|"
    r"sincerely(?: yours)?|yours(?: truly| sincerely| faithfully)?|cheers|thanks|thank you|love|"
    r"warmly|respectfully|many thanks|take care|"
    r"all the best|with (?:love|kind|best|warm)\b[^\n]{0,30})[,.!]?[*_]{0,2}[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)


def _in_quotation(places: Places, start: int, end: int) -> bool:
    return places.in_quotation(start, end)


def _in_code(places: Places, start: int, _end: int) -> bool:
    return places.in_code(start)


def _attached(places: Places, start: int, end: int) -> bool:
    """A letter or digit stands right before or behind: ``[T]he``, ``items[i]``."""
    before, behind = places.text[start - 1 : start] if start else "", places.text[end : end + 1]
    if before.isalpha() and _ESCAPE.search(places.text, max(0, start - _LONGEST_ESCAPE), start):
        before = ""
    return before.isalnum() or before in ("_", "]", ")") or behind.isalnum() or behind == "_"


def _doubled(places: Places, start: int, _end: int) -> bool:
    """The brackets are doubled: ``{{name}}``."""
    return places.text[start : start + 1] == places.text[start + 1 : start + 2]


def _link(places: Places, start: int, end: int) -> bool:
    """Markdown: ``[text](address)``, ``[text][name]``, ``[name]: address``, an image."""
    text = places.text
    behind = text[end : end + 1]
    if behind == "(" or (behind == "[" and _REFERENCE.match(text, end)):
        return True
    first, _ = places.line(start)
    if behind == ":" and not text[first:start].strip() and "://" in text[end : end + 12]:
        return True
    return text[start - 1 : start] == "!" and start > 0


def _speaker(places: Places, start: int, _end: int) -> bool:
    """The line starts with the name of who speaks: ``COOPER:``, ``Q:``."""
    first, last = places.line(start)
    return bool(_SPEAKER.match(places.text, first, last))


def _quoted(places: Places, start: int, end: int) -> bool:
    """The range begins or ends with a quotation mark, or lies in a quotation."""
    text = places.text
    if text[start : start + 1] in ('"', "“", "‘", "'", "«") or places.in_quotation(start, end):
        return True
    return bool(_SAID.match(text, max(0, end - 1)) or _SAID.match(text, end))


def _signed_off(places: Places, _start: int, end: int) -> bool:
    """The formula that ends a letter follows: the sentence is part of the letter."""
    return bool(_FORMULA.search(places.text[end : end + _LETTER]))


def _opens_text(places: Places, start: int, _end: int) -> bool:
    return places.opens_text(start)


def _opens_line(places: Places, start: int, _end: int) -> bool:
    return not places.text[places.line(start)[0] : start].strip(" \t#*>-_\"'")


def _closes_text(places: Places, _start: int, end: int) -> bool:
    return places.closes_text(end)


def _closes_line(places: Places, start: int, end: int) -> bool:
    return not places.text[end : max(end, places.line(start)[1])].strip()


def _near_top(places: Places, start: int, _end: int) -> bool:
    """Few paragraphs stand before."""
    return start <= _TOP and places.text.count("\n", 0, start) <= _TOP_LINES


def _short_lines(places: Places, start: int, end: int) -> bool:
    """No line of the range is long or ends like a sentence."""
    lines = places.text[start : min(end, start + STRETCH)].split("\n")
    longest = _LINK if len(lines) > 1 else 2 * _LINK
    return all(len(line) <= longest and line.rstrip()[-1:] not in {".", "!"} for line in lines)


def _wiki(places: Places, _start: int, _end: int) -> bool:
    """The text is the source of a wiki page."""
    return places.is_wiki


PREDICATES: dict[str, Predicate] = {
    "in-quotation": _in_quotation,
    "in-code": _in_code,
    "attached": _attached,
    "doubled": _doubled,
    "link": _link,
    "wiki": _wiki,
    "speaker-line": _speaker,
    "quoted": _quoted,
    "signed-off": _signed_off,
    "near-top": _near_top,
    "short-lines": _short_lines,
    "opens-text": _opens_text,
    "opens-line": _opens_line,
    "closes-text": _closes_text,
    "closes-line": _closes_line,
}
"""The predicates by the names that rule files use."""
