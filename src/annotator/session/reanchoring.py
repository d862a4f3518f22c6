"""Re-anchoring of a project's annotation sets after its articles were edited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from ..domain.annotations import MODEL_PREFIX
from ..domain.document import Document
from ..domain.span import Span
from ..store.documents import DocumentEntry
from ..store.project import Project
from ..store.reanchor import Reanchoring, perhaps
from ..store.set_store import SetStore
from .orphans import drops, flag_for_review

Outcome = Literal["moved", "doubtful", "recovered", "orphan", "dropped"]


class Fate(NamedTuple):
    """What became of one span.

    Attributes:
        outcome: ``moved`` for certain; ``doubtful``: its words are there, but it is for a person
            to say where it belongs; ``recovered``: an orphan that was found; ``orphan``: its words
            are gone; ``dropped``: an orphan that was to be.
        before: where it stood in the old text.
        now: where it stands, and for one that is kept as an orphan where it may stand, the
            likeliest first; empty if nowhere.
    """

    outcome: Outcome
    before: Span
    now: list[Span]


class Reanchored(NamedTuple):
    """One annotator's set of one document after the text changed.

    Attributes:
        document: its id.
        annotator: whose set.
        unchanged: spans that stand where they were.
        fates: what became of the others.
        text: the text as it is now.
    """

    document: str
    annotator: str
    unchanged: int
    fates: list[Fate]
    text: str


def reanchor_document(
    project: Project,
    entry: DocumentEntry,
    names: list[str],
    *,
    dry_run: bool,
    older: Callable[[DocumentEntry], str | None] = lambda _: None,
    drop: Collection[str] = (),
) -> Iterator[Reanchored]:
    """Move the annotators' spans to the text as it is now, and yield what was done to each set.

    A set that was done and has spans to be looked at is flagged, so that the app's way through the
    documents comes to it. Models' sets are left alone: ``annotator suggest`` makes them anew.

    Args:
        project: the project.
        entry: one of its documents.
        names: annotators.
        dry_run: find everything, write nothing.
        older: returns a document's text as it was, if somebody still has it.
        drop: ids of orphans to be dropped, with their links.

    Raises:
        AnnotatorError: a set is open elsewhere, cannot be read, or cannot be written.
    """
    document: Document | None = None
    for name in names:
        paths = project.paths(entry, name)
        there = paths.annotations.exists() or paths.journal.exists()
        if name.startswith(MODEL_PREFIX) or not there:
            continue
        document = document or project.load_document(entry)
        store = SetStore.open(
            paths, document, name, project.scheme.id, read_only=dry_run, older=older(entry)
        )
        try:
            unwanted = drops(store.annotations, drop)
            if store.fitted is None and not unwanted:
                continue
            result = _reanchored(entry.id, name, store, drop)
            if not dry_run:
                flag_for_review(store)
                if unwanted:
                    store.do("drop orphans", unwanted)
                store.write(store.freeze())
        finally:
            store.close()
        yield result


def _reanchored(
    document: str, annotator: str, store: SetStore, drop: Collection[str]
) -> Reanchored:
    now, found = store.annotations, store.fitted or Reanchoring()
    unsure = set(found.unsure)
    unwanted = [orphan for name, orphan in now.orphans.items() if name in drop]
    fates = [Fate("dropped", orphan, []) for orphan in unwanted]
    for span_id, before in found.before.items():
        after = now.spans.get(span_id) or now.rejected.get(span_id)
        if after is None:
            if span_id in drop:
                continue
            outcome: Outcome = "doubtful" if span_id in unsure else "orphan"
            fates.append(Fate(outcome, before, perhaps(now.orphans[span_id], store.document.text)))
        elif span_id in found.back:
            fates.append(Fate("recovered", before, [after]))
        elif after.range != before.range:
            fates.append(Fate("moved", before, [after]))
    fates.sort(key=lambda fate: (fate.before.range, fate.before.id))
    total = len(now.spans) + len(now.rejected)
    settled = sum(1 for fate in fates if fate.outcome in ("moved", "recovered"))
    return Reanchored(document, annotator, total - settled, fates, store.document.text)
