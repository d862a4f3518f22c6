"""Rule files: what is wrong in one is told with file, line and key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotator.domain.errors import InvalidFileError, Problem
from annotator.store.located import load_located
from annotator.suggest.rules.files import load_rules, shipped_rule_file
from annotator.suggest.rules.parser import parse_rules
from annotator.suggest.rules.schema import rule_schema

ROOT = Path(__file__).parents[2]
HEAD = "format: annotator-rules/1\nlabel: placeholder\nrules:\n"
RULE = HEAD + "- id: one\n  pattern: x\n  score: 0.9\n"
WRONG = {
    RULE.replace("annotator-rules/1", "annotator-rules/9"): (1, "format", "annotator-rules/1"),
    RULE.replace("id: one", "name: one"): (4, "rules.0.name", "unknown key"),
    RULE.replace("pattern: x", "pattern: '(x'"): (5, "rules.0.pattern", "regular expression"),
    RULE.replace("pattern: x", "pattern: '\\L<names>'"): (5, "rules.0.pattern", "regular"),
    RULE.replace("0.9", "1.9"): (6, "rules.0.score", "1.9"),
    RULE.replace("0.9", "true"): (6, "rules.0.score", "True"),
    RULE + "  bounds: word\n": (7, "rules.0.bounds", "'word'"),
    RULE + "  brackets: [heart]\n": (7, "rules.0.brackets", "'heart'"),
    RULE + "  guards: [in-space]\n": (7, "rules.0.guards.0", "in-quotation"),
    RULE + "  needs:\n  - behind: x\n": (8, "rules.0.needs.0.behind", "unknown key"),
    RULE + "  needs:\n  - before: '[x'\n": (8, "rules.0.needs.0.before", "regular expression"),
    RULE + "  guards: x\n": (7, "rules.0.guards", "list"),
    RULE + "  literals: [Dear]\n": (7, "rules.0.literals", "'Dear'"),
    RULE + "- id: one\n  pattern: y\n  score: 1\n": (7, "rules.1.id", "'one'"),
    RULE.replace("label: placeholder\n", ""): (3, "rules.0.label", "missing"),
    HEAD.replace("rules:", "rules: x"): (3, "rules", "list"),
    "- id: one\n": (1, "", "keys and values"),
}


def problems(content: str) -> tuple[Problem, ...]:
    with pytest.raises(InvalidFileError) as raised:
        parse_rules(*load_located(content, "mine.yaml"))
    return raised.value.problems


@pytest.mark.parametrize("content", WRONG)
def test_what_is_wrong_is_told_with_line_and_key(content: str) -> None:
    line, key, part = WRONG[content]
    found = problems(content)
    assert any((one.line, one.key) == (line, key) and part in one.message for one in found), [
        str(one) for one in found
    ]


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(RULE.replace("0.9", "9") + "  bounds: word\n  kind: 3\n")) == 3


def test_a_right_rule_is_read_whole() -> None:
    content = (
        "format: annotator-rules/1\n"
        "lists: {pet: [cat, dog]}\n"
        "guards: [in-code]\n"
        "rules:\n"
        "- id: pets\n"
        "  label: animal\n"
        "  pattern: '^\\L<pet>$'\n"
        "  score: 1\n"
        "  bounds: group\n"
        "  guards: [{inside: dogs, holds: link}]\n"
        "- id: bare\n"
        "  label: animal\n"
        "  pattern: Cat\n"
        "  case: exact\n"
        "  score: 0.5\n"
        "  guard-defaults: false\n"
    )
    pets, bare = parse_rules(*load_located(content, "mine.yaml"))
    assert pets.pattern.search("DOG")
    assert [[one.value for one in guard] for guard in pets.guards] == [
        ["dogs", "link"],
        ["in-code"],
    ]
    assert bare.guards == ()
    assert not bare.pattern.search("cat")


def test_a_later_file_replaces_a_rule_of_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(RULE.replace("id: one", "id: tbd"), encoding="utf-8")
    shipped = load_rules(["placeholders"], ["placeholder"], [])
    changed = load_rules(["placeholders"], ["placeholder"], [path])
    assert [rule.id for rule in changed.rules] == [rule.id for rule in shipped.rules]
    assert next(rule for rule in changed.rules if rule.id == "tbd").file == str(path)
    assert changed.digest != shipped.digest


@pytest.mark.parametrize("name", ["placeholders", "chatter", "furniture"])
def test_shipped_files_are_valid_by_the_schema(name: str) -> None:
    data, _ = load_located(shipped_rule_file(name).read_bytes(), name)
    Draft202012Validator.check_schema(rule_schema())
    found = Draft202012Validator(rule_schema()).iter_errors(data)
    assert [error.message for error in found] == []


@pytest.mark.parametrize(
    "content",
    [text for text, (_, _, part) in WRONG.items() if part not in {"regular expression", "regular"}][
        :10
    ],
)
def test_the_schema_refuses_what_has_a_wrong_shape(content: str) -> None:
    data: Any = load_located(content, "mine.yaml")[0]
    literal = "Dear" in content
    assert literal or not Draft202012Validator(rule_schema()).is_valid(data)


def test_the_shipped_schema_is_up_to_date() -> None:
    """After a change: ``annotator schema rules`` prints it."""
    shipped = ROOT / "src/annotator/schemas/rules-1.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == rule_schema()


def test_the_version_of_the_rules_is_the_same_in_every_process() -> None:
    """Sets have another order in each; a version that changed would make every result stale."""
    program = (
        "from annotator.suggest.placeholders import PlaceholderSuggester as P; print(P().version)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
