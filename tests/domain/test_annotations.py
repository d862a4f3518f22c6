"""Every change of an annotation set has its inverse, and undo and redo are exact."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotator.domain.annotations import (
    RELATION_SECTIONS,
    SECTIONS,
    STATUSES,
    AnnotationSet,
    DocumentRef,
    Drop,
    Op,
    Put,
    SetField,
)
from annotator.domain.history import Edit, History
from annotator.domain.span import Relation, Span
from annotator.domain.span_index import SpanIndex

NAMES = st.sampled_from("abcde")
SPAN_SECTIONS = st.sampled_from(SECTIONS[:3])
LINK_SECTIONS = st.sampled_from(RELATION_SECTIONS)


def empty() -> AnnotationSet:
    return AnnotationSet(DocumentRef("d", "hash", 100), "mira", "s/1")


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 500))
    end = start + draw(st.integers(1, 500))
    return Span(id=draw(NAMES), label=draw(st.sampled_from("xy")), start=start, end=end)


@st.composite
def ops(draw: st.DrawFn) -> Op:
    kind = draw(st.sampled_from(["put", "put", "drop", "relation", "status", "note"]))
    if kind == "put":
        return Put(draw(SPAN_SECTIONS), draw(spans()))
    if kind == "drop":
        return Drop(draw(SPAN_SECTIONS), draw(NAMES))
    if kind == "relation":
        relation = Relation(id=draw(NAMES), type="t", source=draw(NAMES), target=draw(NAMES))
        return Put(draw(LINK_SECTIONS), relation)
    if kind == "status":
        return SetField("status", draw(st.sampled_from(STATUSES)))
    return SetField("note", draw(st.text(max_size=3)))


def state(annotations: AnnotationSet) -> dict[str, Any]:
    """Return what a set says; also checks that the index agrees with it."""
    assert list(annotations.index) == list(SpanIndex(annotations.spans.values()))
    return {key: copy.copy(value) for key, value in vars(annotations).items() if key != "_index"}


def possible(annotations: AnnotationSet, wanted: list[Op]) -> list[Op]:
    """Leave out operations that drop what will not be there."""
    there = {(section, name) for section in SECTIONS for name in annotations.section(section)}
    kept = []
    for op in wanted:
        if isinstance(op, Drop):
            if (op.section, op.id) not in there:
                continue
            there.remove((op.section, op.id))
        elif isinstance(op, Put):
            there.add((op.section, op.item.id))
        kept.append(op)
    return kept


@settings(max_examples=60)
@given(st.lists(ops(), max_size=8), st.lists(ops(), max_size=8), st.booleans())
def test_the_inverse_takes_everything_back(first: list[Op], then: list[Op], indexed: bool) -> None:
    annotations = empty()
    if indexed:
        assert len(annotations.index) == 0
    annotations.apply(possible(annotations, first))
    before = state(annotations)
    wanted = possible(annotations, then)
    inverse = annotations.apply(wanted)
    after = state(annotations)
    again = annotations.apply(inverse)
    assert state(annotations) == before
    annotations.apply(again)
    assert state(annotations) == after


def test_dropping_what_is_not_there_is_an_error_and_nothing_is_half_done() -> None:
    annotations = empty()
    with pytest.raises(KeyError):
        annotations.apply([Drop("spans", "a")])
    assert state(annotations) == state(empty())


def test_ids_and_relations_of_a_span() -> None:
    a, b = (Span(id=name, label="x", start=0, end=1) for name in "ab")
    there = Relation(id="r", type="t", source="a", target="b")
    annotations = AnnotationSet(
        DocumentRef("d", "h", 1), "m", "s/1", spans=[a], rejected=[b], relations=[there]
    )
    assert annotations.ids() == {"a", "b", "r"}
    assert annotations.relations_of("a") == annotations.relations_of("b") == [there]
    assert annotations.relations_of("r") == []


class HistoryMachine(RuleBasedStateMachine):
    """Edits, undoes and redoes at random; every state that was left is met again exactly."""

    def __init__(self) -> None:
        super().__init__()
        self.annotations = empty()
        self.history = History()
        self.states = [state(self.annotations)]
        self.now = 0

    @rule(wanted=st.lists(ops(), min_size=1, max_size=4))
    def edit(self, wanted: list[Op]) -> None:
        done = possible(self.annotations, wanted)
        inverse = self.annotations.apply(done)
        self.history.record(Edit("edit", tuple(done), inverse))
        del self.states[self.now + 1 :]
        self.states.append(state(self.annotations))
        self.now += 1

    @rule()
    def undo(self) -> None:
        assert (self.history.undo(self.annotations) is None) == (self.now == 0)
        self.now = max(0, self.now - 1)

    @rule()
    def redo(self) -> None:
        last = len(self.states) - 1
        assert (self.history.redo(self.annotations) is None) == (self.now == last)
        self.now = min(last, self.now + 1)

    @precondition(lambda self: self.now > 2)
    @rule()
    def forget(self) -> None:
        self.history.clear()
        self.states = [state(self.annotations)]
        self.now = 0

    @invariant()
    def the_state_is_the_one_that_was_left(self) -> None:
        assert state(self.annotations) == self.states[self.now]


HistoryMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestHistory = HistoryMachine.TestCase


def test_a_replaced_span_is_found_at_its_new_place_only() -> None:
    annotations = empty()
    span = Span(id="a", label="x", start=0, end=5)
    annotations.apply([Put("spans", span)])
    assert annotations.index.at(2) == [span]
    moved = replace(span, start=10, end=12)
    annotations.apply([Put("spans", moved)])
    assert annotations.index.at(2) == []
    assert annotations.index.at(11) == [moved]
