"""Safe YAML with lines: what it takes, what it refuses, and which line it names."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import InvalidFileError
from annotator.store.located import load_located
from annotator.store.yaml_builder import Limits


def data_of(text: str) -> Any:
    return load_located(text, "x.yaml")[0]


def problems_of(text: str | bytes, limits: Limits | None = None) -> list[tuple[int, str, str]]:
    with pytest.raises(InvalidFileError) as caught:
        load_located(text, "x.yaml", limits or Limits())
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("a b", "a b"), ("~", None), ("null", None), ("", None), ("Null", None), ("nUll", "nUll"),
        ("true", True), ("FALSE", False), ("yes", "yes"), ("No", "No"), ("on", "on"), ("y", "y"),
        ("12", 12), ("+12", 12), ("-3", -3), ("0", 0), ("0x1F", 31),
        ("017", "017"), ("0o17", "0o17"), ("1_000", "1_000"), ("12:30", "12:30"),
        ("1.5", 1.5), ("-1.5e-3", -0.0015), (".5", 0.5), ("1e5", "1e5"),
        ("1.5e3", "1.5e3"), ("1.5e+3", 1500.0), ("1.2.0", "1.2.0"),
        (".inf", float("inf")), ("-.INF", float("-inf")), ("inf", "inf"), ("-a", "-a"), (".", "."),
        ("2026-11-22", "2026-11-22"), ("2026-11-22T10:01:02Z", "2026-11-22T10:01:02Z"),
        ("'12'", "12"), ('"no\\n"', "no\n"), ("!!str 12", "12"), ("! 12", "12"),
        ("!!int 12", 12), ('!!int "12"', 12), ("!!float 3", 3.0), ('!!null ""', None),
        ("|\n  a\n  b\n", "a\nb\n"), (">-\n  a\n  b\n", "a b"), ("[]", []), ("{}", {}),
    ],
)  # fmt: skip
def test_a_scalar_means_what_every_reader_agrees_on(plain: str, value: object) -> None:
    found = data_of(f"key: {plain}")["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_strings_as_they_are_written() -> None:
    assert data_of("1: a\nno: b\n~: c\n2026-01-01: d") == {
        "1": "a",
        "no": "b",
        "~": "c",
        "2026-01-01": "d",
    }


TEXT = """\
# about

labels:
  claim:
    key: c
    units: [word,
            sentence]
    'odd key': |
      many
      lines
  other: {key: o, attributes: {a: 1,
    b: 2}}
list:
- - x
  - y
-
  z: 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 3),
        (("labels",), 3),
        (("labels", "claim"), 4),
        (("labels", "claim", "key"), 5),
        (("labels", "claim", "units", 0), 6),
        (("labels", "claim", "units", 1), 7),
        (("labels", "claim", "odd key"), 8),
        (("labels", "other", "attributes", "a"), 11),
        (("labels", "other", "attributes", "b"), 12),
        (("list", 0), 14),
        (("list", 0, 1), 15),
        (("list", 1, "z"), 17),
    ],
)
def test_each_value_has_the_line_of_its_key(path: tuple[str | int, ...], line: int) -> None:
    source = load_located(TEXT, "x.yaml")[1]
    assert source.lines[path] == line
    assert source.problem(path, "m").line == line


def test_a_missing_key_is_placed_at_its_parent() -> None:
    source = load_located(TEXT, "x.yaml")[1]
    assert source.problem(("labels", "claim", "colour", 3), "m").line == 4
    assert ("labels", "claim", "key", "c") not in source.lines
    assert ("list", 7) not in source.lines


def test_all_paths_can_be_listed() -> None:
    data, source = load_located("a: [1, {b: 2}]\nc: 3", "x.yaml")
    assert data == {"a": [1, {"b": 2}], "c": 3}
    assert dict(source.lines) == {
        (): 1, ("a",): 1, ("a", 0): 1, ("a", 1): 1, ("a", 1, "b"): 1, ("c",): 2,
    }  # fmt: skip
    assert len(source.lines) == 6


@pytest.mark.parametrize("break_", ["\x85", "\u2028", "\u2029", "\r\n"])
def test_only_line_ends_that_editors_count_are_counted(break_: str) -> None:
    text = f"a: 'x{break_}y'\nb: 'x{break_}y'\nc: 1\n"
    source = load_located(text, "x.yaml")[1]
    line = text[: text.index("c: 1")].count("\n") + 1
    assert source.lines[("c",)] == line
    assert problems_of(text + "c: 2")[0][0] == line + 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(JSON, st.booleans())
