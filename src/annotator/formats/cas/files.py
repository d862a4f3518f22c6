"""Files of CASes as they lie in folders and zip files, measured and checked before they are read.

lxml limits how far entities of an XML file may grow, but would read files they name. No CAS has a
document type declaration, which is where entities are declared, so one that has is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from ...domain.errors import AnnotatorError, InvalidFileError, Problem
from ..reading import LONGEST, open_input
from ..record import RecordError

TYPE_SYSTEM_NAMES = ("typesystem.xml", "typesystem.xml.xml")
MOST_FILES = 1_000_000
"""Files that a zip file may have."""


class Files(Protocol):
    """Named files: of a folder, of a zip file, or one alone."""

    path: Path

    def names(self, suffix: str) -> list[str]:
        """Return the names of files with a suffix, in the order in which they are to be read."""

    def read(self, name: str) -> bytes:
        """Return a file's content.

        Raises:
            RecordError: it is too large or cannot be read.
        """

    def shown(self, name: str) -> str:
        """Return a file's name for messages."""


def open_files(path: Path) -> Files:
    """Return the files at a path: a folder, a zip file, or a single file.

    Raises:
        AnnotatorError: it cannot be read.
        InvalidFileError: it is a zip file that is broken.
    """
    if path.is_dir():
        return _WithZips(_Folder(path))
    with open_input(path) as file:
        head = file.read(4)
    return _WithZips(_Zip(path)) if head == b"PK\x03\x04" else _Single(path)


def find_type_system(files: Files, name: str) -> str | None:
    """Return the name of the type system that is nearest to a file: beside it, or above it."""
    there = {
        known: known
        for known in files.names(".xml")
        if PurePosixPath(known).name.lower() in TYPE_SYSTEM_NAMES
    }
    for folder in PurePosixPath(name).parents:
        for known in there:
            if PurePosixPath(known).parent == folder:
                return known
    return None


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > LONGEST:
        raise RecordError("", f"{name} is larger than {LONGEST >> 20} MiB")
    return data


class _Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self, suffix: str) -> list[str]:
        found = (
            each.relative_to(self.path)
            for each in self.path.rglob("*")
            if each.suffix.lower() == suffix and each.is_file()
        )
        return [each.as_posix() for each in sorted(found)]

    def read(self, name: str) -> bytes:
        try:
            with open_input(self.path / name) as file:
                return _bounded(file.read(LONGEST + 1), name)
        except AnnotatorError as error:
            raise RecordError("", error.message) from None

    def shown(self, name: str) -> str:
        return str(self.path / name)


class _Single(_Folder):
    """One file; its folder is looked at for a type system only."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.parent)
        self._name = path.name

    def names(self, suffix: str) -> list[str]:
        if suffix == Path(self._name).suffix.lower():
            return [self._name]
        return sorted(each.name for each in self.path.glob("*.xml"))


class _WithZips:
    """Files among which zip files stand for folders, as in the projects that INCEpTION exports."""

    def __init__(self, files: Files) -> None:
        self.path = files.path
        self._files = files
        self._names: dict[str, list[str]] = {}
        self._open: tuple[str, Files] | None = None

    def names(self, suffix: str) -> list[str]:
        if suffix not in self._names:
            found = self._files.names(suffix)
            for each in self._files.names(".zip"):
                try:
                    found += (f"{each}/{name}" for name in self._zip(each).names(suffix))
                except (RecordError, InvalidFileError):
                    continue  # no zip file, or one that is broken: it holds no CAS then
            self._names[suffix] = found
        return self._names[suffix]

    def read(self, name: str) -> bytes:
        zipped, inside, rest = name.partition(".zip/")
        return self._zip(f"{zipped}.zip").read(rest) if inside else self._files.read(name)

    def shown(self, name: str) -> str:
        return self._files.shown(name)

    def _zip(self, name: str) -> Files:
        if self._open is None or self._open[0] != name:
            data = self._files.read(name)
            self._open = name, _Zip(self.path / name, BytesIO(data))
        return self._open[1]


class _Zip:
    def __init__(self, path: Path, content: BinaryIO | None = None) -> None:
        import zipfile

        self.path = path
        try:
            self._zip = zipfile.ZipFile(content or path)
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise InvalidFileError(
                [Problem(str(path), 0, "", f"no zip file, or cut off: {error}")]
            ) from None
        if len(self._zip.infolist()) > MOST_FILES:
            raise InvalidFileError([Problem(str(path), 0, "", f"more than {MOST_FILES} files")])

    def names(self, suffix: str) -> list[str]:
        return [each for each in self._zip.namelist() if each.lower().endswith(suffix)]

    def read(self, name: str) -> bytes:
        try:
            # What the entry says of its size need not be true.
            with self._zip.open(name) as file:
                return _bounded(file.read(LONGEST + 1), name)
        except RecordError:
            raise
        except Exception as error:  # noqa: BLE001 - zlib, bz2, lzma: each raises its own
            raise RecordError("", f"{name} cannot be unpacked: {error}") from None

    def shown(self, name: str) -> str:
        return f"{self.path}/{name}"


class _Done(Exception):  # noqa: N818 - it ends parsing and is no error
    pass


def refuse_doctype(data: bytes) -> None:
    """Refuse an XML file that may declare entities.

    Only what stands before the first element is parsed, by expat, which knows nothing of other
    files.

    Raises:
        RecordError: it has a document type declaration, or no XML stands there.
    """
    from xml.parsers import expat

    def refuse(*_: object) -> None:
        raise RecordError("", "it has a DOCTYPE, which a CAS never has: entities are refused")

    def done(*_: object) -> None:
        raise _Done

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = done
    try:
        for piece in _pieces(data):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _Done:
        return
    except expat.ExpatError as error:
        raise RecordError("", f"no XML: line {error.lineno}: {error}") from None
    except (LookupError, ValueError) as error:
        raise RecordError("", f"no XML that can be read: {error}") from None
    raise RecordError("", "no XML: no element")


def _pieces(data: bytes) -> Iterator[bytes]:
    for at in range(0, len(data), 1 << 16):
        yield data[at : at + (1 << 16)]
