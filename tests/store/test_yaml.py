"""The annotation format: emitter, fast reader, general reader and PyYAML say the same."""

from __future__ import annotations

import gc
import math
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from annotator.domain.annotations import SECTIONS, STATUSES, AnnotationSet, DocumentRef
from annotator.domain.errors import InvalidFileError
from annotator.domain.span import Relation, Span
from annotator.store.set_shape import SET_KEYS
from annotator.store.yaml_canonical import read_canonical
from annotator.store.yaml_emitter import dump_set, dump_set_in_parts
from annotator.store.yaml_reader import load_set, read_any
from annotator.store.yaml_scalars import hide_surrogates, reveal_surrogates

TRAPS = [
    "", " ", "yes", "No", "on", "off", "y", "N", "true", "False", "null", "Null", "~", "NaN",
    ".inf", "1", "-1", "1_000", "0x1F", "0o17", "017", "1e5", "1.5", ".5", "12:30", "12:30:45",
    "2026-11-22", "2026-11-22T10:01:02Z", "=", "<<", "-", "- a", "?", "? a", ":", "a: b", "a:b",
    "a #b", "#a", "a ", " a", "a\tb", "&a", "*a", "!a", "!!str a", "|", ">", "'a'", '"a"', "%a",
    "@a", "`a`", "{a}", "[a]", "a, b", "...", "---", "a\nb", "a\r\nb", "\x00", "\x07", "\x1b[2J",
    "\x7f", "\x85", "\x9b", "\xa0", "\u2028", "\u2029", "\u202e", "\ufeff", "\ufffe", "\uffff",
    "\ud800", "\udfff", "\U0001f468\u200d\U0001f469", "\U0010ffff", "e\u0301", "\\", "\\\\", "a\\n",
    "\\ud800", "\\\\ud800", "\\\ud800", "ud800", "\ud83d\ude00", "\u3000", "\u200b", "x" * 2000,
    "word " * 400, "Infinity", "Y", "a?b", "x\\ud800", "x\ud800", "x\\\\udfff", "1.5e3", "it's",
    "C:\\x", "null and void",
]  # fmt: skip
# Lone surrogates are left to Hypothesis and the traps: plain st.text() never makes any.
CHARACTERS = st.one_of(
    st.characters(codec="utf-8"),
    st.characters(max_codepoint=0x9F),
    st.sampled_from(
        "\x85\xa0\u2028\u2029\ufeff\u200b\u202e\ufffe\uffff\ud800\udc00\udfff:#\"'\\ -"
    ),
)
STRINGS = st.one_of(st.sampled_from(TRAPS), st.text(CHARACTERS, max_size=12))
NAMES = STRINGS.filter(bool)
NUMBERS = st.one_of(st.integers(-(2**70), 2**70), st.floats(allow_nan=False))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, STRINGS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(STRINGS, inner, max_size=3)
    ),
    max_leaves=3,
)
MAPS = st.dictionaries(STRINGS, VALUES, max_size=2)


def extras(known: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(STRINGS.filter(lambda key: key not in known.split()), VALUES, max_size=2)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, 10**6))
    return start, start + draw(st.integers(1, 1000))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = draw(ranges())
    return Span(
        id=draw(NAMES),
        label=draw(NAMES),
        start=start,
        end=end,
        quote=draw(STRINGS),
        prefix=draw(STRINGS),
        suffix=draw(STRINGS),
        fragments=tuple(draw(st.lists(ranges(), max_size=2))),
        attributes=draw(MAPS),
        note=draw(STRINGS),
        origin=draw(MAPS),
        created=draw(STRINGS),
        by=draw(STRINGS),
        extra=draw(
            extras(
                "id label start end quote prefix suffix fragments attributes note origin created by"
            )
        ),
    )


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    return Relation(
        id=draw(NAMES),
        type=draw(NAMES),
        source=draw(NAMES),
        target=draw(NAMES),
        attributes=draw(MAPS),
        note=draw(STRINGS),
        origin=draw(MAPS),
        created=draw(STRINGS),
        by=draw(STRINGS),
        extra=draw(extras("id type from to attributes note origin created by")),
    )


