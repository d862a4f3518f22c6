"""Candidates of others: what is open, and what one key decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from annotator.domain.annotations import AnnotationSet, DocumentRef, Put
from annotator.domain.document import Document
from annotator.domain.span import Relation, Span
from annotator.quality.twins import missed_twins
from annotator.session import review, review_place, tagging
from annotator.session.candidates import Candidate, Candidates, LinkCandidate
from annotator.session.document_session import NothingToDoError, Session
from annotator.store.scheme_files import load_scheme
from annotator.store.set_paths import SetPaths
from annotator.store.set_store import SetStore

SLOTS, CLAIMS = "model:placeholders", "model:claims"


def proposed(
    session: Session,
    source: str,
    spans: Iterable[tuple[str, str, dict[str, Any]]],
    links: Iterable[tuple[str, str]] = (),
) -> AnnotationSet:
    """Return a set that proposes spans (label, quote, origin) and ``contradicts`` links."""
    document = session.document
    made = []
    for number, (label, quote, more) in enumerate(spans):
        start = document.text.index(quote)
        attributes = more.pop("attributes", {})
        made.append(
            Span(
                id=f"m{number}", label=label, start=start, end=start + len(quote), quote=quote,
                attributes=attributes, origin={"from": source, "version": "1", **more},
            )
        )  # fmt: skip
    by_quote = {span.quote: span.id for span in made}
    return AnnotationSet(
        DocumentRef(document.id, document.sha256, document.length),
        source,
        session.scheme.id,
        spans=made,
        relations=[
            Relation(
                id=f"n{number}", type="contradicts", source=by_quote[a], target=by_quote[b],
                attributes={"kind": "negation"}, origin={"from": source, "rule": "negation"},
            )
            for number, (a, b) in enumerate(links)
        ],
    )  # fmt: skip


LEFT = "The ferry Aurora left Port Hale on Monday."
CARRIED = "It carried 212 passengers, the operator said."
REACHED = "At [insert exact arrival time], the ferry Aurora reached Kestrel Bay (its home port)."
NEVER = "The ferry Aurora never left Port Hale."
OFFER = "Would you like a shorter version?"
SLOT = "[insert exact arrival time]"


@pytest.fixture
def reviewing(session: Session) -> Session:
    """Return a session with six candidates and a link between two of them."""
    session.candidates.put(
        proposed(
            session,
            SLOTS,
            [
                ("placeholder", SLOT, {"rule": "insert", "score": 0.99,
                                       "attributes": {"kind": "slot", "expects": "TIME", "x": 1}}),
                ("placeholder", OFFER, {"rule": "offer", "score": 0.97}),
            ],
        )
    )  # fmt: skip
    session.candidates.put(
        proposed(
            session,
            CLAIMS,
            [
                ("claim", LEFT, {"rule": "claims", "score": 0.6}),
                ("claim", CARRIED, {"rule": "claims", "score": 0.9}),
                ("claim", REACHED, {"rule": "claims", "score": 0.7}),
                ("claim", NEVER, {"rule": "claims", "score": 0.5}),
            ],
            [(LEFT, NEVER)],
        )
    )
    return session


def quote_of(candidate: review_place.AnyCandidate | None) -> str:
    assert candidate is not None
    if isinstance(candidate, LinkCandidate):
        return "link"
    return candidate.span.quote


def order(session: Session) -> list[str]:
    return [quote_of(candidate) for candidate in session.candidates.in_order()]


def test_candidates_come_in_document_order_the_outer_first(reviewing: Session) -> None:
    assert order(reviewing) == [LEFT, CARRIED, REACHED, SLOT, NEVER, OFFER]
    assert (reviewing.candidates.total, reviewing.candidates.open_count) == (7, 7)


def test_one_key_accepts_and_goes_to_the_next(reviewing: Session) -> None:
    found, wrapped = review_place.step(reviewing, 1)
    assert (quote_of(found), wrapped) == (LEFT, False)
    change = review.accept(reviewing)
    assert change.message.startswith("accepted claim")
    (span,) = reviewing.annotations.spans.values()
    assert (span.quote, span.by, span.created) == (LEFT, "ada", "2026-11-23T10:00:00Z")
    assert span.origin == {"from": CLAIMS, "version": "1", "rule": "claims", "score": 0.6}
    assert quote_of(review_place.active(reviewing)) == CARRIED
    assert reviewing.candidates.open_count == 6


def test_only_attributes_that_the_label_has_are_taken_over(reviewing: Session) -> None:
    review_place.go_to(reviewing, reviewing.candidates.in_order()[3])
    review.accept(reviewing)
    (span,) = reviewing.annotations.spans.values()
    assert span.attributes == {"kind": "slot", "expects": "TIME"}


def test_a_rejection_is_recorded_and_does_not_come_back(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    review.reject(reviewing)
    (turned_down,) = reviewing.annotations.rejected.values()
    assert (turned_down.quote, turned_down.label, turned_down.by) == (LEFT, "claim", "ada")
    assert turned_down.origin["from"] == CLAIMS
    assert LEFT not in order(reviewing)
    newer = proposed(reviewing, CLAIMS, [("claim", LEFT, {"rule": "other", "version": "2"})])
    reviewing.candidates.put(newer)
    assert LEFT not in order(reviewing)
    longer = proposed(
        reviewing, CLAIMS, [("claim", f"{LEFT} {CARRIED}", {}), ("placeholder", LEFT, {})]
    )
    reviewing.candidates.put(longer)
    assert order(reviewing)[:2] == [f"{LEFT} {CARRIED}", LEFT]


def test_a_candidate_under_review_stays_so_when_another_proposes_the_same(
    session: Session,
) -> None:
    slot = "[insert exact arrival time]"
    session.candidates.put(proposed(session, "model:twins", [("placeholder", slot, {})]))
    (mine,) = session.candidates.of("model:twins")
    review_place.go_to(session, mine)
    says_more = {"attributes": {"kind": "slot"}}
    session.candidates.put(proposed(session, SLOTS, [("placeholder", slot, says_more)]))
    under_review = review_place.reviewed(session)
    assert isinstance(under_review, Candidate)
    assert under_review.by == (SLOTS, "model:twins")
    assert session.candidates.of("model:twins") == session.candidates.of(SLOTS) == [under_review]
    review.reject(session)
    assert session.candidates.find(mine.id) is None


def test_what_is_tagged_by_hand_is_no_candidate(reviewing: Session) -> None:
    reviewing.cursor.move_to(reviewing.text.index("passengers"))
    tagging.tag(reviewing, "claim")
    assert CARRIED not in order(reviewing)
    tagging.delete(reviewing)
    assert CARRIED in order(reviewing)


def test_a_slot_in_a_tagged_claim_stays_a_candidate(reviewing: Session) -> None:
    reviewing.cursor.move_to(reviewing.text.index("Kestrel"))
    tagging.tag(reviewing, "claim")
    assert order(reviewing) == [LEFT, CARRIED, SLOT, NEVER, OFFER]


def test_undo_brings_a_candidate_back(reviewing: Session) -> None:
    before = order(reviewing)
    review_place.step(reviewing, 1)
    review.reject(reviewing)
    review.accept(reviewing)
    reviewing.undo()
    reviewing.undo()
    assert order(reviewing) == before
    assert not reviewing.annotations.rejected
    reviewing.redo()
    assert order(reviewing) == before[1:]


def test_selected_text_gives_the_bounds(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    start = reviewing.text.index("Aurora")
    reviewing.cursor.select(start, start + len("Aurora left Port Hale"))
    review.accept(reviewing)
    (span,) = reviewing.annotations.spans.values()
    assert span.quote == "Aurora left Port Hale"
    assert (span.origin["start"], span.origin["end"]) == (0, len(LEFT))
    assert LEFT not in order(reviewing)


def test_another_label_is_remembered_as_a_decision(reviewing: Session) -> None:
    review_place.go_to(reviewing, reviewing.candidates.in_order()[-1])
    review.accept(reviewing, "furniture")
    (span,) = reviewing.annotations.spans.values()
    assert (span.label, span.origin["label"]) == ("furniture", "placeholder")
    assert OFFER not in order(reviewing)


def test_a_digit_accepts_with_that_value(reviewing: Session) -> None:
    review_place.go_to(reviewing, reviewing.candidates.in_order()[3])
    review.accept(reviewing, value=1)
    (span,) = reviewing.annotations.spans.values()
    assert span.attributes["kind"] == "slot"
    review_place.go_to(reviewing, reviewing.candidates.in_order()[0])
    review.accept(reviewing, value=2)
    assert next(iter(reviewing.annotations.index)).attributes == {"worthiness": "unimportant"}


def test_deleting_an_accepted_span_rejects_what_was_proposed(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    start = reviewing.text.index("Aurora")
    reviewing.cursor.select(start, start + len("Aurora left Port Hale"))
    review.accept(reviewing, "placeholder")
    (span,) = reviewing.annotations.spans.values()
    tagging.delete(reviewing, span)
    (turned_down,) = reviewing.annotations.rejected.values()
    assert (turned_down.label, turned_down.quote) == ("claim", LEFT)
    assert LEFT not in order(reviewing)


def test_all_of_a_rule_are_one_undo_step(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    change = review.accept_all(reviewing, "rule")
    assert change.message == "accepted 4 of rule claims"
    assert order(reviewing) == [SLOT, "link", OFFER]
    reviewing.undo()
    assert order(reviewing) == [LEFT, CARRIED, REACHED, SLOT, NEVER, OFFER]


def test_all_identical_texts_are_one_step(open_session: Callable[..., Session]) -> None:
    text = "[DATE] came. Then [DATE] went, and [TIME] too."
    session = open_session(text, "dates.txt")
    whole = proposed(session, SLOTS, [("placeholder", "[DATE]", {}), ("placeholder", "[TIME]", {})])
    second = text.index("[DATE]", 3)
    twin = Span(id="t", label="placeholder", start=second, end=second + 6, quote="[DATE]")
    session.candidates.put(
        AnnotationSet(whole.document, SLOTS, whole.scheme, spans=[*whole.spans.values(), twin])
    )
    review_place.step(session, 1)
    assert review.reject_all(session, "identical").message == "rejected 2 alike"
    assert order(session) == ["[TIME]"]
    assert len(session.annotations.rejected) == 2


def test_links_wait_for_their_ends_and_are_decided_like_the_rest(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    review.accept(reviewing)
    assert "link" not in order(reviewing)
    review_place.go_to(reviewing, reviewing.candidates.in_order()[-2])
    review.accept(reviewing)
    link = review_place.active(reviewing)
    assert quote_of(link) == "link"
    review.accept(reviewing)
    (relation,) = reviewing.annotations.relations.values()
    ends = [reviewing.annotations.spans[end].quote for end in (relation.source, relation.target)]
    assert ends == [LEFT, NEVER]
    assert relation.attributes == {"kind": "negation"}
    assert relation.origin == {"from": CLAIMS, "rule": "negation"}
    assert "link" not in order(reviewing)


def test_a_rejected_link_stays_away(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    review.accept_all(reviewing, "rule")
    review_place.go_to(reviewing, reviewing.candidates.in_order()[1])
    review.reject(reviewing)
    assert len(reviewing.annotations.rejected_relations) == 1
    assert not reviewing.annotations.relations
    assert order(reviewing) == [SLOT, OFFER]
    assert reviewing.candidates.open_count == 2
    reviewing.undo()
    assert "link" in order(reviewing)


def test_accepting_many_takes_no_two_that_stand_for_the_same(session: Session) -> None:
    longer = LEFT.removesuffix(".")
    session.candidates.put(proposed(session, CLAIMS, [("claim", LEFT, {}), ("claim", longer, {})]))
    review_place.step(session, 1)
    review.accept_all(session, "rule")
    assert [span.quote for span in session.annotations.index] == [LEFT]
    assert session.candidates.open_count == 0


def test_a_link_that_no_longer_fits_does_not_stop_the_others(reviewing: Session) -> None:
    links = [(LEFT, NEVER), (CARRIED, REACHED)]
    spans: list[tuple[str, str, dict[str, Any]]] = [
        ("claim", quote, {}) for quote in (LEFT, CARRIED, REACHED, NEVER)
    ]
    reviewing.candidates.put(proposed(reviewing, CLAIMS, spans, links))
    review_place.step(reviewing, 1)
    review.accept(reviewing, "placeholder")
    review.accept_all(reviewing, "rule")
    due = [c for c in reviewing.candidates.in_order() if isinstance(c, LinkCandidate)]
    assert len(due) == 2
    review_place.go_to(reviewing, due[0])
    review.accept_all(reviewing, "rule")
    assert len(reviewing.annotations.relations) == 1


def test_a_link_is_moot_once_an_end_is_rejected(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    review.reject(reviewing)
    assert reviewing.candidates.open_count == 5


def test_by_score_the_surest_comes_first(reviewing: Session) -> None:
    reviewing.review_order = "score"
    seen = []
    for _ in range(6):
        found, wrapped = review_place.step(reviewing, 1)
        seen.append(quote_of(found))
        assert not wrapped
    assert seen == [SLOT, OFFER, CARRIED, REACHED, LEFT, NEVER]
    assert review_place.step(reviewing, 1)[1]
    assert quote_of(review_place.step(reviewing, -1)[0]) == NEVER


def test_stepping_goes_round_and_says_so(reviewing: Session) -> None:
    assert quote_of(review_place.step(reviewing, -1)[0]) == OFFER
    found, wrapped = review_place.step(reviewing, 1)
    assert (quote_of(found), wrapped) == (LEFT, True)
    assert quote_of(review_place.step(reviewing, 3)[0]) == SLOT


def test_the_review_goes_on_from_the_caret(reviewing: Session) -> None:
    reviewing.cursor.move_to(reviewing.text.index("[insert"))
    assert quote_of(review_place.step(reviewing, 1)[0]) == SLOT
    reviewing.cursor.move_to(reviewing.text.index("never"))
    assert review_place.reviewed(reviewing) is None
    assert quote_of(review_place.active(reviewing)) == NEVER
    assert quote_of(review_place.step(reviewing, -1)[0]) == NEVER


def test_nothing_here_and_nothing_left_are_said(reviewing: Session) -> None:
    reviewing.cursor.move_to(reviewing.text.index("\n\n"))
    with pytest.raises(NothingToDoError, match="j goes to the next of 7"):
        review.accept(reviewing)
    review_place.step(reviewing, 1)
    review.reject_all(reviewing, "rule")
    review.reject(reviewing)
    review.reject(reviewing)
    with pytest.raises(NothingToDoError, match="all 7 candidates are decided"):
        review_place.step(reviewing, 1)


def test_accepting_to_go_on_working_keeps_the_caret(reviewing: Session) -> None:
    review_place.step(reviewing, 1)
    review.accept_and_stay(reviewing, (0, len("The ferry Aurora")))
    span = reviewing.require_span()
    assert span.quote == "The ferry Aurora"
    review.go_on(reviewing, span.id)
    assert quote_of(review_place.active(reviewing)) == CARRIED


def test_candidates_put_in_order_on_a_copy_take_in_what_was_decided_meanwhile(
    reviewing: Session,
) -> None:
    frozen, revision = reviewing.store.freeze().annotations, reviewing.revision
    fresh = Candidates(lambda: frozen)
    fresh.put(*reviewing.candidates.sets.values())
    review_place.step(reviewing, 1)
    review.reject(reviewing)
    review.accept(reviewing)
    reviewing.undo()
    changed = reviewing.touched_since(revision)
    assert changed is not None
    fresh.follow(lambda: reviewing.annotations, changed)
    assert [c.id for c in fresh.in_order()] == [c.id for c in reviewing.candidates.in_order()]
    assert len(fresh.in_order()) == 5


def test_what_changed_too_long_ago_is_not_known(reviewing: Session) -> None:
    for number in range(201):
        reviewing.set_note(str(number))
    assert reviewing.touched_since(0) is None
    assert reviewing.touched_since(1) == []


TEXT = "abcdefghijklmnopqrstuvwxyz" * 3
PLACES = st.tuples(st.integers(0, 70), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1]))
LABELS = st.sampled_from(["claim", "placeholder"])


class CandidatesMachine(RuleBasedStateMachine):
    """What is known to be open step by step is what a fresh look finds."""

    folder: Path
    numbers = count()

    @initialize(
        spans=st.lists(st.tuples(LABELS, PLACES), max_size=8),
        links=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=3),
    )
    def start(self, spans: list[tuple[str, tuple[int, int]]], links: list[tuple[int, int]]) -> None:
        document = Document.of("letters.txt", TEXT)
        paths = SetPaths.of(self.folder, "ada", f"{next(self.numbers)}.txt")
        scheme = load_scheme("claims-and-placeholders")
        store = SetStore.open(paths, document, "ada", scheme.id)
        self.session = Session(document, store, scheme, now=lambda: "now", random=Random(1))
        made = [
            Span(id=f"m{n}", label=label, start=start, end=end, quote=TEXT[start:end])
            for n, (label, (start, end)) in enumerate(spans)
        ]
        relations = [
            Relation(id=f"n{n}", type="contradicts", source=made[a].id, target=made[b].id)
            for n, (a, b) in enumerate(links)
            if a < len(made) and b < len(made)
        ]
        ref = DocumentRef(document.id, document.sha256, document.length)
        self.proposed = AnnotationSet(ref, CLAIMS, scheme.id, spans=made, relations=relations)
        self.session.candidates.put(self.proposed)

    def teardown(self) -> None:
        self.session.store.close()

    @rule(data=st.data(), verb=st.sampled_from(["accept", "reject", "all", "none"]))
    def decide(self, data: st.DataObject, verb: str) -> None:
        found = self.session.candidates.in_order()
        if not found:
            return
        review_place.go_to(self.session, data.draw(st.sampled_from(found)))
        try:
            if verb == "accept":
                review.accept(self.session)
            elif verb == "reject":
                review.reject(self.session)
            elif verb == "all":
                review.accept_all(self.session, "rule")
            else:
                review.reject_all(self.session, "identical")
        except NothingToDoError:
            pass

    @rule(label=LABELS, place=PLACES)
    def tag(self, label: str, place: tuple[int, int]) -> None:
        span = self.session.new_span(label, *place, {})
        self.session.commit("tag", [Put("spans", span)])

    @precondition(lambda self: self.session.annotations.spans)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        spans = self.session.annotations.spans
        tagging.delete(self.session, spans[data.draw(st.sampled_from(sorted(spans)))])

    @rule(back=st.booleans())
    def travel(self, back: bool) -> None:
        with suppress(NothingToDoError):
            self.session.undo() if back else self.session.redo()

    @invariant()
    def fresh_look_agrees(self) -> None:
        if not hasattr(self, "proposed"):
            return
        fresh = Candidates(lambda: self.session.annotations)
        fresh.put(self.proposed)
        known = self.session.candidates
        assert [c.id for c in known.in_order()] == [c.id for c in fresh.in_order()]
        assert known.open_count == fresh.open_count
        for candidate in known.in_order():
            if isinstance(candidate, Candidate):
                assert known.find(candidate.id) == candidate


def test_open_candidates_are_kept_in_step(tmp_path: Path) -> None:
    CandidatesMachine.folder = tmp_path
    run_state_machine_as_test(
        CandidatesMachine, settings=settings(max_examples=40, stateful_step_count=15, deadline=None)
    )


@pytest.mark.parametrize("sources", [(SLOTS, CLAIMS), (CLAIMS, SLOTS)])
def test_of_two_who_propose_the_same_the_one_that_says_more_stands(
    session: Session, sources: tuple[str, str]
) -> None:
    more = {"score": 0.6, "attributes": {"worthiness": "check-worthy"}}
    said = {SLOTS: {"rule": "answered-by", "score": 0.9}, CLAIMS: {"rule": "claims", **more}}
    for source in sources:
        session.candidates.put(proposed(session, source, [("claim", LEFT, dict(said[source]))]))
    (candidate,) = session.candidates.open_spans()
    assert (candidate.source, candidate.also) == (CLAIMS, (SLOTS,))
    assert candidate.span.attributes == {"worthiness": "check-worthy"}


def test_an_origin_written_by_hand_decides_nothing_and_breaks_nothing(session: Session) -> None:
    origin = {"from": "me", "start": "the top", "end": None, "score": "high"}
    own = replace(session.new_span("claim", 0, len(LEFT), {}), origin=origin)
    session.commit("tag", [Put("spans", own)])
    session.candidates.put(proposed(session, SLOTS, [("placeholder", "Aurora", {})]))
    assert session.candidates.open_span_count == 1


def test_a_score_that_is_no_number_counts_as_none(session: Session) -> None:
    spans: list[tuple[str, str, dict[str, Any]]] = [
        ("claim", LEFT, {"score": 0.6}),
        ("claim", CARRIED, {"score": float("nan")}),
        ("claim", NEVER, {"score": 0.9}),
    ]
    session.candidates.put(proposed(session, CLAIMS, spans))
    assert [c.score for c in session.candidates.by_score()] == [1.0, 0.9, 0.6]


def test_all_twins_with_another_label_are_relabelled_not_doubled(
    open_session: Callable[..., Session],
) -> None:
    session = open_session("Aurora came. Aurora left. Aurora sank. Aurora rose. Aurora fell.")
    places = [n for n in range(len(session.text)) if session.text.startswith("Aurora", n)]
    labels = ("claim", "claim", "claim", "placeholder", "placeholder")
    for label, at in zip(labels, places, strict=True):
        session.commit("tag", [Put("spans", session.new_span(label, at, at + 6, {}))])
    session.candidates.put(missed_twins(session.annotations, session.text, session.scheme))
    review_place.step(session, 1)
    change = review.accept_all(session, "rule")
    assert change.message == "accepted 2 of rule other-label"
    assert [s.label for s in session.annotations.spans.values()] == ["claim"] * 5
