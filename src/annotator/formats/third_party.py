"""Formats that other packages bring: checked when they load, held to what formats promise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..domain.errors import AnnotatorError, InvalidFileError, Problem
from .aspects import NAMES
from .base import Format, Item, ReadContext, Target, WriteContext, Writer
from .record import Record, RecordError

_OPTION_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def load_entry_point(name: str, point: Any) -> Format:
    """Return the format of an entry point, its failures turned into errors of ours.

    Args:
        name: the entry point's, which must be the format's.
        point: an ``importlib.metadata.EntryPoint``.

    Raises:
        AnnotatorError: it does not load, or is no format that can be used.
    """
    try:
        made = point.load()
        complaint = _complaint(name, made)
    except Exception as error:
        # Code of somebody else runs here, so it may raise anything.
        raise _failed(name, "does not load", error) from error
    if complaint:
        raise AnnotatorError(
            f"the format {name} cannot be used: {complaint}",
            "update or remove the package that brings it",
        )
    return _guarded(made)


def _complaint(name: str, made: Any) -> str:
    """Return what is wrong with what an entry point gave; empty for nothing."""
    if not isinstance(made, Format):
        return f"its entry point is no Format but a {type(made).__name__}"
    if made.name != name:
        return f"it calls itself {made.name!r}"
    if unknown := (made.holds | made.carries | made.resolves) - NAMES:
        return f"there is no aspect {', '.join(sorted(unknown))}"
    if surplus := made.carries - made.holds:
        return f"it carries {', '.join(sorted(surplus))} and does not hold it"
    for option in made.options:
        if not _OPTION_NAME.fullmatch(option.name):
            return f"its option {option.name!r} is no name of lower-case words joined by -"
    made.own(made.settings("write", {}))
    return ""


def _guarded(made: Format) -> Format:
    return replace(
        made,
        read=_guarded_reader(made.name, made.read) if made.read else None,
        make_writer=_guarded_maker(made.name, made.make_writer) if made.make_writer else None,
        looks_like=_guarded_guess(made.looks_like),
    )


_Read = Callable[[Path, ReadContext], Iterator[Item]]
_MakeWriter = Callable[[Target, WriteContext], Writer]


def _guarded_reader(name: str, read: _Read) -> _Read:
    def guarded(path: Path, context: ReadContext) -> Iterator[Item]:
        try:
            yield from map(_checked, read(path, context))
        except (AnnotatorError, OSError):
            raise
        except RecordError as error:
            problem = Problem(str(path), 0, error.key, error.message)
            raise InvalidFileError([problem]) from None
        except Exception as error:
            raise _failed(name, f"cannot read {path}", error) from error

    return guarded


def _checked(item: object) -> Item:
    if isinstance(item, Record | Problem):
        return item
    raise TypeError(f"a {type(item).__name__} is neither a Record nor a Problem")


def _guarded_maker(name: str, make: _MakeWriter) -> _MakeWriter:
    def guarded(target: Target, context: WriteContext) -> Writer:
        return _GuardedWriter(name, lambda: make(target, context))

    return guarded


class _GuardedWriter:
    def __init__(self, name: str, make: Callable[[], Writer]) -> None:
        self._name = name
        self._writer = self._run(make)

    def write(self, record: Record) -> None:
        self._run(lambda: self._writer.write(record))

    def close(self) -> None:
        self._run(self._writer.close)

    def _run(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except (AnnotatorError, OSError):
            raise
        except Exception as error:
            raise _failed(self._name, "cannot write", error) from error


def _guarded_guess(looks_like: Callable[[Path, bytes], float]) -> Callable[[Path, bytes], float]:
    def guarded(path: Path, head: bytes) -> float:
        try:
            return float(looks_like(path, head))
        except Exception:  # noqa: BLE001 - it may raise anything, and then does not know the file
            return 0.0

    return guarded


def _failed(name: str, what: str, error: Exception) -> AnnotatorError:
    return AnnotatorError(
        f"the format {name} {what}: {type(error).__name__}: {error}",
        "update or remove the package that brings it",
    )
