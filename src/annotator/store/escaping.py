"""Names as file names: safe on any file system, and readable back.

A document's id or an annotator's name may hold anything, since it may come from a record of a
corpus. On disk it must stay inside its folder, so the few dangerous characters are written as
``%`` and two hex digits for each byte of their UTF-8 form, as in a URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_COMPONENT = 200
"""Bytes of one escaped component; file systems allow 255, suffixes and ``.tmp`` need some."""

_CONTINUES = "%~"
"""Ends a folder whose name goes on in the next component; no escape has this form."""

_EMPTY = "%-"
"""Stands for an empty name; no escape has this form either."""

_DANGEROUS = re.compile(
    r"""[%/\\:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udfff]  # path syntax here or on Windows; controls
    | ^\.                                             # hidden, "." and ".."
    | ^\s | [.\s]$                                    # Windows drops these at the end
    """,
    re.VERBOSE,
)
_OWN_SUFFIX = re.compile(r"\.(?=(?:yaml|jsonl|json|lock|tmp)$)")
_HEX = re.compile(r"((?:%[0-9A-Fa-f]{2})+)")


def escape(name: str, keep: str = "") -> str:
    """Return one path component, or several where the name is very long, that stand for a name.

    No two names give the same result, and :func:`unescape` gives the name back. An empty name
    is ``%-``, since a file needs a name.

    Args:
        name: any string, lone surrogates included.
        keep: one more character to escape, e.g. ``#`` where that is a separator.
    """
    if not name:
        return _EMPTY
    safe = _DANGEROUS.sub(_percent, name)
    if keep:
        safe = safe.replace(keep, _percent_of(keep))
    return safe if len(safe.encode()) <= LONGEST_COMPONENT else "/".join(_chunks(safe))


def unescape(path: str) -> str:
    """Return the name that :func:`escape` made a component (or several) of."""
    if path == _EMPTY:
        return ""
    return _HEX.sub(_from_percent, path.replace(_CONTINUES + "/", ""))


def escape_path(parts: Iterable[str], keep: str = "") -> str:
    """Return a relative POSIX path whose components stand for the given ones.

    A folder that is named like one of our own files (``x.txt.yaml``) would stand in the way of
    that file, so the dot of such a suffix is escaped too.

    Args:
        parts: the path's components; the last one is the file.
        keep: see :func:`escape`.
    """
    *folders, last = [escape(part, keep) for part in parts]
    return "/".join([*(_OWN_SUFFIX.sub("%2E", folder) for folder in folders), last])


def unescape_path(path: str) -> str:
    """Return the relative POSIX path that :func:`escape_path` was given."""
    joined = path.replace(_CONTINUES + "/", "")
    return "/".join(unescape(part) for part in joined.split("/"))


def _percent(match: re.Match[str]) -> str:
    return _percent_of(match[0])


def _percent_of(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _from_percent(match: re.Match[str]) -> str:
    data = bytes.fromhex(match[1].replace("%", ""))
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        # Not ours: someone put a file of that name there. It stands for itself.
        return match[1]


def _chunks(safe: str) -> list[str]:
    """Cut an escaped name into components, never within an escape or a character."""
    pieces = re.findall(r"%[0-9A-F]{2}|[^%]", safe)
    chunks: list[str] = []
    current: list[str] = []
    size = 0
    for piece in pieces:
        length = len(piece.encode())
        if size + length > LONGEST_COMPONENT - len(_CONTINUES):
            chunks.append("".join(current) + _CONTINUES)
            current, size = [], 0
        current.append(piece)
        size += length
    chunks.append("".join(current))
    return chunks
