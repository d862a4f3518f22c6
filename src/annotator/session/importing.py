"""Use case: a file of another program becomes documents and annotation sets of a project."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from ..domain.annotations import STATUSES, Status
from ..domain.document import Document
from ..domain.errors import AnnotatorError, InvalidFileError, Problem
from ..domain.scheme import Scheme
from ..domain.span import Span
from ..formats.anchoring import Aside, Moved, anchor
from ..formats.base import Format, ReadContext
from ..formats.changes import revised
from ..formats.depth import DEEPEST, is_too_deep
from ..formats.merging import merged
from ..formats.own_keys import reference_of
from ..formats.record import Record
from ..store.config import DEFAULT_SCHEME
from ..store.documents import DocumentEntry, matching
from ..store.project import Project, open_project
from ..store.scheme_files import find_scheme, load_scheme
from ..store.scheme_writer import dump_scheme
from ..store.staging import Stage
from .import_aside import SCRATCH, AsideFile
from .import_labels import LabelRules, set_scheme_in_config

MOST_PROBLEMS = 50
"""Problems after which a file is not read on."""
IMPORTS = ".annotator/imports"
"""Folder of a project where reports of imports are, and what they kept aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What is to be imported, and how.

    Attributes:
        path: the file or folder.
        format: its format.
        into: the project's folder; made if it is not there.
        options: the format's options by name.
        annotator: whose work it is where the file does not say; empty for the format's name.
        rename_annotator: whether ``annotator`` holds even where the file says something else.
        labels: new names of labels and relation types by old; an empty one leaves them out.
        unknown_labels: what becomes of those that the scheme lacks: refuse the file, add them to
            a new scheme file, or drop the spans.
        scheme: scheme of a new project, a name or a file.
        status: status of documents where the file says none.
        encoding: codec of text files.
        overwrite: whether annotation sets that are there may be replaced.
        keep_going: whether broken records are kept aside instead of refusing the file.
    """

    path: Path
    format: Format
    into: Path
    options: Mapping[str, Any] = field(default_factory=dict)
    annotator: str = ""
    rename_annotator: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    unknown_labels: Literal["refuse", "add", "drop"] = "refuse"
    scheme: str | Path | None = None
    status: str = ""
    encoding: str = "utf-8"
    overwrite: bool = False
    keep_going: bool = False


@dataclass(slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        documents, sets, spans, relations: how many were taken in.
        moved: how many spans stand elsewhere than the file says, found by their quotes.
        aside: how many spans, relations and records were kept aside.
        dropped: how many spans and relations of each label were dropped, as was asked for.
        added: labels and relation types that were added to the scheme.
        notices: lines about single records; at most :data:`MOST_PROBLEMS`.
        aside_file: the file of what was kept aside; None if nothing was.
        report_file: where this report is.
        scheme_file: the scheme with added labels; None if there is none.
    """

    documents: int = 0
    sets: int = 0
    spans: int = 0
    relations: int = 0
    moved: int = 0
    aside: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    aside_file: Path | None = None
    report_file: Path | None = None
    scheme_file: Path | None = None

    def notice(self, line: str) -> None:
        """Add a line, unless there are many already."""
        if len(self.notices) < MOST_PROBLEMS:
            self.notices.append(line)


