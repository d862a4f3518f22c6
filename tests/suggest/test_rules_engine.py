"""The engine finds every match, near its literals only, and whatever the text is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.store.located import load_located
from annotator.suggest.base import Text
from annotator.suggest.furniture import FurnitureSuggester
from annotator.suggest.placeholders import PlaceholderSuggester
from annotator.suggest.rules.engine import RulesEngine
from annotator.suggest.rules.literals import Literals, lowered
from annotator.suggest.rules.parser import parse_rules
from annotator.suggest.rules.places import Places
from annotator.suggest.rules.rule import COMPANY

SUGGESTERS = (PlaceholderSuggester(), FurnitureSuggester())
PARTS = st.sampled_from(
    [
        *("[", "]", "{{", "}}", "<", ">", "(insert ", "[Your Name]", "[XX]", "XX minutes"),
        *('"', "“", "’", "\n", "\r\n", "\n\n", "\u2028", "\0", "\ud800", "\u0130", "```", "`"),
        *("\U0001f469\u200d\U0001f680", "e\u0301", "\u202e", "\ue200cite", "turn0search0"),
        *("As an AI language model, I cannot see. ", "Let me know if you need more. "),
        *("lorem ipsum dolor", "By Ann Lee", "Comments", "About the author", "© 2020 A", " ", "a."),
    ]
)


def engine(rule: str, head: str = "") -> RulesEngine:
    content = (
        f"format: annotator-rules/1\nlabel: note\n{head}rules:\n- id: one\n  score: 0.9\n{rule}"
    )
    return RulesEngine(parse_rules(*load_located(content, "mine.yaml")))


def found(text: str, rule: str, head: str = "") -> list[str]:
    return [text[one.start : one.end] for one in engine(rule, head).find(Text(text))]


@given(st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=30).map("".join))
def test_any_text_gives_ranges_inside_it_in_order(text: str) -> None:
    for suggester in SUGGESTERS:
        spans = suggester.suggest(Text(text)).spans
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert list(spans) == sorted(spans, key=lambda span: (span.start, -span.end))
        assert suggester.suggest(Text(text)).spans == spans


@given(
    st.lists(
        st.text("abi\n\u0130É ", min_size=1, max_size=4).map(str.lower), min_size=1, max_size=8
    ),
    st.text("abiI\n\u0130éÉ ", max_size=40),
)
def test_literals_stand_where_they_are_found_one_by_one(strings: list[str], text: str) -> None:
    strings = [string for string in strings if string.strip() and "\u0307" not in string]
    lower = lowered(text)
    assert len(lower) == len(text) + 1
    expected = {
        (string, at + len(string.rstrip()) - 2)
        for string in strings
        for at in range(len(lower))
        if lower.startswith(string, at)
        and not ("a" <= string[0] <= "z" and "a" <= lower[at - 1] <= "z")
    }
    assert set(Literals(strings).find(lower)) == expected


def test_bounds_are_what_the_rule_says() -> None:
    text = "One. Two has a word here, and more. Three.\nFour.\n\nFive."
    rule = "  pattern: word\n  literals: [word]\n  bounds: "
    assert found(text, rule + "match\n") == ["word"]
    assert found(text, rule + "sentence\n") == ["Two has a word here, and more."]
    assert found(text, rule + "line\n") == ["One. Two has a word here, and more. Three."]
    assert found(text, rule + "paragraph\n") == [text.partition("\n\n")[0]]
    assert found(text, rule + "sentence\n  until: ','\n") == ["Two has a word here,"]


def test_a_group_s_rule_sees_what_stands_inside_on_one_line() -> None:
    text = "We met [the\r\n  **big** man] and [the [small] man]."
    assert found(text, "  pattern: '^the .* man$'\n  bounds: group\n") == [
        "[the\r\n  **big** man]",
        "[the [small] man]",
    ]
    assert found(text, "  pattern: '^small$'\n  bounds: group\n") == ["[small]"]


COMPANY_RULES = """\
  pattern: '^a$'
  bounds: group
