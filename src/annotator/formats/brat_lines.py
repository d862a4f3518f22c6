"""The lines of brat's ``.ann`` files, between text and plain values.

The format: https://brat.nlplab.org/standoff.html. A line is an id, a tab and what it says:
``T`` text-bound annotations, ``A`` and ``M`` attributes, ``R`` relations, ``*`` equivalences, ``#``
notes; ``E`` events and ``N`` normalisations have no place in the program and are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from .aspects import kind_of

Ranges = tuple[tuple[int, int], ...]

NATIVE = "brat"
"""Key of ``extra`` for what a brat file said and the program has no place for."""
NOTE = "AnnotatorNotes"
"""Type of the note that brat's own editor writes."""

_START = re.compile(r"(?:[A-Za-z#][0-9]+\S*|[*#])\t")
_TEXT_BOUND = re.compile(r"([^\s]+)[ \t]+(-?\d+ +-?\d+(?:;-?\d+ +-?\d+)*) *(?:\t(.*))?", re.DOTALL)
_RELATION = re.compile(r"(\S+)[ \t]+([^\s:]+):(\S+)[ \t]+([^\s:]+):(\S+)\s*")
_EQUIVALENCE = re.compile(r"(\S+)((?:[ \t]+\S+){2,})\s*")
_ATTRIBUTE = re.compile(r"(\S+)[ \t]+(\S+)(?:[ \t]+(\S+))?\s*")
_NOTE = re.compile(r"(\S+)[ \t]+(\S+)(?:\t(.*))?", re.DOTALL)
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_VALUE = re.compile(r"[^\s\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]+")


class LineError(Exception):
    """A line of an ``.ann`` file that cannot be taken.

    Args:
        line: its 1-based number.
        key: its id.
        message: what is wrong.
    """

    def __init__(self, line: int, key: str, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.key = key
        self.message = message


class Line(NamedTuple):
    """A line of an ``.ann`` file.

    Attributes:
        number: 1-based; of its first where its text was broken into several.
        id: what stands before the first tab, e.g. ``T1``.
        rest: what stands behind it.
    """

    number: int
    id: str
    rest: str

    @property
    def whole(self) -> str:
        """The line as it was."""
        return f"{self.id}\t{self.rest}"


class TextBound(NamedTuple):
    """What a ``T`` line says.

    Attributes:
        line: where.
        type: the label.
        ranges: its fragments, in the file's own units.
        quote: the text column; None if it is missing.
    """

    line: Line
    type: str
    ranges: Ranges
    quote: str | None

    @property
    def place(self) -> str:
        """Type and fragments as they stand in the line."""
        return place_of(self.type, self.ranges)


def split_lines(text: str) -> Iterator[Line]:
    """Iterate over the lines of a file.

    What does not begin like a line goes on with the text of the ``T`` or ``#`` line before it:
    some converters copy a quote with its line breaks.

    Raises:
        LineError: a line has no id, and there is nothing that it could go on with.
    """
    held: Line | None = None
    blank = 0
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip():
            blank += 1
            continue
        if _START.match(line):
            if held is not None:
                yield held
            name, _, rest = line.partition("\t")
            held = Line(number, name, rest)
        elif held is not None and held.id[0] in "T#" and "\t" in held.rest:
            held = held._replace(rest=f"{held.rest}{chr(10) * (blank + 1)}{line}")
        else:
            raise LineError(number, "", "no annotation: an id and a tab must come first")
        blank = 0
    if held is not None:
        yield held


def parse_text_bound(line: Line) -> TextBound:
    """Return what a ``T`` line says.

    Raises:
        LineError: it is malformed.
    """
    found = _TEXT_BOUND.fullmatch(line.rest)
    if found is None:
        raise LineError(line.number, line.id, "expected 'TYPE START END' and a tab before the text")
    pairs = (pair.split() for pair in found[2].split(";"))
    ranges = tuple((_offset(line, start), _offset(line, end)) for start, end in pairs)
    return TextBound(line, found[1], ranges, found[3])


def _offset(line: Line, digits: str) -> int:
    if len(digits) > 15 or digits.startswith("-"):
        raise LineError(line.number, line.id, f"{digits[:20]} is no offset, a whole number from 0")
    return int(digits)


def parse_relation(line: Line) -> tuple[str, tuple[str, str], tuple[str, str]] | None:
    """Return type, roles and ids of a relation of two; None for any other."""
    found = _RELATION.fullmatch(line.rest)
    return found and (found[1], (found[2], found[4]), (found[3], found[5]))


def parse_equivalence(line: Line) -> tuple[str, list[str]] | None:
    """Return type and ids of an equivalence; None where it is none."""
    found = _EQUIVALENCE.fullmatch(line.rest)
    return found and (found[1], found[2].split())


def parse_attribute(line: Line) -> tuple[str, str, str | None] | None:
    """Return name, the id of what it is of, and value (None for a flag) of an attribute."""
    found = _ATTRIBUTE.fullmatch(line.rest)
    return found and (found[1], found[2], found[3])


def parse_note(line: Line) -> tuple[str, str, str] | None:
    """Return type, the id of what it is about, and text of a note."""
    found = _NOTE.fullmatch(line.rest)
    return found and (found[1], found[2], found[3] or "")


def place_of(label: str, ranges: Iterable[tuple[int, int]]) -> str:
    """Return type and fragments as a ``T`` line has them."""
    return f"{label} {';'.join(f'{start} {end}' for start, end in ranges)}"


def safe_name(name: str, *, keep: bool = False) -> str:
    """Return a name that brat takes for a type: letters, digits, ``_`` and ``-`` (ASCII).

    Args:
        name: a label, a relation type or the name of an attribute.
        keep: whether any name that can stand in a line is left as it is.
    """
    if keep and _VALUE.fullmatch(name):
        return name
    return _UNSAFE.sub("_", name) or "_"


Pairs = list[tuple[str, str | None]]


def attribute_pairs(attributes: Mapping[str, Any], *, keep: bool = False) -> Pairs:
    """Return what of attributes can stand in ``A`` lines: names, and values or None for flags.

    A list gives a line for each of its values. Texts with blanks have no place there.
    """
    pairs: Pairs = []
    for name, value in attributes.items():
        kind = kind_of(value)
        ours = safe_name(name, keep=keep)
        if kind == "flag":
            pairs += [(ours, None)] if value else []
        elif kind in ("text", "number"):
            pairs += [(ours, str(value))] if _VALUE.fullmatch(str(value)) else []
        elif kind == "list" and all(map(_VALUE.fullmatch, value)):
            pairs += [(ours, item) for item in value]
    return pairs


def attributes_of(pairs: Pairs) -> dict[str, Any]:
    """Return the attributes that ``A`` lines say; several values of one name are a list."""
    values: dict[str, list[str | None]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    attributes: dict[str, Any] = {}
    for name, found in values.items():
        texts = [value for value in found if value is not None]
        attributes[name] = True if not texts else texts[0] if len(texts) == 1 else texts
    return attributes


def note_line(note: str) -> str:
    """Return a note as it can stand in a line: line breaks and tabs become blanks."""
    return " ".join(note.split())
