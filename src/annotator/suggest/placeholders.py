"""Placeholders: slots that nobody filled, and the assistant talking; both by rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from . import expects
from .base import Suggestion, Suggestions, Text
from .rules.engine import Finding, RulesEngine
from .rules.files import load_rules, user_rule_files
from .rules.rule import THRESHOLD

CHATTER = frozenset({"meta-text", "offer", "opener", "closer", "self-id", "cutoff"})
"""Kinds that cover sentences; the others cover what stands in them."""
_AUTO = "auto"


class PlaceholderSuggester:
    """Finds placeholders by the shipped rules and the user's.

    Args:
        rule_files: a project's own rule files, which come after the user's.

    Raises:
        InvalidFileError: a rule file is not valid; names file, line and key.
    """

    name = "placeholders"
    labels = ("placeholder",)
    needs_entities = False

    def __init__(self, rule_files: Iterable[Path] = ()) -> None:
        files = [*user_rule_files(), *rule_files]
        rules = load_rules(("placeholders", "chatter"), self.labels, files)
        self.version = f"3+{rules.digest}"
        self.unreadable = rules.unreadable
        self._engine = RulesEngine(rules.rules)

    def suggest(self, text: Text) -> Suggestions:
        """Return the placeholders of a text.

        Raises:
            AnnotatorError: a user's rule takes too long.
        """
        findings = best(self._engine.find(text), _family)
        return Suggestions(tuple(_suggestion(finding, text.text) for finding in findings))


def best(findings: Sequence[Finding], family: object = None) -> list[Finding]:
    """Return the findings that are sure enough, without those inside or across better ones.

    Args:
        findings: of one text, in document order.
        family: tells of a finding which others it competes with; all, when None.
    """
    sort = family if callable(family) else (lambda _: "")
    kept: list[Finding] = []
    open_ones: dict[str, Finding] = {}
    for finding in findings:
        if finding.score < THRESHOLD:
            continue
        name = sort(finding)
        other = open_ones.get(name)
        if other is None or finding.start >= other.end:
            kept.append(finding)
        elif finding.end > other.end and finding.score > other.score:
            kept.remove(other)
            kept.append(finding)
        else:
            continue
        open_ones[name] = finding
    return kept


def _family(finding: Finding) -> str:
    return "chatter" if finding.rules[0].kind in CHATTER else "slot"


def _suggestion(finding: Finding, text: str) -> Suggestion:
    rule = finding.rules[0]
    attributes = {"kind": rule.kind} if rule.kind else {}
    awaited = rule.expects
    if awaited == _AUTO:
        awaited = expects.infer(text, finding.start, finding.end)
    if awaited:
        attributes["expects"] = awaited
    return Suggestion(
        label=finding.label,
        start=finding.start,
        end=finding.end,
        score=round(finding.score, 3),
        rule=rule.id,
        reasons=tuple(
            dict.fromkeys(found.description for found in finding.rules if found.description)
        ),
        attributes=attributes,
    )
