"""Differences of two annotation sets."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.span import Relation, Span
from annotator.quality.differences import differences


def said(
    spans: list[Span], by: str = "ada", relations: list[Relation] | None = None
) -> AnnotationSet:
    reference = DocumentRef("x.txt", "0", 100)
    return AnnotationSet(reference, by, "claims/1", spans=spans, relations=relations or ())


def span(span_id: str, start: int, end: int, label: str = "claim") -> Span:
    return Span(id=span_id, label=label, start=start, end=end)


SPANS = st.lists(
    st.builds(
        lambda start, length, label, kind: replace(
            span("", start, start + length, label), attributes={"kind": kind} if kind else {}
        ),
        st.integers(0, 30),
        st.integers(1, 10),
        st.sampled_from(["claim", "placeholder"]),
        st.sampled_from(["", "slot"]),
    ),
    max_size=8,
).map(lambda spans: [replace(one, id=f"s{number}") for number, one in enumerate(spans)])


@given(SPANS, SPANS, st.booleans())
def test_every_span_is_told_of_once(one: list[Span], other: list[Span], same: bool) -> None:
    found = differences(said(one), said(other, "ada" if same else "ben"))
    olds = [d.before.id for d in found.spans if d.before is not None]
    news = [d.after.id for d in found.spans if d.after is not None]
    assert len(set(olds)) == len(olds)
    assert len(set(news)) == len(news)
    assert len(olds) + found.same == len(one)
    assert len(news) + found.same == len(other)
    back = differences(said(other, "ada" if same else "ben"), said(one))
    assert bool(back) == bool(found)


@given(SPANS)
def test_ids_do_not_count_between_annotators(spans: list[Span]) -> None:
    renamed = [replace(one, id=f"other{number}", by="ben") for number, one in enumerate(spans)]
    assert not differences(said(spans), said(renamed[::-1], "ben"))


def test_a_version_is_the_same_span_wherever_it_went() -> None:
    found = differences(said([span("s1", 0, 10)]), said([span("s1", 50, 60, "placeholder")]))
    assert [(one.kind, one.fields) for one in found.spans] == [("changed", ("bounds", "label"))]
    found = differences(said([span("s1", 0, 10)]), said([span("s1", 50, 60)], "ben"))
    assert [one.kind for one in found.spans] == ["removed", "added"]


def test_the_same_label_is_preferred_where_bounds_moved() -> None:
    ada = said([span("a", 0, 10)])
    ben = said([span("b1", 0, 9, "placeholder"), span("b2", 0, 7)], "ben")
    found = {one.span.id: one for one in differences(ada, ben).spans}
    assert found["b2"].fields == ("bounds",)
    assert found["b1"].kind == "added"


def test_relations_follow_their_ends() -> None:
    def pair(prefix: str) -> list[Span]:
        return [span(f"{prefix}1", 0, 10), span(f"{prefix}2", 20, 30)]

    link = Relation(id="r", type="supports", source="a1", target="a2")
    theirs = replace(link, id="q", source="b1", target="b2")
    ada = said(pair("a"), relations=[link])
    assert not differences(ada, said(pair("b"), "ben", [theirs]))
    noted = replace(theirs, note="see there")
    found = differences(ada, said(pair("b"), "ben", [noted])).relations
    assert [(one.kind, one.fields) for one in found] == [("changed", ("note",))]
    turned = replace(theirs, source="b2", target="b1")
    found = differences(ada, said(pair("b"), "ben", [turned])).relations
    assert [one.kind for one in found] == ["removed", "added"]


def test_a_span_that_went_to_another_section_is_one_difference_and_keeps_its_links() -> None:
    link = Relation(id="r1", type="supports", source="s1", target="s2")
    before = said([span("s2", 40, 50)], relations=[link])
    before.orphans["s1"] = span("s1", 0, 10)
    after = said([span("s1", 3, 13), span("s2", 40, 50)], relations=[link])
    (one,) = differences(before, after).spans
    assert (one.kind, one.was, one.section, one.fields) == (
        "changed", "orphans", "spans", ("section", "bounds"),
    )  # fmt: skip
    assert not differences(before, after).relations
    assert {d.kind for d in differences(before, said([], "ben")).spans} == {"removed"}
