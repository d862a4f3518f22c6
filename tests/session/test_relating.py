"""Links between spans."""

from __future__ import annotations

import pytest

from annotator.domain.span import Span
from annotator.session import relating, tagging
from annotator.session.document_session import NothingToDoError, Session


def tagged(session: Session, words: str, label: str = "claim") -> Span:
    """Tag what is under some words and return the span."""
    session.cursor.clear()
    session.cursor.move_to(session.text.index(words))
    tagging.tag(session, label)
    span = session.active_span()
    assert span is not None
    return span


@pytest.fixture
def pair(session: Session) -> tuple[Span, Span]:
    """Return two claims that contradict each other."""
    return tagged(session, "on Monday"), tagged(session, "never left")


def test_marking_twice_then_linking(session: Session, pair: tuple[Span, Span]) -> None:
    first, second = pair
    session.cursor.move_to(first.start)
    assert relating.mark_or_pair(session) is None
    session.cursor.move_to(second.start)
    assert relating.mark_or_pair(session) == (first, second)
    relating.relate(session, first, second, "contradicts")
    (relation,) = session.annotations.relations.values()
    assert (relation.source, relation.target) == (first.id, second.id)
    assert session.linking is None


def test_marking_the_same_span_again_drops_the_mark(
    session: Session, pair: tuple[Span, Span]
) -> None:
    session.cursor.move_to(pair[0].start)
    relating.mark_or_pair(session)
    with pytest.raises(NothingToDoError):
        relating.mark_or_pair(session)
    assert session.linking is None


def test_symmetric_relations_are_not_made_twice(session: Session, pair: tuple[Span, Span]) -> None:
    first, second = pair
    relating.relate(session, first, second, "contradicts")
    with pytest.raises(NothingToDoError):
        relating.relate(session, second, first, "contradicts")
    relating.relate(session, first, second, "supports")
    relating.relate(session, second, first, "supports")
    assert len(session.annotations.relations) == 3


def test_types_are_offered_by_what_the_scheme_allows(session: Session) -> None:
    slot = tagged(session, "exact", "placeholder")
    claim = tagged(session, "Kestrel")
    offered = relating.possible_types(session, claim, slot)
    names = {kind.name: turned for kind, turned in offered}
    assert names["blocks"] is True
    assert "contradicts" not in names


def test_deleting_a_span_takes_its_relations_and_undo_brings_them_back(
    session: Session, pair: tuple[Span, Span]
) -> None:
    relating.relate(session, *pair, "contradicts")
    tagging.delete(session, pair[0])
    assert not session.annotations.relations
    session.undo()
    assert len(session.annotations.relations) == 1
    assert pair[0].id in session.annotations.spans


def test_follow_goes_round_the_other_ends(session: Session, pair: tuple[Span, Span]) -> None:
    third = tagged(session, "passengers")
    relating.relate(session, pair[0], pair[1], "contradicts")
    relating.relate(session, pair[0], third, "supports")
    seen = []
    for _ in range(3):
        session.cursor.move_to(pair[0].start)
        seen.append(relating.follow(session).id)
    assert seen == [pair[1].id, third.id, pair[1].id]


def test_relabel_drops_relations_that_no_longer_fit(
    session: Session, pair: tuple[Span, Span]
) -> None:
    relating.relate(session, *pair, "contradicts")
    session.cursor.move_to(pair[0].start)
    tagging.relabel(session, "furniture")
    assert not session.annotations.relations


def test_merging_moves_relations_and_drops_those_within(
    session: Session, pair: tuple[Span, Span]
) -> None:
    second = tagged(session, "passengers")
    relating.relate(session, pair[0], second, "supports")
    relating.relate(session, second, pair[1], "contradicts")
    session.cursor.move_to(pair[0].start)
    tagging.merge(session)
    (relation,) = session.annotations.relations.values()
    assert (relation.source, relation.target) == (pair[0].id, pair[1].id)
