"""What is open in one annotator's set."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.store.audit_config import AuditRoles
from annotator.store.reanchor import HOME_KEY, PERHAPS_KEY

from .samples import check, findings, link, said, span

TEXT = "The dam holds 40 million litres. At [time], the gate rose. The dam holds 9 million litres."
FIRST, SLOTTED, LAST = (
    "The dam holds 40 million litres.",
    "At [time], the gate rose.",
    "The dam holds 9 million litres.",
)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("slot", "unfilled-placeholder"),
        ("media-stub", "unfilled-placeholder"),
        (None, "unfilled-placeholder"),
        ("offer", "assistant-chatter"),
        ("cutoff", "assistant-chatter"),
        ("tracking", "leftover-token"),
    ],
)
def test_the_kind_of_a_placeholder_decides_the_rule(kind: str | None, rule: str) -> None:
    slot = span(TEXT, "placeholder", "[time]", {"kind": kind} if kind else {})
    assert check(TEXT, said(TEXT, slot)) == [(rule, "[time]")]


def test_what_belongs_in_a_slot_is_told() -> None:
    slot = span(TEXT, "placeholder", "[time]", {"expects": "TIME", "fill": "6 a.m."})
    (found,) = findings(TEXT, said(TEXT, slot))
    assert "TIME expected" in found.message
    assert "“6 a.m.”" in found.message


@pytest.mark.parametrize(
    ("attributes", "rules"),
    [
        ({}, ["unchecked-claim"]),
        ({"verdict": "unset"}, ["unchecked-claim"]),
        ({"worthiness": "check-worthy"}, ["unchecked-claim"]),
        ({"worthiness": "unimportant"}, []),
        ({"worthiness": "not-checkable"}, []),
        ({"verdict": "supported"}, ["claim-without-evidence"]),
        ({"verdict": "supported", "evidence": []}, ["claim-without-evidence"]),
        ({"verdict": "supported", "evidence": ["log"]}, []),
        ({"verdict": "refuted", "evidence": ["log"]}, ["refuted-claim"]),
        ({"verdict": "refuted"}, ["claim-without-evidence", "refuted-claim"]),
        ({"verdict": "refuted", "evidence": ["x"], "worthiness": "unimportant"}, ["refuted-claim"]),
        ({"verdict": "conflicting"}, ["unsettled-claim"]),
        ({"verdict": "not-enough-evidence"}, ["unsettled-claim"]),
    ],
)  # fmt: skip
def test_a_claim_is_open_until_it_is_checked(attributes: dict[str, Any], rules: list[str]) -> None:
    claim = span(TEXT, "claim", FIRST, attributes)
    assert check(TEXT, said(TEXT, claim)) == [(rule, FIRST) for rule in rules]


def test_a_placeholder_inside_a_claim_blocks_it_and_it_counts_as_nothing_else() -> None:
    claim, slot = span(TEXT, "claim", SLOTTED), span(TEXT, "placeholder", "[time]")
    found = findings(TEXT, said(TEXT, claim, slot))
    assert sorted(one.rule for one in found) == ["blocked-claim", "unfilled-placeholder"]
    (blocked,) = (one for one in found if one.rule == "blocked-claim")
    assert [(one.start, one.end) for one in blocked.related] == [slot.range]


def test_a_placeholder_that_is_linked_blocks_a_claim_elsewhere() -> None:
    claim, slot = span(TEXT, "claim", LAST), span(TEXT, "placeholder", "[time]")
    blocks = link("blocks", slot, claim)
    assert ("blocked-claim", LAST) in check(TEXT, said(TEXT, claim, slot, relations=(blocks,)))
    assert ("unchecked-claim", LAST) in check(TEXT, said(TEXT, claim, slot))


def test_the_assistants_talk_in_a_claim_blocks_nothing() -> None:
    claim = span(TEXT, "claim", SLOTTED)
    slot = span(TEXT, "placeholder", "[time]", {"kind": "offer"})
    assert ("unchecked-claim", SLOTTED) in check(TEXT, said(TEXT, claim, slot))


def test_a_contradiction_is_told_once_at_its_first_claim() -> None:
    checked = {"verdict": "supported", "evidence": ["log"]}
    one, other = span(TEXT, "claim", FIRST, checked), span(TEXT, "claim", LAST, checked)
    annotations = said(TEXT, one, other, relations=(link("contradicts", other, one),))
    (found,) = findings(TEXT, annotations)
    assert (found.rule, found.quote) == ("contradiction", FIRST)
    assert [(place.start, place.end) for place in found.related] == [other.range]
    assert not findings(TEXT, said(TEXT, one, other, relations=(link("restates", other, one),)))


def test_twins_without_or_with_another_label_are_told() -> None:
    text = "XX came. XX left. XX slept."
    spans = [span(text, "placeholder", "XX", nth=n) for n in (0, 1)]
    assert ("missed-twin", "XX") in check(text, said(text, *spans))
    other = span(text, "claim", "XX", {"worthiness": "unimportant"}, nth=2)
    found = check(text, said(text, *spans, other))
    assert ("label-differs", "XX") in found
    assert ("missed-twin", "XX") not in found


@pytest.mark.parametrize("quote", ["he dam", "litre", "40 million litre"])
def test_a_span_that_cuts_a_word_is_told(quote: str) -> None:
    claim = span(TEXT, "claim", quote, {"worthiness": "unimportant"})
    assert check(TEXT, said(TEXT, claim)) == [("cut-word", quote)]
    furniture = span(TEXT, "furniture", quote)
    assert check(TEXT, said(TEXT, furniture)) == []


def test_an_orphan_is_told_without_a_place() -> None:
    lost = span("It was open.", "claim", "open")
    (found,) = findings(TEXT, said(TEXT, orphans=(lost,)))
    assert (found.rule, found.quote, found.in_text) == ("orphan", "open", False)
    assert "nowhere" in found.message
    waiting = replace(lost, extra={PERHAPS_KEY: [[3, 7]]})
    (found,) = findings(TEXT, said(TEXT, orphans=(waiting,)))
    assert "may have moved" in found.message
    refused = replace(lost, id="c1", start=3, end=7)
    reviewed = said(TEXT, orphans=(waiting,))
    reviewed.rejected["c1"] = refused
    (found,) = findings(TEXT, reviewed)
    assert f"annotator reanchor PATH --drop {lost.id}" in found.message
    turned_down = replace(lost, extra={HOME_KEY: "rejected"})
    assert findings(TEXT, said(TEXT, orphans=(turned_down,))) == []


def test_another_scheme_gives_the_parts_to_its_own_words() -> None:
    roles = AuditRoles(
        placeholder=("furniture",),
        claim=("placeholder",),
        verdict="kind",
        refuted=("dummy",),
        contradicts=("restates",),
    )
    slot, claim = (
        span(TEXT, "furniture", "[time]"),
        span(TEXT, "placeholder", LAST, {"kind": "dummy"}),
    )
    annotations = said(TEXT, slot, claim, relations=(link("restates", slot, claim),))
    assert [rule for rule, _ in check(TEXT, annotations, roles)] == [
        "claim-without-evidence",
        "contradiction",
        "refuted-claim",
        "unfilled-placeholder",
    ]
