"""The files of a model's annotation sets: what needs doing, and writing it."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from ..domain.document import Document
from ..domain.errors import AnnotatorError, StorageError
from ..domain.scheme import Scheme
from ..store.atomic import make_folder, read_if_there, write_atomic
from ..store.locks import SetLock
from ..store.set_paths import SetPaths
from ..store.yaml_emitter import dump_set
from ..store.yaml_reader import load_set
from .base import Suggestions
from .sets import Stamp, is_current, is_edited, to_set


class FileState(NamedTuple):
    """A model's file as it was found.

    Attributes:
        current: whether it says what the suggester would say now.
        sha256: hash of its content; empty where there is none.
    """

    current: bool
    sha256: str


def look(
    paths: SetPaths, stamp: Stamp, sha256: str, scheme: Scheme, *, force: bool = False
) -> FileState:
    """Return what is there of a model's set.

    Args:
        paths: the set's files.
        stamp: of the suggester as it is now.
        sha256: hash of the text as it is now.
        scheme: the project's.
        force: write it anew whatever it is.

    Raises:
        AnnotatorError: it is out of date and somebody changed it by hand, or it cannot be read.
    """
    data = read_if_there(paths.annotations)
    if data is None:
        return FileState(current=False, sha256="")
    state = FileState(current=False, sha256=hashlib.sha256(data).hexdigest())
    if force:
        return state
    hint = "--force writes it anew"
    try:
        found = load_set(data, str(paths.annotations)).annotations
    except AnnotatorError as error:
        raise AnnotatorError(str(error), hint) from error
    if is_current(found, stamp, sha256, scheme):
        return state._replace(current=True)
    if is_edited(found):
        raise AnnotatorError(f"{paths.annotations} was changed by hand", hint)
    return state


def write(
    paths: SetPaths,
    before: FileState,
    stamp: Stamp,
    document: Document,
    scheme: Scheme,
    suggestions: Suggestions,
) -> bool:
    """Write a model's set, whole or not at all; a file that says the same already is left alone.

    Args:
        paths: the set's files.
        before: what :func:`look` returned.
        stamp: of the suggester.
        document: the text.
        scheme: the project's.
        suggestions: what the suggester proposes.

    Returns:
        Whether anything was written.

    Raises:
        LockedError: the set is open in the app.
        StorageError: the disk refused, or the file was changed since it was looked at.
    """
    data = dump_set(to_set(stamp, document, scheme, suggestions)).encode("utf-8")
    if before.sha256 == hashlib.sha256(data).hexdigest():
        return False
    path = paths.annotations

    def unchanged() -> None:
        there = read_if_there(path)
        if (hashlib.sha256(there).hexdigest() if there is not None else "") != before.sha256:
            raise StorageError(f"{path} was changed meanwhile", "run it again")

    with _locked(paths):
        make_folder(path.parent, paths.root)
        # Not the name that the app's own temporary file has. Only one run a project writes here.
        write_atomic(
            path, data, temporary=path.with_name(f".{path.name}.new"), before_replace=unchanged
        )
    return True


@contextlib.contextmanager
def _locked(paths: SetPaths) -> Iterator[None]:
    # A set that nobody ever opened in the app has no lock file, and a corpus has too many
    # documents to make one for each. Who opens it in this very moment finds the file changed.
    if not paths.lock.exists():
        yield
        return
    with SetLock(paths.lock, paths.root):
        yield
