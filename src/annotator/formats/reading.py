"""What readers of files that nobody can vouch for share: bounded lines, checked values."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from ..domain.errors import AnnotatorError, InvalidFileError, Problem
from ..domain.span import Relation, Span
from .base import Item
from .record import Place, Record, RecordError

_Item = TypeVar("_Item", Span, Relation)

LONGEST = 1 << 26
"""Bytes that one line, or one record of a JSON file, may have: 64 MiB."""
MOST_ITEMS = 250_000
"""Spans, relations and the like that one document of a file may have: each takes up to 4 KB."""
_LARGEST_OFFSET = 1 << 53


def open_input(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        AnnotatorError: it is not there, is a folder, or cannot be read.
    """
    try:
        if path.is_dir():
            raise AnnotatorError(f"{path} is a folder, not a file", "name the file in it")
        if path.exists() and not path.is_file():
            raise AnnotatorError(f"{path} is not a regular file", "copy its content to one")
        return path.open("rb", buffering=1 << 20)
    except FileNotFoundError:
        raise AnnotatorError(f"there is no file {path}", "check the name") from None
    except OSError as error:
        raise AnnotatorError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise AnnotatorError(f"{str(path)!r} is no file name", "check the name") from None


_NAME_IT = "name the file's encoding with --encoding"


def lines_of(
    path: Path, encoding: str = "utf-8", *, remedy: str = _NAME_IT
) -> Iterator[tuple[int, str]]:
    """Iterate over the lines of a text file with their 1-based numbers, line ends included.

    Only a line feed ends a line. A byte order mark is dropped.

    Args:
        path: the file.
        encoding: its codec; wide ones such as utf-16 are decoded as a stream.
        remedy: what to do where it is in another.

    Raises:
        InvalidFileError: a line is too long or is not text in that encoding; names the line.
        AnnotatorError: the file cannot be read.
    """
    if codecs.lookup(encoding).name not in _ASCII_BASED:
        yield from _wide_lines(path, encoding)
        return
    with open_input(path) as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                raise _too_long(path, number)
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(path, number, encoding, error, remedy) from None
            yield number, text.removeprefix("\ufeff") if number == 1 else text


_ASCII_BASED = ("utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252")
"""Codecs in which a newline is the byte 10 and nothing else is."""


def _wide_lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    reader = codecs.getincrementaldecoder(encoding)()
    number, rest = 1, ""
    with open_input(path) as file:
        while True:
            chunk = file.read(1 << 20)
            try:
                rest += reader.decode(chunk, final=not chunk)
            except UnicodeError as error:
                raise _undecodable(path, number, encoding, error) from None
            *whole, rest = rest.split("\n")
            for line in whole:
                yield number, f"{line}\n".removeprefix("\ufeff") if number == 1 else f"{line}\n"
                number += 1
            if len(rest) > LONGEST:
                raise _too_long(path, number)
            if not chunk:
                break
    if rest:
        yield number, rest


def _too_long(path: Path, number: int) -> InvalidFileError:
    message = f"the line is longer than {LONGEST >> 20} MiB"
    return InvalidFileError([Problem(str(path), number, "", message)])


_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""How files begin that gzip, zip, bzip2, xz and Zstandard made."""


def _undecodable(
    path: Path, number: int, encoding: str, error: UnicodeError, remedy: str = _NAME_IT
) -> InvalidFileError:
    where = ""
    if isinstance(error, UnicodeDecodeError):
        where = f" (byte {error.start})"
        if number == 1 and error.object.startswith(_PACKED):
            remedy = "the file is compressed, unpack it first"
    message = f"not {encoding}{where}: {remedy}"
    return InvalidFileError([Problem(str(path), number, "", message)])


def json_lines(path: Path) -> Iterator[tuple[Place, Any] | Problem]:
    """Iterate over the values of a JSON Lines file; blank lines are passed over.

    A line that is no JSON gives a problem, and reading goes on.

    Raises:
        InvalidFileError: a line is too long or not UTF-8.
    """
    record = 0
    for number, line in lines_of(path, remedy="JSON has to be, convert the file"):
        if line.isspace():
            continue
        record += 1
        place = Place(str(path), number, record)
        try:
            value = parse_json(line)
        except RecordError as error:
            yield place.problem(error.key, error.message)
        else:
            yield place, value


class DuplicateKeyError(ValueError):
    """A key that stands twice in one JSON object."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise DuplicateKeyError(f"the key {shown(twice)} stands twice in an object")
    return made


DECODER = json.JSONDecoder(object_pairs_hook=_distinct)
"""Decodes JSON in which no object has a key twice; raises :class:`DuplicateKeyError`."""


