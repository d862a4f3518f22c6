from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entity import Entity
from annotator.suggest.base import Suggester, Text
from annotator.suggest.contradictions import ContradictionSuggester
from annotator.suggest.contradictions.suggester import MOST_HINTS, find_hints
from annotator.suggest.contradictions.table import RULES, Rule
from annotator.suggest.registry import load_suggester

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
CASES = {
    case["name"]: case
    for file in ("contradiction_cases.toml", "contradiction_fresh.toml")
    for case in tomllib.loads((DATA / file).read_text("utf-8"))["case"]
}
FOUND = [name for name, case in CASES.items() if case["kind"] and not case.get("missed")]
MISSED = [name for name, case in CASES.items() if case.get("missed")]
TRAPS = [name for name, case in CASES.items() if not case["kind"]]
KINDS = {"entity", "number", "time", "event-status", "negation", "other"}

LAUNCH = (
    "A heading without a verb\n\n"
    "The Orel PT-12 capsule lifted off on Friday at 9:15 a.m. from the coast.\n\n"
    "The ship docked in the evening, carrying the astronauts Ana Duarte and Piotr Wilk.\n\n"
    "The crew of the mission\n\n"
    "At [insert launch time], the Orel PT-14 capsule took off, carrying two crew members:\n\n"
    "Lars Nyberg, who has flown before, is from the north.\n\n"
    "Omar Haddad (a pilot) - flying for the first time.\n\n"
    "Would you like more about the mission?\n"
)
"""An article that was put together from two."""


@pytest.mark.parametrize("name", FOUND)
def test_a_contradiction_is_found_once_and_of_its_kind(name: str) -> None:
    hints = find_hints(Text(CASES[name]["text"]))
    assert [hint.kind for hint in hints] == [CASES[name]["kind"]]


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_passed_in_silence(name: str) -> None:
    assert [hint.reason for hint in find_hints(Text(CASES[name]["text"]))] == []


@pytest.mark.parametrize("name", MISSED)
def test_what_is_said_to_be_missed_still_is(name: str) -> None:
    assert find_hints(Text(CASES[name]["text"])) == [], (
        "found now: drop its mark and the docs' count"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_example_and_nothing_finds_its_counter_example(rule: Rule) -> None:
    from annotator.suggest.facts.article import read

    assert [hint.rule for hint in rule.find(read(Text(rule.example)))] == [rule.id]
    assert find_hints(Text(rule.counter_example)) == []


def test_there_are_traps_enough_and_rule_ids_are_unique() -> None:
    assert len(TRAPS) >= 40
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_codes_and_crews_of_an_article_put_together_from_two() -> None:
    found = ContradictionSuggester().suggest(Text(LAUNCH))
    quoted = {
        (
            LAUNCH[found.spans[link.source].start :].split()[2],
            LAUNCH[found.spans[link.target].start :].split(maxsplit=1)[0],
            link.attributes["kind"],
        )
        for link in found.links
    }
    assert quoted == {("PT-12", "At", "entity"), ("docked", "At", "entity")}
    assert any("PT-12 here, PT-14 there" in link.reasons[0] for link in found.links)
    assert any("Lars Nyberg" in link.reasons[0] for link in found.links)


def test_spans_are_whole_sentences_in_order_and_links_point_at_them() -> None:
    text = Text(LAUNCH)
    found = ContradictionSuggester().suggest(text)
    ranges = [(span.start, span.end) for span in found.spans]
    assert ranges == sorted(set(ranges))
    assert set(ranges) <= set(text.sentences)
    assert {span.label for span in found.spans} == {"claim"}
    for link in found.links:
        assert link.type == "contradicts"
        assert link.source < link.target < len(found.spans)
        assert 0 < link.score <= 1
        assert link.reasons[0]
        assert link.attributes["kind"] in KINDS
    assert len({span for link in found.links for span in (link.source, link.target)}) == len(ranges)


def test_an_organisation_that_the_recogniser_knows_is_no_crew_member() -> None:
    text = (
        "The ship docked, carrying Ana Duarte and Piotr Wilk.\n\n"
        "The ship launched carrying Deep Harvest and Nova Terra."
    )
    entities = [
        Entity(text.index(name), text.index(name) + len(name), label)
        for name, label in (
            ("Ana Duarte", "PERSON"), ("Piotr Wilk", "PERSON"),
            ("Deep Harvest", "ORG"), ("Nova Terra", "ORG"),
        )
    ]  # fmt: skip
    assert find_hints(Text(text, entities=entities)) == []
    assert len(find_hints(Text(text))) == 1


def test_the_registry_loads_it_as_a_suggester() -> None:
    suggester = load_suggester("contradictions")
    assert isinstance(suggester, Suggester)
    assert suggester.name == "contradictions"
    assert suggester.labels == ("claim",)


def test_hints_are_few_however_many_contradictions_there_are() -> None:
    text = "\n\n".join(
        f"The firm {name} employs {number} people in the city of Port {name} this winter."
        for name in ("Alba", "Brio", "Cato", "Dorn", "Elan", "Faro", "Gala", "Hero", "Ivar")
        for number in (120, 250)
    )
    text += "\n\n" + "\n\n".join(
        f"Police in {name} found {number} stolen paintings in a barn near the river."
        for name in ("Alba", "Brio", "Cato", "Dorn", "Elan", "Faro", "Gala", "Hero", "Ivar")
        for number in (120, 250)
    )
    assert len(find_hints(Text(text))) == MOST_HINTS


PARTS = (
    "The the capsule rocket crew MS-25 MS-27 launched docked will dock killed 12 fifteen people"
    " carrying Ana Duarte Piotr Wilk , . : ; ( ) [ ] \n \n\n at 9:15 a.m. on Friday March 3 2021"
    " was born in and of by not did \ud800 \x00 \u2028 \r\n e\u0301 \U0001f469\u200d\U0001f680"
    " ١٢ ² $ % — “ ” 's"
)
WORDS = st.sampled_from(PARTS.split(" "))


@given(st.lists(WORDS, max_size=60))
def test_odd_texts_raise_nothing_and_give_ranges_of_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    found = ContradictionSuggester().suggest(Text(text))
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
    assert found == ContradictionSuggester().suggest(Text(text))


@given(st.text(max_size=300))
def test_any_text_at_all(text: str) -> None:
    ContradictionSuggester().suggest(Text(text))


@given(st.sampled_from(FOUND), st.sampled_from(["Nothing happened here.\n\n", "\n\n\n", "A\n\n"]))
def test_offsets_move_with_what_stands_before(name: str, before: str) -> None:
    text = CASES[name]["text"]
    plain = ContradictionSuggester().suggest(Text(text))
    moved = ContradictionSuggester().suggest(Text(before + text))
    assert [(s.start + len(before), s.end + len(before)) for s in plain.spans] == [
        (s.start, s.end) for s in moved.spans
    ]
