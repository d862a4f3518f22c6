"""The lines of brat's ``.ann`` files, between text and plain values.

The format: https://brat.nlplab.org/standoff.html. A line is an id, a tab and what it says:
``T`` text-bound annotations, ``A`` and ``M`` attributes, ``R`` relations, ``*`` equivalences, ``#``
notes; ``E`` events, ``N`` normalisations and comments have no place in the program and are kept as
they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..aspect import kind_of

Ranges = tuple[tuple[int, int], ...]

NATIVE = "brat"
"""Key of ``extra`` for what a brat file said and the program has no place for."""
NOTE = "AnnotatorNotes"
"""Type of the note that brat's own editor writes."""

_START = re.compile(r"(?:[A-Za-z#][0-9]+\S*|[*#]) *\t")
_PAIR = r"-?\d+[ \t]+-?\d+"
_TEXT_BOUND = re.compile(rf"([^\s]+)[ \t]+({_PAIR}(?: *; *{_PAIR})*) *(?:\t(.*))?", re.DOTALL)
_RELATION = re.compile(r"(\S+)[ \t]+([^\s:]+):(\S+)[ \t]+([^\s:]+):(\S+)\s*")
_EQUIVALENCE = re.compile(r"(\S+)((?:[ \t]+\S+){2,})\s*")
_ATTRIBUTE = re.compile(r"(\S+)[ \t]+(\S+)(?:[ \t]+(\S+))?\s*")
_NOTE = re.compile(r"(\S+)[ \t]+(\S+)(?:\t(.*))?", re.DOTALL)
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_VALUE = re.compile(r"[^\s\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]+")
_REFERENCE = re.compile(r"(?<![^\s:])[TREAMN#][0-9]+(?!\S)")
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_MOST_DIGITS = 15


class LineError(Exception):
    """A line of an ``.ann`` file that cannot be taken.

    Args:
        line: the line.
        message: what is wrong.
    """

    def __init__(self, line: Line, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Line(NamedTuple):
    """A line of an ``.ann`` file.

    Attributes:
        number: 1-based; of its first where its text was broken into several.
        id: what stands before the first tab, e.g. ``T1``; empty for a comment.
        rest: what stands behind it.
        suffix: of the file it stands in.
    """

    number: int
    id: str
    rest: str
    suffix: str = ".ann"

    @property
    def kind(self) -> str:
        """The first letter of its id; empty for a comment."""
        return self.id[:1]

    @property
    def whole(self) -> str:
        """The line as it was."""
        return f"{self.id}\t{self.rest}" if self.id else self.rest


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


def split_lines(content: str, text: str, suffix: str = ".ann") -> Iterator[Line]:
    """Iterate over the lines of a file.

    Some converters copy a quote, or a note, with its line breaks. So what does not begin like a
    line goes on with the ``T`` or ``#`` line before it; with a quote only while that is shorter
    than its offsets say. Where the text has such a line, it may look like any other.

    Args:
        content: the file's.
        text: what it is about.
        suffix: the file's.

    Raises:
        LineError: a line has no id, and there is nothing that it could go on with.
    """
    alike = sorted(row.strip() for row in text.splitlines() if _looks_like_line(row))
    held: _Held | None = None
    blank = 0
    for number, whole in enumerate(content.split("\n"), 1):
        row = whole.removesuffix("\r")
        if not row.strip():
            blank += 1
            continue
        starts = _START.match(row) is not None
        if held is not None and held.goes_on(row, alike):
            held.add(row, blank)
        else:
            if held is not None:
                yield held.line()
            held = None
            if starts:
                name, _, rest = row.partition("\t")
                held = _Held(Line(number, name.rstrip(" "), rest, suffix))
            elif row.startswith("#"):
                yield Line(number, "", row, suffix)
            else:
                message = "no annotation: an id and a tab must come first"
                raise LineError(Line(number, "", row, suffix), message)
        blank = 0
    if held is not None:
        yield held.line()


class _Held:
    """A line that rows of the file may still belong to."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._rows = [line.rest]
        self._missing = 0
        if line.kind == "T" and (found := _TEXT_BOUND.fullmatch(line.rest)):
            self._missing = _length(found[2]) - len(found[3]) if found[3] is not None else 0

    def goes_on(self, row: str, alike: list[str]) -> bool:
        """Say whether a row belongs to it.

        Args:
            row: the row.
            alike: lines of the text that look like lines of such a file, stripped and sorted.
        """
        if self._line.kind == "#":
            return not _START.match(row) and "\t" in self._line.rest
        if self._missing <= 0 or not _looks_like_line(row):
            return self._missing > 0
        row = row.strip()
        at = bisect_left(alike, row)
        return at < len(alike) and alike[at].startswith(row)

    def add(self, row: str, blank: int) -> None:
        """Add a row, behind blank ones."""
        self._rows += [*[""] * blank, row]
        self._missing -= len(row) + blank + 1

    def line(self) -> Line:
        """Return the line with all its rows."""
        return self._line._replace(rest="\n".join(self._rows))


def _looks_like_line(row: str) -> bool:
    return row.startswith("#") or _START.match(row) is not None


def _length(places: str) -> int:
    """Return how long a text column is, given the ranges before it; line breaks count."""
    pairs = [pair.split() for pair in places.split(";")]
    if any(len(digits) > _MOST_DIGITS for pair in pairs for digits in pair):
        return 0
    return sum(int(end) - int(start) + 1 for start, end in pairs) - 1


def parse_text_bound(line: Line) -> TextBound:
    """Return what a ``T`` line says.

    Raises:
        LineError: it is malformed.
    """
    found = _TEXT_BOUND.fullmatch(line.rest)
    if found is None:
        raise LineError(line, "expected 'TYPE START END' and a tab before the text")
    pairs = (pair.split() for pair in found[2].split(";"))
    ranges = tuple((_offset(line, start), _offset(line, end)) for start, end in pairs)
    return TextBound(line, found[1], ranges, found[3])


def _offset(line: Line, digits: str) -> int:
    if len(digits) > _MOST_DIGITS or digits.startswith("-"):
        raise LineError(line, f"{digits[:20]} is no offset, a whole number from 0")
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


def references(line: str) -> list[str]:
    """Return the ids that a line names, but for its own."""
    return _REFERENCE.findall(line.partition("\t")[2].partition("\t")[0])


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
    """Return a note as it can stand in a line: line breaks become blanks."""
    return _BREAKS.sub(" ", note)
