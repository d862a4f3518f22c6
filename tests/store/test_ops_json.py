from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotations import (
    RELATION_SECTIONS,
    SECTIONS,
    STATUSES,
    Drop,
    Op,
    Put,
    SectionName,
    SetField,
    Status,
)
from annotator.domain.span import Relation, Span
from annotator.store.ops_json import ops_from_json, ops_to_json

TEXTS = st.text(max_size=8)
VALUES = st.one_of(TEXTS, st.booleans(), st.integers(), st.floats(allow_nan=False), st.none())
MAPPINGS = st.dictionaries(TEXTS, st.one_of(VALUES, st.lists(VALUES, max_size=2)), max_size=2)
RANGES = st.tuples(st.integers(), st.integers())
SPANS = st.builds(
    Span,
    id=TEXTS,
    label=TEXTS,
    start=st.integers(),
    end=st.integers(),
    quote=TEXTS,
    prefix=TEXTS,
    suffix=TEXTS,
    fragments=st.lists(RANGES, max_size=2).map(tuple),
    attributes=MAPPINGS,
    note=TEXTS,
    origin=MAPPINGS,
    created=TEXTS,
    by=TEXTS,
    extra=MAPPINGS,
)
RELATIONS = st.builds(
    Relation,
    id=TEXTS,
    type=TEXTS,
    source=TEXTS,
    target=TEXTS,
    attributes=MAPPINGS,
    note=TEXTS,
    origin=MAPPINGS,
    created=TEXTS,
    by=TEXTS,
    extra=MAPPINGS,
)
SPAN_SECTIONS: st.SearchStrategy[SectionName] = st.sampled_from(["spans", "rejected", "orphans"])
LINK_SECTIONS: st.SearchStrategy[SectionName] = st.sampled_from(RELATION_SECTIONS)
STATUS: st.SearchStrategy[Status] = st.sampled_from(["new", "in-progress", "done", "flagged"])
OPS: st.SearchStrategy[Op] = st.one_of(
    st.builds(Put, SPAN_SECTIONS, SPANS),
    st.builds(Put, LINK_SECTIONS, RELATIONS),
    st.builds(Drop, st.sampled_from(SECTIONS), TEXTS),
    st.builds(SetField, st.just("note"), TEXTS),
    st.builds(SetField, st.just("status"), STATUS),
)
JSON: st.SearchStrategy[Any] = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["put", "drop", "set", "item", "id", "value", "start", "fragments"]),
            inner,
        ),
    ),
)


@given(st.lists(OPS, max_size=3))
def test_operations_come_back_whole(ops: list[Op]) -> None:
    assert ops_from_json(json.loads(json.dumps(ops_to_json(ops)))) == tuple(ops)


@given(JSON)
def test_other_json_is_refused_and_never_a_crash(data: Any) -> None:
    try:
        ops_from_json(data)
    except ValueError:
        return
    assert isinstance(data, list)


@pytest.mark.parametrize(
    "op",
    [
        {"put": "spans", "item": {"id": "s1", "label": "claim", "start": 0}},
        {"put": "spans", "item": {"id": "s1", "label": "claim", "start": "0", "end": 1}},
        {"put": "spans", "item": {"id": 1, "label": "claim", "start": 0, "end": 1}},
        {"put": "elsewhere", "item": {"id": "s1", "label": "claim", "start": 0, "end": 1}},
        {"put": "relations", "item": {"id": "s1", "label": "claim", "start": 0, "end": 1}},
        {"set": "status", "value": "finished"},
        {"set": "scheme", "value": "x/1"},
        {"drop": "spans"},
    ],
)
def test_an_operation_that_would_damage_the_set_is_refused(op: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        ops_from_json([op])


def test_every_status_can_be_set() -> None:
    ops = tuple(SetField("status", status) for status in STATUSES)
    assert ops_from_json(ops_to_json(ops)) == ops
