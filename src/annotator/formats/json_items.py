"""The items of a JSON array one by one, however long the file is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..domain.errors import InvalidFileError, Problem
from .base import Place
from .reading import LONGEST, json_lines, open_input

_CHUNK = 1 << 20
_HEAD = 1 << 16
_BLANK = re.compile(r"[ \t\r\n]*")
_BLANK_OR_COMMA = re.compile(r"[ \t\r\n]*(?:,[ \t\r\n]*)?")


def json_items(path: Path) -> Iterator[tuple[Place, Any] | Problem]:
    """Iterate over the items of a JSON array, the lines of a JSON Lines file, or one object.

    Memory is bounded by the longest item, which may have 64 MiB.

    Raises:
        InvalidFileError: the file is no JSON from some item on; names the item, or the line.
        AnnotatorError: the file cannot be read.
    """
    with open_input(path) as file:
        head = file.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    if not head.startswith(b"["):
        yield from json_lines(path) if _is_lines(head) else _one(path)
        return
    yield from _Array(path).items()


def _is_lines(head: bytes) -> bool:
    """Say whether a file's first line is an object of its own."""
    first, newline, _ = head.partition(b"\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # A line that is longer than the head is one of many; a short one goes on below.
        return not newline
    return True


def _one(path: Path) -> Iterator[tuple[Place, Any] | Problem]:
    with open_input(path) as file:
        data = file.read(LONGEST + 1)
    place = Place(str(path), 0, 1)
    if len(data) > LONGEST:
        raise _broken(path, 1, f"longer than {LONGEST >> 20} MiB")
    try:
        yield place, json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _broken(path, 1, f"no JSON: {error}") from None


class _Array:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.buffer = ""
        self.at = 0
        self.number = 0
        self.ended = False

    def items(self) -> Iterator[tuple[Place, Any]]:
        decoder = json.JSONDecoder()
        bytes_of = codecs.getincrementaldecoder("utf-8-sig")()
        with open_input(self.path) as file:

            def more(size: int) -> None:
                data = file.read(size)
                self.ended = not data
                try:
                    text = bytes_of.decode(data, final=self.ended)
                except UnicodeDecodeError:
                    raise _broken(self.path, self.number + 1, "not UTF-8") from None
                self.buffer = self.buffer[self.at :] + text
                self.at = 0

            more(max(_CHUNK, _HEAD))  # the bracket is in there
            self.at = _BLANK.match(self.buffer, 0).end() + 1  # type: ignore[union-attr]
            while True:
                while self.skip() and not self.ended:
                    more(_CHUNK)
                if self.at >= len(self.buffer):
                    raise _broken(self.path, self.number + 1, "the file ends before its list does")
                if self.buffer[self.at] == "]":
                    return
                yield self.item(decoder, more)

    def skip(self) -> bool:
        """Go to the next item; say whether the buffer ends before it."""
        pattern = _BLANK_OR_COMMA if self.number else _BLANK
        self.at = pattern.match(self.buffer, self.at).end()  # type: ignore[union-attr]
        return self.at >= len(self.buffer)

    def item(self, decoder: json.JSONDecoder, more: Any) -> tuple[Place, Any]:
        size = _CHUNK
        while True:
            try:
                value, end = decoder.raw_decode(self.buffer, self.at)
            except RecursionError:
                raise _broken(self.path, self.number + 1, "nested too deeply") from None
            except ValueError as error:
                # Reading twice as much each time keeps the cost in proportion to the item.
                message = f"no JSON: {error}"
                if len(self.buffer) - self.at > LONGEST:
                    message = f"no JSON, or longer than {LONGEST >> 20} MiB"
                elif not self.ended:
                    message = ""
                if message:
                    raise _broken(self.path, self.number + 1, message) from None
                more(size)
                size *= 2
                continue
            if end == len(self.buffer) and not self.ended:
                # A number may go on behind what is there.
                more(_CHUNK)
                continue
            self.number += 1
            self.at = end
            return Place(str(self.path), 0, self.number), value


def _broken(path: Path, number: int, message: str) -> InvalidFileError:
    return InvalidFileError([Problem(str(path), 0, f"record {number}", message)])
