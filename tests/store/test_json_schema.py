"""JSON Schemas say what the readers take, and the shipped copies are theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.domain.annotations import STATUSES, AnnotationSet, DocumentRef
from annotator.domain.errors import InvalidFileError
from annotator.domain.scheme_parser import parse_scheme
from annotator.domain.span import Relation, Span
from annotator.store.json_schema import annotation_schema, scheme_schema
from annotator.store.located import load_located
from annotator.store.resources import scheme_path
from annotator.store.set_shape import DOCUMENT_KEYS, RELATION_KEYS, SET_KEYS, SPAN_KEYS
from annotator.store.yaml_emitter import dump_set
from annotator.store.yaml_reader import load_set

SCHEMAS = Path(__file__).parents[2] / "src" / "annotator" / "schemas"
VALID = """\
format: annotator/1
document: {id: a.txt, sha256: abc, length: 10}
annotator: mira
scheme: s/1
spans:
- {id: a, label: claim, start: 0, end: 2, fragments: [[0, 1], [1, 2]], attributes: {x: 1}}
relations:
- {id: r, type: t, from: a, to: a}
more: 1
"""
SCHEME = """\
name: s
labels: {a: {key: a, unit: word, attributes: {x: {values: [b, c]}}}}
relations: {r: {from: a, symmetric: true}}
"""


def is_valid(schema: dict[str, Any], text: str) -> bool:
    return bool(Draft202012Validator(schema).is_valid(yaml.safe_load(text)))


@pytest.mark.parametrize("schema", [annotation_schema, scheme_schema])
def test_a_schema_is_one_and_describes_every_key(schema: Callable[[], dict[str, Any]]) -> None:
    made = schema()
    Draft202012Validator.check_schema(made)
    for record in (made, *made["$defs"].values()):
        described = {key for key, value in record["properties"].items() if "description" in value}
        assert set(record["properties"]) - described <= {"format", "description"}


def test_the_schema_knows_every_key_that_is_written() -> None:
    schema = annotation_schema()
    assert tuple(schema["properties"]) == SET_KEYS
    for name, keys in (
        ("document", DOCUMENT_KEYS),
        ("span", SPAN_KEYS),
        ("relation", RELATION_KEYS),
    ):
        assert tuple(schema["$defs"][name]["properties"]) == keys


NAMES = st.text(min_size=1, max_size=4)
MAPS = st.dictionaries(st.text(max_size=3), st.text(max_size=3) | st.integers(), max_size=2)


@settings(max_examples=30, deadline=None)
@given(NAMES, st.text(), MAPS, st.sampled_from(STATUSES), st.booleans())
def test_every_written_file_is_valid(
    name: str, text: str, values: dict[str, Any], status: Any, bom: bool
) -> None:
    span = Span(
        id=name, label=name, start=0, end=2, quote=text, fragments=((0, 1), (1, 2)), note=text,
        attributes=values, origin=values, created=text, by=name, extra={"x": text},
    )  # fmt: skip
    link = Relation(id=name, type=name, source=name, target=name, origin=values)
    annotations = AnnotationSet(
        DocumentRef(name, name, 2, bom=bom), name, name, status=status, note=text, spans=[span],
        orphans=[span], extra={"x": values},
        relations=[link], rejected_relations=[link],
    )  # fmt: skip
    assert is_valid(annotation_schema(), dump_set(annotations))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("annotator/1", "annotator/2"),
        ("status", "status"),
        ("annotator: mira\n", ""),
        ("annotator: mira", "annotator: ''"),
        ("id: a.txt, ", ""),
        ("length: 10", "length: ten"),
        ("length: 10", "length: -1"),
        ("scheme: s/1", "scheme: s/1\nstatus: finished"),
        ("label: claim, ", ""),
        ("start: 0", "start: 0.5"),
        ("[[0, 1]", "[[0, 1, 2]"),
        ("attributes: {x: 1}", "attributes: [x]"),
        ("from: a, ", ""),
        ("- {id: r", "- r\n- {id: r"),
        ("more: 1", "note: 1"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = VALID.replace(old, new, 1)
    try:
        load_set(text, "a.yaml")
        taken = True
    except InvalidFileError:
        taken = False
    assert is_valid(annotation_schema(), text) == taken
    assert taken == (old == new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name", "name"),
        ("name: s\n", ""),
        ("key: a, ", ""),
        ("key: a", "key: ab"),
        ("unit: word", "unit: syllable"),
        ("values: [b, c]", "values: [1]"),
        ("values: [b, c]", "type: date"),
        ("values: [b, c]", "valeus: [b, c]"),
        ("symmetric: true", "symmetric: maybe"),
        ("key: a", "key: a, color: red"),
        ("labels: {a: {key: a, unit: word, attributes: {x: {values: [b, c]}}}}", "labels: {}"),
    ],
)
def test_the_scheme_schema_refuses_what_the_parser_refuses(old: str, new: str) -> None:
    assert old in SCHEME
    text = SCHEME.replace(old, new, 1)
    try:
        parse_scheme(*load_located(text, "s.yaml"))
        taken = True
    except InvalidFileError:
        taken = False
    assert is_valid(scheme_schema(), text) == taken
    assert taken == (old == new)


def test_the_shipped_scheme_is_valid() -> None:
    text = scheme_path("claims-and-placeholders").read_text(encoding="utf-8")
    assert is_valid(scheme_schema(), text)


@pytest.mark.parametrize(
    ("name", "schema"), [("annotation", annotation_schema), ("scheme", scheme_schema)]
)
def test_the_shipped_copy_is_up_to_date(name: str, schema: Callable[[], dict[str, Any]]) -> None:
    """After a change: ``annotator schema NAME`` prints it."""
    shipped = json.loads((SCHEMAS / f"{name}-1.json").read_text(encoding="utf-8"))
    assert shipped == schema()