@st.composite
def annotation_sets(draw: st.DrawFn) -> AnnotationSet:
    document = DocumentRef(
        draw(NAMES),
        draw(NAMES),
        draw(st.integers(0, 10**9)),
        draw(NAMES),
        draw(st.booleans()),
        draw(extras("id sha256 length encoding bom")),
    )
    return AnnotationSet(
        document,
        draw(NAMES),
        draw(NAMES),
        status=draw(st.sampled_from(STATUSES)),
        note=draw(STRINGS),
        spans=draw(st.lists(spans(), max_size=2)),
        rejected=draw(st.lists(spans(), max_size=1)),
        orphans=draw(st.lists(spans(), max_size=1)),
        relations=draw(st.lists(relations(), max_size=1)),
        rejected_relations=draw(st.lists(relations(), max_size=1)),
        extra=draw(extras(" ".join(SET_KEYS))),
    )


WRITTEN = """\
format: annotator/1
document: {id: articles/soyuz.txt, sha256: "9f2c", length: 5349, encoding: utf-8}
annotator: mira
scheme: claims-and-placeholders/1
status: in-progress
note: crew differs between the two halves
spans:
- id: s7k2
  label: claim
  start: 412
  end: 529
  quote: The Soyuz MS-27 spacecraft took launch Tuesday …
  prefix: "...and American crew.\\n\\n"
  suffix: " With relations..."
  fragments: [[412, 430], [441, 529]]
  attributes: {worthiness: check-worthy, evidence: ["https://example.org/ms-27"]}
  origin: {from: "model:claims", version: "1.2.0", score: 0.83}
  created: "2026-11-22T10:01:02Z"
  by: mira
- id: s91d
  label: placeholder
  start: 600
  end: 606
  quote: "[TIME]"
  checked: true
  by-hand: {nested: [1, null]}
relations:
- {id: r1, type: contradicts, from: s7k2, to: s91d, attributes: {kind: entity}, weight: 2}
reviewers: [anna, bo]
"""
BY_HAND = """\
# Checked by hand.
reviewers:   [ 'anna', bo, ]
annotator: &me mira
note: >-
  crew differs between
  the two halves
document:
    id: 'articles/soyuz.txt'
    length: 5349
    sha256: "9f2c"
status: in-progress   # nearly done
scheme: claims-and-placeholders/1
format: annotator/1
relations:
    - id: r1
      to: s91d
      from: s7k2
      type: contradicts
      weight: 2
      attributes:
          kind: entity
spans:
    - {id: s91d, label: placeholder, start: 600, end: 606, quote: '[TIME]',
       checked: true, by-hand: {nested: [1, ~]}}
    - label: claim
      id: s7k2
      end: 529
      start: 412
      attributes: {evidence: [https://example.org/ms-27], worthiness: check-worthy}
      quote: 'The Soyuz MS-27 spacecraft took launch
        Tuesday …'
      prefix: "...and American crew.\\n\\n"
      suffix: ' With relations...'
      fragments: [[412, 430], [441, 529]]
      origin:
          from: model:claims
          version: 1.2.0
          score: 0.83
      created: 2026-11-22T10:01:02Z
      by: *me
"""


def said(annotations: AnnotationSet) -> dict[str, Any]:
    """Return all that a set says, comparable."""
    names = ("document", "annotator", "scheme", "status", "note")
    return {name: getattr(annotations, name) for name in (*names, *SECTIONS, "extra")}


def hidden(value: Any) -> Any:
    """Return a value as a foreign reader sees it: with surrogates hidden."""
    if isinstance(value, str):
        return hide_surrogates(value)
    if isinstance(value, Mapping):
        return {hide_surrogates(key): hidden(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [hidden(item) for item in value]
    return value


def unseen(char: str) -> bool:
    """Say whether a code point breaks lines, or hides, or reorders what a person reads."""
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in "\ufeff\u200b\u202e"


def plain(item: Span | Relation | DocumentRef) -> dict[str, Any]:
    """Return what the file must say of an item, by the names of the format."""
    names = {"source": "from", "target": "to"}
    fields = {names.get(name, name): getattr(item, name) for name in item.__slots__}
    extra = fields.pop("extra")
    kept = {key: value for key, value in fields.items() if value or key in ("start", "length")}
    said: dict[str, Any] = hidden({**kept, **extra})
    return said


@st.composite
def quoting_sets(draw: st.DrawFn) -> tuple[AnnotationSet, str]:
    """Return a set whose spans quote a text, some of them wrongly, and the text."""
    text = draw(st.text(min_size=4, max_size=30))
    made: list[Span] = []
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text) + 2))
        before, behind = draw(st.integers(0, start + 1)), draw(st.integers(0, 5))
        strings = {
            "quote": text[start:end],
            "prefix": text[max(0, start - before) : start],
            "suffix": text[end : end + behind],
        }
        if wrong := draw(st.sampled_from(["", *strings])):
            strings[wrong] = draw(STRINGS)
        made.append(
            Span(
                id=f"s{number}",
                label="claim",
                start=start,
                end=end,
                quote=strings["quote"],
                prefix=strings["prefix"],
                suffix=strings["suffix"],
            )
        )
    return AnnotationSet(DocumentRef("a", "b", len(text)), "mira", "s", spans=made), text


