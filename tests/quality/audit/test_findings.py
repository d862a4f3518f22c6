"""Findings: sorted, located, told apart, weighed and accepted."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.quality.audit.accepting import separated, weighed
from annotator.quality.audit.findings import Finding, located, merged
from annotator.store.audit_config import Ignored

AROUND = (
    "The river rose on Monday and the gate was opened at [time], as the keeper of the weir told us."
)
WORDS = st.text(st.sampled_from("abc \n\U0001f680é"), max_size=50)


def slot(text: str, quote: str = "[time]", rule: str = "unfilled-placeholder") -> Finding:
    start = text.index(quote)
    return Finding(rule=rule, message="m", start=start, end=start + len(quote), quote=quote)


@given(WORDS, WORDS)
def test_an_id_outlives_what_is_written_before_and_behind(before: str, behind: str) -> None:
    (first,) = located([slot(AROUND)], AROUND)
    longer = f"{before}{AROUND}{behind}"
    (moved,) = located([slot(longer)], longer)
    assert moved.id == first.id
    assert (moved.line, moved.column) == (
        longer.count("\n", 0, moved.start) + 1,
        moved.start - longer.rfind("\n", 0, moved.start),
    )


def test_ids_differ_by_rule_quote_and_context_and_never_meet() -> None:
    text = "XX " * 60
    places = [
        Finding(rule=rule, message="m", start=at, end=at + 2, quote="XX")
        for at in range(0, 180, 3)
        for rule in ("unfilled-placeholder", "cut-word")
    ]
    ids = [one.id for one in located(places, text)]
    assert len(set(ids)) == len(ids)


def test_what_two_annotators_say_is_told_once_with_both_names() -> None:
    one = slot(AROUND)
    two = [replace(one, by=(name,)) for name in ("ada", "ben", "ada")]
    (found,) = merged(two)
    assert found.by == ("ada", "ben")


def test_rules_that_are_off_vanish_and_others_take_the_settings_weight() -> None:
    found = [slot(AROUND), slot(AROUND, rule="cut-word"), slot(AROUND, rule="orphan")]
    done = weighed(found, {"unfilled-placeholder": None, "cut-word": "error"})
    assert [(one.rule, one.severity) for one in done] == [
        ("cut-word", "error"),
        ("orphan", "warning"),
    ]


def test_an_accepted_finding_is_quiet_but_not_forgotten() -> None:
    text = "At [the\n time] and at [day]."
    both = located([slot(text, "[the\n time]"), slot(text, "[day]")], text)
    ignored = [Ignored(rule="unfilled-placeholder", quote="[the time]", reason="house style")]
    left, accepted = separated(both, ignored, "a/b.txt")
    assert [one.quote for one in left] == ["[day]"]
    assert [(one.finding.quote, one.reason) for one in accepted] == [
        ("[the\n time]", "house style")
    ]
    by_id = [Ignored(id=both[1].id)]
    assert [one.quote for one in separated(both, by_id, "a/b.txt")[0]] == ["[the\n time]"]
    elsewhere = [Ignored(quote="[day]", document="c/*")]
    assert len(separated(both, elsewhere, "a/b.txt")[0]) == 2
    other_rule = [Ignored(rule="orphan", quote="[day]")]
    assert len(separated(both, other_rule, "a/b.txt")[0]) == 2
