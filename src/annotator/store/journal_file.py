"""Reading a journal: what its lines say, which are damaged, how much of it is whole.

A journal is a file of JSON objects, one a line, each with ``n`` (1, 2, 3 ...), ``t`` (UTC) and
``k``, its kind:

========== ==================================================================================
``base``     what the work started from: ``sha256`` of the YAML file (empty for none), and the
             text (``document``) that the lines behind it refer to
``edit``     one action: ``name``, ``at``, ``keys``, ``do`` and ``back`` (operations)
``moved``    like ``edit``: everything was moved to another text, ``document``, which the lines
             behind this one refer to; no undo goes behind it
``undo``     the edit whose ``n`` is ``of`` was taken back
``redo``     the edit whose ``n`` is ``of`` was done again
``snapshot`` a YAML file with this ``sha256`` holds everything through line ``through``;
             written before that file takes its place
``saved``    the snapshot with this ``sha256`` has taken its place
``external`` someone else changed the YAML; the one with this ``sha256`` counts as holding
             everything through line ``through``, and no undo goes behind this line
========== ==================================================================================

Lines of other kinds are left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .atomic import read_if_there

_HEAD = re.compile(rb'\{"n":(\d{1,15}),"t":"[^"\\]*","k":"([a-z-]+)"(?:,"of":(\d{1,15}))?[,}]')
"""How every line of ours begins; ``of`` stands right behind the kind."""

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_PAIR = re.compile(r"\\ud[89ab]")


class Entry(NamedTuple):
    """One line of a journal.

    Attributes:
        line: 1-based line number in the file.
        n: its number in the sequence.
        kind: see the module.
        of: the number of the edit that an undo or redo speaks of; 0 for other kinds.
        raw: the whole line, without its end.
    """

    line: int
    n: int
    kind: str
    of: int
    raw: bytes

    def data(self) -> dict[str, Any]:
        """Return everything the line says.

        Raises:
            ValueError: the line is damaged behind its beginning.
        """
        found = decode_line(self.raw)
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found


class JournalContent(NamedTuple):
    """What a journal holds.

    Attributes:
        entries: the lines that can be read, in order.
        gaps: 1-based numbers of lines that are damaged, or in front of which lines are missing.
        last: number of the last entry; 0 for an empty journal.
        size: bytes up to the end of the last whole line; what is behind is a line that was cut
            off by a crash while it was written, so nobody was told that it was kept.
        exists: whether there is a file.
    """

    entries: list[Entry]
    gaps: list[int]
    last: int
    size: int
    exists: bool


def encode_line(data: Mapping[str, Any]) -> bytes:
    """Return a journal line with its end: one line of ASCII whatever the values hold."""
    line = _encode(data)
    if "\\ud" in line and _PAIR.search(line) and json.loads(line) != data:
        # JSON's escapes cannot tell two surrogates that stand side by side from the one
        # character they would encode; written as bytes they stay two.
        raw = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return raw.encode("utf-8", "surrogatepass") + b"\n"
    return line.encode("ascii") + b"\n"


def decode_line(raw: bytes) -> object:
    """Return the value of a journal line.

    Raises:
        ValueError: the line is not JSON.
    """
    try:
        return json.loads(raw.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_journal(path: Path) -> JournalContent:
    """Read a journal; one that is not there is an empty one.

    Raises:
        StorageError: the file is there and cannot be read.
    """
    content = read_if_there(path)
    return parse_journal(content or b"", exists=content is not None)


def parse_journal(content: bytes, *, exists: bool) -> JournalContent:
    """Return what a journal's bytes hold.

    The kinds and numbers are read from the beginning of each line; what an entry holds is
    parsed when it is asked for, so that a long history costs a start about a microsecond a line.
    """
    size = content.rfind(b"\n") + 1
    entries: list[Entry] = []
    gaps: list[int] = []
    last = 0
    for number, raw in enumerate(content[:size].split(b"\n")[:-1], 1):
        entry = _entry(number, raw)
        if entry is None or entry.n <= last:
            gaps.append(number)
            continue
        if entry.n != last + 1 and number - 1 not in gaps[-1:]:
            gaps.append(number)
        last = entry.n
        entries.append(entry)
    return JournalContent(entries, gaps, last, size, exists)


def _entry(number: int, raw: bytes) -> Entry | None:
    """Return the entry of a line, or None when it is damaged."""
    head = _HEAD.match(raw)
    if head is not None and raw.endswith(b"}"):
        return Entry(number, int(head[1]), head[2].decode(), int(head[3] or 0), raw)
    try:
        data = decode_line(raw)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    n, kind, of = data.get("n"), data.get("k"), data.get("of", 0)
    if type(n) is not int or not isinstance(kind, str) or type(of) is not int:
        return None
    return Entry(number, n, kind, of, raw)
