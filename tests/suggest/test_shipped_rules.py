"""The shipped rules do what their examples say, leave alone the traps, and find the positives."""

from __future__ import annotations

from functools import partial

import pytest
from support.marked import cases, marked

from annotator.domain.scheme import Attribute
from annotator.store.compiled import load_compiled
from annotator.store.scheme_files import load_scheme
from annotator.suggest.base import Range, Suggestion, Text
from annotator.suggest.furniture import FurnitureSuggester
from annotator.suggest.placeholders import PlaceholderSuggester
from annotator.suggest.rules.engine import RulesEngine
from annotator.suggest.rules.files import shipped_rule_file
from annotator.suggest.rules.parser import parse_rules
from annotator.suggest.rules.rule import THRESHOLD, Rule

FILES = ("placeholders", "chatter", "furniture")
RULES = [
    rule
    for name in FILES
    for rule in load_compiled(shipped_rule_file(name), partial(parse_rules, trusted=True))
]
PLACEHOLDERS = PlaceholderSuggester()
FURNITURE = FurnitureSuggester()


def placeholders(text: str) -> tuple[Suggestion, ...]:
    return PLACEHOLDERS.suggest(Text(text)).spans


ENGINES = {
    label: RulesEngine([rule for rule in RULES if rule.label == label])
    for label in {rule.label for rule in RULES}
}


def found_by(rule: Rule, text: str) -> list[Range]:
    """Return what a rule finds; one that needs the company of others' spans is given it."""
    engine = ENGINES[rule.label] if rule.companions else RulesEngine([rule])
    return [(one.start, one.end) for one in engine.find(Text(text)) if rule in one.rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_examples_and_no_counter_example(rule: Rule) -> None:
    assert rule.examples
    for example in rule.examples:
        text, wanted = marked(example)
        found = found_by(rule, text)
        assert found
        if len(wanted) == 1:
            assert found == wanted
    for example in rule.counter_examples:
        assert found_by(rule, example) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.companions], ids=lambda rule: rule.id
)
def test_a_rule_that_needs_company_is_silent_without_it(rule: Rule) -> None:
    for example in rule.examples:
        assert RulesEngine([rule]).find(Text(marked(example)[0])) == []


def test_ids_are_unique_and_kinds_are_those_of_the_default_scheme() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    labels = load_scheme("claims-and-placeholders").labels
    kinds: Attribute = labels["placeholder"].attributes["kind"]
    expected: Attribute = labels["placeholder"].attributes["expects"]
    for rule in RULES:
        assert rule.label in labels
        assert rule.kind in kinds.values if rule.label == "placeholder" else rule.kind == ""
        assert rule.expects in {"", "auto", *expected.values}
    assert {rule.kind for rule in RULES} == {"", *kinds.values}


@pytest.mark.parametrize(("category", "text"), cases("traps.yaml"))
def test_what_only_looks_like_a_placeholder_is_left_alone(category: str, text: str) -> None:
    assert [(span.rule, text[span.start : span.end]) for span in placeholders(text)] == []


@pytest.mark.parametrize(("kind", "text"), cases("positives.yaml"))
def test_placeholders_are_found_with_bounds_and_kind(kind: str, text: str) -> None:
    plain, wanted = marked(text)
    found = placeholders(plain)
    assert [(span.start, span.end) for span in found] == wanted
    assert {span.attributes["kind"] for span in found} == {kind}
    assert all(THRESHOLD <= span.score <= 1 and span.reasons for span in found)


def test_there_are_enough_of_both() -> None:
    assert len(cases("traps.yaml")) >= 250
    assert len(cases("positives.yaml")) >= 120
    assert len({text for _, text in cases("traps.yaml")}) == len(cases("traps.yaml"))