def parse_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        RecordError: it is no JSON, or a key stands twice in an object, where other programs take
            one of the values or the other.
    """
    try:
        return DECODER.decode(text)
    except DuplicateKeyError as error:
        raise RecordError("", str(error)) from None
    except RecursionError:
        raise RecordError("", "nested too deeply") from None
    except ValueError as error:
        raise RecordError("", f"no JSON: {error}") from None


_LINE_ENDS = (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def dump_json(value: Any) -> bytes:
    """Return a value as one line of JSON in UTF-8, without the line end; see :func:`json_line`."""
    return json_line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def json_line(text: str) -> bytes:
    """Return a JSON text as one line in UTF-8.

    Lone surrogates, which UTF-8 lacks, make the line ASCII with escapes. The three signs that
    JSON allows within a string and ``str.splitlines`` takes for a line's end are escaped too.
    """
    if text.isascii():
        return text.encode("ascii")
    for sign, escape in _LINE_ENDS:
        text = text.replace(sign, escape)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text), allow_nan=False).encode("ascii")


def records_of(
    values: Iterator[tuple[Place, Any] | Problem],
    parse: Callable[[Place, Any], Record],
) -> Iterator[Item]:
    """Iterate over the records that a function makes of values; what it refuses is a problem.

    Args:
        values: places and values, or problems, which are passed on.
        parse: may raise :class:`RecordError`.
    """
    for entry in values:
        if isinstance(entry, Problem):
            yield entry
            continue
        place, value = entry
        try:
            record = parse(place, value)
        except RecordError as error:
            yield place.problem(error.key, error.message)
        else:
            yield record


def need_mapping(value: Any, key: str = "") -> dict[str, Any]:
    """Return a value that must be a JSON object."""
    if isinstance(value, dict):
        return value
    raise RecordError(key, f"expected an object, found {shown(value)}")


def need_list(value: Any, key: str) -> list[Any]:
    """Return a value that must be a list of at most MOST_ITEMS; None counts as an empty one."""
    if value is None:
        return []
    if isinstance(value, list):
        if len(value) > MOST_ITEMS:
            raise RecordError(key, f"longer than {MOST_ITEMS:,} items")
        return value
    raise RecordError(key, f"expected a list, found {shown(value)}")


def need_text(top: Mapping[str, Any], name: str, at: str = "") -> str:
    """Return a string that must be there.

    Args:
        top: the object.
        name: its key.
        at: dotted path of the object, for messages.
    """
    value = top.get(name)
    if isinstance(value, str):
        return value
    what = "missing" if name not in top else f"expected a string, found {shown(value)}"
    raise RecordError(join_key(at, name), what)


def optional_text(top: Mapping[str, Any], name: str, at: str = "") -> str:
    """Return a string, empty where it is missing or null."""
    return "" if top.get(name) is None else need_text(top, name, at)


def need_offset(top: Mapping[str, Any], name: str, at: str = "") -> int:
    """Return an offset: a whole number from 0, and nothing that merely looks like one."""
    if name not in top:
        raise RecordError(join_key(at, name), "missing")
    return checked_offset(top[name], join_key(at, name))


def checked_offset(value: Any, key: str) -> int:
    """Return a value that must be an offset."""
    if type(value) is int and 0 <= value <= _LARGEST_OFFSET:
        return value
    raise RecordError(key, f"{shown(value)} is no offset, a whole number from 0")


def join_key(at: str, name: str | int) -> str:
    """Return the dotted path of a value inside another."""
    return f"{at}.{name}" if at else str(name)


def shown(value: Any) -> str:
    """Return a value for a message, cut to a decent length."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def id_text(value: Any, key: str) -> str:
    """Return an id, which files give as a string or a whole number; empty for none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise RecordError(key, f"{shown(value)} is no id: neither a string nor a whole number")


def unique(items: list[_Item], at: str) -> list[_Item]:
    """Return spans or relations whose ids must differ.

    Args:
        items: all of one annotation set's.
        at: dotted path of their list, for messages.
    """
    seen = set()
    for place, item in enumerate(items):
        if item.id in seen:
            raise RecordError(join_key(join_key(at, place), "id"), f"{item.id!r} stands twice")
        seen.add(item.id)
    return items


def first_object(path: Path, head: bytes) -> dict[str, Any]:
    """Return the JSON object in the first line of a file; empty where there is none.

    Args:
        path: the file, which is read on where its first line is longer than its head.
        head: its first bytes.
    """
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not line.startswith(b"{"):
        return {}
    if b"\n" not in head and path.stat().st_size > len(head):
        with open_input(path) as file:
            line = file.readline(LONGEST)
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
