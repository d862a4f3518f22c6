"""A fast reader of exactly the YAML that ``yaml_emitter`` writes.

Its one promise: it gives what the general reader gives, or declines. So it takes a scalar only
in a form that can mean but one thing, and declines whatever is out of order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any, TypeVar, cast

from ..domain.annotations import STATUSES, AnnotationSet, Status
from ..domain.errors import Source
from ..domain.span import Excerpt, Excerpted, Relation, Span
from .line_map import CanonicalLines
from .set_shape import FORMAT, SET_KEYS, SPAN_KEYS, SetShape
from .yaml_scalars import FLOW_TEXT, QUOTED, WORDS, hazards, reveal_surrogates, stands_plain

_Item = TypeVar("_Item", Span, Relation)
_DEEPEST = 50
_KEY = rf"(?:{FLOW_TEXT}|{QUOTED})"
_OFFSET = "(0|[1-9][0-9]{0,15})"
_HEAD = re.compile(
    rf"format: {FORMAT}\n"
    r"document: (.+)\n"
    r"annotator: (.+)\n"
    r"scheme: (.+)\n"
    r"status: (.+)\n"
    r"(?:note: (.+)\n)?"
    r"spans:( \[\])?\n"
).match
_SPAN = re.compile(
    rf"- id: (.+)\n  label: (.+)\n  start: {_OFFSET}\n  end: {_OFFSET}\n"
    r"(?:  quote: (.+)\n)?"
    r"(?:  prefix: (.+)\n)?"
    r"(?:  suffix: (.+)\n)?"
    r"(?:  fragments: (.+)\n)?"
    r"(?:  attributes: (.+)\n)?"
    r"(?:  note: (.+)\n)?"
    r"(?:  origin: (.+)\n)?"
    r"(?:  created: (.+)\n)?"
    r"(?:  by: (.+)\n)?"
    r"((?:  [^ \n].*\n)*)"
).match
_ITEM = re.compile(r"- (.+)\n").match
_FIELD = re.compile(rf"({_KEY}): (.+)\n|\? ({_KEY})\n: (.+)\n").match
_FLOW_KEY = re.compile(rf"({_KEY}): |\? ({_KEY}) : ").match
_SCALAR = (
    rf"(?P<word>{FLOW_TEXT})|(?P<quoted>{QUOTED})"
    r"|(?P<float>-?(?:0|[1-9][0-9]*)\.[0-9]+(?:e[+-][0-9]+)?|-?\.inf|\.nan)"
    r"|(?P<int>-?(?:0|[1-9][0-9]{0,4000}))"
)
_TOKEN = re.compile(rf"{_SCALAR}|(?P<open>[\[{{])").match
_PAIR = re.compile(rf"({_KEY}): (?:{_SCALAR})").fullmatch
_quoted = re.compile(QUOTED).fullmatch
_CONSTANTS = {"null": None, "true": True, "false": False}


class _OtherFormError(Exception):
    """The text is not of this form; never leaves the module."""


def read_canonical(text: str, file: str, document: str = "") -> tuple[AnnotationSet, Source] | None:
    """Return the annotation set of a canonical file and its lines, or None for any other text.

    Args:
        text: the file's content.
        file: the file's name as the user knows it.
        document: the text that the set speaks of, if at hand: what a span quotes from it is then
            not kept a second time.
    """
    try:
        annotations = _CanonicalReader(text, document).read()
    except _OtherFormError:
        return None
    return annotations, Source(file, CanonicalLines(text))


class _Draft(Excerpted):
    """A span in the making.

    A frozen dataclass sets each field through ``object.__setattr__``, which takes half as long
    as all the rest of reading a span. This one has the same layout and is not frozen; it becomes
    a :class:`Span` by assignment to ``__class__``.
    """

    __slots__ = tuple(field.name for field in fields(Span))


class _Remembered(dict[str, Any]):
    """What a function made of pieces of text that stand in many spans."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, raw: str) -> Any:
        made = self[raw] = self._make(raw)
        return made


