"""Where the values of a file stood: lines by path, found when asked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ..domain.errors import Path


class LineMap(Mapping[Path, int]):
    """Lines by path, found by walking the data.

    Args:
        root: the data.
        start: 1-based line where they begin.
        tables: by ``id`` of each dictionary and list, the lines of what it holds.
    """

    def __init__(self, root: Any, start: int, tables: dict[int, Any]) -> None:
        self._root = root
        self._start = start
        self._tables = tables

    def __getitem__(self, path: Path) -> int:
        node, line = self._root, self._start
        try:
            for part in path:
                line = self._tables[id(node)][part]
                node = node[part]
        except (KeyError, IndexError, TypeError):
            raise KeyError(path) from None
        return line

    def __iter__(self) -> Iterator[Path]:
        return self._walk((), self._root)

    def _walk(self, path: Path, node: Any) -> Iterator[Path]:
        yield path
        if isinstance(node, dict):
            for key, value in node.items():
                yield from self._walk((*path, key), value)
        elif isinstance(node, list):
            for place, value in enumerate(node):
                yield from self._walk((*path, place), value)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class CanonicalLines(Mapping[Path, int]):
    """Lines of a canonical annotation file, found in its text.

    A path below a span's key has no line of its own, since each key of a span has one line.

    Args:
        text: the file's content.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    @cached_property
    def _items(self) -> dict[str, array[int]]:
        """By top-level key, its own 1-based line and those of its items."""
        items: dict[str, array[int]] = {}
        here = array("I")
        for number, line in enumerate(self._lines, 1):
            if line[:2] == "- ":
                here.append(number)
            elif line[:1] not in (" ", ""):
                here = items.setdefault(line.partition(":")[0], array("I", [number]))
        return items

    def __getitem__(self, path: Path) -> int:
        if not path:
            return 1
        lines = self._items[str(path[0])]
        if len(path) == 1:
            return lines[0]
        place = path[1]
        if not isinstance(place, int) or place + 1 >= len(lines) or len(path) > 3:
            raise KeyError(path)
        line = lines[place + 1]
        if len(path) == 2:
            return line
        for key, at in self._keys(line):
            if key == path[2]:
                return at
        raise KeyError(path)

    def _keys(self, line: int) -> Iterator[tuple[str, int]]:
        """Return the keys, and the line of each, of the span that begins in a line."""
        if self._lines[line - 1].startswith("- {"):
            return
        while True:
            key, colon, _ = self._lines[line - 1][2:].partition(": ")
            if colon:
                yield key, line
            if not self._lines[line].startswith("  "):
                return
            line += 1

    def __iter__(self) -> Iterator[Path]:
        yield ()
        for key, lines in self._items.items():
            yield (key,)
            for place, line in enumerate(lines[1:]):
                yield (key, place)
                yield from ((key, place, name) for name, _ in self._keys(line))

    def __len__(self) -> int:
        return sum(1 for _ in self)
