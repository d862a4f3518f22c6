"""No pattern and no text makes the rules slow out of proportion."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.growth import assert_grows_in_line

from annotator.domain.errors import AnnotatorError, InvalidFileError
from annotator.store.located import load_located
from annotator.suggest.base import Suggester, Text
from annotator.suggest.furniture import FurnitureSuggester
from annotator.suggest.placeholders import PlaceholderSuggester
from annotator.suggest.rules import engine
from annotator.suggest.rules.files import shipped_rule_file
from annotator.suggest.rules.parser import parse_rules
from annotator.suggest.rules.pattern_cost import STRETCH, worst_cases
from annotator.suggest.rules.places import STRETCH as LONGEST_LINE
from annotator.suggest.rules.rule import Rule

ATTACKS = (
    "[",
    "[[a ",
    "[insert ",
    "[Name] ",
    "{name}\n",
    "a ___ b ",
    "___ ",
    "XX minutes ",
    '"a ',
    "Let me know if you have questions. ",
    "As an AI language model, I cannot. ",
    "I cannot provide a ",
    "Certainly! ",
    "turn0search0",
    "lorem ipsum dolor ",
    "AaaaBbbbCccc",
    "Aaaa Bbbb\n",
    "About the author\n\n",
    "Read more: a\n",
    "© 2020 a ",
    "\n\n",
)


def rules_of(name: str, *, trusted: bool = True) -> tuple[Rule, ...]:
    path = shipped_rule_file(name)
    return parse_rules(*load_located(path.read_bytes(), path.name), trusted=trusted)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["placeholders", "chatter", "furniture"])
def test_every_shipped_pattern_stands_its_own_worst_cases(name: str) -> None:
    """The check that users' rule files go through, patterns of guards included."""
    assert rules_of(name, trusted=False)


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS[::3])
def test_time_grows_with_the_text_and_no_faster(attack: str) -> None:
    for suggester in (PlaceholderSuggester(), FurnitureSuggester()):

        def work(text: str, suggester: Suggester = suggester) -> None:
            suggester.suggest(Text(text))

        assert_grows_in_line(work, lambda size: attack * (size // len(attack)), 2**16)


@pytest.mark.parametrize("attack", ATTACKS)
def test_patterns_see_bounded_stretches_that_add_up_to_little_more_than_the_text(
    attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: what makes the growth above linear whatever a pattern costs."""
    seen: dict[str, int] = {}
    spans = engine._spans

    def counted(rule: Rule, text: str) -> object:
        assert len(text) <= 2 * LONGEST_LINE or not rule.literals
        seen[rule.id] = seen.get(rule.id, 0) + len(text)
        return spans(rule, text)

    monkeypatch.setattr(engine, "_spans", counted)
    text = (attack * (40_000 // len(attack) + 1))[:40_000]
    for suggester in (PlaceholderSuggester(), FurnitureSuggester()):
        suggester.suggest(Text(text))
    assert all(count <= 3 * len(text) + 2 * LONGEST_LINE for count in seen.values())


def test_worst_cases_hold_what_the_pattern_is_made_of() -> None:
    found = list(worst_cases(r"(?:ab|[x-z]+)\d{2}\L<w>", 40, {"w": ["see"]}))
    assert all(len(text) == 40 for text in found)
    for unit in ("a" * 30, "x" * 30, "1" * 30, "s" * 30):
        assert any(unit in text for text in found)


RULE = """\
format: annotator-rules/1
label: placeholder
rules:
- id: {name}
  pattern: '{pattern}'
  literals: [x]
  score: 0.9
"""


@pytest.mark.parametrize("pattern", ["(x+)+y", "(?:x|xx)+$y", "^(x|x?x)+y"])
def test_a_rule_that_would_hang_is_refused_by_name(pattern: str, tmp_path: Path) -> None:
    content = RULE.format(name="mine", pattern=pattern)
    with pytest.raises(InvalidFileError) as raised:
        parse_rules(*load_located(content, "mine.yaml"))
    problem = raised.value.problems[0]
    assert (problem.file, problem.line, problem.key) == ("mine.yaml", 5, "rules.0.pattern")
    assert "'mine'" in problem.message
    assert str(STRETCH) in problem.message


def test_a_rule_that_hangs_on_a_text_is_named(tmp_path: Path) -> None:
    """One that only a text of a form that the check does not think of makes slow."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        RULE.format(name="mine", pattern="^(?:xebra|cat|dog|catdog)+!$"), encoding="utf-8"
    )
    (rule,) = parse_rules(*load_located(path.read_bytes(), str(path)))
    assert rule.timeout is not None
    rules = engine.RulesEngine([rule])
    with pytest.raises(AnnotatorError) as raised:
        rules.find(Text("xebra" + "catdog" * 200 + "\0!"))
    assert "'mine'" in raised.value.message
    assert "mine.yaml" in raised.value.message