@settings(max_examples=100, deadline=None)
@given(quoting_sets())
def test_a_set_read_beside_its_text_is_the_same(quoting: tuple[AnnotationSet, str]) -> None:
    annotations, document = quoting
    written = dump_set(annotations)
    beside = load_set(written, "a.yaml", document)
    assert beside.canonical
    assert said(beside.annotations) == said(annotations)
    assert dump_set(beside.annotations) == written
    for span in beside.annotations.spans.values():
        quoted = document[span.start : span.end] == span.quote and span.end <= len(document)
        before = document[max(0, span.start - len(span.prefix)) : span.start]
        behind = document[span.end : span.end + len(span.suffix)]
        lean = quoted and (before, behind) == (span.prefix, span.suffix)
        assert hasattr(span, "excerpt") == lean


def test_a_file_that_was_read_is_not_kept_in_memory() -> None:
    # At the start the collector rests, and then passes over everything that is there.
    gc.collect()
    gc.disable()
    try:
        loaded = load_set(WRITTEN.encode(), "a.yaml")
        left = loaded.annotations
        del loaded
        assert not any(type(found).__name__ == "_CanonicalReader" for found in gc.get_objects())
        assert left.spans
    finally:
        gc.enable()


@settings(max_examples=40, deadline=None)
@given(annotation_sets())
def test_parts_of_a_file_are_the_whole_file(annotations: AnnotationSet) -> None:
    assert b"".join(dump_set_in_parts(annotations)).decode() == dump_set(annotations)


def test_a_large_set_is_written_in_small_parts() -> None:
    one = Span(id="s", label="claim", start=0, end=1)
    spans = [replace(one, id=f"s{number}") for number in range(5000)]
    annotations = AnnotationSet(DocumentRef("a", "b", 1), "mira", "s", spans=spans)
    parts = list(dump_set_in_parts(annotations))
    assert len(parts) > 5
    assert b"".join(parts).decode() == dump_set(annotations)


@settings(max_examples=40, deadline=None)
@given(annotation_sets())
def test_every_reader_takes_a_written_file_for_the_same(annotations: AnnotationSet) -> None:
    text = dump_set(annotations)
    fast = read_canonical(text, "a.yaml")
    assert fast is not None
    assert said(fast[0]) == said(annotations)
    assert said(read_any(text, "a.yaml").annotations) == said(annotations)
    assert not [char for char in set(text) - {"\n"} if unseen(char)]
    seen = yaml.load(text, Loader=yaml.CSafeLoader)
    assert seen == yaml.load(text, Loader=yaml.SafeLoader)
    assert seen["document"] == plain(annotations.document) | {
        "encoding": seen["document"]["encoding"]
    }
    spans = sorted(annotations.spans.values(), key=lambda s: (s.start, -s.end, s.id))
    assert seen["spans"] == [plain(span) for span in spans]
    for section in ("relations", "rejected_relations"):
        links = getattr(annotations, section).values()
        related = sorted(links, key=lambda r: (r.created, r.id))
        assert seen.get(section, []) == [plain(relation) for relation in related]
    assert {key: seen[key] for key in hidden(annotations.extra)} == hidden(annotations.extra)


@settings(max_examples=25, deadline=None)
@given(annotation_sets(), st.randoms(use_true_random=False))
def test_what_is_written_depends_on_nothing_but_what_is_said(
    annotations: AnnotationSet, random: Any
) -> None:
    text = dump_set(annotations)
    loaded = load_set(text.encode(), "a.yaml").annotations
    assert dump_set(loaded) == text
    shuffled = list(loaded.spans.values())
    random.shuffle(shuffled)
    loaded.spans = {span.id: span for span in shuffled}
    assert dump_set(loaded) == text


