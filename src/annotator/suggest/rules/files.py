"""Rule files: those that ship, the user's, and those a project names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from ...domain.errors import AnnotatorError, InvalidFileError, Problem
from ...store.compiled import load_compiled
from ...store.resources import user_config_dir
from .parser import parse_rules
from .rule import Rule, RuleSet

_SHIPPED = Path(__file__).parent


def shipped_rule_file(name: str) -> Path:
    """Return a rule file of the package, by its name without suffix."""
    return _SHIPPED / f"{name}.yaml"


def user_rule_files() -> list[Path]:
    """Return the rule files in the user's config folder, sorted by name."""
    try:
        return sorted((user_config_dir() / "rules").glob("*.yaml"))
    except (OSError, RuntimeError, KeyError):  # a system may know no home folder
        return []


def load_rules(shipped: Iterable[str], labels: Sequence[str], files: Iterable[Path]) -> RuleSet:
    """Return the shipped rules of some files, and others' rules for some labels.

    Args:
        shipped: names of rule files of the package.
        labels: rules of ``files`` for other labels are left out.
        files: rule files of the user and of the project. A rule whose id a later file has too is
            replaced by it. One that cannot be read, or is no valid rule file, is left out.
    """
    rules: dict[str, Rule] = {}
    for name in shipped:
        path = shipped_rule_file(name)
        for rule in load_compiled(path, partial(parse_rules, trusted=True)):
            rules[rule.id] = rule
    unreadable: list[str] = []
    for path in files:
        try:
            found = load_compiled(path, parse_rules)
        except AnnotatorError as error:
            unreadable.append(str(error).replace("\n", " "))
            continue
        rules.update((rule.id, rule) for rule in found if rule.label in labels)
    return RuleSet(tuple(rules.values()), _digest(rules.values()), tuple(unreadable))


def rule_problems(path: Path) -> list[Problem]:
    """Return what is wrong with a rule file, each thing with its line."""
    try:
        load_compiled(path, parse_rules)
    except InvalidFileError as error:
        return list(error.problems)
    except AnnotatorError as error:
        return [Problem(str(path), 0, "", str(error))]
    return []


def _digest(rules: Iterable[Rule]) -> str:
    """Return eight hexadecimal digits that change with any rule."""
    made = hashlib.sha256()
    for rule in rules:
        patterns = [(key, pattern.pattern) for key, pattern in rule.patterns.items()]
        # The items of a named list are a set, whose order is another in each process.
        lists = [
            [(name, sorted(words)) for name, words in sorted(pattern.named_lists.items())]
            for pattern in rule.patterns.values()
        ]
        conditions = [[(c.where, c.value) for c in cs] for cs in (*rule.needs, (), *rule.guards)]
        said = (rule.id, rule.label, rule.kind, rule.expects, rule.score, rule.bounds)
        limits = (rule.brackets, rule.only_with, rule.pattern.flags, rule.description)
        near = (rule.literals, rule.companions)
        made.update(repr((said, limits, near, patterns, conditions, lists)).encode())
    return made.hexdigest()[:8]
