"""Which columns of a file of one token a line are what, told by its first lines."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..reading import lines_of
from .tags import OUTSIDE, is_tag

DOCUMENT_START = "-DOCSTART-"
_LOOKED_AT = 500
"""Lines that are looked at."""
COLUMNS_OF_U = 10
_MISC_TAG = re.compile(r"(?:^|\|)(?:NER|NE|IOB|Entity)=([^|]+)", re.IGNORECASE)
_NO_WORD = re.compile(r"[0-9]+[-.][0-9]+")
"""Number of several words written as one, or of a word that is not there, in CoNLL-U."""
_NEW_DOCUMENT = re.compile(r"#\s*newdoc(?:\s+id\s*=\s*(.*\S))?\s*")


class Layout(NamedTuple):
    """What stands where.

    Attributes:
        token: the token's column, from 0.
        tag: the tag's column, from 0, or from the end if negative.
        in_misc: whether the tag is one of several values of its column, as in CoNLL-U
            (https://universaldependencies.org/format.html).
        others: further columns with tags, from 1.
    """

    token: int
    tag: int
    in_misc: bool = False
    others: tuple[int, ...] = ()


def columns_of(line: str) -> list[str]:
    """Return the columns of a line: between tabs if there are any, else between blanks."""
    row = line.rstrip("\r\n")
    if "\t" in row:
        return [column.strip(" ") for column in row.split("\t")]
    return [column for column in row.split(" ") if column] or [""]


def at(columns: list[str], place: int) -> str:
    """Return a column; an empty text where there is none."""
    try:
        return columns[place]
    except IndexError:
        return ""


def is_comment(columns: list[str], layout: Layout) -> bool:
    """Say whether a line is a comment, as CoNLL-U and its kin have them, or stands for no word."""
    if layout.in_misc:
        return columns[0].startswith("#") or _NO_WORD.fullmatch(columns[0]) is not None
    return columns[0].startswith("#") and not is_tag(at(columns, layout.tag))


def new_document(line: str) -> str | None:
    """Return the name of the document that a comment begins; None where it does not."""
    found = _NEW_DOCUMENT.fullmatch(line.rstrip("\r\n"))
    return (found[1] or "") if found else None


def tag_of(columns: list[str], layout: Layout) -> str:
    """Return the tag of a line."""
    column = at(columns, layout.tag)
    if not layout.in_misc:
        return column
    found = _MISC_TAG.search(column)
    return found[1] if found else OUTSIDE


def misc_tag(column: str) -> str:
    """Return the tag among the values of CoNLL-U's last column; an empty text for none."""
    found = _MISC_TAG.search(column)
    return found[1] if found and is_tag(found[1]) else ""


def find_layout(path: Path, encoding: str, token: int | None, tag: int) -> Layout:
    """Return the columns of a file.

    The token's is the second where the first numbers the tokens, as in GermEval and CoNLL-U.

    Args:
        path: the file.
        encoding: its codec.
        token: the token's column where that was said, from 0.
        tag: the tag's, from 0, or from the end if negative.
    """
    rows: list[list[str]] = []
    sentences: list[list[list[str]]] = [[]]
    for _, line in islice(lines_of(path, encoding), _LOOKED_AT):
        columns = columns_of(line)
        if line.isspace():
            sentences.append([])
        elif columns[0] != DOCUMENT_START and not is_comment(columns, Layout(0, tag)):
            rows.append(columns)
            sentences[-1].append(columns)
    in_misc = _is_misc(rows, tag)
    if token is None:
        token = 1 if in_misc or _are_numbered(sentences) else 0
    return Layout(token, tag, in_misc, () if in_misc else _other_tags(rows, token, tag))


def _is_misc(rows: list[list[str]], tag: int) -> bool:
    if not rows or any(len(row) != COLUMNS_OF_U for row in rows):
        return False
    return any(misc_tag(at(row, tag)) for row in rows)


def _are_numbered(sentences: list[list[list[str]]]) -> bool:
    """Say whether the first column counts the tokens of each sentence from 1."""
    counted = [
        row[0] == str(number) and len(row) > 2
        for sentence in sentences
        for number, row in enumerate(sentence, 1)
    ]
    return bool(counted) and all(counted)


def _other_tags(rows: list[list[str]], token: int, tag: int) -> tuple[int, ...]:
    width = min(map(len, rows), default=0)
    chosen = tag if tag >= 0 else width + tag
    found = []
    for place in range(width):
        tags = {row[place] for row in rows} - {OUTSIDE}
        if place not in (token, chosen) and tags and all(map(is_tag, tags)):
            found.append(place + 1)
    return tuple(found)
