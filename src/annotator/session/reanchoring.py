"""Re-anchoring of a project's annotation sets after its articles were edited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..domain.annotations import MODEL_PREFIX, AnnotationSet, Put, SetField
from ..domain.document import Document
from ..domain.span import Span
from ..store.atomic import make_folder, write_atomic
from ..store.documents import DocumentEntry
from ..store.opening import reference
from ..store.project import Project
from ..store.reanchor import Reanchoring
from ..store.set_store import SetStore
from ..store.yaml_emitter import dump_set

REVIEWER = "model:reanchor"
"""The annotator whose set holds the places that a person must look at."""
Outcome = Literal["moved", "doubtful", "recovered", "orphan"]


class Fate(NamedTuple):
    """What became of one span.

    Attributes:
        outcome: ``moved`` for certain; ``doubtful``: put at the best place, to be looked at;
            ``recovered``: an orphan that was found; ``orphan``: not found, kept.
        before: where it stood in the old text.
        now: where it stands, or for an orphan where its changed words may stand; None if nowhere.
    """

    outcome: Outcome
    before: Span
    now: Span | None


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
    project: Project, entry: DocumentEntry, names: list[str], *, dry_run: bool
) -> Iterator[Reanchored]:
    """Move the annotators' spans to the text as it is now, and yield what was done to each set.

    A set that was done and has spans to be looked at is flagged, so that the app's way through the
    documents comes to it. Models' sets are left alone: ``annotator suggest`` makes them anew.

    Args:
        project: the project.
        entry: one of its documents.
        names: annotators.
        dry_run: find everything, write nothing.

    Raises:
        AnnotatorError: a set is open elsewhere, cannot be read, or cannot be written.
    """
    document: Document | None = None
    proposed: list[Span] = []
    for name in names:
        paths = project.paths(entry, name)
        there = paths.annotations.exists() or paths.journal.exists()
        if name.startswith(MODEL_PREFIX) or not there:
            continue
        document = document or project.load_document(entry)
        store = SetStore.open(paths, document, name, project.scheme.id, read_only=dry_run)
        try:
            if store.fitted is None:
                continue
            result = _reanchored(entry.id, name, store, store.fitted)
            proposed += [_candidate(one, name) for one in store.fitted.proposed]
            if not dry_run:
                if store.annotations.status == "done" and needs_review(result):
                    store.do("flag for review", [SetField("status", "flagged")])
                store.write(store.freeze())
        finally:
            store.close()
        yield result
    if proposed and document is not None and not dry_run:
        _write_candidates(project, entry, document, proposed)


def needs_review(result: Reanchored) -> bool:
    """Say whether a person has to look at any of the spans."""
    return any(fate.outcome in ("doubtful", "orphan") for fate in result.fates)


def _reanchored(document: str, annotator: str, store: SetStore, found: Reanchoring) -> Reanchored:
    now = store.annotations
    unsure, orphaned = set(found.unsure), set(found.orphaned)
    proposed = {span.id: span for span in found.proposed}
    fates: list[Fate] = []
    for span_id, before in found.before.items():
        after = now.spans.get(span_id) or now.rejected.get(span_id)
        if span_id in orphaned:
            fates.append(Fate("orphan", before, proposed.get(span_id)))
        elif span_id in unsure:
            fates.append(Fate("doubtful", before, after))
        elif span_id in found.back:
            fates.append(Fate("recovered", before, after))
        elif after is not None and after.range != before.range:
            fates.append(Fate("moved", before, after))
    fates.sort(key=lambda fate: (fate.before.range, fate.before.id))
    total = len(now.spans) + len(now.rejected)
    settled = sum(1 for fate in fates if fate.outcome != "orphan")
    return Reanchored(document, annotator, total - settled, fates, store.document.text)


def _candidate(span: Span, annotator: str) -> Span:
    reasons = [f"the words of {annotator}'s {span.id} were changed"]
    origin = {"from": REVIEWER, "rule": "changed-quote", "reasons": reasons}
    return Span(
        id=f"{annotator}-{span.id}", label=span.label, start=span.start, end=span.end,
        quote=span.quote, prefix=span.prefix, suffix=span.suffix, attributes=span.attributes,
        note=span.note, origin=origin,
    )  # fmt: skip


def _write_candidates(
    project: Project, entry: DocumentEntry, document: Document, proposed: list[Span]
) -> None:
    """Write the set of candidates; those of an earlier run that still have a place are kept."""
    paths = project.paths(entry, REVIEWER)
    store = SetStore.open(paths, document, REVIEWER, project.scheme.id, read_only=True)
    store.close()
    found: AnnotationSet = store.annotations
    found.document = reference(document, found.document)
    found.apply(Put("spans", span) for span in proposed)
    make_folder(paths.annotations.parent, paths.root)
    name = paths.annotations.with_name(f".{paths.annotations.name}.new")
    write_atomic(paths.annotations, dump_set(found).encode("utf-8"), temporary=name)
