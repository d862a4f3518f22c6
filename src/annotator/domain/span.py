"""Spans and relations: what an annotator says about a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

Value = Any
"""An attribute's value: a string, a number, a flag or a list of strings."""


SAME = 0.5
"""Share of their union that two spans must have in common to stand for the same."""


class Excerpt(NamedTuple):
    """Where quote, prefix and suffix of a span can be read, so that it need not keep them.

    Attributes:
        text: the text that the span's offsets count in.
        before, behind: code points of prefix and suffix.
    """

    text: str
    before: int
    behind: int


class Excerpted:
    """Reads quote, prefix and suffix from the text when a span does not keep them itself.

    Three strings a span would be most of what a large annotation set costs, though nearly all
    say what the text says. So a reader of files may leave these slots empty and fill ``excerpt``,
    which thousands of spans share; nobody else can tell the difference.
    """

    __slots__ = ("excerpt",)
    excerpt: Excerpt
    start: int
    end: int

    if not TYPE_CHECKING:  # else a type checker would believe that a span has any attribute

        def __getattr__(self, name: str) -> str:
            """Return a field whose slot is empty."""
            if name not in ("quote", "prefix", "suffix"):
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            text, before, behind = self.excerpt
            if name == "quote":
                return text[self.start : self.end]
            if name == "prefix":
                return text[self.start - before : self.start]
            return text[self.end : self.end + behind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span(Excerpted):
    """A labelled half-open range ``[start, end)`` of code points.

    Attributes:
        id: unique within its annotation set.
        label: a label that the scheme declares.
        start: offset of the first code point.
        end: offset after the last code point; ``start < end``.
        quote: the text between them, so that a file can be checked and re-anchored.
        prefix: a little text before (W3C TextQuoteSelector), for re-anchoring.
        suffix: a little text after.
        fragments: ranges of a discontinuous span, else empty; start and end are their hull.
        attributes: by name, only those that were set.
        note: free text by the annotator.
        origin: where a span that was not made by hand came from (``from``, ``version``,
            ``score``, ``rule``); empty when made by hand.
        created: ISO 8601 time in UTC.
        by: the annotator.
        extra: keys of the file that this version does not know, kept as they were.
    """

    id: str
    label: str
    start: int
    end: int
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    fragments: tuple[tuple[int, int], ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    origin: Mapping[str, Value] = field(default_factory=dict)
    created: str = ""
    by: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)

    @property
    def range(self) -> tuple[int, int]:
        """``(start, end)`` in code points."""
        return self.start, self.end

    def covers(self, offset: int) -> bool:
        """Say whether the code point at ``offset`` lies within the span's hull."""
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A typed link between two spans of one annotation set.

    Attributes:
        id: unique within its annotation set.
        type: a relation type that the scheme declares.
        source: id of the span it goes out from (``from`` in files).
        target: id of the span it goes to (``to`` in files).
        attributes: by name, only those that were set.
        note: free text by the annotator.
        origin: as in :class:`Span`.
        created: ISO 8601 time in UTC.
        by: the annotator.
        extra: unknown keys, kept.
    """

    id: str
    type: str
    source: str
    target: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    origin: Mapping[str, Value] = field(default_factory=dict)
    created: str = ""
    by: str = ""
    extra: Mapping[str, Value] = field(default_factory=dict)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return what two ranges have in common as a share of what they cover together, 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def comparable(attributes: Mapping[str, Value]) -> dict[str, Value]:
    """Return attributes so that equal ones say the same: the items of a list have no order."""
    return {
        name: sorted(value, key=str) if isinstance(value, list) else value
        for name, value in attributes.items()
    }
