"""An article was edited: spans without a certain place are reviewed like candidates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.annotations import Op, Put, SetField
from annotator.domain.span import Relation, Span
from annotator.session import review
from annotator.session.candidate import Candidate
from annotator.session.document_session import Session
from annotator.session.orphans import missed, orphan_candidates
from annotator.session.workspace import Workspace
from annotator.store.project import open_project
from annotator.store.reanchor import HOME_KEY, PERHAPS_KEY
from annotator.text.quotes import context

OLD = (
    "The board met in a cold hall. The crane cost four million crowns, it was said.\n\n"
    "Nobody believed it. The price was absurd, said the fishermen of the northern quay.\n\n"
    "The ferry runs twice a day. The price was absurd, said the children of the school.\n"
)
PRICE = "The price was absurd"


def span(span_id: str, quote: str, **more: object) -> Span:
    start = OLD.index(quote)
    prefix, suffix = context(OLD, start, start + len(quote))
    known = Span(
        id=span_id, label="claim", start=start, end=start + len(quote), quote=quote,
        prefix=prefix, suffix=suffix, created="2026-11-20T10:00:00Z", by="ada",
    )  # fmt: skip
    return replace(known, **more)  # type: ignore[arg-type]


CRANE = span(
    "s1", "The crane cost four million crowns", attributes={"worthiness": "check-worthy"},
    note="asked", extra={"ticket": {"id": 77}}, origin={"from": "model:claims", "score": 0.8},
)  # fmt: skip
FERRY = span("s2", "The ferry runs twice a day", fragments=((162, 171), (172, 188)))
FIRST = span("s3", PRICE, note="the first")
TURNED = span("s4", "Nobody believed it")
LINK = Relation(id="r1", type="contradicts", source="s1", target="s3")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with an annotated article."""
    (tmp_path / "a.txt").write_text(OLD)
    session = Workspace(open_project(tmp_path, annotator="ada"), "ada").open(0)
    ops: list[Op] = [Put("spans", one) for one in (CRANE, replace(FERRY, fragments=()), FIRST)]
    ops += [Put("rejected", TURNED), Put("relations", LINK), SetField("status", "done")]
    session.store.do("tag", ops)
    session.store.close()
    return tmp_path


def edited(root: Path, new: str) -> Session:
    """Return the session of the article after an edit, its orphans' places proposed."""
    (root / "a.txt").write_text(new)
    session = Workspace(open_project(root, annotator="ada"), "ada").open(0)
    session.candidates.put(orphan_candidates(session.annotations, session.text))
    return session


def places(session: Session, orphan: str) -> list[Candidate]:
    """Return the open candidates for an orphan."""
    found = session.candidates.open_spans()
    return [one for one in found if one.span.origin["orphan"] == orphan]


def go_to(session: Session, quote: str) -> None:
    session.cursor.move_to(session.text.index(quote))


def test_accepting_a_place_brings_the_span_back_whole(root: Path) -> None:
    session = edited(root, OLD.replace("four million", "five million"))
    assert session.annotations.status == "flagged"
    assert "s1" in session.annotations.orphans
    assert session.annotations.relations == {"r1": LINK}
    go_to(session, "The crane")
    review.accept(session)
    back = session.annotations.spans["s1"]
    assert back.quote == "The crane cost five million crowns"
    kept = replace(
        back, start=CRANE.start, end=CRANE.end, quote=CRANE.quote, prefix=CRANE.prefix,
        suffix=CRANE.suffix,
    )  # fmt: skip
    assert kept == CRANE
    assert "s1" not in session.annotations.orphans
    assert not session.candidates.open_at(back.start)
    session.undo()
    assert "s1" in session.annotations.orphans
    assert session.candidates.open_at(back.start)
    session.store.close()


def test_rejecting_a_place_leaves_the_orphan_known(root: Path) -> None:
    session = edited(root, OLD.replace("four million", "five million"))
    go_to(session, "The crane")
    review.reject(session)
    session.store.close()
    session = edited(root, (root / "a.txt").read_text())
    assert session.annotations.orphans["s1"].attributes == CRANE.attributes
    assert session.candidates.open_count == 0
    session.store.close()


