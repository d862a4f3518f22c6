"""Use case: annotation sets of a project, written in another program's format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..domain.annotations import AnnotationSet
from ..domain.errors import AnnotatorError
from ..domain.scheme import Scheme
from ..domain.span import Span
from ..formats.base import Format, WriteContext
from ..formats.changes import RELATION_SECTIONS, changed_relations, revised
from ..formats.loss import Loss, Losses
from ..formats.record import Record
from ..formats.targets import FileTarget, FolderTarget, StreamTarget
from ..store.atomic import storage_error
from ..store.documents import DocumentEntry
from ..store.escaping import unescape
from ..store.project import Project
from ..store.set_store import SetStore

JOURNALS = ".annotator/journals"
MODEL_PREFIX = "model:"
Progress = Callable[[int, int], None]
"""Is told how many documents of how many are done."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a project is exported.

    Attributes:
        annotators: whose sets; empty for everybody's but those of models.
        furniture: whether spans of labels that the scheme calls furniture are kept.
        rejected: whether rejected candidates are kept.
        skipped: whether skipped documents are kept, in formats that cannot say so.
    """

    annotators: Sequence[str] = ()
    furniture: bool = False
    rejected: bool = False
    skipped: bool = False


@dataclass(slots=True)
class ExportReport:
    """What an export did.

    Attributes:
        documents, sets, spans, relations: how many were written.
        losses: what the format could not hold.
        furniture, rejected, rejected_relations, skipped: how many spans, candidates, links turned
            down and documents were left out because nobody asked for them.
        unlinked: how many links were left out with a span that they link.
        notices: lines about sets whose texts have changed and the like.
        files: what was written; empty for a stream, or when nothing was.
        written: whether anything was written; not so in strict mode with losses.
    """

    documents: int = 0
    sets: int = 0
    spans: int = 0
    relations: int = 0
    losses: list[Loss] = field(default_factory=list)
    furniture: int = 0
    rejected: int = 0
    rejected_relations: int = 0
    unlinked: int = 0
    skipped: int = 0
    notices: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    written: bool = False


def export_project(
    project: Project,
    format_: Format,
    target: FileTarget | FolderTarget | StreamTarget,
    *,
    selection: Selection | None = None,
    options: Mapping[str, Any] | None = None,
    strict: bool = False,
    progress: Progress = lambda _done, _total: None,
    before_commit: Callable[[ExportReport], None] = lambda _report: None,
) -> ExportReport:
    """Write the annotation sets of a project, one document at a time.

    Everything is written beside its final place, then what the format loses is told, and only
    then it takes its place.

    Args:
        project: what to export; of a project opened on one document, that one.
        format_: the format.
        target: where to.
        selection: what of it.
        options: the format's options by name.
        strict: write nothing if the format loses anything.
        progress: is told of each document.
        before_commit: is told the whole report before anything takes its place.

    Raises:
        AnnotatorError: the format cannot be written or cannot hold several annotators' work, a
            text or set cannot be read, or the disk refused; nothing is left behind.
    """
    if format_.make_writer is None:
        target.discard()
        raise AnnotatorError(f"{format_.name} can only be read", "choose another format with --to")
    report = ExportReport()
    try:
        settings = format_.settings("write", options or {})
        losses = Losses(format_, settings)
        with _disk_errors(target):
            context = WriteContext(settings, project.scheme, losses.add)
            writer = format_.make_writer(target, context)
        chosen = selection or Selection()
        for record in _Records(project, format_, chosen, report).all(progress):
            _check_sets(record, format_)
            fitted = losses.fit(record)
            with _disk_errors(target):
                writer.write(fitted)
            _count(fitted, report)
        with _disk_errors(target):
            writer.close()
        report.losses = losses.found()
        before_commit(report)
        if strict and report.losses:
            target.discard()
            return report
        report.files = target.commit()
        report.written = True
    except BaseException:
        target.discard()
        raise
    return report


@contextmanager
def _disk_errors(target: FileTarget | FolderTarget | StreamTarget) -> Iterator[None]:
    """Turn what a disk refuses into an error that names the place."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, target.path) from error


