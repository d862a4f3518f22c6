"""Checks of annotation files, of the other YAML files of this program, and of whole projects.

Whatever is found, however broken a file is, becomes a :class:`Finding`; nothing raises.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath

from ..domain.document import Document
from ..domain.errors import AnnotatorError, InvalidFileError
from ..domain.scheme import Scheme
from .documents import CORPUS_SUFFIX, DocumentEntry
from .escaping import unescape, unescape_path
from .keymap_files import load_keymap
from .located import load_located
from .project import Project, find_root, open_project
from .scheme_files import load_scheme
from .set_checks import Finding, check_set, finding_of
from .set_paths import ANNOTATIONS, CONFIG
from .texts import read_bytes, read_text
from .yaml_reader import LoadedSet, load_set

__all__ = ["Finding", "validate"]

_KIND = re.compile(rb"^format:\s*[\"']?annotator-(scheme|keymap)/", re.MULTILINE)
_GOES_ON = "%~"
"""Ends a folder of ``annotations`` whose name goes on in the next one; see ``escaping``."""


def validate(path: Path) -> list[Finding]:
    """Check what a path stands for.

    Args:
        path: an annotation, scheme or keymap file; a text, whose annotations are meant; a folder
            or project, in which every text and every annotation file is read.

    Returns:
        What is wrong, by file and line; empty when all is well. Files are named relative to the
        working folder if ``path`` is relative.
    """
    validation = _Validation(path)
    try:
        findings = list(validation.run())
    except (AnnotatorError, OSError, ValueError) as error:
        findings = list(validation.refused(error, validation.path, "file"))
    return sorted(dict.fromkeys(findings), key=lambda finding: (finding.file, finding.line))


class _Validation:
    def __init__(self, path: Path) -> None:
        self.given = path
        self.path = Path(os.path.abspath(path))  # noqa: PTH100 - a link keeps its own name
        self.text: tuple[DocumentEntry, str, Document] | None = None

    def run(self) -> Iterator[Finding]:
        if not self.path.exists():
            yield Finding(str(self.given), 0, "error", "file", "there is nothing here")
            return
        is_folder = self.path.is_dir()
        root = find_root(self.path if is_folder else self.path.parent)
        if is_folder and self.path.is_relative_to(root / ANNOTATIONS):
            for file in _yaml_files(self.path):
                yield from self.annotation_file(file, root)
        elif is_folder or self.path.name == CONFIG:
            yield from self.project(root)
        elif self.path.suffix in (".yaml", ".yml"):
            yield from self.yaml_file(root)
        else:
            yield from self.project(root)

    def name(self, path: Path) -> str:
        """Return a file's name in the way the user named the path."""
        if path == self.path:
            return str(self.given)
        return str(path) if self.given.is_absolute() else os.path.relpath(path)

    def refused(self, error: Exception, file: Path, code: str) -> Iterator[Finding]:
        """Yield what an error says about a file, or about the one that it names by full path."""
        if not isinstance(error, InvalidFileError):
            yield Finding(self.name(file), 0, "error", code, str(error))
            return
        for problem in error.problems:
            named = Path(problem.file)
            name = self.name(named if named.is_absolute() else file)
            yield finding_of(problem._replace(file=name), code)

    def yaml_file(self, root: Path) -> Iterator[Finding]:
        kind = _KIND.search(read_bytes(self.path))
        if kind is None:
            yield from self.annotation_file(self.path, root)
            return
        try:
            (load_scheme if kind[1] == b"scheme" else load_keymap)(self.path)
        except AnnotatorError as error:
            yield from self.refused(error, self.path, "yaml")

    def project(self, root: Path) -> Iterator[Finding]:
        """Check the path's texts and their annotations; for a project, every annotation file."""
        whole = self.path in (root, root / CONFIG)
        files: dict[str, list[Path]] = {}
        for file in _yaml_files(root / ANNOTATIONS):
            files.setdefault(_location(file, root), []).append(file)
        project = None
        try:
            project = open_project(self.path)
        except AnnotatorError as error:
            yield from self.refused(error, self.path, "settings")
        if project is not None:
            for problem in project.config.problems:
                yield finding_of(problem._replace(file=self.name(root / CONFIG)), "settings")
            yield from self.suggesters(project)
            for entry in project.documents:
                sets = files.pop(entry.location, [])
                for file in sets:
                    yield from self.load_and_check(file, project, entry)
                if not sets:
                    yield from self.unreadable(project, entry)
        for file in (file for sets in files.values() for file in sets if whole):
            yield from self.load_and_check(file, project, None)

    def suggesters(self, project: Project) -> Iterator[Finding]:
        """Yield labels that the settings of suggesters map to, and that the scheme lacks."""
        known = project.scheme.labels
        wrong = [
            (("suggesters", name, "labels", label), ours)
            for name, one in project.config.suggesters.items()
            for label, ours in (one.labels or {}).items()
            if ours not in known
        ]
        if not wrong:
            return
        file = project.root / CONFIG
        _, source = load_located(read_bytes(file), self.name(file))
        for place, ours in wrong:
            message = f"{ours!r} is no label of {project.scheme.id}: {', '.join(known)}"
            yield finding_of(source.problem(place, message), "settings")

    def unreadable(self, project: Project, entry: DocumentEntry) -> Iterator[Finding]:
        """Yield why a text that nobody has annotated cannot be read."""
        try:
            project.load_document(entry)
        except AnnotatorError as error:
            yield from self.refused(error, entry.file, "document")

    def load_and_check(
        self, file: Path, project: Project | None, entry: DocumentEntry | None
    ) -> Iterator[Finding]:
        loaded = yield from self.load(file)
        if loaded is not None:
            yield from self.check(file, loaded, project, entry)

    def load(self, file: Path) -> Generator[Finding, None, LoadedSet | None]:
        try:
            return load_set(read_bytes(file), self.name(file))
        except AnnotatorError as error:
            yield from self.refused(error, file, "yaml")
            return None

    def annotation_file(self, file: Path, root: Path) -> Iterator[Finding]:
        """Check one annotation file with its text and scheme, as far as they can be found."""
        loaded = yield from self.load(file)
        if loaded is None:
            return
        project, entry = None, None
        try:
            if file.is_relative_to(root / ANNOTATIONS):
                project, entry = _in_project(root, _location(file, root))
            else:
                project, entry = _beside(file, loaded.annotations.document.id)
        except AnnotatorError as error:
            yield from self.refused(error, file, "settings")
        yield from self.check(file, loaded, project, entry)

    def check(
        self, file: Path, loaded: LoadedSet, project: Project | None, entry: DocumentEntry | None
    ) -> Iterator[Finding]:
        said = loaded.annotations
        place = ("document", "id")
        document = None
        if entry is None:
            message = f"the text {said.document.id!r} is not there; quotes were not checked"
            yield finding_of(loaded.source.problem(place, message), "document")
        elif project is not None:
            yield from self.names(file, loaded, project, entry)
            try:
                document = self.document(project, entry, said.document.encoding)
            except AnnotatorError as error:
                yield finding_of(loaded.source.problem(place, str(error)), "document")
        scheme = yield from self.scheme(loaded, project)
        yield from check_set(loaded, document, scheme)

    def names(
        self, file: Path, loaded: LoadedSet, project: Project, entry: DocumentEntry
    ) -> Iterator[Finding]:
        """Compare the names in an annotation file with those that its place gives it."""
        sets = project.root / ANNOTATIONS
        if not file.is_relative_to(sets):
            return
        said = loaded.annotations
        if said.document.id != entry.id:
            message = f"{said.document.id!r}, but the file stands where {entry.id!r} belongs"
            yield finding_of(loaded.source.problem(("document", "id"), message), "document")
        annotator = _annotator(file.relative_to(sets).parts)[0]
        if said.annotator != annotator:
            message = f"{said.annotator!r}, but the file stands where {annotator!r} belongs"
            yield finding_of(loaded.source.problem(("annotator",), message), "annotator")

    def document(self, project: Project, entry: DocumentEntry, encoding: str) -> Document:
        """Return the text in the encoding that the annotations name; the last one is kept."""
        if self.text is None or self.text[:2] != (entry, encoding):
            if entry.record:
                document = project.load_document(entry)
            else:
                text, bom = read_text(entry.file, encoding)
                document = Document.of(entry.id, text, encoding, bom)
            self.text = (entry, encoding, document)
        return self.text[2]

    def scheme(
        self, loaded: LoadedSet, project: Project | None
    ) -> Generator[Finding, None, Scheme | None]:
        """Return the scheme that annotations name, or None; say so if it is not the project's."""
        wanted = loaded.annotations.scheme
        if project is not None and project.scheme.id == wanted:
            return project.scheme
        if project is not None and (project.root / CONFIG).is_file():
            message = f"{wanted!r}, but the project's scheme is {project.scheme.id!r}"
            yield finding_of(loaded.source.problem(("scheme",), message), "scheme")
            return project.scheme
        name = wanted.rpartition("/")[0]
        try:
            found = load_scheme(name) if PurePosixPath(name).name == name else None
        except AnnotatorError:
            found = None
        if found is None or found.id != wanted:
            message = f"there is no scheme {wanted!r}; labels and attributes were not checked"
            yield finding_of(loaded.source.problem(("scheme",), message), "scheme", "warning")
            return None
        return found


