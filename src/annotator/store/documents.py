"""The documents of a project: which there are, and in which order."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, overload

from ..domain.errors import AnnotatorError
from .corpus import JsonlCorpus
from .escaping import escape, escape_path
from .set_paths import ANNOTATIONS

TEXT_SUFFIXES = (".txt", ".md")
CORPUS_SUFFIX = ".jsonl"
_RECORD = "#"
"""Stands between a corpus file and its record, in ids and in file names."""


class DocumentEntry(NamedTuple):
    """A document of a project, not read yet.

    Attributes:
        id: its id in annotation files: a relative POSIX path; for a record, the corpus file's,
            ``#``, and the record's own id, or else its number.
        file: the file that holds it.
        location: where its annotations lie in an annotator's folder: a relative path without
            suffix, in which no two documents of a project are the same.
        record: 1-based number of the record; 0 for a file that is one document.
    """

    id: str
    file: Path
    location: str
    record: int = 0


class Documents(Sequence[DocumentEntry]):
    """The documents of some files, in the files' order; records are looked up when asked for.

    Args:
        root: the project's folder.
        names: relative POSIX paths of the files.
    """

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        self._root = root
        self._names = list(names)
        self._corpora = {
            name: JsonlCorpus(root / name, name)
            for name in self._names
            if name.lower().endswith(CORPUS_SUFFIX)
        }
        self._starts: list[int] = []
        self._length = len(self._names)
        if self._corpora:
            self._length = 0
            for name in self._names:
                self._starts.append(self._length)
                self._length += len(self._corpora[name]) if name in self._corpora else 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> DocumentEntry: ...
    @overload
    def __getitem__(self, place: slice) -> list[DocumentEntry]: ...
    def __getitem__(self, place: int | slice) -> DocumentEntry | list[DocumentEntry]:
        if isinstance(place, slice):
            return [self._entry(one) for one in range(*place.indices(self._length))]
        index = place + self._length if place < 0 else place
        if not 0 <= index < self._length:
            raise IndexError(place)
        return self._entry(index)

    def corpus(self, entry: DocumentEntry) -> JsonlCorpus:
        """Return the corpus that holds an entry that is a record."""
        return self._corpora[entry.file.relative_to(self._root).as_posix()]

    def _entry(self, index: int) -> DocumentEntry:
        if not self._corpora:
            return self._file(self._names[index])
        which = bisect_right(self._starts, index) - 1
        # An empty corpus starts where the next file does; the last one that starts here is meant.
        name = self._names[which]
        if name in self._corpora:
            return self._record(name, index - self._starts[which] + 1)
        return self._file(name)

    def _file(self, name: str) -> DocumentEntry:
        return DocumentEntry(name, self._root / name, escape_path(name.split("/"), keep=_RECORD))

    def _record(self, name: str, number: int) -> DocumentEntry:
        return record_entry(self._root, name, self._corpora[name].id_of(number), number)


def record_entry(root: Path, name: str, own_id: str | None, number: int) -> DocumentEntry:
    """Return the entry of a record.

    Args:
        root: the project's folder.
        name: the corpus file's relative POSIX path.
        own_id: the record's ``id``, None for none; anything.
        number: 1-based.
    """
    own = record_name(own_id, number)
    # The file's name ends where the one raw "#" stands, so a record never meets a file.
    location = f"{escape_path(name.split('/'), keep=_RECORD)}{_RECORD}{escape(own)}"
    return DocumentEntry(f"{name}{_RECORD}{own}", root / name, location, number)


def record_name(own_id: str | None, number: int) -> str:
    """Return what stands for a record behind the ``#`` of its document's id.

    That is its own id, or its number if it has none. An own id that looks like a number, or
    begins with ``id=``, gets ``id=`` in front, so that the two never meet.

    Args:
        own_id: the record's ``id``, None for none.
        number: 1-based.
    """
    if own_id is None:
        return str(number)
    plain = own_id.isdecimal() or own_id.startswith("id=")
    return f"id={own_id}" if plain else own_id


def find_files(root: Path, folder: Path, patterns: Sequence[str], notices: list[str]) -> list[str]:
    """Return the files of a project's documents as relative POSIX paths, in natural order.

    Hidden files and folders, linked folders and the project's own annotations are left out.

    Args:
        root: the project's folder.
        folder: where to look; the root or below.
        patterns: globs relative to the root; none for every text and corpus file.
        notices: gets a line for each folder that cannot be read.

    Raises:
        AnnotatorError: a pattern is broken.
    """
    found: list[str] = []
    prefix = folder.relative_to(root).as_posix()
    todo = [(str(folder), "" if prefix == "." else f"{prefix}/")]
    suffixes = (*TEXT_SUFFIXES, CORPUS_SUFFIX)
    while todo:
        path, prefix = todo.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(".") or (not prefix and name == ANNOTATIONS):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        todo.append((entry.path, f"{prefix}{name}/"))
                    elif (patterns or name.lower().endswith(suffixes)) and entry.is_file():
                        found.append(prefix + name)
        except OSError as error:
            notices.append(f"{path} cannot be read: {error.strerror}")
    if patterns:
        wanted = matching(patterns)
        found = [name for name in found if wanted.fullmatch(name)]
    found.sort(key=natural)
    return found


def matching(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a regular expression that matches the names that any of some globs does.

    Raises:
        AnnotatorError: a pattern is broken.
    """
    try:
        return re.compile("|".join(f"(?:{_glob(pattern)})" for pattern in patterns))
    except re.error as error:
        raise AnnotatorError(f"documents: {error}", "mend the pattern") from None


def natural(name: str) -> tuple[list[str | int], str]:
    """Return a sort key that puts ``a2`` before ``a10``, whatever the case, folder by folder."""
    # NUL sorts lowest, so a folder's files stay together. Texts and numbers alternate, so that
    # only like is compared with like.
    parts: list[str | int] = list(_DIGITS.split(name.casefold().replace("/", "\0")))
    parts[1::2] = map(int, parts[1::2])
    return parts, name


_DIGITS = re.compile("([0-9]+)")


def _glob(pattern: str) -> str:
    """Return a glob as a regular expression; ``*`` stops at ``/`` and ``**/`` does not."""
    out: list[str] = []
    for part in re.findall(r"\*\*/|\*+|\?|\[!?\]?[^\]/]*\]|.", pattern, re.DOTALL):
        if part == "**/":
            out.append("(?:.*/)?")
        elif part[0] == "*":
            out.append(".*" if len(part) > 1 else "[^/]*")
        elif part == "?":
            out.append("[^/]")
        elif len(part) > 1:
            no = part.startswith("[!")
            inside = "".join(c if c == "-" else re.escape(c) for c in part[1 + no : -1])
            out.append(f"[^/{inside}]" if no else f"[{inside}]")
        else:
            out.append(re.escape(part))
    return "".join(out)