def import_file(
    request: ImportRequest, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> ImportReport:
    """Take a file into a project: all of it, or nothing.

    Args:
        request: what and how.
        progress: is told how many records are done, and 0 since nobody knows of how many.

    Raises:
        InvalidFileError: the file is broken; names file, line or record, and key.
        AnnotatorError: a label is unknown, a set is there already, another process holds it, or
            the disk refused; the project is as it was.
    """
    return _Import(request).run(progress)


class _Import:
    def __init__(self, request: ImportRequest) -> None:
        if request.format.read is None:
            raise AnnotatorError(f"{request.format.name} can only be written")
        if request.status and request.status not in STATUSES:
            raise AnnotatorError(f"no status {request.status!r}", f"one of {', '.join(STATUSES)}")
        self.request = request
        self.report = ImportReport()
        self.stem = _plain_stem(request.path)
        self.project = self._project()
        self.scheme = self._scheme()
        self.rules = LabelRules(self.scheme, request.labels, request.unknown_labels)
        self.problems: list[Problem] = []
        self.number = 0
        self.entries: dict[str, DocumentEntry] | None = None
        self.outside = 0
        patterns = self.project.config.documents if self.project is not None else ()
        self.listed = matching(patterns) if patterns else None

    def _project(self) -> Project | None:
        into = self.request.into
        if not into.exists():
            return None
        if not into.is_dir():
            raise AnnotatorError(f"{into} is not a folder", "name a project's folder with --into")
        return open_project(into, scheme=self.request.scheme) if any(into.iterdir()) else None

    def _scheme(self) -> Scheme:
        if self.project is not None:
            return self.project.scheme
        if self.request.scheme is not None:
            return load_scheme(self.request.scheme)
        if self.request.unknown_labels == "add":
            return Scheme(self.stem, 1, {})
        return load_scheme(DEFAULT_SCHEME)

    def run(self, progress: Callable[[int, int], None]) -> ImportReport:
        root = self.project.root if self.project is not None else self.request.into.absolute()
        stage = Stage(root, f"{self.stem}.jsonl", overwrite=self.request.overwrite)
        try:
            self._take_all(stage, progress)
            self._finish(stage, root)
            stage.commit()
        finally:
            stage.discard()
        return self.report

    def _take_all(self, stage: Stage, progress: Callable[[int, int], None]) -> None:
        with AsideFile(stage) as aside:
            for record in self._records(aside):
                self._take(record, stage, aside)
                self.number += 1
                progress(self.number, 0)
            self.report.aside = aside.count
        if self.problems:
            more = "--keep-going takes the rest and keeps these aside"
            error = InvalidFileError(self.problems)
            error.hint = more
            raise error
        if not self.number:
            raise AnnotatorError(f"there is no record in {self.request.path}", "check --from")
        if unknown := self.rules.refused():
            raise AnnotatorError(
                f"the scheme {self.scheme.id} has no {unknown}",
                "map them with --map OLD=NEW, or say --unknown-labels add or drop",
            )

    def _records(self, aside: AsideFile) -> Iterator[Record]:
        """Iterate over the records that can be taken; note what is wrong with the others."""
        request = self.request
        assert request.format.read is not None
        settings = request.format.settings("read", request.options)
        context = ReadContext(settings, request.encoding, self._find_document)
        for item in merged(request.format.read(request.path, context)):
            if isinstance(item, Record):
                yield item
            else:
                self._refuse(item, aside)
            if len(self.problems) >= MOST_PROBLEMS:
                return

    def _refuse(self, problem: Problem, aside: AsideFile) -> None:
        """Note a record that cannot be taken: aside on request, else the file is refused."""
        if self.request.keep_going:
            aside.add_problem(problem)
            self.report.notice(str(problem))
        else:
            self.problems.append(problem)

    def _find_document(self, document_id: str) -> Document | None:
        """Return a document of the project, for formats that hold no text."""
        if self.project is None:
            return None
        if self.entries is None:
            self.entries = {entry.id: entry for entry in self.project.documents}
        entry = self.entries.get(document_id)
        return self.project.load_document(entry) if entry is not None else None

    def _take(self, record: Record, stage: Stage, aside: AsideFile) -> None:
        if is_too_deep(record):
            problem = record.place.problem("", f"nested more than {DEEPEST} levels deep")
            self._refuse(problem, aside)
            return
        record = self._named(self.rules.apply(record))
        anchored = anchor(record)
        record = anchored.record
        for moved in anchored.moved:
            self.report.moved += 1
            self.report.notice(_moved_line(moved))
        for item in anchored.aside:
            if _is_absurd(item) and not self.request.keep_going:
                self.problems.append(_problem(item))
            else:
                aside.add(item)
                self.report.notice(str(_problem(item)))
        for note in record.notes:
            self.report.notice(f"{_place(record)}: {note}")
        if self.problems or self.rules.refused():
            return  # the rest is only looked at
        self._stage(record, stage)

    def _named(self, record: Record) -> Record:
        """Fill in what the file does not say: id, annotator, scheme, status."""
        request = self.request
        sets = []
        for one in record.sets:
            name = one.annotator
            if not name or request.rename_annotator:
                name = request.annotator or request.format.name
            status: Status = one.status
            if request.status and status == "new":
                status = request.status  # type: ignore[assignment]  # checked at the start
            sets.append(
                revised(one, annotator=name, scheme=one.scheme or self.scheme.id, status=status)
            )
        names = [one.annotator for one in sets]
        if len(set(names)) < len(names):
            message = f"several sets of {_place(record)} would be by {names[0]!r}"
            raise AnnotatorError(message, "leave out --annotator, or import them one by one")
        return replace(record, sets=tuple(sets))

    def _stage(self, record: Record, stage: Stage) -> None:
        document = record.document
        try:
            entry = stage.place(document)
            if self.listed and not self.listed.fullmatch(entry.id.partition("#")[0]):
                self.outside += 1
            for one in record.sets:
                there = reference_of(
                    replace(document, id=entry.id, encoding="utf-8", bom=False),
                    one.document.extra,
                )
                stage.put_set(entry, revised(one, document=there))
                self.report.sets += 1
                self.report.spans += len(one.spans) + len(one.rejected)
                self.report.relations += len(one.relations) + len(one.rejected_relations)
        except AnnotatorError as error:
            error.message = f"{_place(record)}: {error.message}"
            raise
        self.report.documents += 1

    def _finish(self, stage: Stage, root: Path) -> None:
        """Stage the scheme, the settings and the report."""
        if self.outside:
            self.report.notices.append(
                f"{self.outside} documents do not show: they are in no file that `documents` in "
                "annotator.yaml names"
            )
        self.report.dropped = dict(self.rules.dropped)
        scheme = self.rules.extended(self.stem)
        self.report.added = self.rules.added()
        if scheme is not None:
            name = f"{scheme.name}-{scheme.version}.scheme.yaml"
            self.report.scheme_file = stage.put_file(name, dump_scheme(scheme).encode("utf-8"))
            config = root / "annotator.yaml"
            before = config.read_text(encoding="utf-8") if config.is_file() else ""
            # A name alone is a shipped scheme, so the file needs its suffix.
            stage.put_file("annotator.yaml", set_scheme_in_config(before, name).encode("utf-8"))
        elif self.project is None and self.request.scheme is not None:
            # A file of a scheme comes along, so that the project stands by itself.
            found, name = find_scheme(self.request.scheme), str(self.request.scheme)
            if str(found) == name:
                name = f"{_plain_stem(found)}.scheme.yaml"
                stage.put_file(name, found.read_bytes())
            text = set_scheme_in_config("", name)
            stage.put_file("annotator.yaml", text.encode("utf-8"))
        number = 1
        while (root / IMPORTS / f"{self.stem}-{number}.report.json").exists():
            number += 1
        base = f"{IMPORTS}/{self.stem}-{number}"
        if self.report.aside:
            self.report.aside_file = stage.put_staged(SCRATCH, f"{base}.aside.jsonl")
        self.report.report_file = root / f"{base}.report.json"
        stage.put_file(f"{base}.report.json", self._report_json())

    def _report_json(self) -> bytes:
        return (json.dumps(report_to_json(self.report), indent=2) + "\n").encode("ascii")


def report_to_json(report: ImportReport) -> dict[str, Any]:
    """Return a report as plain data."""
    data = {name: getattr(report, name) for name in report.__dataclass_fields__}
    return {key: str(value) if isinstance(value, Path) else value for key, value in data.items()}


def _plain_stem(path: Path) -> str:
    """Return the beginning of a file's name without signs that mean something elsewhere."""
    return re.sub(r"[^\w-]+", "-", path.name.split(".")[0]) or "import"


def _place(record: Record) -> str:
    where = record.place
    if where.line:
        return f"{where.file}:{where.line}"
    return f"{where.file}: record {where.record}" if where.record else where.file


def _is_absurd(item: Aside) -> bool:
    """Say whether a span is without any sense: no range of the text, and no quote to look for."""
    return isinstance(item.item, Span) and not item.item.quote


def _problem(item: Aside) -> Problem:
    what = item.item
    kind = f"span {what.id!r}" if isinstance(what, Span) else f"relation {what.id!r}"
    return item.record.place.problem("", f"{kind}: {item.reason}")


def _moved_line(moved: Moved) -> str:
    span = moved.span
    return (
        f"{_place(moved.record)}: span {span.id!r} stands at {moved.start} to {moved.end}, "
        f"not at {span.start} to {span.end}"
    )
