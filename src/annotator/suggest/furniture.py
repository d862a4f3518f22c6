"""Page furniture: bylines, share buttons, footers and the like, by rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .base import Suggestion, Suggestions, Text
from .placeholders import best
from .rules.engine import Finding, RulesEngine
from .rules.files import load_rules, user_rule_files
from .tails import with_tails

_REASONS = 3
"""Reasons that are told of a run of paragraphs, at most."""


class FurnitureSuggester:
    """Finds page furniture by the shipped rules and the user's.

    Args:
        rule_files: a project's own rule files, which come after the user's.

    Raises:
        InvalidFileError: a rule file is not valid; names file, line and key.
    """

    name = "furniture"
    labels = ("furniture",)
    needs_entities = False

    def __init__(self, rule_files: Iterable[Path] = ()) -> None:
        rules = load_rules(("furniture",), self.labels, [*user_rule_files(), *rule_files])
        self.version = f"2+{rules.digest}"
        self.unreadable = rules.unreadable
        self._engine = RulesEngine(rules.rules)

    def suggest(self, text: Text) -> Suggestions:
        """Return the furniture of a text.

        Raises:
            AnnotatorError: a user's rule takes too long.
        """
        findings = best(with_tails(text, self._engine.find(text)))
        return Suggestions(tuple(_suggestion(run) for run in runs(text.text, findings)))


def runs(text: str, findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return findings in groups between which there is nothing but white space.

    A page's end is one thing to a person, and to be decided with one key, however many paragraphs
    it has.

    Args:
        text: the text.
        findings: in document order; none overlaps another.
    """
    grouped: list[list[Finding]] = []
    for finding in findings:
        if grouped and text[grouped[-1][-1].end : finding.start].isspace():
            grouped[-1].append(finding)
        else:
            grouped.append([finding])
    return grouped


def _suggestion(run: Sequence[Finding]) -> Suggestion:
    """Return one suggestion for a run, by the rule that is surest of its part."""
    surest = max(run, key=lambda finding: finding.score)
    rules = [rule for finding in (surest, *run) for rule in finding.rules]
    reasons = dict.fromkeys(rule.description for rule in rules if rule.description)
    return Suggestion(
        label=surest.label,
        start=run[0].start,
        end=run[-1].end,
        score=round(sum(finding.score for finding in run) / len(run), 3),
        rule=surest.rules[0].id,
        reasons=tuple(reasons)[:_REASONS],
    )