def _yaml_files(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.endswith(".yaml") and not name.startswith("."):
                yield Path(place, name)


def _annotator(parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the annotator that a path below ``annotations`` names, and the rest of the path."""
    count = 1
    while count < len(parts) and parts[count - 1].endswith(_GOES_ON):
        count += 1
    return unescape("/".join(parts[:count])), parts[count:]


def _location(file: Path, root: Path) -> str:
    """Return the ``DocumentEntry.location`` that an annotation file belongs to."""
    _, rest = _annotator(file.relative_to(root / ANNOTATIONS).parts)
    return "/".join(rest).removesuffix(".yaml")


def _in_project(root: Path, location: str) -> tuple[Project, DocumentEntry | None]:
    """Return the project and the document whose annotations a location belongs to."""
    text = _inside(root, unescape_path(location.partition("#")[0]))
    if text is None:
        return open_project(root), None
    project = open_project(text)
    return project, next((e for e in project.documents if e.location == location), None)


def _beside(file: Path, document_id: str) -> tuple[Project | None, DocumentEntry | None]:
    """Return the document that lies beside an annotation file outside of any project."""
    corpus, suffix, record = document_id.partition(f"{CORPUS_SUFFIX}#")
    for name, own in ((document_id, ""), (corpus + CORPUS_SUFFIX, record if suffix else "")):
        text = _inside(file.parent, name)
        if text is not None:
            project = open_project(text)
            for entry in project.documents:
                if entry.id.endswith(f"#{own}") if own else not entry.record:
                    return project, entry
    return None, None


def _inside(folder: Path, name: str) -> Path | None:
    """Return a file by a relative name that a stranger may have chosen, if it is in a folder."""
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\0" in name or not pure.parts:
        return None
    path = folder / pure
    return path if path.is_file() else None
