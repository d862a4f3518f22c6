"""New texts and annotation sets for a project that get into it all together, or not at all.

They are written into a folder of their own. A new project is then put in its place by one rename;
into an existing one the files are moved one by one, after a mark says that they are whole: a
program that is killed in between is followed by :func:`resume_import`, which moves the rest when
the project is opened. What a killed program had not finished is cleared away by the next import.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.document import Document
from ..domain.errors import AnnotatorError, LockedError, StorageError
from .atomic import storage_error
from .corpus import JsonlCorpus
from .documents import CORPUS_SUFFIX, TEXT_SUFFIXES, DocumentEntry, record_entry
from .escaping import escape_path
from .locks import SetLock
from .set_paths import ANNOTATIONS, IMPORTS, PRIVATE, SetPaths
from .texts import read_text

_WHOLE = "whole"
_TREE = "tree"
_LOCK = "import.lock"
_LONGEST_ID = 1000
"""Bytes of a document's id: three times that, escaped, still fits a path of 4,096."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, with any suffix."""


class Stage:
    """A folder in which an import grows; end it by :meth:`commit` or :meth:`discard`.

    Args:
        root: the project's folder; it may not be there yet.
        default_corpus: name of the ``.jsonl`` file for documents that cannot be files.
        overwrite: whether annotation sets that are there may be replaced.

    Raises:
        LockedError: another process imports into the project.
        StorageError: the disk refused.
    """

    def __init__(self, root: Path, default_corpus: str, *, overwrite: bool = False) -> None:
        self.root = root
        self.overwrite = overwrite
        self.is_new = not root.exists() or (root.is_dir() and not any(root.iterdir()))
        self._default_corpus = default_corpus
        self._corpora: dict[str, _CorpusStage] = {}
        self._lock: SetLock | None = None
        mark = secrets.token_hex(4)
        try:
            if self.is_new:
                root.parent.mkdir(parents=True, exist_ok=True)
                _clear_abandoned(root)
                self._folder = root.with_name(f".{root.name[:100]}.{mark}.tmp")
                self._folder.mkdir()
                self._lock = SetLock(self._folder / _LOCK, self._folder)
            else:
                # Else one import would clear away the folder of another.
                self._lock = _project_lock(root)
                finish_leftovers(root)
                self._folder = root / PRIVATE / f"{IMPORTS}{mark}"
            self._tree = self._folder / _TREE
            self._tree.mkdir(parents=True)
        except OSError as error:
            raise storage_error(error, root) from error

    def place(self, document: Document) -> DocumentEntry:
        """Put a text into the project; one that is there already stays.

        Args:
            document: its id decides where: a relative path that ends in ``.txt`` or ``.md`` is a
                file, ``x.jsonl#id`` a record of that corpus, anything else a record of the
                default corpus; so is what only JSON can hold, and what would be a file where
                there is a folder, or the other way round.

        Raises:
            AnnotatorError: another text has its place, or its id is longer than 1,000 bytes.
        """
        if len(document.id.encode("utf-8", "surrogatepass")) > _LONGEST_ID:
            raise AnnotatorError(
                f"an id is longer than {_LONGEST_ID:,} bytes: {document.id[:40]}...",
                "shorten it in the file",
            )
        try:
            if _is_file(document) and self._is_free(document.id):
                return self._place_file(document)
            name, own_id = self._record_name(document.id)
            if name not in self._corpora:
                self._corpora[name] = _CorpusStage(self.root, self._tree, name)
            return self._corpora[name].place(document, own_id)
        except OSError as error:
            raise storage_error(error, self.root) from error

    def put_set(self, entry: DocumentEntry, annotations: AnnotationSet) -> None:
        """Put an annotation set into the project.

        Raises:
            AnnotatorError: the project has it already and it may not be replaced, or the same
                set was put before.
        """
        from .yaml_emitter import dump_set

        annotator = annotations.annotator
        paths = SetPaths.of(self.root, annotator, entry.location)
        there = paths.annotations.exists() or paths.journal.exists()
        if there and not self.overwrite:
            raise AnnotatorError(
                f"{annotator} has annotated {entry.id} already",
                "replace that with --force, or import under another name with --annotator",
            )
        staged = self._staged(paths.annotations)
        if staged.exists():
            raise AnnotatorError(
                f"{entry.id} stands twice with annotations by {annotator}",
                "name one of them differently in the file",
            )
        self._write(staged, dump_set(annotations).encode("utf-8"))

    def put_file(self, name: str, data: bytes) -> Path:
        """Put a further file into the project, in place of one that is there.

        Args:
            name: relative POSIX path.
            data: its content.

        Returns:
            Where it will be.
        """
        self._write(self._tree / name, data)
        return self.root / name

    def scratch(self, name: str) -> Path:
        """Return a path for a file that is to grow; it is thrown away unless it is put."""
        return self._folder / name

    def put_staged(self, scratch: str, name: str) -> Path:
        """Put a file from :meth:`scratch` into the project.

        Args:
            scratch: its name there.
            name: relative POSIX path.

        Returns:
            Where it will be.
        """
        path = self._tree / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            (self._folder / scratch).replace(path)
        except OSError as error:
            raise storage_error(error, path) from error
        return self.root / name

    def commit(self) -> None:
        """Put everything in its place.

        Raises:
            LockedError: another process has one of the sets open; nothing was moved.
            StorageError: the disk refused.
        """
        try:
            for corpus in self._corpora.values():
                corpus.close()
            os.sync()
            if self.is_new:
                if self.root.exists():
                    self.root.rmdir()
                self._tree.replace(self.root)
                shutil.rmtree(self._folder)
                return
            for lock in self._locks():
                lock.release()
            (self._folder / _WHOLE).write_bytes(b"")
            os.sync()
            _move(self._folder, self.root)
        except OSError as error:
            raise storage_error(error, self.root) from error

    def discard(self) -> None:
        """Remove everything that was staged; may follow a commit."""
        for corpus in self._corpora.values():
            corpus.close()
        if not (self._folder / _WHOLE).exists():
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock is not None:
            self._lock.release()

    def _locks(self) -> Iterator[SetLock]:
        """Take the lock of each set that will be replaced, one after the other."""
        annotations = self._tree / ANNOTATIONS
        for staged in annotations.rglob("*.yaml"):
            name = staged.relative_to(annotations).as_posix().removesuffix(".yaml")
            if (self.root / staged.relative_to(self._tree)).exists():
                yield SetLock(self.root / PRIVATE / "locks" / f"{name}.lock", self.root)

    def _place_file(self, document: Document) -> DocumentEntry:
        name = document.id
        there, staged = self.root / name, self._tree / name
        for path in (there, staged):
            if path.exists():
                if read_text(path)[0] != document.text:
                    raise _another_text(name) if path == there else _two_texts(name)
                break
        else:
            self._write(staged, document.text.encode("utf-8"))
        return DocumentEntry(name, there, escape_path(name.split("/"), keep="#"))

    def _record_name(self, document_id: str) -> tuple[str, str | None]:
        """Return the corpus and the own id of a document that is to be a record."""
        name, mark, own = document_id.partition("#")
        is_corpus = name.lower().endswith(CORPUS_SUFFIX)
        if mark and own and is_corpus and _is_safe(name) and self._is_free(name):
            return name, own
        return self._default_corpus, document_id or None

    def _is_free(self, name: str) -> bool:
        """Say whether a safe relative path can be a file here, and wherever the project goes.

        No folder has it, nor a file one above it; and Windows takes it, unless it is there.
        """
        if not _is_portable(name) and not (self.root / name).is_file():
            return False
        for top in (self.root, self._tree):
            path = top / name
            above = list(path.parents)[: name.count("/")]
            if path.is_dir() or any(folder.is_file() for folder in above):
                return False
        return True

    def _staged(self, final: Path) -> Path:
        return self._tree / final.relative_to(self.root)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise storage_error(error, path) from error


