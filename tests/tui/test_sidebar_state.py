"""Rows of the sidebar, made from entities and spans without an app."""

from __future__ import annotations

import re
from dataclasses import replace

from support.samples import GAP, LEFT, SCHEME, TEXT, make_set, span
from support.widgets import plain

from annotator.domain.annotations import Drop, Put
from annotator.domain.span import Span
from annotator.nlp.entities import Entity, group_entities
from annotator.tui.row_model import RowState, row_parts
from annotator.tui.sidebar_state import (
    EntitiesState,
    EntityRows,
    SpanRows,
    Target,
    show_value,
    slot_test,
    squeeze,
)

NAMES = {"Port Hale": "GPE", "Kestrel Bay": "GPE", "Aurora": "PRODUCT", "Monday": "DATE"}
ENTITIES = sorted(
    Entity(found.start(), found.end(), label)
    for name, label in NAMES.items()
    for found in re.finditer(name, TEXT)
)
GROUPS = group_entities(ENTITIES, TEXT)


def lines(rows: EntityRows | SpanRows, width: int = 34) -> list[str]:
    return [plain(row_parts(row, width)).rstrip() for row in rows]


def entity_rows(*unfolded: str) -> EntityRows:
    return EntityRows(GROUPS, TEXT, set(unfolded), slot_test(make_set(), SCHEME))


def test_folded_groups_tell_what_is_in_them() -> None:
    assert lines(entity_rows()) == [
        " ▸ Countries and cities  Port … 4",
        " ▸ Products  Aurora             2",
        " ▸ Dates  Monday                1",
    ]


def test_unfolding_shows_names_then_places_with_what_stands_around_them() -> None:
    assert lines(entity_rows("gGPE", "mGPE Port Hale")) == [
        " ▾ Countries and cities         4",
        "   ▾ Port Hale ×3         in slot",
        "     y Aurora left Port Hale on M…",
        "     nsert time in Port … in slot",
        "     ra never left Port Hale.",
        "   Kestrel Bay",
        " ▸ Products  Aurora             2",
        " ▸ Dates  Monday                1",
    ]


def test_an_entity_in_a_slot_is_marked_at_every_width() -> None:
    only = [entity for entity in ENTITIES if TEXT.find("[") < entity.start < TEXT.find("]")]
    rows = EntityRows(group_entities(only, TEXT), TEXT, {"gGPE"}, slot_test(make_set(), SCHEME))
    for width in range(24, 41):
        assert lines(rows, width)[1].endswith("in slot"), width


def test_an_entity_outside_a_slot_is_not_marked() -> None:
    inside = slot_test(make_set(), SCHEME)
    marked = [entity.start for entity in ENTITIES if inside(entity)]
    assert marked == [TEXT.index("Port Hale", TEXT.index("["))]
    assert not any(map(slot_test(make_set([LEFT]), SCHEME), ENTITIES))


def test_an_entity_that_reaches_out_of_a_slot_is_not_in_it() -> None:
    inside = slot_test(make_set(), SCHEME)
    assert inside(Entity(GAP.start, GAP.end, "GPE"))
    assert not inside(Entity(GAP.start, GAP.end + 1, "GPE"))
    assert not inside(Entity(GAP.start - 1, GAP.end, "GPE"))


def test_a_row_leads_to_its_first_place() -> None:
    rows = entity_rows("gPRODUCT")
    first = TEXT.index("Aurora")
    assert rows[2].target == Target("entity", "", first, first + 6)
    assert rows[1].target is None


def test_keys_of_rows_are_unique() -> None:
    rows = entity_rows("gGPE", "gDATE", "gPRODUCT", "mGPE Port Hale", "mPRODUCT Aurora")
    keys = [row.key for row in rows]
    assert len(set(keys)) == len(keys)


def test_the_state_counts_places() -> None:
    assert EntitiesState(tuple(GROUPS)).count == len(ENTITIES)


def test_spans_in_document_order_with_letter_and_first_choice() -> None:
    assert lines(SpanRows(make_set(), SCHEME)) == [
        " c The ferry Aurora left Po… high",
        " c At [insert time in Port Hale],…",
        "   g [insert time in Port Hale]",
        " c The Aurora never left Port Hal…",
    ]


def test_the_highlight_stays_on_its_span_while_spans_come_and_go() -> None:
    annotations = make_set()
    rows = SpanRows(annotations, SCHEME)
    state = RowState(rows, 10)
    state.move_to(2)
    assert state.row is not None
    assert state.row.key == GAP.id
    annotations.apply([Put("spans", span("s0", "claim", "ferry")), Drop("spans", "s1")])
    annotations.apply([Put("spans", span("s9", "claim", "Aurora"))])
    state.set_rows(rows)
    assert state.row.key == GAP.id
    assert state.highlighted == rows.index_of(GAP.id) == 3
    annotations.apply([Drop("spans", GAP.id)])
    state.set_rows(rows)
    assert state.highlighted == 3
    assert state.row is not None
    assert state.row.key == "s4"


def test_rows_of_many_spans_are_made_only_when_asked_for() -> None:
    many = [Span(id=f"s{n}", label="claim", start=n, end=n + 1, quote="x") for n in range(20_000)]
    rows = SpanRows(make_set(many), SCHEME)
    assert len(rows) == 20_000
    assert rows[19_999].key == "s19999"
    assert rows.index_of("s777") == 777
    assert rows.index_of("gone") is None


def test_a_label_that_the_scheme_does_not_know_is_shown_as_such() -> None:
    rows = SpanRows(make_set([replace(LEFT, label="other")]), SCHEME)
    assert lines(rows)[0].startswith(" ? The ferry")


def test_quotes_are_shown_on_one_line() -> None:
    assert squeeze(" a\n\tb\u2028 c ") == "a b c"
    assert len(squeeze("x" * 5000)) < 200


def test_values_for_people() -> None:
    assert show_value(True) == "yes"
    assert show_value(["a", "b"]) == "a, b"
    assert show_value(0.5) == "0.5"
