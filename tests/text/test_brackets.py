from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text import brackets

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)


def found(text: str) -> list[str]:
    return [text[group.start : group.end] for group in brackets.groups(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("at [insert time], it", ["[insert time]"]),
        ("a [b (c) d] e", ["[b (c) d]", "(c)"]),
        ("{{name}} and {x}", ["{{name}}", "{x}"]),
        ("[[Page|words]]", ["[[Page|words]]"]),
        ("((a))", ["((a))", "(a)"]),
        ("[a [b] c]", ["[a [b] c]", "[b]"]),
        ("<insert name> and a < b > c", ["<insert name>"]),
        ("x <- y, 1 < 2, 3 > 1", []),
        ("a ) b ] c", []),
        ("no end [here", []),
        ("(a [b) c]", ["(a [b)"]),
        ("你好【姓名】（旁白）", ["【姓名】", "（旁白）"]),
        ("[" + "x" * 3000 + "]", []),
        ("", []),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    assert found(text) == groups


def test_only_round_ones_are_round() -> None:
    kinds = [group.round for group in brackets.groups("(a) [b] <c> （d）", 0, 16)]
    assert kinds == [True, False, False, True]


@QUICK
@given(st.text("[](){}<>ab ", max_size=60))
def test_groups_nest_or_stand_apart(text: str) -> None:
    groups = brackets.groups(text, 0, len(text))
    assert groups == sorted(groups)
    for one in groups:
        for other in groups:
            apart = one.end <= other.start or other.end <= one.start
            nested = (one.start < other.start and other.end < one.end) or (
                other.start < one.start and one.end < other.end
            )
            angled = "<" in (text[one.start], text[other.start])
            assert one == other or apart or nested or angled


def test_hostile_nesting_is_bounded() -> None:
    depth = 3000
    assert len(found("(" * depth + "]" * depth)) == 0
    assert len(found("(" * depth + ")" * depth)) == 50
