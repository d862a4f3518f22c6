"""Reads files of one token a line; see :mod:`.format`."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...domain.errors import AnnotatorError, InvalidFileError, Problem
from ...domain.span import Span
from .. import own_keys
from ..base import Item, ReadContext
from ..reading import LONGEST, json_lines, lines_of, need_mapping, need_text, shown
from ..record import Place, Record, RecordError
from ..targets import sibling_path
from .detokenize import detokenize
from .layout import DOCUMENT_START, at, columns_of, find_layout, is_comment, new_document, tag_of
from .tags import is_tag, label_of, spans_of
from .writer import DOCUMENTS

_OVERHEAD = 32
"""Bytes that a token takes beside its word."""
_BLANKS = re.compile(r"\s*")


@dataclass(slots=True)
class _Tokens:
    """The tokens of a document as they are read.

    Attributes:
        line: 1-based line where the document begins.
        name: what stands behind ``-DOCSTART-``, as in AIDA's files.
        words, tags, lines: of each token.
        breaks: places of tokens that begin a sentence, the first left out.
        size: bytes that the tokens take, about.
        problem: the first thing that is wrong.
        known: each different word and tag.
        others: columns with tags that are not read, from 1, at the first document of a file.
    """

    line: int
    name: str = ""
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("Q"))
    breaks: list[int] = field(default_factory=list)
    size: int = 0
    problem: Problem | None = None
    known: dict[str, str] = field(default_factory=dict)
    others: tuple[int, ...] = ()


def read(path: Path, context: ReadContext) -> Iterator[Item]:
    """Iterate over the documents of a file."""
    beside = sibling_path(path, DOCUMENTS)
    texts = json_lines(beside) if beside != path and beside.exists() else None
    number = 0
    for tokens in _documents(path, context):
        number += 1
        place = Place(str(path), tokens.line, number)
        entry = next(texts, None) if texts is not None else None
        if tokens.problem is not None:
            yield tokens.problem
            continue
        if isinstance(entry, Problem):
            yield entry
            continue
        try:
            if texts is None:
                yield _rebuilt(place, tokens)
            elif entry is None:
                yield place.problem("", f"{beside.name} has no text for document {number}")
            else:
                yield _with_text(place, tokens, entry[1], beside)
        except RecordError as error:
            yield place.problem(error.key, error.message)
    if texts is not None and (left := next(texts, None)) is not None:
        where = left if isinstance(left, Problem) else left[0].problem("", "")
        message = f"{path.name} has no tokens for this text: it has {number} documents"
        yield Problem(where.file, where.line, "", message)


def _documents(path: Path, context: ReadContext) -> Iterator[_Tokens]:
    """Iterate over the tokens of documents; one without a start begins with the file."""
    token = context.options["token-column"]
    layout = find_layout(
        path,
        context.encoding,
        None if token is None else _column(context, "token-column"),
        _column(context, "tag-column"),
    )
    current: _Tokens | None = None
    others = layout.others
    gap = False
    for number, line in lines_of(path, context.encoding):
        if line.isspace():
            gap = True
            continue
        columns = columns_of(line)
        comment = is_comment(columns, layout)
        name = new_document(line) if comment else None
        if columns[0] == DOCUMENT_START or (
            name is not None and (current is None or current.words)
        ):
            if current is not None:
                yield current
            current = _Tokens(number, _name(columns) if name is None else name, others=others)
            others = ()
            gap = False
            continue
        if current is None:
            current, others = _Tokens(number, others=others), ()
        if comment:
            continue
        if gap and current.words:
            current.breaks.append(len(current.words))
        gap = False
        _take(path, current, number, at(columns, layout.token), tag_of(columns, layout))
    if current is not None:
        yield current


def _take(path: Path, tokens: _Tokens, number: int, word: str, tag: str) -> None:
    """Add a token to a document; what is wrong with it is noted once."""
    if tokens.problem is not None:
        return
    if not word or not is_tag(tag):
        what = f"{shown(tag)} is no tag such as O or B-label" if tag else "it has too few columns"
        what = what if word or not tag else "it has no token"
        hint = ": name the columns with --token-column and --tag-column"
        tokens.problem = Problem(str(path), number, "", what + hint)
        return
    tokens.size += len(word) + _OVERHEAD
    if tokens.size > LONGEST:
        message = "too many tokens for one document: mark documents by -DOCSTART-"
        raise InvalidFileError([Problem(str(path), number, "", message)])
    # Words and tags are many and few are different: one string each saves most of the memory.
    tokens.words.append(tokens.known.setdefault(word, word))
    tokens.tags.append(tokens.known.setdefault(tag, tag))
    tokens.lines.append(number)


def _column(context: ReadContext, name: str) -> int:
    column = context.options[name]
    if not isinstance(column, int) or column == 0:
        raise AnnotatorError(f"--{name} takes a number of a column", "the first is 1, the last -1")
    return column - 1 if column > 0 else column


def _name(columns: list[str]) -> str:
    """Return the name in brackets behind ``-DOCSTART-``, or nothing."""
    rest = " ".join(columns[1:])
    return rest[1:].split(")")[0] if rest.startswith("(") else ""


def _spans(tokens: _Tokens, starts: list[int], *, ours: bool) -> list[Span]:
    return [
        Span(
            id=f"s{number}",
            label=label_of(label) if ours else label,
            start=starts[first],
            end=starts[last] + len(tokens.words[last]),
        )
        for number, (first, last, label) in enumerate(spans_of(tokens.tags, tokens.breaks), 1)
    ]


def _rebuilt(place: Place, tokens: _Tokens) -> Record:
    """Return a document whose text is made of its tokens."""
    text, starts = detokenize(tokens.words, tokens.breaks)
    document = own_keys.make_document({}, text, meta={}, own_id=tokens.name)
    one = own_keys.make_set({}, document, spans=_spans(tokens, starts, ours=False))
    notes = ["the text is made of the tokens: the file does not say where blanks stood"]
    notes += (
        f"column {column} has tags too, which are not read: see --tag-column"
        for column in tokens.others
    )
    return Record(document, (one,), place, tuple(notes))


def _with_text(place: Place, tokens: _Tokens, value: Any, beside: Path) -> Record:
    """Return a document whose text stands in the file beside.

    Raises:
        RecordError: the text is not there, or the tokens are not those of the text.
    """
    top = need_mapping(value)
    text = need_text(top, "text")
    own: Mapping[str, Any] = own_keys.own_details(top)
    starts = []
    at = 0
    for word, line in zip(tokens.words, tokens.lines, strict=True):
        at = _solid(text, at)
        if not text.startswith(word, at):
            raise RecordError(
                f"line {line}",
                f"{shown(word)} does not come next in the text in {beside.name}: "
                "take that file away, and the text is made of the tokens",
            )
        starts.append(at)
        at += len(word)
    if _solid(text, at) != len(text):
        raise RecordError("", f"the text in {beside.name} goes on where the tokens end")
    meta = need_mapping(top.get("meta") or {}, "meta")
    document = own_keys.make_document(own, text, meta=meta)
    one = own_keys.make_set(own, document, spans=_spans(tokens, starts, ours=True))
    return Record(document, (one,), place)


def _solid(text: str, at: int) -> int:
    """Return the first offset from a place on that holds no white space."""
    found = _BLANKS.match(text, at)
    assert found is not None, "it matches nothing too"
    return found.end()
