"""What a format loses of a record: taken out, counted, and told before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .aspect import Aspect
from .aspects import STANDARD
from .base import Format
from .record import Record


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that an export leaves out.

    Attributes:
        name: the aspect's.
        title: what is counted, in the plural.
        count: how many in all records so far.
    """

    name: str
    title: str
    count: int


class Losses:
    """Fits records to a format and adds up what that costs.

    Args:
        format_: the format that they will be written in.
        options: values of its options.
    """

    def __init__(self, format_: Format, options: Mapping[str, Any]) -> None:
        own = format_.own(options)
        self._lacking = lacking(format_) + own
        self._titles = {aspect.name: aspect.title for aspect in (*STANDARD, *own)}
        self._counts: dict[str, int] = {}

    def fit(self, record: Record) -> Record:
        """Return a record without what the format cannot hold; itself when it can hold all."""
        for aspect in self._lacking:
            if count := aspect.count(record):
                self.add(aspect.name, count)
                record = aspect.without(record)
        return record

    def add(self, name: str, count: int) -> None:
        """Count what a writer lost while writing.

        Args:
            name: one of the format's own aspects.
            count: how many.
        """
        if count:
            self._counts[name] = self._counts.get(name, 0) + count

    def found(self) -> list[Loss]:
        """Return what was lost so far, in the order of the aspects."""
        order = {name: place for place, name in enumerate(self._titles)}
        return [
            Loss(name, self._titles.get(name, name), count)
            for name, count in sorted(
                self._counts.items(), key=lambda item: order.get(item[0], len(order))
            )
        ]


def lacking(format_: Format) -> tuple[Aspect, ...]:
    """Return the standard aspects that a format cannot hold, in the order of taking them out.

    Those that an aspect of its own takes out are left to that.
    """
    apart = format_.holds | format_.resolves
    return tuple(aspect for aspect in STANDARD if aspect.name not in apart)
