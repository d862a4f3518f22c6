from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from annotator.suggest.base import Text
from annotator.suggest.contradictions.suggester import find_hints

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "contradiction_cases.toml"
CASES = {case["name"]: case for case in tomllib.loads(DATA.read_text("utf-8"))["case"]}
FOUND = [name for name, case in CASES.items() if case["kind"]]
TRAPS = [name for name, case in CASES.items() if not case["kind"]]


@pytest.mark.parametrize("name", FOUND)
def test_a_contradiction_is_found_once_and_of_its_kind(name: str) -> None:
    hints = find_hints(Text(CASES[name]["text"]))
    assert [hint.kind for hint in hints] == [CASES[name]["kind"]]


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_is_passed_in_silence(name: str) -> None:
    assert [hint.reason for hint in find_hints(Text(CASES[name]["text"]))] == []
