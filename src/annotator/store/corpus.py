"""Documents in a JSON Lines file: one record a document, read when it is needed."""

from __future__ import annotations

import json
import os
import re
from array import array
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from ..domain.errors import AnnotatorError, InvalidFileError, Problem
from .texts import unreadable

_ID = re.compile(rb'"id"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+))')
_BOM = b"\xef\xbb\xbf"


class Record(NamedTuple):
    """One record.

    Attributes:
        text: the article.
        id: the record's own id as text; None when it has none.
        meta: its ``meta``, when that is an object.
    """

    text: str
    id: str | None
    meta: Mapping[str, Any]


class JsonlCorpus:
    """The records of a JSON Lines file; empty lines do not count.

    Only the place of each record is kept: eight bytes a record, and eight for its id.

    Args:
        path: the file, in UTF-8.
        name: its name in messages.

    Raises:
        AnnotatorError: the file cannot be read.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self._offsets = array("Q")
        self._ids = array("q")
        self._twins: set[int] | None = None
        self._counted = (0, 1)
        try:
            with path.open("rb", buffering=1 << 20) as file:
                self._stamp = _stamp(file.fileno())
                self._scan(file)
        except OSError as error:
            raise unreadable(error, path) from None

    def __len__(self) -> int:
        return len(self._offsets)

    def _scan(self, file: Any) -> None:
        offset = 0
        add, add_id, find_id = self._offsets.append, self._ids.append, _ID.search
        for line in file:
            if not line.isspace():
                add(offset)
                found = find_id(line)
                add_id(_id_hash(found) if found else 0)
            offset += len(line)

    def record(self, number: int) -> Record:
        """Return a record.

        Args:
            number: 1-based.

        Raises:
            InvalidFileError: it is no JSON object with a string ``text``, its id is no string
                or whole number, or another record has the same id; names file and line.
            AnnotatorError: the file cannot be read or was changed.
        """
        record = self._parse(number)
        if record.id is not None:
            self._check_unique(number, record.id)
        return record

    def id_of(self, number: int) -> str | None:
        """Return a record's own id; None when it has none or cannot be read."""
        try:
            return self._parse(number).id
        except AnnotatorError:
            return None

    def _parse(self, number: int) -> Record:
        try:
            data = json.loads(self._line(number).removeprefix(_BOM).decode("utf-8"))
        except UnicodeDecodeError as error:
            raise self._problem(number, "", f"byte {error.start} is not UTF-8") from None
        except RecursionError:
            raise self._problem(number, "", "nested too deeply") from None
        except ValueError as error:
            raise self._problem(number, "", f"no JSON: {error}") from None
        if not isinstance(data, dict):
            raise self._problem(number, "", "the record is not an object")
        text, record_id, meta = data.get("text"), data.get("id"), data.get("meta")
        if not isinstance(text, str):
            what = "missing" if "text" not in data else "not a string"
            raise self._problem(number, "text", what)
        if record_id is not None and type(record_id) not in (str, int):
            raise self._problem(number, "id", "neither a string nor a whole number")
        own_id = str(record_id) if record_id not in (None, "") else None
        return Record(text, own_id, meta if isinstance(meta, dict) else {})

    def _line(self, number: int) -> bytes:
        try:
            with self.path.open("rb") as file:
                if _stamp(file.fileno()) != self._stamp:
                    raise AnnotatorError(
                        f"{self.name} was changed while it was open", "start again to read it anew"
                    )
                file.seek(self._offsets[number - 1])
                return file.readline()
        except OSError as error:
            raise unreadable(error, self.path) from None

    def _check_unique(self, number: int, own_id: str) -> None:
        """Refuse a record whose id an earlier record has: they would share one file."""
        if self._twins is None:
            self._twins = _repeated(self._ids)
        mark = self._ids[number - 1]
        if mark not in self._twins:
            return
        for place, other in enumerate(self._ids[: number - 1], 1):
            if other == mark and self.id_of(place) == own_id:
                line = self.line_of(place)
                message = f"{own_id!r} is the id of the record in line {line} too"
                raise self._problem(number, "id", message)

    def _problem(self, number: int, key: str, message: str) -> InvalidFileError:
        return InvalidFileError([Problem(self.name, self.line_of(number), key, message)])

    def line_of(self, number: int) -> int:
        """Return the 1-based line of a record in the file.

        Lines are counted when somebody asks, from the record that was last asked about.

        Args:
            number: 1-based number of the record.
        """
        offset = self._offsets[number - 1]
        begin, lines = self._counted if self._counted[0] <= offset else (0, 1)
        left = offset - begin
        with suppress(OSError), self.path.open("rb") as file:
            file.seek(begin)
            while left and (chunk := file.read(min(left, 1 << 20))):
                lines += chunk.count(b"\n")
                left -= len(chunk)
            self._counted = (offset, lines)
        return lines


def _stamp(fd: int) -> tuple[int, int, int]:
    found = os.fstat(fd)
    return found.st_ino, found.st_size, found.st_mtime_ns


def _id_hash(found: re.Match[bytes]) -> int:
    """Return a hash of an id as it stands in the file, the same however it was escaped."""
    text, number = found.groups()
    if text is None:
        return hash(number) or 1
    if b"\\" in text:
        try:
            text = json.loads(b'"' + text + b'"').encode("utf-8", "surrogatepass")
        except ValueError:
            return 0
    return hash(text) or 1


def _repeated(hashes: array[int]) -> set[int]:
    """Return the hashes that stand more than once, 0 apart."""
    ordered = sorted(hashes)
    found = {first for first, second in pairwise(ordered) if first == second}
    found.discard(0)
    return found
