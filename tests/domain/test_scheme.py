"""Schemes: what the parser takes and refuses, and what attributes may say."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import InvalidFileError, Path, Source
from annotator.domain.scheme import ATTRIBUTE_TYPES, Attribute, RelationType
from annotator.domain.scheme_parser import parse_scheme

GOOD: dict[str, Any] = {
    "format": "annotator-scheme/1",
    "name": "s",
    "version": 2,
    "description": "d",
    "labels": {
        "a": {"key": "a", "unit": ["clause"], "colour": "red", "furniture": True},
        "b": {
            "key": "b",
            "attributes": {
                "one": {"values": ["x", "y"], "default": "x"},
                "text": {},
                "count": {"type": "number"},
            },
        },
    },
    "relations": {"r": {"from": "a", "to": ["a", "b"], "symmetric": True}},
    "house": "rules",
}
LINES: dict[Path, int] = {(): 1, ("labels",): 5, ("labels", "a"): 6, ("labels", "a", "key"): 7}


ONE = ("labels", "b", "attributes", "one")


def changed(path: Path, value: object) -> Any:
    """Return the good scheme with one value set; None removes it."""
    data = copy.deepcopy(GOOD)
    node: Any = data
    for part in path[:-1]:
        node = node[part]
    if value is None:
        node.pop(path[-1], None)
    else:
        node[path[-1]] = value
    return data


def test_a_scheme_has_what_its_file_says() -> None:
    scheme = parse_scheme(GOOD, Source("s.yaml", LINES))
    assert scheme.id == "s/2"
    assert scheme.extra == {"house": "rules"}
    assert scheme.labels["a"].units == ("clause",)
    assert scheme.labels["a"].furniture
    assert scheme.labels["b"].units == ("word",)
    first = scheme.labels["b"].first_choice
    assert first is not None
    assert (first.name, first.type, first.values, first.default) == (
        "one", "choice", ("x", "y"), "x",
    )  # fmt: skip
    assert scheme.labels["a"].first_choice is None
    assert scheme.labels["b"].attributes["text"].type == "text"
    assert scheme.label_for_key("b") == scheme.labels["b"]
    assert scheme.label_for_key("z") is None
    assert scheme.relations["r"].sources == ("a",)


@pytest.mark.parametrize(
    ("path", "value", "key", "message"),
    [
        (("format",), "annotator-scheme/2", "format", "expected annotator-scheme/1"),
        (("name",), None, "name", "missing"),
        (("name",), 3, "name", "not a string"),
        (("version",), 0, "version", "whole number from 1"),
        (("version",), True, "version", "whole number from 1"),
        (("labels",), None, "labels", "missing"),
        (("labels",), {}, "labels", "at least one label"),
        (("labels",), ["a"], "labels", "expected keys and values"),
        (("labels", "a"), "x", "labels.a", "expected keys and values"),
        (("labels", "a", "key"), None, "labels.a.key", "missing"),
        (("labels", "a", "key"), "ab", "labels.a.key", "not one printable character"),
        (("labels", "a", "key"), " ", "labels.a.key", "not one printable character"),
        (("labels", "a", "key"), "\x1b", "labels.a.key", "not one printable character"),
        (("labels", "b", "key"), "a", "labels.b.key", "tags both a and b"),
        (("labels", "a", "unit"), ["line"], "labels.a.unit", "'line' is none of"),
        (("labels", "a", "unit"), [3], "labels.a.unit", "list of strings"),
        (("labels", "a", "color"), "red", "labels.a.color", "unknown key; expected key, unit"),
        (("labels", "a", "furniture"), "yes", "labels.a.furniture", "true or false"),
        ((*ONE, "type"), "date", ".".join((*ONE, "type")), "none of"),
        ((*ONE, "values"), ["x", "x"], ".".join((*ONE, "values")), "twice"),
        ((*ONE, "default"), "z", ".".join((*ONE, "default")), "none of the values"),
        ((*ONE[:3], "text", "type"), "choice", "labels.b.attributes.text", "needs values"),
        (("labels", "b", "attributes"), [], "labels.b.attributes", "expected keys and values"),
        (("relations", "r", "to"), "c", "relations.r.to", "'c' is no label"),
        (("relations", "r", "symmetric"), 1, "relations.r.symmetric", "true or false"),
        (("relations", "r", "label"), "a", "relations.r.label", "unknown key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_key(
    path: Path, value: object, key: str, message: str
) -> None:
    data = changed(path, value)
    with pytest.raises(InvalidFileError) as caught:
        parse_scheme(data, Source("s.yaml", LINES))
    found = [problem for problem in caught.value.problems if problem.key == key]
    assert [message in problem.message for problem in found] == [True]
    assert found[0].file == "s.yaml"


def test_every_problem_is_told_at_once_with_the_nearest_line() -> None:
    data = changed(("labels", "a", "key"), "ab")
    data["labels"]["a"]["unit"] = "line"
    data["name"] = ""
    with pytest.raises(InvalidFileError) as caught:
        parse_scheme(data, Source("s.yaml", LINES))
    assert [(problem.key, problem.line) for problem in caught.value.problems] == [
        ("name", 1),
        ("labels.a.key", 7),
        ("labels.a.unit", 6),
    ]
    assert str(caught.value) == "s.yaml:1: name: missing (and 2 more)"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


PLACES: list[Path] = [
    (), ("format",), ("name",), ("version",), ("labels",), ("labels", "a"), ("labels", "a", "key"),
    ("labels", "a", "unit"), ONE[:3], ONE, (*ONE, "values"), (*ONE, "type"), (*ONE, "default"),
    ("relations",), ("relations", "r"), ("relations", "r", "from"),
]  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(PLACES), JSON)
def test_no_data_raise_anything_but_invalid_file(path: Path, value: Any) -> None:
    data = changed(path, value) if path else value
    try:
        parse_scheme(data, Source("s.yaml", {}))
    except InvalidFileError as error:
        assert all(problem.message for problem in error.problems)  # noqa: PT017


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("choice", ["x"], ["z", 1, None, ["x"]]),
        ("choices", [[], ["x", "y"]], ["x", ["z"], [1], None]),
        ("text", ["", "x"], [1, None, ["x"]]),
        ("list", [[], ["any"]], ["any", [1], None]),
        ("number", [1, 0.5], [True, "1", None]),
        ("flag", [True, False], [1, "true", None]),
    ],
)
def test_an_attribute_takes_values_of_its_type(
    kind: Any, good: list[object], bad: list[object]
) -> None:
    attribute = Attribute("a", kind, ("x", "y") if kind.startswith("choice") else ())
    assert [attribute.complaint(value) for value in good] == [""] * len(good)
    assert all(attribute.complaint(value) for value in bad)


def test_every_attribute_type_is_tried_above() -> None:
    assert set(ATTRIBUTE_TYPES) == {"choice", "choices", "text", "list", "number", "flag"}


def test_a_relation_allows_what_its_ends_say_both_ways_if_symmetric() -> None:
    one_way = RelationType("r", sources=("a",), targets=("b",))
    assert one_way.allows("a", "b")
    assert not one_way.allows("b", "a")
    both = RelationType("r", symmetric=True, sources=("a",), targets=("b",))
    assert both.allows("b", "a")
    assert not both.allows("a", "a")
    assert RelationType("r", sources=("a",)).allows("a", "anything")
    assert RelationType("r").allows("x", "y")