def test_of_several_places_one_is_taken_and_the_others_are_no_longer_asked_about(
    root: Path,
) -> None:
    """The sentence around the first mention is gone, the words stand twice elsewhere."""
    new = OLD.replace(f"{PRICE}, said the fishermen of the northern quay.", "")
    session = edited(root, f"{new}So it goes: {PRICE.lower()}, and {PRICE}, as they say.\n")
    orphan = session.annotations.orphans["s3"]
    assert len(orphan.extra[PERHAPS_KEY]) == 2
    assert len(places(session, "s3")) == 2
    go_to(session, f"{PRICE}, as")
    review.accept(session)
    assert session.annotations.spans["s3"].note == "the first"
    assert not places(session, "s3")
    session.undo()
    assert len(places(session, "s3")) == 2
    review.accept_all(session, "rule")
    assert session.text[slice(*session.annotations.spans["s3"].range)] == PRICE
    assert session.annotations.spans["s3"].range == tuple(orphan.extra[PERHAPS_KEY][0])
    session.store.close()


def two_of_the_same_words(root: Path) -> Session:
    """Return a session in which either of two orphans may stand at either of two places."""
    session = Workspace(open_project(root, annotator="ada"), "ada").open(0)
    start = OLD.rindex(PRICE)
    prefix, suffix = context(OLD, start, start + len(PRICE))
    second = replace(
        FIRST, id="s5", start=start, end=start + len(PRICE), prefix=prefix, suffix=suffix,
        note="the second",
    )  # fmt: skip
    session.store.do("tag", [Put("spans", second)])
    session.store.close()
    new = OLD.replace("believed it. The", "agreed. The").replace("twice a day. The", "daily. The")
    return edited(root, new.replace(", said the", " to the"))


def test_each_of_two_orphans_of_the_same_words_is_offered_its_place(root: Path) -> None:
    session = two_of_the_same_words(root)
    assert [len(places(session, one)) for one in ("s3", "s5")] == [2, 2]
    go_to(session, PRICE)
    review.accept(session)
    (brought,) = {"s3", "s5"} & session.annotations.spans.keys()
    (other,) = {"s3", "s5"} - {brought}
    (left,) = places(session, other)
    assert left.range[0] == session.text.rindex(PRICE)
    session.undo()
    assert [len(places(session, one)) for one in ("s3", "s5")] == [2, 2]
    session.store.close()


@pytest.mark.parametrize("both_first_at", [0, 1, None])
def test_two_orphans_of_the_same_words_never_come_back_to_one_place(
    root: Path, both_first_at: int | None
) -> None:
    session = two_of_the_same_words(root)
    if both_first_at is not None:
        for name in ("s3", "s5"):
            orphan = session.annotations.orphans[name]
            ranges = sorted(orphan.extra[PERHAPS_KEY], reverse=both_first_at == 1)
            moved = replace(orphan, extra={PERHAPS_KEY: ranges})
            session.store.do("x", [Put("orphans", moved)])
        session.candidates.put(orphan_candidates(session.annotations, session.text))
    go_to(session, PRICE)
    review.accept_all(session, "rule")
    starts = {session.annotations.spans[name].start for name in ("s3", "s5")}
    assert starts == {session.text.index(PRICE), session.text.rindex(PRICE)}
    session.store.close()


def test_an_orphans_place_stands_before_what_a_model_proposes_there(root: Path) -> None:
    """Else accepting would make a new span, and the old one with its links would stay lost."""
    session = edited(root, OLD.replace("four million", "five million"))
    (mine,) = session.candidates.sets["model:reanchor"].spans.values()
    theirs = replace(mine, id="m1", origin={"from": "model:x"}, attributes={"a": 1, "b": 2, "c": 3})
    model = orphan_candidates(session.annotations, session.text)
    model.annotator, model.spans = "model:x", {"m1": theirs}
    session.candidates.put(model)
    go_to(session, "The crane")
    review.accept(session)
    assert set(session.annotations.spans) == {"s1", "s2", "s3"}
    session.store.close()


def test_what_was_turned_down_is_not_asked_about_when_its_words_are_gone(root: Path) -> None:
    session = edited(root, OLD.replace("Nobody believed it", "Everybody did"))
    assert session.annotations.orphans["s4"].extra == {HOME_KEY: "rejected"}
    assert "s4" not in {one.id for one in missed(session.annotations)}
    assert not places(session, "s4")
    session.store.close()


@pytest.mark.parametrize(
    "perhaps", [7, [[1]], [[5, 2]], [["a", "b"]], [[-3, 4]], [[0, 10_000]], [[True, 3]], [None]]
)
def test_places_of_a_hand_edited_file_that_are_none_are_left_out(
    root: Path, perhaps: object
) -> None:
    session = edited(root, OLD)
    orphan = replace(CRANE, id="s9", extra={PERHAPS_KEY: perhaps})
    session.store.do("x", [Put("orphans", orphan)])
    assert not orphan_candidates(session.annotations, session.text).spans
    session.store.close()