class _CorpusStage:
    """Records to be added to one ``.jsonl`` file."""

    def __init__(self, root: Path, tree: Path, name: str) -> None:
        self._root = root
        self._name = name
        self._there: JsonlCorpus | None = None
        # A hash of the id and one of the text, 100 bytes a record, tell whether one comes again.
        self._numbers: dict[int, list[int]] = {}
        self._new: dict[int, tuple[int, int]] = {}
        staged = tree / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        final = root / name
        self._count = 0
        self._staged = staged
        if final.exists():
            self._there = JsonlCorpus(final, name)
            self._count = len(self._there)
            for number in range(1, self._count + 1):
                known = self._there.id_of(number)
                self._numbers.setdefault(hash(known or str(number)), []).append(number)
            shutil.copyfile(final, staged)
            if staged.stat().st_size and not _ends_line(staged):
                with staged.open("ab") as file:
                    file.write(b"\n")
        self._file = staged.open("ab", buffering=1 << 20)

    def place(self, document: Document, own_id: str | None) -> DocumentEntry:
        number = self._known(document, own_id)
        if number is not None:
            known = self._there.id_of(number) if self._there is not None else None
            return record_entry(self._root, self._name, known, number)
        if own_id is not None:
            own_id = own_id.removeprefix("id=")
            if (again := self._new.get(hash(own_id))) is not None:
                if again[1] != hash(document.text):
                    raise _two_texts(own_id)
                return record_entry(self._root, self._name, own_id, again[0])
        self._count += 1
        if own_id == str(self._count):
            own_id = None
        elif own_id is not None:
            self._new[hash(own_id)] = self._count, hash(document.text)
        record: dict[str, Any] = {} if own_id is None else {"id": own_id}
        record["text"] = document.text
        if document.meta:
            record["meta"] = dict(document.meta)
        self._file.write(_json(record) + b"\n")
        return record_entry(self._root, self._name, own_id, self._count)

    def close(self) -> None:
        if not self._file.closed:
            self._file.close()
            if self._there is not None and self._count == len(self._there):
                self._staged.unlink(missing_ok=True)

    def _known(self, document: Document, own_id: str | None) -> int | None:
        """Return the number of the record that is this document already, if there is one."""
        if self._there is None or own_id is None:
            return None
        own = own_id.removeprefix("id=")
        for number in self._numbers.get(hash(own), ()):
            record = self._there.record(number)
            if (record.id or str(number)) == own:
                if record.text != document.text:
                    raise _another_text(f"{self._name}#{own_id}")
                return number
        return None