- {id: two, score: 0.6, pattern: '^b$', bounds: group, companions: 1}
- {id: three, score: 0.6, pattern: '^c$', bounds: group, companions: 3}
- {id: whole, score: 0.9, pattern: 'Sam', bounds: line, literals: [sam]}
"""


def test_a_rule_that_needs_company_finds_nothing_alone() -> None:
    assert found("[b] and [b] and [c]", COMPANY_RULES) == []
    assert found("[a] and [b]", COMPANY_RULES) == ["[a]", "[b]"]
    assert found("Sam\n[b] here", COMPANY_RULES) == ["Sam"], "a whole line is no company"


def test_rules_that_need_little_company_are_company_for_those_that_need_more() -> None:
    assert found("[a] and [c] and [a]", COMPANY_RULES) == ["[a]", "[a]"]
    assert found("[a] and [c] and [b] [b]", COMPANY_RULES) == ["[a]", "[c]", "[b]", "[b]"]


@pytest.mark.parametrize(("apart", "kept"), [(COMPANY - 100, True), (COMPANY + 100, False)])
def test_company_is_what_stands_near(apart: int, kept: bool) -> None:
    between = "x " * (apart // 2)
    assert found(f"[a] {between} [b]", COMPANY_RULES) == ["[a]", "[b]"][: 1 + kept]
    assert found(f"[b] {between} [a]", COMPANY_RULES) == ["[b]", "[a]"][1 - kept :]


def test_needs_and_guards_look_around() -> None:
    text = 'a cat sat, "a cat" lay, one cat ran'
    rule = "  pattern: cat\n  literals: [cat]\n"
    assert len(found(text, rule)) == 3
    assert len(found(text, rule + "  guards: [in-quotation]\n")) == 2
    assert len(found(text, rule + "  needs: [before: 'one ']\n")) == 1
    assert len(found(text, rule + "  needs: [after: '\\s(?:sat|ran)']\n")) == 2
    assert len(found(text, rule + "  guards: [{before: 'a ', after: ' sat'}]\n")) == 2
    assert found(text, rule + "  only-with: [dog]\n") == []
    assert len(found(text, rule, "guards: [in-quotation]\n")) == 2
    assert len(found(text, rule + "  guard-defaults: false\n", "guards: [in-quotation]\n")) == 3


def test_doubts_of_rules_that_agree_multiply() -> None:
    content = "format: annotator-rules/1\nlabel: note\nrules:\n" + "".join(
        f"- {{id: r{score}, pattern: cat, literals: [cat], score: {score}}}\n"
        for score in (0.4, 0.5)
    )
    (finding,) = RulesEngine(parse_rules(*load_located(content, "x"))).find(Text("a cat"))
    assert finding.score == pytest.approx(0.7)
    assert [rule.id for rule in finding.rules] == ["r0.5", "r0.4"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said, "I like [it]."', True),
        ('"One" and [two]', False),
        ('"One," he said, "and [two]."', True),
        ("“It [is] so.”", True),
        ("‘It [is] so.’", True),
        ("the boys' [dogs]", False),
        ("It's [here], isn't it", False),
        ("'Tis [he] and 'twas", False),
        ('A 5" nail and a [6] one', False),
        ("„Es [ist] so“", True),
        ("« C'est [lui] »", True),
        ('One "quote\nA new line [here]', False),
    ],
)
def test_quotations(text: str, quoted: bool) -> None:
    at = text.index("[")
    assert Places(Text(text)).in_quotation(at, text.index("]") + 1) is quoted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dear {name}, welcome.", False),
        ("A line with `x[name]` in it", True),
        ("```\nDear {name}\n```", True),
        ("```\nx\n```\nDear {name}", False),
        ("x = {name}", True),
        ("Hello {name};", True),
        ("Is it {name}? I like it (a lot).", False),
    ],
)
def test_code(text: str, code: bool) -> None:
    at = max(text.find("{name}"), text.find("[name]"))
    assert Places(Text(text)).in_code(at) is code
