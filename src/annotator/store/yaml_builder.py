"""Plain data from YAML events, within limits, with a line for each value."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from ..domain.errors import InvalidFileError, Path, Problem, Source
from .line_map import LineMap

if TYPE_CHECKING:
    import yaml

_MISSING, _MERGE = object(), object()
_FOREIGN_BREAKS = re.compile("[\x85\u2028\u2029]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST_NUMBER = 4000
"""Digits; a little less than what Python converts."""
_CORE = "tag:yaml.org,2002:"
_PLAIN_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)")
_NUMBER_START = frozenset("0123456789+-.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask of the reader.

    Attributes:
        size: length of the file in code points.
        depth: levels of nesting, aliases counted as what they stand for.
        copies: values that aliases may add to those written out.
    """

    size: int = 2_000_000
    depth: int = 64
    copies: int = 100_000


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is not closed yet."""

    container: Any
    lines: Any
    start: int
    line: int
    anchor: str | None
    key: Any  # None in a list
    merges: list[Any] = field(default_factory=list)


class Builder:
    """Data from YAML events. No recursion over the input, so its depth is ours to limit."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.text = text
        self.file = file
        self.limits = limits
        self.stack: list[_Frame] = []
        self.tables: dict[int, Any] = {}
        self.anchors: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.copies = 0
        self.last_line = text.removesuffix("\n").count("\n") + 1
        self.newlines = (
            [found.start() for found in re.finditer("\n", text)]
            if _FOREIGN_BREAKS.search(text)
            else None
        )
        self.root: Any = None
        self.start = 1

    def load(self) -> tuple[Any, Source]:
        """Return data and lines; raises InvalidFileError."""
        import yaml

        base: type[Any] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        try:
            self.text.encode()
            loader = base(self.text)
            try:
                self.read(loader)
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.fail(self.line(mark) if mark else 0, f"not valid YAML: {self.explain(error)}")
        except (yaml.YAMLError, UnicodeEncodeError):
            self.fail_at_refused_character()
        except (ValueError, OverflowError):  # the pure Python scanner, at "\UFFFFFFFF"
            self.fail(0, "not valid YAML: an escape that is no character")
        if self.problems:
            raise InvalidFileError(self.problems)
        return self.root, Source(self.file, LineMap(self.root, self.start, self.tables))

    def read(self, loader: Any) -> None:
        """Take all events of a loader."""
        from yaml import events

        documents = 0
        next_event, simple = loader.get_event, self.simple_scalar
        while True:
            event = next_event()
            kind = type(event)
            if kind is events.ScalarEvent:
                if event.tag is not None or event.anchor is not None or not simple(event):
                    self.scalar(event)
            elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                self.open(event, {} if kind is events.MappingStartEvent else [])
            elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                self.close()
            elif kind is events.AliasEvent:
                self.alias(event)
            elif kind is events.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.fail(self.line(event.start_mark), "a second YAML document begins")
            elif kind is events.StreamEndEvent:
                return

    def simple_scalar(self, event: Any) -> bool:
        """Take a key or a value without tag and anchor, as nearly all are; say if it was one.

        What :meth:`scalar` does, on the shortest way, since this decides how long files take.
        """
        if not self.stack or self.newlines is not None:
            return False
        frame = self.stack[-1]
        key, value = frame.key, event.value
        if key is _MISSING:
            if value in frame.container or value == "<<":
                return False
            frame.key, frame.line = value, event.start_mark.line + 1
            return True
        if key is _MERGE or len(value) > _LONGEST_NUMBER:
            return False
        if not event.style:
            value = resolve_plain(value)
        if key is None:
            frame.container.append(value)
            frame.lines.append(event.start_mark.line + 1)
        else:
            frame.container[key] = value
            frame.lines[key] = frame.line
            frame.key = _MISSING
        return True

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take a key or a value."""
        if self.stack and self.stack[-1].key is _MISSING:
            self.take_key(event)
            return
        line = self.line(event.start_mark)
        tag = event.tag
        if tag is None and event.style:
            value: Any = event.value
        elif tag in (None, _CORE + "int", _CORE + "float", _CORE + "bool", _CORE + "null"):
            try:
                value = resolve_plain(event.value)
                if tag == _CORE + "float" and type(value) is int:
                    value = float(value)
            except (ValueError, OverflowError):
                self.fail(line, "a number with too many digits")
            if tag is not None and _CORE + _kind(value) != tag:
                self.fail(line, f"{event.value!r} is not what its tag says")
        elif tag in ("!", _CORE + "str"):
            value = event.value
        else:
            self.refuse_tag(line, tag)
        if event.anchor:
            self.anchors[event.anchor] = (value, 0)
        self.put(value, line)

    def take_key(self, event: yaml.ScalarEvent) -> None:
        """Keep a mapping's next key; whatever it looks like, it is a string."""
        frame = self.stack[-1]
        line = self.line(event.start_mark)
        key: Any = event.value
        if event.tag not in (None, "!", _CORE + "str"):
            self.refuse_tag(line, event.tag)
        if event.anchor:
            self.anchors[event.anchor] = (key, 0)
        if key == "<<" and not event.style and event.tag is None:
            key = _MERGE
        elif key in frame.container:
            path = ".".join(str(part) for part in (*self.path(), key))
            message = f"this key stands twice; first in line {frame.lines[key]}"
            self.problems.append(Problem(self.file, line, path, message))
        frame.key = key
        frame.line = line

    def open(self, event: yaml.CollectionStartEvent, container: Any) -> None:
        """Begin a mapping or list."""
        line = self.line(event.start_mark)
        if event.tag not in (None, "!", _CORE + ("map" if isinstance(container, dict) else "seq")):
            self.refuse_tag(line, event.tag)
        if self.stack and self.stack[-1].key is _MISSING:
            self.fail(line, "a key that is not plain text")
        if len(self.stack) >= self.limits.depth:
            self.fail(line, f"nested more than {self.limits.depth} levels deep")
        lines: Any = {} if isinstance(container, dict) else []
        self.tables[id(container)] = lines
        key = _MISSING if isinstance(container, dict) else None
        self.stack.append(_Frame(container, lines, line, line, event.anchor, key))

    def close(self) -> None:
        """End the mapping or list that was begun last."""
        frame = self.stack.pop()
        for merged in frame.merges:
            self.merge(frame, merged)
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.container, _height(frame.container))
        self.put(frame.container, frame.start)

    def put(self, value: Any, line: int) -> None:
        """Hand a finished value to what it belongs to."""
        if not self.stack:
            self.root, self.start = value, line
            return
        frame = self.stack[-1]
        if frame.key is None:
            frame.container.append(value)
            frame.lines.append(line)
            return
        key, frame.key = frame.key, _MISSING
        if key is not _MERGE:
            frame.container[key] = value
            frame.lines[key] = frame.line
            return
        merges = value if isinstance(value, list) else [value]
        if not all(isinstance(merged, dict) for merged in merges):
            self.fail(line, "<< takes a mapping or a list of mappings")
        frame.merges += merges

    def merge(self, frame: _Frame, merged: dict[str, Any]) -> None:
        """Add what a mapping does not say itself."""
        lines = self.tables[id(merged)]
        for key, value in merged.items():
            if key not in frame.container:
                frame.container[key] = value
                frame.lines[key] = lines[key]

    def alias(self, event: yaml.AliasEvent) -> None:
        """Take a copy of what an anchor stands for."""
        line = self.line(event.start_mark)
        if event.anchor not in self.anchors:
            self.fail(line, f"*{event.anchor} names no anchor that is complete before it")
        value, height = self.anchors[event.anchor]
        if self.stack and self.stack[-1].key is _MISSING:
            self.fail(line, "an alias as a key")
        if len(self.stack) + height > self.limits.depth:
            self.fail(line, f"nested more than {self.limits.depth} levels deep")
        self.put(self.copy(value, line), line)

    def copy(self, value: Any, line: int) -> Any:
        """Return a copy, so that no value stands in two places of the data."""
        self.copies += 1
        if self.copies > self.limits.copies:
            self.fail(line, f"aliases stand for more than {self.limits.copies} values")
        if isinstance(value, dict):
            copied: Any = {key: self.copy(item, line) for key, item in value.items()}
        elif isinstance(value, list):
            copied = [self.copy(item, line) for item in value]
        else:
            return value
        self.tables[id(copied)] = self.tables[id(value)]
        return copied

    def path(self) -> Path:
        """Return where the mapping or list that is open stands."""
        outer = self.stack[:-1]
        return tuple(
            len(f.container) if f.key is None else "<<" if f.key is _MERGE else f.key for f in outer
        )

    def explain(self, error: yaml.MarkedYAMLError) -> str:
        """Return what the scanner or parser says, in one line."""
        message = ", ".join(part for part in (error.context, error.problem) if part)
        begun = error.context_mark
        if begun is None or error.problem_mark is None or begun.line == error.problem_mark.line:
            return message
        return f"{message} (begun in line {self.line(begun)})"

    def line(self, mark: Any) -> int:
        """Return the 1-based line of a mark, counting only the line ends that editors count.

        YAML 1.1 ends lines at U+0085, U+2028 and U+2029 too.
        """
        if self.newlines is not None:
            return bisect_left(self.newlines, mark.index) + 1
        return min(int(mark.line) + 1, self.last_line)

    def refuse_tag(self, line: int, tag: str | None) -> NoReturn:
        """Fail at a tag that is not one of YAML's core."""
        self.fail(line, f"the tag {tag} is not allowed")

    def fail(self, line: int, message: str) -> NoReturn:
        """Raise InvalidFileError with this problem behind those found before."""
        raise InvalidFileError([*self.problems, Problem(self.file, line, "", message)])

    def fail_at_refused_character(self) -> NoReturn:
        """Fail where a character stands that YAML does not allow unescaped."""
        found = _REFUSED.search(self.text)
        line = self.text.count("\n", 0, found.start()) + 1 if found else 0
        name = f"U+{ord(found[0]):04X} " if found else ""
        self.fail(line, f"not valid YAML: the character {name}must be escaped")


def resolve_plain(text: str) -> Any:
    """Return what a plain scalar means where YAML 1.1 and 1.2 agree, else the string.

    So ``no``, ``2026-11-22``, ``12:30``, ``1e5`` and ``0o17`` are strings: a tool of the one
    version writes them plain when they are, whatever the other would take them for.

    Raises:
        ValueError: a number with more digits than Python converts.
    """
    if text in _PLAIN_WORDS:
        return _PLAIN_WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INT.fullmatch(text):
        return int(text, 16 if text[:2] == "0x" else 10)
    if _FLOAT.fullmatch(text):
        return float(text)
    if special := _SPECIAL.fullmatch(text):
        return float(special[1] + "inf") if special[2] else float("nan")
    return text


def _kind(value: Any) -> str:
    names = {bool: "bool", int: "int", float: "float", type(None): "null"}
    return names.get(type(value), "str")


def _height(value: Any) -> int:
    """Return how many levels of containers a value has."""
    items = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return 0
    return 1 + max(map(_height, items), default=0)
