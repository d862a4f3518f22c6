"""The items of a JSON array one by one, however long the file is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..domain.errors import InvalidFileError, Problem
from .reading import DECODER, LONGEST, DuplicateKeyError, json_lines, open_input, parse_json
from .record import Place, RecordError

_CHUNK = 1 << 20
_HEAD = 1 << 16
_BLANK = re.compile(r"[ \t\r\n]*")
_PLAIN = json.JSONDecoder()


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
        yield place, parse_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _broken(path, 1, "not UTF-8") from None
    except RecordError as error:
        raise _broken(path, 1, error.message) from None


class _Array:
    """A file that is one JSON array, read piece by piece."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.buffer = ""
        self.at = 0
        self.number = 0
        self.ended = False

    def items(self) -> Iterator[tuple[Place, Any] | Problem]:
        self._bytes_of = codecs.getincrementaldecoder("utf-8-sig")()
        with open_input(self.path) as self._file:
            self.more(max(_CHUNK, _HEAD))
            self.next_sign()
            self.at += 1  # the bracket
            while (sign := self.next_sign()) != "]":
                if self.number:
                    if sign != ",":
                        raise _broken(self.path, self.number + 1, "no JSON: a comma is missing")
                    self.at += 1
                    if self.next_sign() == "]":
                        raise _broken(self.path, self.number + 1, "no JSON: nothing after a comma")
                yield self.item()
            self.at += 1
            if self.next_sign(may_end=True):
                message = "something stands behind the end of the list"
                raise _broken(self.path, self.number + 1, message)

    def more(self, size: int) -> None:
        """Read on, and forget what was used."""
        data = self._file.read(size)
        self.ended = not data
        try:
            text = self._bytes_of.decode(data, final=self.ended)
        except UnicodeDecodeError:
            raise _broken(self.path, self.number + 1, "not UTF-8") from None
        self.buffer = self.buffer[self.at :] + text
        self.at = 0

    def next_sign(self, *, may_end: bool = False) -> str:
        """Go to what comes behind white space, and return it; empty for the end of the file."""
        while True:
            self.at = _BLANK.match(self.buffer, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if self.ended:
                if may_end:
                    return ""
                raise _broken(self.path, self.number + 1, "the file ends before its list does")
            self.more(_CHUNK)

    def item(self) -> tuple[Place, Any] | Problem:
        size = _CHUNK
        while True:
            try:
                value, end = _decoded(self.buffer, self.at)
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
                self.more(size)
                size *= 2
                continue
            if end == len(self.buffer) and not self.ended:
                # A number may go on behind what is there.
                self.more(_CHUNK)
                continue
            self.number += 1
            self.at = end
            place = Place(str(self.path), 0, self.number)
            if isinstance(value, DuplicateKeyError):
                return place.problem("", str(value))
            return place, value


def _decoded(text: str, at: int) -> tuple[Any, int]:
    """Return the JSON value at a place, or the error that a key stands twice; and where it ends."""
    try:
        return DECODER.raw_decode(text, at)
    except DuplicateKeyError as error:
        return error, _PLAIN.raw_decode(text, at)[1]


def _broken(path: Path, number: int, message: str) -> InvalidFileError:
    return InvalidFileError([Problem(str(path), 0, f"record {number}", message)])
