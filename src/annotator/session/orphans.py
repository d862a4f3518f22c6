"""Review of the spans that an edited article left without a certain place.

Their places are candidates of ``model:reanchor``. Accepting one brings the span itself back, with
its id, attributes, note and links; rejecting one leaves it an orphan.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..domain.annotations import AnnotationSet, Drop, Op, Put, SetField
from ..domain.span import Span
from ..store.reanchor import REVIEWER, home_of, perhaps, stripped
from ..store.set_store import SetStore

ORPHAN = "orphan"
"""Key of a candidate's origin that names the orphan."""
SAME_WORDS, CHANGED_WORDS = "same-words", "changed-words"
"""The rules: the words stand there in other surroundings, or more than once; or the words there are
much like them."""
_LONGEST = 80


def flag_for_review(store: SetStore) -> None:
    """Flag a set that was done and that was opened in a changed text, if a person must look at it.

    Raises:
        StorageError: the journal could not be written.
    """
    found = store.fitted
    if found is None or store.read_only or store.annotations.status != "done":
        return
    if found.unsure or found.orphaned:
        store.do("flag for review", [SetField("status", "flagged")])


def missed(annotations: AnnotationSet) -> list[Span]:
    """Return the orphans that somebody may miss: all but those that had been turned down."""
    return [span for span in annotations.orphans.values() if home_of(span) == "spans"]


def orphan_candidates(annotations: AnnotationSet, text: str) -> AnnotationSet:
    """Return the places where a set's orphans may stand, as candidates.

    Args:
        annotations: the annotator's own set.
        text: the text as it is now.
    """
    spans = [
        _candidate(orphan, placed, number, len(places))
        for orphan in annotations.orphans.values()
        for places in [perhaps(orphan, text)]
        for number, placed in enumerate(places, start=1)
    ]
    return AnnotationSet(annotations.document, REVIEWER, annotations.scheme, spans=spans)


def orphan_of(annotations: AnnotationSet, candidate: Span) -> Span | None:
    """Return the orphan that a candidate would bring back, if it is one and still waits."""
    if candidate.origin.get("from") != REVIEWER:
        return None
    return annotations.orphans.get(str(candidate.origin.get(ORPHAN, "")))


def is_of_orphan(candidate: Span) -> bool:
    """Say whether a candidate is a place for an orphan, whether that still waits or not."""
    return candidate.origin.get("from") == REVIEWER and ORPHAN in candidate.origin


def brought_back(orphan: Span, placed: Span) -> Span:
    """Return an orphan with the range, label and attributes of its accepted candidate.

    Args:
        orphan: as it was kept.
        placed: as it was accepted; its own id, origin and author are not used.
    """
    return replace(
        stripped(orphan),
        label=placed.label, start=placed.start, end=placed.end, quote=placed.quote,
        prefix=placed.prefix, suffix=placed.suffix, fragments=placed.fragments,
        attributes=placed.attributes,
    )  # fmt: skip


def puts(annotations: AnnotationSet, span: Span) -> list[Op]:
    """Return the operations that make a span, new or brought back, one of the annotator's own."""
    put = Put("spans", span)
    return [Drop("orphans", span.id), put] if span.id in annotations.orphans else [put]


def drops(annotations: AnnotationSet, ids: Collection[str]) -> list[Op]:
    """Return the operations that drop those orphans that have one of the ids, and their links."""
    found = {name for name in ids if name in annotations.orphans}
    links: list[Op] = [Drop(section, one.id) for section, one in annotations.links_at(found)]
    return [*links, *(Drop("orphans", name) for name in sorted(found))]


def _candidate(orphan: Span, placed: Span, number: int, count: int) -> Span:
    same = _words(orphan.quote) == _words(placed.quote)
    quote = " ".join(orphan.quote.split())
    shown = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}..."
    before, behind = (" ".join(side.split()) for side in (orphan.prefix, orphan.suffix))
    reasons = [f"{orphan.id} was: {shown}"]
    if same:
        reasons = [f"{orphan.id} stood between: {before} [...] {behind}"]
    if count > 1:
        reasons.append(f"place {number} of {count}")
    origin = {
        "from": REVIEWER,
        "rule": SAME_WORDS if same else CHANGED_WORDS,
        ORPHAN: orphan.id,
        "reasons": reasons,
    }
    return replace(placed, id=f"{orphan.id}-{number}", origin=origin, extra={})


def _words(quote: str) -> list[str]:
    from ..text.folding import fold

    return fold(quote).text.split()
