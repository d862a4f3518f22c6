"""The files of brat's folders: which belong together, and what is in them.

A text, ``NAME.txt``, has its annotations in ``NAME.ann``. The BioNLP Shared Tasks split these into
``NAME.a1``, what was given, and ``NAME.a2``, what was to be found
(https://2011.bionlp-st.org/home/file-formats).
"""

from __future__ import annotations

import os
from pathlib import Path

from ...domain.errors import AnnotatorError
from ...store.texts import decode_text
from ..reading import LONGEST, open_input
from ..record import RecordError
from .details_file import SUFFIX
from .lines import Line, LineError, split_lines

ANNOTATIONS = (".ann", ".a1", ".a2")
_SETTINGS = "annotation.conf"


def beside(stem: Path, suffix: str) -> Path:
    """Return the file of a document with a suffix."""
    return stem.with_name(stem.name + suffix)


def stems(path: Path) -> list[Path]:
    """Return the paths of all documents without suffix, those of one name side by side.

    A folder for each annotator holds files of the same names, which become one record.

    Args:
        path: a folder, or one file of a document.
    """
    if not path.is_dir():
        return [path.with_suffix("")]
    found = set()
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.endswith((".txt", *ANNOTATIONS)) and not name.startswith("."):
                found.add(Path(folder, name.rpartition(".")[0]))
    return sorted(found, key=lambda stem: stem.relative_to(path).parts[::-1])


def suffixes(stem: Path) -> list[str]:
    """Return the suffixes of the files with a document's annotations: one, or those of BioNLP."""
    there = [suffix for suffix in ANNOTATIONS if beside(stem, suffix).exists()]
    return there[:1] if ".ann" in there else there


def notes_on(path: Path) -> tuple[str, ...]:
    """Return what is to be told of a folder before its documents."""
    if not (path / _SETTINGS).is_file() or any(path.rglob(f"*{SUFFIX}")):
        return ()
    return (f"{_SETTINGS} is not read: labels are those that the annotations use",)


def read_text(stem: Path, encoding: str, *, ours: bool) -> tuple[str, bool]:
    """Return a document's text, and whether a byte order mark was dropped.

    Args:
        stem: the document.
        encoding: codec of the text.
        ours: whether this program wrote it: always in UTF-8, and a mark is part of the text.

    Raises:
        RecordError: there is none, or it is not text in that encoding.
    """
    path = beside(stem, ".txt")
    if not path.exists():
        ours_too = " and ".join(f"{stem.name}{suffix}" for suffix in suffixes(stem))
        message = f"there is no {path.name} beside it, which holds the text: put it there"
        raise RecordError("", f"{message}, or take {ours_too} away")
    data = _bytes_of(path)
    if ours:
        try:
            return data.decode("utf-8"), False
        except UnicodeDecodeError as error:
            raise RecordError("", f"{path.name} is not UTF-8 (byte {error.start})") from None
    try:
        return decode_text(data, path, encoding)
    except AnnotatorError as error:
        raise RecordError("", str(error)) from None


def read_lines(stem: Path, text: str, encoding: str) -> list[Line]:
    """Return the lines about a document; none where there is no file of annotations.

    Args:
        stem: the document.
        text: its text.
        encoding: codec of the files if they are not UTF-8.

    Raises:
        LineError: a line cannot be taken.
    """
    lines: list[Line] = []
    for suffix in suffixes(stem):
        content = _decoded(beside(stem, suffix), encoding)
        if "\n" not in content:
            content = content.replace("\r", "\n")  # as files of old had them
        lines += split_lines(content, text, suffix)
    return lines


def _bytes_of(path: Path) -> bytes:
    with open_input(path) as file:
        data = file.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise RecordError("", f"{path.name} is longer than {LONGEST >> 20} MiB")
    return data


def _decoded(path: Path, encoding: str) -> str:
    data = _bytes_of(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding.lower() not in ("utf-8", "utf8"):
            try:
                return decode_text(data, path, encoding)[0]
            except AnnotatorError as other:
                raise RecordError("", str(other)) from None
        number = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 (byte {error.start}): name the files' encoding with --encoding"
        raise LineError(Line(number, "", "", path.suffix), message) from None
