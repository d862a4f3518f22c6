from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from annotator.suggest.answers.find import find_answers
from annotator.suggest.base import Suggestion, Text

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "answer_cases.toml"
CASES = {case["name"]: case for case in tomllib.loads(DATA.read_text("utf-8"))["case"]}


def placeholders(case: dict[str, Any]) -> list[Suggestion]:
    """Every place of the case's slot, and of the other slot that it may name."""
    text = case["text"]
    slots = [re.escape(case[name]) for name in ("slot", "other_slot") if name in case]
    found = re.finditer("|".join(slots), text)
    attributes = {"kind": case["kind"], "expects": case["expects"]}
    return [
        Suggestion(
            label="placeholder",
            start=match.start(),
            end=match.end(),
            score=1.0,
            rule="test",
            attributes={name: value for name, value in attributes.items() if value},
        )
        for match in found
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_slot_is_filled_where_the_text_says_with_what(name: str) -> None:
    case = CASES[name]
    text = case["text"]
    answers = find_answers(Text(text), placeholders(case))
    fills = [text[answer.fill_start : answer.fill_end] for answer in answers]
    assert fills == ([case["fill"]] if case["fill"] else [])
    for answer in answers:
        assert answer.start <= answer.fill_start < answer.fill_end <= answer.end
        assert answer.reason