class _CanonicalReader:
    def __init__(self, text: str, document: str) -> None:
        self.text = text
        self.document = document
        self.at = 0
        self.excerpts: dict[tuple[int, int], Excerpt] = {}
        self.words = _Remembered(_block_scalar)
        # Not a method of this object: a cycle would keep the whole file in memory.
        self.maps = _Remembered(partial(_flat_map, _Remembered(_flat_pair)))
        self.none: dict[str, Any] = {}
        self.shape = SetShape(Source("", {}))

    def read(self) -> AnnotationSet:
        head = _HEAD(self.text)
        if head is None:
            raise _OtherFormError
        document, annotator, scheme, status, note, none = head.groups()
        if status not in STATUSES:
            raise _OtherFormError
        self.at = head.end()
        annotations = AnnotationSet(
            self.shape.document((), _flow_map(document)),
            _block_scalar(annotator),
            _block_scalar(scheme),
            status=cast("Status", status),
            note=_block_scalar(note) if note else "",
            spans=() if none else self.spans(),
            rejected=self.spans() if self.begins("rejected") else (),
            orphans=self.spans() if self.begins("orphans") else (),
            relations=self.relations() if self.begins("relations") else (),
            rejected_relations=self.relations() if self.begins("rejected_relations") else (),
            extra=_fields(self.text[self.at :], SET_KEYS),
        )
        if self.shape.problems or not annotations.annotator or not annotations.scheme:
            raise _OtherFormError
        return annotations

    def begins(self, section: str) -> bool:
        """Say whether a section begins here, and if so, go to its first item."""
        if not self.text.startswith(f"{section}:\n", self.at):
            return False
        self.at += len(section) + 2
        return True

    def spans(self) -> list[Span]:
        # Spans are never changed in place, so equal mappings may be one object: half the memory.
        text, words, maps, none = self.text, self.words, self.maps, self.none
        spans = []
        while match := _SPAN(text, self.at):
            (id_, label, start, end, quote, prefix, suffix, fragments,
             attributes, note, origin, created, by, extra) = match.groups()  # fmt: skip
            self.at = match.end()
            span: Any = _Draft()
            span.id = _block_scalar(id_)
            span.label = words[label]
            span.start = int(start)
            span.end = int(end)
            self.quote(
                span,
                _block_scalar(quote) if quote else "",
                _block_scalar(prefix) if prefix else "",
                _block_scalar(suffix) if suffix else "",
            )
            span.fragments = self.fragments(fragments) if fragments else ()
            span.attributes = maps[attributes] if attributes else none
            span.note = _block_scalar(note) if note else ""
            span.origin = maps[origin] if origin else none
            span.created = words[created] if created else ""
            span.by = words[by] if by else ""
            span.extra = _fields(_unindent(extra), SPAN_KEYS) if extra else none
            if span.start >= span.end or not span.id or not span.label:
                raise _OtherFormError
            span.__class__ = Span
            spans.append(span)
        return _distinct_items(spans)

    def quote(self, span: Any, quote: str, prefix: str, suffix: str) -> None:
        """Give a span its quote and context: where they are in the text if that says the same."""
        start, end, text = span.start, span.end, self.document
        sizes = len(prefix), len(suffix)
        first = start - sizes[0]
        if (
            first >= 0
            and len(quote) == end - start
            and text[first : end + sizes[1]] == f"{prefix}{quote}{suffix}"
        ):
            excerpt = self.excerpts.get(sizes)
            if excerpt is None:
                excerpt = self.excerpts[sizes] = Excerpt(text, *sizes)
            span.excerpt = excerpt
        else:
            span.quote, span.prefix, span.suffix = quote, prefix, suffix

    def relations(self) -> list[Relation]:
        relations = []
        while match := _ITEM(self.text, self.at):
            self.at = match.end()
            relations.append(self.shape.relation((), _flow_map(match[1])))
        return _distinct_items(relations)

    def fragments(self, raw: str) -> tuple[tuple[int, int], ...]:
        return self.shape.fragments((), _flow(raw))