def resume_import(root: Path) -> None:
    """Finish an import that was killed while its files were moved, unless one is going on.

    Where the project cannot be written, that is left to somebody who can.

    Args:
        root: the project's folder.
    """
    with suppress(LockedError, StorageError):
        lock = _project_lock(root)
        try:
            finish_leftovers(root)
        finally:
            lock.release()


def _project_lock(root: Path) -> SetLock:
    return SetLock(root / PRIVATE / "locks" / _LOCK, root)


def _clear_abandoned(root: Path) -> None:
    """Remove what killed imports into a project that never came to be have left behind."""
    pattern = re.compile(re.escape(f".{root.name[:100]}.") + r"[0-9a-f]{8}\.tmp")
    for folder in root.parent.iterdir():
        if pattern.fullmatch(folder.name) and (folder / _LOCK).is_file():
            with suppress(LockedError, StorageError):
                lock = SetLock(folder / _LOCK, folder)
                shutil.rmtree(folder, ignore_errors=True)
                lock.release()


def finish_leftovers(root: Path) -> None:
    """Finish an import that was whole when its program was killed, and clear away any other.

    Raises:
        StorageError: the disk refused.
    """
    with suppress(FileNotFoundError, NotADirectoryError):
        for folder in sorted((root / PRIVATE).iterdir()):
            if folder.name.startswith(IMPORTS) and folder.is_dir():
                try:
                    if (folder / _WHOLE).exists() and (folder / _TREE).exists():
                        _move(folder, root)
                    else:
                        shutil.rmtree(folder)
                except OSError as error:
                    raise storage_error(error, folder) from error


def _move(folder: Path, root: Path) -> None:
    """Move a staged tree into the project, then remove its folder."""
    tree = folder / _TREE
    for path, _, names in os.walk(tree):
        there = root / Path(path).relative_to(tree)
        there.mkdir(parents=True, exist_ok=True)
        for name in names:
            (Path(path) / name).replace(there / name)
    # The mark goes last but for the folder: a kill in between leaves what clears itself away.
    shutil.rmtree(tree)
    (folder / _WHOLE).unlink()
    shutil.rmtree(folder)


def _is_file(document: Document) -> bool:
    """Say whether a document can be a text file that reads back as the same text."""
    name = document.id
    if not name.lower().endswith(TEXT_SUFFIXES) or not _is_safe(name) or document.meta:
        return False
    if document.text.startswith("\ufeff"):
        return False
    try:
        document.text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_safe(name: str) -> bool:
    """Say whether a relative POSIX path stays in the project and is found there again."""
    parts = name.split("/")
    if not name.isprintable() or any(sign in name for sign in '\\:*?"<>|#'):
        return False
    if any(not part or part.startswith((".", " ")) or len(part.encode()) > 200 for part in parts):
        return False
    return parts[0].casefold() != ANNOTATIONS


def _is_portable(name: str) -> bool:
    """Say whether a relative POSIX path names the same file on Windows."""
    return not any(part.endswith((".", " ")) or _RESERVED.match(part) for part in name.split("/"))


def _another_text(document_id: str) -> AnnotatorError:
    return AnnotatorError(
        f"{document_id} is in the project already, with another text",
        "import into another folder with --into",
    )


def _two_texts(document_id: str) -> AnnotatorError:
    return AnnotatorError(
        f"the id {document_id!r} stands twice, with two different texts",
        "name one of them differently in the file",
    )


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii")