def test_data_are_those_of_another_reader(data: Any, flow: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow)
    found, source = load_located(text, "x.yaml")
    assert found == yaml.safe_load(text)
    lines = text.split("\n")
    assert all(1 <= line <= len(lines) for line in source.lines.values())


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab:{}[],-?&*!<>|'\"#% \n\t\x85\x00\ud8000.e~=@"), max_size=25))
def test_garbage_is_refused_and_nothing_worse(text: str) -> None:
    try:
        load_located(text, "x.yaml")
    except InvalidFileError as error:
        last = text.count("\n") + 1
        assert all(0 <= problem.line <= last for problem in error.problems)  # noqa: PT017


def test_aliases_are_copies_and_merge_keys_add_what_is_missing() -> None:
    text = "a: &a {x: [1], y: 2}\nb: *a\nc:\n  <<: *a\n  y: 3\nd: {<<: [{x: 1}, {x: 2, z: 3}]}"
    data, source = load_located(text, "x.yaml")
    assert data["b"] == data["a"]
    assert data["b"] is not data["a"]
    assert data["b"]["x"] is not data["a"]["x"]
    assert data["c"] == {"y": 3, "x": [1]}
    assert data["d"] == {"x": 1, "z": 3}
    assert yaml.safe_load(text) == data
    assert source.lines[("c", "y")] == 5
    assert source.lines[("b", "x", 0)] == 1


def test_every_duplicate_key_is_named_with_both_lines() -> None:
    text = "a: 1\nb:\n  c: 1\n  d: [{e: 1,\n    e: 2}]\n  c: 2\na: 3\n"
    assert problems_of(text) == [
        (5, "b.d.0.e", "this key stands twice; first in line 4"),
        (6, "b.c", "this key stands twice; first in line 3"),
        (7, "a", "this key stands twice; first in line 1"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: [1,\n2", 2, "begun in line 1"),
        ("a: 1\n b: 2", 2, "not valid YAML"),
        ("a:\n\t- b", 2, "cannot start any token"),
        ('a: "b', 1, "quoted scalar"),
        ("a: 1\n---\nb: 2", 2, "second YAML document"),
        ("a: 1\nb: *x", 2, "*x names no anchor"),
        ("a: &x [*x]", 1, "*x names no anchor"),
        ("a: 1\nb: !!python/object:os.system x", 2, "python/object:os.system is not allowed"),
        ("!!set {a, b}", 1, "2002:set is not allowed"),
        ("a: !!binary aGk=", 1, "binary"),
        ("a: !!int x", 1, "not what its tag says"),
        ("a: !!timestamp 2026-01-01", 1, "timestamp"),
        ("? [a]\n: b", 1, "a key that is not plain text"),
        ("a: 1\n? *x\n: b", 2, "names no anchor"),
        ("a: &x k\n*x : b", 2, "alias as a key"),
        ("a: {<<: 3}", 1, "<< takes"),
        ("a: " + "9" * 5000, 1, "too many digits"),
        ("a: !!float " + "9" * 400, 1, "too many digits"),
        ('a: 1\nb: "\\UFFFFFFFF"', 2, "invalid Unicode character escape"),
        ('b: "\\ud800"', 1, "invalid Unicode character escape"),
        ("a: 1\nb: \x07", 2, "U+0007"),
        ("a: 1\nb: \ud800", 2, "U+D800"),
        (b"a: 1\nb: \xff", 2, "byte 8 is not UTF-8"),
        (b"\xff\xfea", 1, "UTF-16"),
    ],
)
def test_what_is_refused_and_where(text: str | bytes, line: int, message: str) -> None:
    problems = problems_of(text)
    assert problems[0][0] == line
    assert message in problems[0][2]


def test_depth_size_and_copies_are_limited() -> None:
    limits = Limits(size=100, depth=4, copies=10)
    load_located("[[[[1]]]]", "x.yaml", limits)
    assert "deep" in problems_of("[[[[[1]]]]]", limits)[0][2]
    assert "deep" in problems_of("[" * 90, limits)[0][2]
    load_located("[&a [[1]], [*a]]", "x.yaml", limits)
    assert "deep" in problems_of("[&a [[1]], [[*a]]]", limits)[0][2]
    assert "too long: 101" in problems_of("#" * 101, limits)[0][2]
    load_located("[&a [1, 2, 3, 4], *a, *a]", "x.yaml", limits)
    assert "aliases" in problems_of("[&a [1, 2, 3, 4], *a, *a, *a]", limits)[0][2]


def test_a_bomb_of_aliases_is_defused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "aliases stand for more" in problems_of("\n".join(lines))[0][2]


def test_marks_of_byte_order_and_utf_16_are_understood() -> None:
    for data in ("\ufeffa: ä", "a: ä".encode("utf-8-sig"), "a: ä".encode("utf-16")):
        assert load_located(data, "x.yaml")[0] == {"a": "ä"}
