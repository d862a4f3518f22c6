"""A project: texts, settings, scheme, and where the annotations of each text lie.

One layout serves a single article, a folder, a corpus of records and a configured project::

    annotator.yaml                               optional, see ``config``
    articles/soyuz.txt
    annotations/mira/articles/soyuz.txt.yaml     one annotator, one document, one file
    .annotator/journals/mira/articles/soyuz.txt.jsonl
    .annotator/locks/..., .annotator/states/...
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..domain.annotations import Status
from ..domain.document import Document
from ..domain.errors import AnnotatorError
from ..domain.scheme import Scheme
from .config import ProjectConfig, load_config
from .documents import DocumentEntry, Documents, find_files
from .escaping import unescape
from .scheme_files import load_scheme
from .set_paths import ANNOTATIONS, CONFIG, IMPORTS, JOURNALS, PRIVATE, SetPaths
from .texts import read_text, unreadable
from .yaml_reader import load_set


class DocumentSummary(NamedTuple):
    """What a list of documents shows of one.

    Attributes:
        status: where the work stands.
        counts: number of spans by label.
        relations: number of relations.
        problem: why the annotations cannot be read, in one line; empty when they can.
    """

    status: Status
    counts: Mapping[str, int] = MappingProxyType({})
    relations: int = 0
    problem: str = ""


class Project(NamedTuple):
    """An open project; get one from :func:`open_project`.

    Attributes:
        root: its folder; absolute.
        config: what its ``annotator.yaml`` says.
        scheme: what may be said.
        documents: its documents; records of a corpus are looked up when asked for.
        annotator: whose sets are written when nobody says otherwise.
        encoding: codec of the text files.
        notices: lines for the user about what was left out, unknown settings for instance.
    """

    root: Path
    config: ProjectConfig
    scheme: Scheme
    documents: Documents
    annotator: str
    encoding: str
    notices: tuple[str, ...]

    def load_document(self, entry: DocumentEntry) -> Document:
        """Read a document's text.

        Raises:
            UnreadableTextError: the file is not text in the project's encoding.
            InvalidFileError: the record is broken; names file and line.
            AnnotatorError: the file cannot be read.
        """
        if entry.record:
            record = self.documents.corpus(entry).record(entry.record)
            return Document.of(entry.id, record.text, meta=record.meta)
        text, bom = read_text(entry.file, self.encoding)
        return Document.of(entry.id, text, self.encoding, bom)

    def paths(self, entry: DocumentEntry, annotator: str = "") -> SetPaths:
        """Return where an annotator's work on a document lies.

        Args:
            entry: one of :attr:`documents`.
            annotator: any name, e.g. ``model:claims``; the project's own when empty.
        """
        return SetPaths.of(self.root, annotator or self.annotator, entry.location)

    def summary(self, entry: DocumentEntry, annotator: str = "") -> DocumentSummary:
        """Return status and counts as the YAML file has them; the text is not read.

        A file that is broken gives a summary that says so, since one bad file must not keep a
        list from being shown. Costs about 7 us a span.

        Args:
            entry: one of :attr:`documents`.
            annotator: as in :meth:`paths`.
        """
        path = self.paths(entry, annotator).annotations
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return DocumentSummary("new")
        except OSError as error:
            return DocumentSummary("new", problem=str(unreadable(error, path)))
        try:
            found = load_set(data, str(path)).annotations
        except AnnotatorError as error:
            return DocumentSummary("new", problem=str(error))
        counts: dict[str, int] = {}
        for span in found.spans.values():
            counts[span.label] = counts.get(span.label, 0) + 1
        return DocumentSummary(found.status, counts, len(found.relations))

    def annotators(self) -> list[str]:
        """Return the names of those who have annotations in this project, sorted.

        That may be in a journal alone: a process was killed before it wrote a YAML file.
        """
        names: set[str] = set()
        for folder in (self.root / ANNOTATIONS, self.root / PRIVATE / JOURNALS):
            with suppress(OSError), os.scandir(folder) as entries:
                names.update(unescape(entry.name) for entry in entries if entry.is_dir())
        return sorted(names)


def open_project(
    path: Path,
    *,
    annotator: str = "",
    encoding: str = "utf-8",
    scheme: str | Path | None = None,
) -> Project:
    """Open what a path stands for; nothing is created yet.

    Args:
        path: a text, a ``.jsonl`` corpus, a folder, or a project's ``annotator.yaml``.
        annotator: whose sets are to be written; else the settings say, else it is the user.
        encoding: codec of the text files.
        scheme: a shipped scheme's name or a scheme file; else the settings say.

    Raises:
        AnnotatorError: there is nothing there, or settings, scheme or a corpus are broken.
    """
    where = Path(os.path.abspath(path))  # noqa: PTH100 - a link is opened under its own name
    try:
        mode = where.stat().st_mode
    except (OSError, ValueError) as error:
        raise unreadable(error, path) from None
    if where.name == CONFIG and not stat.S_ISDIR(mode):
        where, mode = where.parent, where.parent.stat().st_mode
    folder = where if stat.S_ISDIR(mode) else where.parent
    bare = open_settings(folder, annotator=annotator, encoding=encoding, scheme=scheme)
    notices = list(bare.notices)
    if folder is where:
        names = find_files(bare.root, folder, bare.config.documents, notices)
    else:
        names = [where.relative_to(bare.root).as_posix()]
    return bare._replace(documents=Documents(bare.root, names), notices=tuple(notices))


def _resume_import(root: Path) -> None:
    """Let an import that was killed half-way through come to its end; see ``staging``."""
    with suppress(OSError):
        if any(path.name.startswith(IMPORTS) for path in (root / PRIVATE).iterdir()):
            from .staging import resume_import

            resume_import(root)


def open_settings(
    folder: Path,
    *,
    annotator: str = "",
    encoding: str = "utf-8",
    scheme: str | Path | None = None,
) -> Project:
    """Return the project that a folder belongs to without any of its documents.

    Args:
        folder: an absolute path of a folder.
        annotator, encoding, scheme: as for :func:`open_project`.

    Raises:
        AnnotatorError: settings or scheme are broken.
    """
    root = find_root(folder)
    _resume_import(root)
    config = load_config(root / CONFIG)
    return Project(
        root,
        config,
        load_scheme(scheme if scheme is not None else _scheme_of(root, config)),
        Documents(root, ()),
        annotator or config.annotator or user_name(),
        encoding,
        tuple(str(problem) for problem in config.problems),
    )


def find_root(folder: Path) -> Path:
    """Return the project's folder that a folder belongs to.

    That is the nearest one, itself first, that has ``annotator.yaml``, ``annotations/`` or
    ``.annotator/``; without one, the folder itself. Above it, two kinds of folder do not count: one
    that everybody may write to, such as ``/tmp``, and the home folder unless it is a configured
    project, since an article that was once opened there must not take in everything below.

    Args:
        folder: an absolute path.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path fails where there is no home
    for candidate in (folder, *folder.parents):
        above = candidate != folder
        if above and _shared(candidate):
            break
        marks = (CONFIG,) if above and candidate == home else (CONFIG, ANNOTATIONS, PRIVATE)
        if any(_is_there(candidate / mark) for mark in marks):
            return candidate
    return folder


def user_name() -> str:
    """Return the user's login name; ``annotator`` where the system does not tell it."""
    import getpass

    try:
        return getpass.getuser() or "annotator"
    except (OSError, KeyError, ImportError):
        return "annotator"


def _shared(folder: Path) -> bool:
    try:
        return bool(folder.stat().st_mode & stat.S_IWOTH)
    except OSError:
        return True


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _scheme_of(root: Path, config: ProjectConfig) -> str | Path:
    """Return the settings' scheme: a path is meant relative to the project."""
    if "/" in config.scheme or config.scheme.endswith((".yaml", ".yml")):
        return root / config.scheme
    return config.scheme