def test_infinities_and_nan_survive() -> None:
    annotations = AnnotationSet(
        DocumentRef("a", "b", 1),
        "mira",
        "s/1",
        extra={"x": [math.inf, -math.inf, math.nan, 1e300, -1e-7, 5e20]},
    )
    text = dump_set(annotations)
    for values in (
        load_set(text, "a").annotations.extra["x"],
        read_any(text, "a").annotations.extra["x"],
        yaml.load(text, Loader=yaml.CSafeLoader)["x"],
    ):
        assert values[:2] == [math.inf, -math.inf]
        assert math.isnan(values[2])
        assert values[3:] == [1e300, -1e-7, 5e20]


@settings(max_examples=300)
@example("\\\ud800\\ud800\\\\ud8ff")
@given(st.text(st.sampled_from("\\ud8f0a\ud800\udfff"), max_size=20))
def test_hidden_surrogates_can_be_told_again(value: str) -> None:
    shown = hide_surrogates(value)
    shown.encode()
    assert reveal_surrogates(shown) == value


@st.composite
def damaged_files(draw: st.DrawFn) -> str:
    """A written file with a few places changed, moved or cut out."""
    text = WRITTEN
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20])))
        piece = st.one_of(
            st.sampled_from(
                [*"#:'\"\\,[]{}-?&*!|>%@~0e_.\n\r\t \x85\u2028", "", ": ", "- ", "\n  "]
            ),
            st.sampled_from(
                ["spans:\n", "  label: x\n", "\n...\n", "\n---\n", "&a ", "*a", "no", "\\u0085"]
            ),
            st.integers(0, len(text)).map(lambda start: text[start : start + 12]),  # noqa: B023
        )
        text = text[:at] + draw(piece) + text[end:]
    return text


@settings(max_examples=150, deadline=None)
@given(damaged_files())
def test_the_fast_reader_agrees_or_declines(text: str) -> None:
    fast = read_canonical(text, "a.yaml")
    if fast is None:
        return
    assert said(fast[0]) == said(read_any(text, "a.yaml").annotations)


@settings(max_examples=60, deadline=None)
@given(st.one_of(damaged_files(), st.text(), st.binary(max_size=60)))
def test_no_input_raises_anything_but_invalid_file(data: str | bytes) -> None:
    with suppress(InvalidFileError):
        load_set(data, "a.yaml")


@settings(max_examples=30, deadline=None)
@given(
    annotation_sets(),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, "'", '"', "|"]),
    st.integers(2, 8),
)
def test_any_other_style_says_the_same(
    annotations: AnnotationSet, flow: bool, sort: bool, style: str | None, indent: int
) -> None:
    data = yaml.load(dump_set(annotations), Loader=yaml.CSafeLoader)
    text = "# a comment\n---\n" + yaml.dump(
        data, Dumper=yaml.SafeDumper, default_flow_style=flow, sort_keys=sort,
        default_style=style if style != "'" else None, indent=indent, width=40,
    )  # fmt: skip
    # PyYAML writes some literal blocks so that it does not read them back itself.
    assume(yaml.load(text, Loader=yaml.CSafeLoader) == data)
    assert said(load_set(text, "a.yaml").annotations) == said(annotations)


def test_a_written_file_looks_as_documented() -> None:
    loaded = load_set(WRITTEN, "a.yaml")
    assert loaded.canonical
    assert dump_set(loaded.annotations) == WRITTEN


def test_spans_stand_by_start_then_the_longer_then_id_and_relations_by_time() -> None:
    ranges = {"c": (5, 9), "a": (5, 9), "b": (5, 7), "d": (0, 2), "e": (5, 12)}
    spans = [Span(id=name, label="x", start=r[0], end=r[1]) for name, r in ranges.items()]
    times = {"z": "2026-01-01", "y": "2026-02-01", "x": "2026-01-01"}
    links = [
        Relation(id=name, type="t", source="a", target="b", created=time)
        for name, time in times.items()
    ]
    annotations = AnnotationSet(
        DocumentRef("a", "b", 20), "mira", "s/1", spans=spans, relations=links
    )
    seen = yaml.load(dump_set(annotations), Loader=yaml.CSafeLoader)
    assert [span["id"] for span in seen["spans"]] == ["d", "e", "a", "c", "b"]
    assert [relation["id"] for relation in seen["relations"]] == ["x", "z", "y"]


