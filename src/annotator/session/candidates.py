"""Candidates: what other annotators, models among them, said about the document, for review.

A candidate is decided once the annotator's own set holds a span that stands for it, or its
rejection. What it is known by is its label and its range: a newer version of a model that proposes
the same is not asked about again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..domain.annotations import MODEL_PREFIX, AnnotationSet
from ..domain.scheme import Label
from ..domain.span import SAME, Relation, Span, overlap
from ..domain.span_index import SpanIndex
from .candidate import (
    Candidate,
    Key,
    LinkCandidate,
    attributes_of,
    key_of,
    links_of,
    origin_key,
    place_key,
    rank_key,
    together,
)
from .cursor import Range
from .orphans import is_of_orphan, orphan_of


class Candidates:
    """The candidates of one document, and which of them are open.

    Args:
        annotations: returns the annotator's own set as it stands now.
        versions: the scheme's labels, where spans that differ in nothing but attributes are two
            candidates, as in adjudication; with none, the one with more attributes stands for both.
    """

    def __init__(
        self,
        annotations: Callable[[], AnnotationSet],
        *,
        versions: Mapping[str, Label] | None = None,
    ) -> None:
        self._annotations = annotations
        self.versions = versions
        self._sets: dict[str, AnnotationSet] = {}
        self._known: dict[str, Candidate] = {}
        self._other_names: dict[str, str] = {}
        self._links: dict[str, LinkCandidate] = {}
        self._link_ends = SpanIndex()
        self._link_of_end: dict[str, str] = {}
        self._all = SpanIndex()
        self._open = SpanIndex()
        self._open_ids: set[str] = set()
        self._by_score: list[str] = []
        self._due: dict[str, LinkCandidate] = {}
        self._unsettled: set[str] = set()
        self._of_orphans: list[Span] = []

    # -- what is proposed ---------------------------------------------------------------------

    @property
    def sets(self) -> Mapping[str, AnnotationSet]:
        """What is proposed, by who proposes it."""
        return self._sets

    def put(self, *proposed: AnnotationSet) -> None:
        """Take what annotators propose; replaces what each of them proposed before."""
        self._sets.update((one.annotator, one) for one in proposed)
        self.rebuild()

    def follow(self, annotations: Callable[[], AnnotationSet], changed: Iterable[Range]) -> None:
        """Go on with the annotator's live set, after a start from a copy of it in a thread.

        Args:
            annotations: returns the set as it stands now.
            changed: where it differs from the copy, in code points.
        """
        self._annotations = annotations
        self.recheck(changed)

    def rebuild(self) -> None:
        """Find out anew what is open; costs a few microseconds a candidate."""
        found: dict[tuple[Key, str], Candidate] = {}
        links: dict[str, LinkCandidate] = {}
        joined: dict[str, tuple[Key, str]] = {}
        for source, proposed in self._sets.items():
            for span in proposed.spans.values():
                name = f"{source}/{span.id}"
                said = (key_of(span), self._attributes(span))
                same = found.get(said)
                if same is not None and source in same.by and is_of_orphan(span):
                    # Two orphans of the same words: either may belong there.
                    said = said[0], name
                    same = None
                if same is None:
                    found[said] = Candidate(name, replace(span, id=name), source)
                elif source not in same.by:
                    joined[name] = joined[same.id] = said
                    found[said] = together(same, Candidate(name, replace(span, id=name), source))
            links.update((link.id, link) for link in links_of(source, proposed))
        self._known = {candidate.id: candidate for candidate in found.values()}
        self._other_names = {name: found[said].id for name, said in joined.items()}
        self._all = SpanIndex(candidate.span for candidate in found.values())
        self._of_orphans = [c.span for c in found.values() if is_of_orphan(c.span)]
        spans = [c.span for c in found.values() if not self._is_decided(c.span)]
        self._open = SpanIndex(spans)
        self._open_ids = {span.id for span in spans}
        ranked = sorted(found.values(), key=rank_key)
        self._by_score = [candidate.id for candidate in ranked]
        self._rebuild_links(links)

    def recheck(self, ranges: Iterable[Range]) -> list[Range]:
        """Look again at the candidates that touch ranges where the annotator's set changed.

        Returns:
            The ranges of those that opened or closed.
        """
        changed: list[Range] = []
        # One that was brought back is no longer missed at its other places.
        elsewhere = [
            span.range
            for span in self._of_orphans
            if (span.id in self._open_ids) == self._is_decided(span)
        ]
        for start, end in (*ranges, *elsewhere):
            for span in self._all.touching(start, end):
                was_open, is_open = span.id in self._open_ids, not self._is_decided(span)
                if is_open and not was_open:
                    self._open.add(span)
                    self._open_ids.add(span.id)
                elif was_open and not is_open:
                    self._open.discard(span)
                    self._open_ids.discard(span.id)
                if was_open != is_open:
                    changed.append(span.range)
            ends = self._link_ends.touching(start, end)
            for link_id in {self._link_of_end[span.id] for span in ends}:
                self._recheck_link(self._links[link_id])
        return changed

    # -- what is open -------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many candidates there are, decided or not."""
        return len(self._known) + len(self._links)

    @property
    def open_count(self) -> int:
        """How many are still to be decided; a link counts as soon as its ends may be accepted."""
        return len(self._open) + len(self._unsettled)

    def open_at(self, offset: int) -> list[Candidate]:
        """Return the open candidates over an offset, the innermost first."""
        return [self._known[span.id] for span in self._open.at(offset)]

    def open_between(self, start: int, end: int) -> list[Span]:
        """Return the open candidates that touch a range, in document order."""
        return self._open.touching(start, end)

    def agreed(self) -> list[Candidate]:
        """Return the open spans that all propose, in order.

        Where two people or more propose anything, models have no say: a model of placeholders
        would else forbid all claims.
        """
        people = {name for name in self._sets if not name.startswith(MODEL_PREFIX)}
        voters = people if len(people) > 1 else set(self._sets)
        return [c for c in self.open_spans() if voters.issubset(c.by)]

    def touching(self, candidate: Candidate) -> list[Candidate]:
        """Return all candidates, decided or not, that share text with one, itself too."""
        return [self._known[span.id] for span in self._all.touching(*candidate.range)]

    def is_open(self, candidate: Candidate | LinkCandidate) -> bool:
        """Say whether a candidate is still to be decided."""
        if isinstance(candidate, LinkCandidate):
            return candidate.id in self._due
        return candidate.id in self._open_ids

    def decided_by(self, item: Span | Relation) -> Candidate | LinkCandidate | None:
        """Return the open candidate that would be decided by a span, relation or rejection."""
        if isinstance(item, Relation):
            return next((link for link in self.due_links() if self._has_ends(link, item)), None)
        labels = self.versions or {}
        wanted, said = origin_key(item) or key_of(item), attributes_of(item, labels)
        same = [span for span in self._open.touching(*wanted[1:]) if key_of(span) == wanted]
        same.sort(key=lambda span: (attributes_of(span, labels) != said, span.id))
        return self._known[same[0].id] if same else None

    def _has_ends(self, link: LinkCandidate, relation: Relation) -> bool:
        ends = self.counterparts(link) or ()
        same_ends = {end.id for end in ends} == {relation.source, relation.target}
        return same_ends and link.relation.type == relation.type

    def find(self, candidate_id: str) -> Candidate | LinkCandidate | None:
        """Return the open candidate of an id, or the one that it was joined with, if it is open."""
        candidate_id = self._other_names.get(candidate_id, candidate_id)
        if candidate_id in self._open_ids:
            return self._known[candidate_id]
        return self._due.get(candidate_id)

    def known(self, candidate_id: str) -> Candidate | None:
        """Return the span candidate of an id, decided or not, if there is one."""
        return self._known.get(candidate_id)

    @property
    def open_span_count(self) -> int:
        """How many spans are still to be decided."""
        return len(self._open)

    def nth_open(self, rank: int) -> Candidate:
        """Return the open span candidate at a place from 0 in document order."""
        return self._known[self._open.nth(rank).id]

    def rank_of(self, candidate: Candidate) -> int:
        """Return the place from 0 of an open span candidate in document order."""
        return self._open.rank(candidate.span)

    def open_spans(self) -> Iterable[Candidate]:
        """Iterate over the open span candidates in document order."""
        return (self._known[span.id] for span in self._open)

    def of(self, annotator: str) -> list[Candidate]:
        """Return the open spans that an annotator proposes, alone or with others, in order."""
        return [candidate for candidate in self.open_spans() if annotator in candidate.by]

    def in_order(self) -> list[Candidate | LinkCandidate]:
        """Return all open candidates in document order; a link stands behind its later end."""
        found: list[Candidate | LinkCandidate] = [*self.open_spans(), *self.due_links()]
        return sorted(found, key=place_key)

    def by_score(self) -> list[Candidate | LinkCandidate]:
        """Return all open candidates, the surest first."""
        spans = [self._known[name] for name in self._by_score if name in self._open_ids]
        found: list[Candidate | LinkCandidate] = [*spans, *self.due_links()]
        return sorted(found, key=rank_key)

    def beside(self, place: tuple[int, int, str], step: int) -> Candidate | LinkCandidate | None:
        """Return the open candidate next to a place in document order.

        Args:
            place: start, minus the end, and id, as :func:`place_key` gives them.
            step: 1 for the next one, -1 for the one before.
        """
        span = self._open.beside(place, step)
        found = [] if span is None else [self._known[span.id]]
        links = sorted(self.due_links(), key=place_key)
        at = bisect_left(links, place, key=place_key)
        if step < 0:
            found_links = links[:at][-1:]
        else:
            found_links = [link for link in links[at : at + 2] if place_key(link) != place][:1]
        both: list[Candidate | LinkCandidate] = [*found, *found_links]
        if not both:
            return None
        return min(both, key=place_key) if step > 0 else max(both, key=place_key)

    # -- links --------------------------------------------------------------------------------

    def due_links(self) -> Iterable[LinkCandidate]:
        """Return the links to be decided now: those whose two ends the annotator has."""
        return self._due.values()

    def undecided_links(self) -> list[LinkCandidate]:
        """Return the links that nobody decided, whether or not their ends were accepted."""
        return [self._links[name] for name in sorted(self._unsettled)]

    def _rebuild_links(self, links: dict[str, LinkCandidate]) -> None:
        self._links, self._due, self._unsettled = links, {}, set()
        ends = {
            f"{link.id}/{n}": replace(end, id=f"{link.id}/{n}")
            for link in links.values()
            for n, end in enumerate(link.ends)
        }
        self._link_of_end = {name: name.rsplit("/", 1)[0] for name in ends}
        self._link_ends = SpanIndex(ends.values())
        for link in links.values():
            self._recheck_link(link)

    def _recheck_link(self, link: LinkCandidate) -> None:
        settled, due = self._link_state(link)
        self._due.pop(link.id, None)
        self._unsettled.discard(link.id)
        if due:
            self._due[link.id] = link
        if not settled:
            self._unsettled.add(link.id)

    def counterparts(self, link: LinkCandidate) -> tuple[Span, Span] | None:
        """Return the annotator's spans that stand for a link's ends, if both are there."""
        source, target = map(self.counterpart, link.ends)
        return None if source is None or target is None else (source, target)

    def counterpart(self, span: Span) -> Span | None:
        """Return the annotator's span that stands for one of another set, if there is one."""
        best: tuple[float, Span] | None = None
        for own in self._annotations().index.touching(span.start, span.end):
            if own.label == span.label or origin_key(own) == key_of(span):
                common = overlap(own.range, span.range)
                if common >= SAME and (best is None or common > best[0]):
                    best = common, own
        return best[1] if best else None

    def _link_state(self, link: LinkCandidate) -> tuple[bool, bool]:
        """Return whether nothing is left to decide about a link, and whether it is due now."""
        ends = self.counterparts(link)
        if ends is None:
            return any(self._is_rejected(end) for end in link.ends), False
        if ends[0].id == ends[1].id:
            return True, False
        pair = {end.id for end in ends}
        said = any(
            relation.type == link.relation.type and {relation.source, relation.target} == pair
            for _, relation in self._annotations().links_at({ends[0].id})
        )
        return said, not said

    # -- decisions ----------------------------------------------------------------------------

    def _is_decided(self, span: Span) -> bool:
        key = key_of(span)
        if is_of_orphan(span):
            if orphan_of(self._annotations(), span) is None or self._is_rejected(span):
                return True
            touching = self._annotations().index.touching(span.start, span.end)
            return any(key_of(own) == key for own in touching)
        for own in self._annotations().index.touching(span.start, span.end):
            if own.label == span.label and overlap(own.range, span.range) >= SAME:
                return True
            if origin_key(own) == key:
                return True
        return self._is_rejected(span)

    def _is_rejected(self, span: Span) -> bool:
        turned_down = self._annotations().rejected_index.touching(span.start, span.end)
        return any(
            key_of(other) == key_of(span) and self._attributes(other) == self._attributes(span)
            for other in turned_down
        )

    def _attributes(self, span: Span) -> str:
        """Return what attributes say, where they make a candidate of its own."""
        return attributes_of(span, self.versions) if self.versions is not None else ""
