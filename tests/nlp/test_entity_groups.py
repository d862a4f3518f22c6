"""Entities as plain data: the list in the sidebar, the record in the cache."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.nlp.entities import Entity, group_entities, mention_key, pack, unpack


def entities_of(text: str, *named: tuple[str, str]) -> list[Entity]:
    found: list[Entity] = []
    for quote, label in named:
        start = text.index(quote, found[-1].end if found else 0)
        found.append(Entity(start, start + len(quote), label))
    return found


def test_groups_count_places_and_join_spellings_of_one_name() -> None:
    text = "Mira saw the Harbour Board; the Harbour\n Board's ferry took Mira to Oslo."
    entities = entities_of(
        text,
        ("Mira", "PERSON"),
        ("the Harbour Board", "ORG"),
        ("Harbour\n Board's", "ORG"),
        ("Mira", "PERSON"),
        ("Oslo", "GPE"),
    )
    groups = group_entities(entities, text)
    assert [(group.title, group.count) for group in groups] == [
        ("People", 2),
        ("Organisations", 2),
        ("Countries and cities", 1),
    ]
    assert [(mention.text, len(mention.places)) for mention in groups[1].mentions] == [
        ("the Harbour Board", 2)
    ]


def test_an_unknown_label_comes_last_under_its_own_name() -> None:
    groups = group_entities([Entity(0, 1, "GENE"), Entity(2, 3, "DATE")], "x y")
    assert [group.title for group in groups] == ["Dates", "GENE"]


@pytest.mark.parametrize(
    ("quote", "key"),
    [
        ("US", "US"),
        ("us", "us"),
        ("The Board\u2019s", "Board"),
        ("the\tUnited  States", "United States"),
        ("the", "the"),
        ("'s", "'s"),
        ("Andes", "Andes"),
    ],
)
def test_mention_key(quote: str, key: str) -> None:
    assert mention_key(quote) == key


@st.composite
def sorted_entities(draw: st.DrawFn) -> list[Entity]:
    ranges = draw(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 10)), max_size=8))
    labels = st.sampled_from(["PERSON", "ORG", "\u65e5\u4ed8"])
    return sorted(Entity(start, start + size, draw(labels)) for start, size in ranges)


@given(sorted_entities())
def test_what_is_packed_comes_back_through_json(entities: list[Entity]) -> None:
    assert unpack(json.loads(json.dumps(pack(entities))), 100) == entities


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"labels": ["A"], "entities": [0, 1]},
        {"labels": ["A"], "entities": [0, 1, 1]},
        {"labels": ["A"], "entities": [0, 1, -1]},
        {"labels": ["A"], "entities": [0, 11, 0]},
        {"labels": ["A"], "entities": [2, 2, 0]},
        {"labels": ["A"], "entities": [5, 6, 0, 1, 2, 0]},
        {"labels": ["A"], "entities": [-1, 2, 0]},
        {"labels": ["A"], "entities": [0, True, 0]},
        {"labels": ["A"], "entities": [0, 1.0, 0]},
        {"labels": [1], "entities": []},
    ],
)
def test_data_that_cannot_be_entities_of_the_text_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        unpack(data, 10)