def test_a_file_edited_by_hand_means_the_same_and_keeps_unknown_keys() -> None:
    loaded = load_set(BY_HAND, "a.yaml")
    assert not loaded.canonical
    assert said(loaded.annotations) == said(load_set(WRITTEN, "a.yaml").annotations)
    again = dump_set(loaded.annotations)
    assert load_set(again, "a.yaml").canonical
    assert "\n  checked: true\n  by-hand: {nested: [1, null]}\n" in again
    assert "weight: 2" in again
    assert again.endswith("reviewers: [anna, bo]\n")


@pytest.mark.parametrize("text", [WRITTEN, BY_HAND])
def test_each_value_has_its_line(text: str) -> None:
    loaded = load_set(text, "a.yaml")
    lines = text.split("\n")
    section = list(loaded.annotations.spans)
    place = section.index("s7k2")
    for key in ("label", "start", "quote", "origin", "created", "by"):
        assert f" {key}: " in lines[loaded.source.lines["spans", place, key] - 1] + " "
    for path in loaded.source.lines:
        assert 1 <= loaded.source.lines[path] <= len(lines)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message"),
    [
        ("format: annotator/1", "format: annotator/9", 1, "format", "annotator/9"),
        ("format: annotator/1\n", "", 1, "format", "expected annotator/1"),
        (", length: 5349", "", 2, "document.length", "missing"),
        ("length: 5349", "length: -1", 2, "document.length", "whole number"),
        ("annotator: mira", "annotator: 12", 3, "annotator", "put it in quotes"),
        ("status: in-progress", "status: finished", 5, "status", "in-progress, done"),
        ("- id: s7k2\n  label: claim\n", "- id: s7k2\n", 8, "spans.0.label", "missing"),
        ("  start: 412", "  start: true", 10, "spans.0.start", "whole number"),
        ("  end: 529", "  end: 412", 11, "spans.0.end", "412 to 412"),
        ("  end: 529", "  end: 529.0", 11, "spans.0.end", "whole number"),
        ("quote: The", "quote: {The: 1}\n  prefix: The", 14, "spans.0.prefix", "twice"),
        ("[[412, 430]", "[[412, x]", 15, "spans.0.fragments.0", "[start, end]"),
        ("{worthiness: check-worthy, ", "[check-worthy], {", 16, "", "not valid YAML"),
        ("attributes: {worth", "attributes: [worth", 16, "", "not valid YAML"),
        ("id: s91d", "id: s7k2", 20, "spans.1.id", "line 8 already"),
        ("checked: true", "checked: true\n  checked: no", 26, "spans.1.checked", "line 25"),
        ("- {id: r1, type: contradicts", "- {id: r1", 28, "relations.0.type", "missing"),
        ("- {id: r1", "- r2\n- {id: r1", 28, "relations.0", "keys and values"),
        ("reviewers: [anna, bo]", "reviewers: !!python/name:os.system x", 29, "", "tag"),
        ("reviewers: [anna, bo]", "---\nx: y", 29, "", "second YAML document"),
        ("by: mira\n", "by: mi\x07ra\n", 19, "", "U+0007"),
    ],
)
def test_an_error_names_line_and_key(old: str, new: str, line: int, key: str, message: str) -> None:
    assert old in WRITTEN
    with pytest.raises(InvalidFileError) as caught:
        load_set(WRITTEN.replace(old, new, 1), "a.yaml")
    found = [p for p in caught.value.problems if p.line == line and message in str(p)]
    assert found, caught.value.problems
    assert {p.key for p in found} & {key}


def test_every_wrong_span_is_named() -> None:
    text = WRITTEN.replace("start: 412", "start: a").replace("start: 600", "start: b")
    with pytest.raises(InvalidFileError) as caught:
        load_set(text, "a.yaml")
    assert [problem.line for problem in caught.value.problems] == [10, 22]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"format: x\n# \xe9", ":2: byte 12 is not UTF-8"),
        (b"- 1", "keys and values"),
    ],
)
def test_what_is_no_annotation_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InvalidFileError, match=message):
        load_set(data, "a.yaml")


def test_byte_order_marks_and_utf_16_are_read() -> None:
    for codec in ("utf-8-sig", "utf-16"):
        loaded = load_set(WRITTEN.encode(codec), "a.yaml")
        assert said(loaded.annotations) == said(load_set(WRITTEN, "a.yaml").annotations)