def _flat_map(pairs: Mapping[str, tuple[str, Any]], raw: str) -> dict[str, Any]:
    """Return a flow map, quickly if it holds scalars only, without ", " in a string.

    Args:
        pairs: what each piece of text stands for.
        raw: the map's text.
    """
    pieces = raw[1:-1].split(", ")
    try:
        found = [pairs[piece] for piece in pieces]
    except _OtherFormError:
        return _flow_map(raw)
    if raw[0] != "{" or raw[-1] != "}" or len(flat := dict(found)) < len(pieces):
        raise _OtherFormError
    return flat


def _distinct_items(items: list[_Item]) -> list[_Item]:
    """Return the items of a section, if there are any and no id stands twice."""
    if not items or len({item.id for item in items}) < len(items):
        raise _OtherFormError
    return items


def _block_scalar(raw: str) -> str:
    """Return the string that a block scalar stands for."""
    if raw[0] == '"':
        return _unquote(raw)
    if stands_plain(raw):
        return raw
    raise _OtherFormError


def _unquote(raw: str) -> str:
    if not raw.isprintable() and hazards().search(raw):
        raise _OtherFormError
    if "\\" not in raw and raw.count('"') == 2 and raw[-1] == '"':
        return raw[1:-1]
    if not _quoted(raw):
        raise _OtherFormError
    return reveal_surrogates(scanstring(raw, 1)[0])


def _flat_pair(piece: str) -> tuple[str, Any]:
    match = _PAIR(piece)
    if match is None:
        raise _OtherFormError
    kind = match.lastgroup or ""
    return _key(match[1]), _scalar(kind, match[kind])


def _key(raw: str) -> str:
    if raw[0] == '"':
        return _unquote(raw)
    if raw.lower() in WORDS:
        raise _OtherFormError
    return raw


def _flow_map(raw: str) -> dict[str, Any]:
    value = _flow(raw)
    if not isinstance(value, dict):
        raise _OtherFormError
    return value


def _flow(raw: str) -> Any:
    """Return the value of a whole piece of text in flow style."""
    value, end = _flow_value(raw, 0, 0)
    if end != len(raw):
        raise _OtherFormError
    return value


def _flow_value(raw: str, at: int, depth: int) -> tuple[Any, int]:
    """Return the value that begins at an offset, and where it ends."""
    match = _TOKEN(raw, at)
    if match is None or depth > _DEEPEST:
        raise _OtherFormError
    text, end, kind = match[0], match.end(), match.lastgroup
    if kind != "open":
        return _scalar(kind or "", text), end
    items: list[tuple[Any, Any]] = []
    closing = "]" if text == "[" else "}"
    while raw[end : end + 1] != closing:
        if items:
            end = _skip(", ", raw, end)
        key: Any = len(items)
        if closing == "}":
            name = _FLOW_KEY(raw, end)
            if name is None:
                raise _OtherFormError
            key, end = _key(name[1] or name[2]), name.end()
        value, end = _flow_value(raw, end, depth + 1)
        items.append((key, value))
    if closing == "]":
        return [value for _, value in items], end + 1
    return _distinct(items), end + 1


def _scalar(kind: str, text: str) -> Any:
    """Return the value of a scalar in flow style by the name of its group."""
    if kind == "word":
        if text.lower() not in WORDS:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        raise _OtherFormError
    if kind == "quoted":
        return _unquote(text)
    if kind == "int":
        return int(text)
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _skip(expected: str, raw: str, at: int) -> int:
    if not raw.startswith(expected, at):
        raise _OtherFormError
    return at + len(expected)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise _OtherFormError
    return result


def _unindent(raw: str) -> str:
    return "\n".join(line[2:] for line in raw.split("\n"))


def _fields(raw: str, known: tuple[str, ...]) -> dict[str, Any]:
    """Return the unknown keys at the end of a block mapping, a line each."""
    pairs = []
    at = 0
    while match := _FIELD(raw, at):
        at = match.end()
        pairs.append((_key(match[1] or match[3]), _flow(match[2] or match[4])))
    if at != len(raw) or any(key in known for key, _ in pairs):
        raise _OtherFormError
    return _distinct(pairs)
