"""What the sidebar says about a place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from support.samples import BLOCKS, CONTRADICTS, DOCUMENT, GAP, LEFT, NEVER, SCHEME, make_set
from support.widgets import plain

from annotator.domain.scheme import Attribute, Label, Scheme
from annotator.domain.span import Span
from annotator.keys.names import short
from annotator.store.keymap_files import load_keymap
from annotator.tui.details import Detail, Details, detail_rows, place_details, span_details, wrap
from annotator.tui.hint_bar import value_keys
from annotator.tui.row_model import row_parts
from annotator.tui.sidebar_state import Target


def shown(details: Details, width: int = 37) -> list[str]:
    return [plain(row_parts(row, width)).rstrip() for row in detail_rows(details, width)]


FULL = replace(
    LEFT,
    attributes={
        "verdict": "false",
        "worth": "high",
        "kinds": ["number", "cause"],
        "quoted": True,
        "evidence": ["https://example.org/a-rather-long-address", "log book"],
        "mood": "odd",
    },
    note="two launches",
    origin={"from": "model:claims", "score": 0.83},
    by="mira",
    created="2026-11-22T10:01:02Z",
)


def test_a_span_in_full() -> None:
    annotations = make_set([FULL, NEVER, GAP], [CONTRADICTS])
    details = span_details(FULL, annotations, SCHEME)
    assert (details.title, details.title_role) == ("claim", "label.claim")
    assert details.place == "0–42 · 42"
    assert shown(details) == [
        " worth         high",
        " kinds         number",
        "               cause",
        " verdict       false",
        " evidence      https://example.org/a",
        "               -rather-long-address",
        "               log book",
        " quoted        yes",
        " mood          odd",
        " note          two launches",
        " ↔ contradicts event: The Aurora",
        "               never left Port Hale.",
        " from          model:claims 0.83",
        " by            mira 2026-11-22 10:01",
    ]


def test_on_a_narrow_sidebar_long_values_stand_under_their_names() -> None:
    details = Details(
        details=(
            Detail("why", "the alternative text of a picture"),
            Detail("worth", "high"),
            Detail("evidence", "https://example.org/abc"),
        )
    )
    assert shown(details, 24) == [
        " why the alternative",
        "   text of a picture",
        " worth high",
        " evidence",
        "   https://example.org/",
        "   abc",
    ]


def test_digits_are_told_as_long_as_the_first_choice_is_not_set() -> None:
    bare = replace(LEFT, attributes={})
    details = span_details(bare, make_set([bare], []), SCHEME)
    assert shown(details)[:3] == [
        " worth 1 high",
        "       2 low",
        "       3 none",
    ]


@pytest.mark.parametrize("name", ["default", "vim"])
def test_values_are_told_with_the_keys_that_set_them(name: str) -> None:
    keymap = load_keymap(name)
    bare = replace(LEFT, attributes={})
    details = span_details(bare, make_set([bare], []), SCHEME, value_keys(keymap))
    (told,) = [detail for detail in details.details if detail.name == "worth"]
    for number, line in enumerate(told.value.split("\n"), start=1):
        keys = keymap.keys_of(f"value.{number}")[0]
        assert line.rsplit(" ", 1)[0] == short(keys)


def test_every_value_that_has_a_digit_is_told() -> None:
    values = tuple(f"kind-{n}" for n in range(1, 16))
    label = Label("slot", "s", attributes={"kind": Attribute("kind", "choice", values)})
    span = replace(LEFT, label="slot", attributes={})
    details = span_details(span, make_set([span], []), Scheme("x", 1, {"slot": label}))
    for width in (24, 28, 38):
        assert [line.split()[-2:] for line in shown(details, width) if "kind-" in line] == [
            [str(n), f"kind-{n}"] for n in range(1, 10)
        ]


def test_relations_point_the_way_they_are_seen() -> None:
    annotations = make_set()
    (out,) = [d for d in span_details(GAP, annotations, SCHEME).details if "blocks" in d.name]
    reached = annotations.spans["s2"]
    (back,) = [d for d in span_details(reached, annotations, SCHEME).details if "blocks" in d.name]
    assert (out.name, back.name) == ("→ blocks", "← blocks")
    assert out.target == Target("relation", BLOCKS.id, reached.start, reached.end)
    assert back.target == Target("relation", BLOCKS.id, GAP.start, GAP.end)


def test_a_relation_to_a_span_that_is_gone() -> None:
    details = span_details(LEFT, make_set([LEFT], [CONTRADICTS]), SCHEME)
    (gone,) = [d for d in details.details if "contradicts" in d.name]
    assert (gone.value, gone.target) == ("a span that is gone", None)


def test_a_place_without_a_span() -> None:
    details = place_details(DOCUMENT, make_set(), "sentence", 0, 42)
    assert (details.title, details.place) == ("sentence", "0–42 · 42")
    assert shown(details) == [
        " words     8",
        " document  articles/ferry.txt",
        f" length    {DOCUMENT.length} code points",
        " status    in-progress",
        " claim     3",
        " gap       1",
        " relations 2",
    ]


def test_a_place_without_a_unit_still_tells_of_the_document() -> None:
    annotations = make_set()
    annotations.orphans["s9"] = LEFT
    annotations.note = "look again"
    details = place_details(replace(DOCUMENT, encoding="utf-16", bom=True), annotations, "", 0, 0)
    text = "\n".join(shown(details))
    assert details.title == "Details"
    assert "utf-16 with BOM" in text
    assert "1 could not be placed" in text
    assert "look again" in text


def test_very_many_spans_are_not_counted_by_label() -> None:
    many = [Span(id=f"s{n}", label="claim", start=n, end=n + 1) for n in range(5_001)]
    text = "\n".join(shown(place_details(DOCUMENT, make_set(many, []), "", 0, 0)))
    assert "5,001" in text
    assert "claim" not in text


TEXTS = st.text(st.sampled_from("ab \n漢\x1b\u200d-"), max_size=200)


@given(TEXTS, st.integers(4, 40), st.integers(1, 6))
def test_wrapped_lines_fit(text: str, width: int, limit: int) -> None:
    lines = wrap(text, width, limit)
    assert 1 <= len(lines) <= limit
    assert all(cell_len(line) <= width for line in lines)


@given(TEXTS.filter(lambda text: "\x1b" not in text and "\u200d" not in text), st.integers(4, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width, 500)).split()) == "".join(text.split())


def test_what_does_not_fit_is_marked() -> None:
    assert wrap("one two three four", 5, 2) == ["one", "two…"]
    assert wrap("x" * 1000, 5, 2) == ["xxxxx", "xxxx…"]