class _Records:
    """The records of a project, what nobody asked for left out."""

    def __init__(
        self, project: Project, format_: Format, selection: Selection, report: ExportReport
    ) -> None:
        self.project = project
        self.selection = selection
        self.report = report
        self.keep_skipped = selection.skipped or format_.says_skipped
        self.annotators = _annotators(project, selection.annotators)

    def all(self, progress: Progress) -> Iterator[Record]:
        total = len(self.project.documents)
        for place in range(total):
            record = self.record(self.project.documents[place])
            if record is not None:
                yield record
            progress(place + 1, total)

    def record(self, entry: DocumentEntry) -> Record | None:
        """Return a document with the sets that were asked for; None if it has none."""
        paths = [self.project.paths(entry, name) for name in self.annotators]
        there = [
            (name, path)
            for name, path in zip(self.annotators, paths, strict=True)
            if path.annotations.exists() or path.journal.exists()
        ]
        if not there:
            return None
        document = self.project.load_document(entry)
        sets = []
        for name, path in there:
            store = SetStore.open(path, document, name, self.project.scheme.id, read_only=True)
            try:
                self.report.notices += [f"{entry.id} ({name}): {n}" for n in store.notices]
                kept = self.selected(store.annotations)
            finally:
                store.close()
            if kept is not None:
                sets.append(kept)
        return Record(document, tuple(sets)) if sets else None

    def selected(self, one: AnnotationSet) -> AnnotationSet | None:
        """Return a set without what nobody asked for; None for a skipped document."""
        if one.status == "skipped" and not self.keep_skipped:
            self.report.skipped += 1
            return None
        if not self.selection.rejected and (one.rejected or one.rejected_relations):
            self.report.rejected += len(one.rejected)
            self.report.rejected_relations += len(one.rejected_relations)
            one = revised(one, rejected_relations=())
            one = self.linked(one, without_spans(one, lambda _span: False, sections=("rejected",)))
        if not self.selection.furniture:
            kept, count = without_furniture(one, self.project.scheme)
            self.report.furniture += count
            one = self.linked(one, kept)
        return one

    def linked(self, before: AnnotationSet, after: AnnotationSet) -> AnnotationSet:
        """Return a set from which spans were taken; count the links that went with them."""
        for name in RELATION_SECTIONS:
            self.report.unlinked += len(getattr(before, name)) - len(getattr(after, name))
        return after


def without_furniture(one: AnnotationSet, scheme: Scheme) -> tuple[AnnotationSet, int]:
    """Return a set without spans of furniture labels, and how many there were."""
    labels = {label.name for label in scheme.labels.values() if label.furniture}
    if not labels:
        return one, 0
    count = sum(span.label in labels for s in _SECTIONS for span in getattr(one, s).values())
    if not count:
        return one, 0
    return without_spans(one, lambda span: span.label not in labels), count


_SECTIONS = ("spans", "rejected", "orphans")


def without_spans(
    one: AnnotationSet,
    keep: Callable[[Span], bool],
    sections: Sequence[str] = _SECTIONS,
) -> AnnotationSet:
    """Return a set with only some of its spans, and the relations between those.

    Args:
        one: the set; it stays as it is.
        keep: says which spans stay.
        sections: the sections that are looked at; others stay whole.
    """
    kept: dict[str, list[Span]] = {
        name: [span for span in getattr(one, name).values() if keep(span)] for name in sections
    }
    gone = {s for name in sections for s in getattr(one, name)} - {
        span.id for spans in kept.values() for span in spans
    }
    relations = changed_relations(
        one,
        lambda relation: None if {relation.source, relation.target} & gone else relation,
    )
    return revised(one, **kept, **relations)


def _annotators(project: Project, wanted: Sequence[str]) -> list[str]:
    known = _known_annotators(project)
    if not wanted:
        return [name for name in known if not name.startswith(MODEL_PREFIX)]
    for name in wanted:
        if name not in known:
            there = ", ".join(known) or "nobody"
            raise AnnotatorError(f"{name} has annotated nothing here", f"there is {there}")
    return list(dict.fromkeys(wanted))


def _known_annotators(project: Project) -> list[str]:
    """Return who has annotated: also those whose work is only in a journal yet."""
    names = set(project.annotators())
    with suppress(OSError):
        names |= {unescape(path.name) for path in (project.root / JOURNALS).iterdir()}
    return sorted(names)


def _check_sets(record: Record, format_: Format) -> None:
    if len(record.sets) > 1 and "several-annotators" not in format_.holds:
        names = ", ".join(one.annotator for one in record.sets)
        raise AnnotatorError(
            f"{format_.name} holds one annotator's work on a document, and {record.document.id} "
            f"has {names}",
            "name one with --annotator",
        )


def _count(record: Record, report: ExportReport) -> None:
    report.documents += 1
    report.sets += len(record.sets)
    for one in record.sets:
        report.spans += len(one.spans) + len(one.rejected)
        report.relations += len(one.relations) + len(one.rejected_relations)
