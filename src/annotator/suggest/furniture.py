"""Page furniture: bylines, share buttons, footers and the like, by rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .base import Suggestion, Suggestions, Text
from .placeholders import best
from .rule_files import load_rules, user_rule_files
from .rules_engine import RulesEngine
from .tails import with_tails


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
        self.version = f"1+{rules.digest}"
        self._engine = RulesEngine(rules.rules)

    def suggest(self, text: Text) -> Suggestions:
        """Return the furniture of a text.

        Raises:
            AnnotatorError: a user's rule takes too long.
        """
        return Suggestions(
            tuple(
                Suggestion(
                    label=finding.label,
                    start=finding.start,
                    end=finding.end,
                    score=round(finding.score, 3),
                    rule=finding.rules[0].id,
                    reasons=tuple(
                        dict.fromkeys(r.description for r in finding.rules if r.description)
                    ),
                )
                for finding in best(with_tails(text, self._engine.find(text)))
            )
        )
