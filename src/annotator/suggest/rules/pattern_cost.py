"""What a pattern costs on the worst input that can be derived from it.

A rule's pattern is only ever tried on a bounded stretch of text (:mod:`.places`), so the whole
takes time linear in the text whatever the pattern. The bound is worth nothing if one stretch
takes seconds: patterns that repeat a repetition do (``(a+)+b``). They are found by trying.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

TIMEOUT = 0.25
"""Seconds that a pattern may take on one stretch of its own worst input."""
STRETCH = 2000
"""Code points of the longest text that a pattern is tried on."""
_LONGEST = 4000
_LITERAL = regex.compile(r"\\[\s\S]|\[\^?\]?(?:\\.|[^\]\\])*+\]|\(\?[^)]*?[:>]|[\s\S]")
_SAMPLES = {"w": "a", "d": "1", "s": " ", "S": "a", "D": "a", "W": " ", "b": "", "B": ""}
_SPECIAL = set("()|*+?{}^$")


def complaint_about(
    pattern: regex.Pattern[str], written: str, lists: Mapping[str, Sequence[str]]
) -> str:
    """Return what is wrong with a pattern's cost, in a few words; empty when it is fine.

    Args:
        pattern: compiled.
        written: the pattern as it stands in the file.
        lists: the named lists it may refer to.
    """
    if len(written) > _LONGEST:
        return f"is longer than {_LONGEST} characters"
    for attack in worst_cases(written, STRETCH, lists):
        try:
            for _ in pattern.finditer(attack, timeout=TIMEOUT):
                pass
        except (TimeoutError, MemoryError, RecursionError):
            return f"takes more than {TIMEOUT:g} s on {STRETCH} characters; it repeats a repetition"
    return ""


def worst_cases(
    written: str, size: int, lists: Mapping[str, Sequence[str]] | None = None
) -> Iterator[str]:
    """Yield texts that a pattern finds hard, derived from the pattern itself.

    Runs of each character it can start or go on with, its own beginnings over and over, and
    near misses: what matches but for its end.

    Args:
        written: the pattern as it stands in the file.
        size: length of each text in code points.
        lists: the named lists it may refer to.
    """
    pieces = _pieces(written, lists or {})
    seen: set[str] = set()
    whole = "".join(pieces)
    repeated = sorted({piece for piece in pieces if piece.strip()}, key=pieces.index)
    units = [*repeated[:60], *(whole[: max(1, len(whole) * part // 4)] for part in (1, 2, 3, 4))]
    units += [unit + " " for unit in units] + [" ", "a ", "a, ", "[", "A ", "1", "_"]
    # Far from its place, what the pattern wants last: an engine gives up at once without it.
    ending = ("\x00" + whole)[-size // 4 :]
    for unit in units:
        if unit and unit not in seen:
            seen.add(unit)
            run = (unit * (size // len(unit) + 1))[:size]
            yield run
            yield run[: size - len(ending)] + ending


def _pieces(written: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a sample character, or word of a named list, for each atom of a pattern."""
    for name, words in lists.items():
        written = written.replace(f"\\L<{name}>", words[0] if words else "")
    found = []
    for atom in _LITERAL.findall(written):
        if atom.startswith("\\"):
            found.append(_SAMPLES.get(atom[1], atom[1] if not atom[1].isalnum() else ""))
        elif atom.startswith("[") and len(atom) > 1:
            found.append(_member(atom))
        elif len(atom) == 1 and atom not in _SPECIAL:
            found.append("a" if atom == "." else atom)
    return [piece for piece in found if piece]


def _member(written: str) -> str:
    """Return a character of a class."""
    members = regex.compile(written)
    return next((char for char in "aA1 .-,/_'\"xX$%[({<" if members.match(char)), "")
