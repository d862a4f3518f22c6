"""Statistics of annotation sets, and of the time that went into them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.span import Span
from annotator.quality.statistics import Statistics, covered
from annotator.session.work_time import PAUSE, days_of
from annotator.store.journal_history import Action
from annotator.store.reanchor import REVIEWER


def span(start: int, end: int, label: str = "claim", **fields: object) -> Span:
    return Span(id=f"{label}{start}-{end}", label=label, start=start, end=end, **fields)  # type: ignore[arg-type]  # any field


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20))))
def test_what_overlaps_is_covered_once(places: list[tuple[int, int]]) -> None:
    spans = [span(start, start + length) for start, length in places]
    points = {point for one in spans for point in range(one.start, one.end)}
    assert covered(spans) == len(points)


def test_counts_leave_out_furniture_and_know_what_was_read_in_vain() -> None:
    counts = Statistics()
    origin = {"from": "model:x", "rule": "r"}
    reference = DocumentRef("a", "0", 100)
    one = AnnotationSet(
        reference, "ada", "c/1", status="done",
        spans=[span(0, 10, attributes={"kind": ["a", "b"]}, origin=origin), span(20, 90, "menu")],
        rejected=[
            span(12, 14, origin=origin),
            span(15, 16, origin={"from": REVIEWER, "orphan": "s1"}),  # no candidate of a model
        ],
    )  # fmt: skip
    counts.add(one, frozenset({"menu"}))
    counts.add(AnnotationSet(reference, "ada", "c/1", status="done"))
    found = counts.to_json()
    assert found["done_without_spans"] == 1
    assert found["spans"] == {"claim": 1}
    assert found["coverage"] == 10 / 200
    assert found["attributes"] == {"claim.kind": {"a": 1, "b": 1}}
    assert found["candidates"] == [{"source": "model:x", "rule": "r", "accepted": 1, "rejected": 1}]
    assert Statistics().to_json()["coverage"] is None


def test_pauses_are_no_work() -> None:
    times = ("10:00:00", "10:00:30", "11:00:00", "11:02:00")
    actions = [
        Action(f"2026-11-24T{time}.000Z", "edit", keys=2, made=1 if place else 0)
        for place, time in enumerate(times)
    ]
    (day,) = days_of(actions).values()
    assert day.seconds == 30 + PAUSE
    assert (day.made, day.keys) == (3, 8)
    assert day.to_json()["seconds_per_span"] == 50
    (idle,) = days_of(actions[:1]).values()
    assert idle.to_json()["seconds_per_span"] is None
