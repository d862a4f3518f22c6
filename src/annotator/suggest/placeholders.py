"""Placeholders: slots that nobody filled, and the assistant talking; both by rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from . import expects
from .answers import find_answers
from .base import Range, SuggestedLink, Suggestion, Suggestions, Text
from .rule import THRESHOLD
from .rule_files import load_rules, user_rule_files
from .rules_engine import Finding, RulesEngine

LONGEST_ANSWERED = 100_000
"""Code points of the longest text in which answers are looked for: longer ones are no article."""
MOST_ANSWERED = 100
"""Placeholders of a text for which answers are looked for: one with more is a form."""
_CHATTER = frozenset({"meta-text", "offer", "opener", "closer", "self-id", "cutoff"})
"""Kinds that cover sentences; the others cover what stands in them."""
_AUTO = "auto"
_PLACEHOLDER = "placeholder"
_CLAIM = "claim"
_ANSWERED = "answered-by"


class PlaceholderSuggester:
    """Finds placeholders by the shipped rules and the user's, and what in the text answers them.

    Args:
        rule_files: a project's own rule files, which come after the user's.
        scheme_labels: the labels of the scheme; without ``claim`` among them no answers are looked
            for. None for all.

    Raises:
        InvalidFileError: a rule file is not valid; names file, line and key.
    """

    name = "placeholders"
    needs_entities = False

    def __init__(
        self, rule_files: Iterable[Path] = (), scheme_labels: Sequence[str] | None = None
    ) -> None:
        answers = scheme_labels is None or _CLAIM in scheme_labels
        self.labels: tuple[str, ...] = (_PLACEHOLDER, _CLAIM) if answers else (_PLACEHOLDER,)
        files = [*user_rule_files(), *rule_files]
        rules = load_rules(("placeholders", "chatter"), (_PLACEHOLDER,), files)
        self.version = f"2+{rules.digest}"
        self._answers = answers
        self._engine = RulesEngine(rules.rules)

    def suggest(self, text: Text) -> Suggestions:
        """Return the placeholders of a text.

        Raises:
            AnnotatorError: a user's rule takes too long.
        """
        findings = best(self._engine.find(text), _family)
        spans = tuple(_suggestion(finding, text.text) for finding in findings)
        answers = (
            self._answers and 0 < len(spans) <= MOST_ANSWERED and len(text.text) <= LONGEST_ANSWERED
        )
        return _answered(text, spans) if answers else Suggestions(spans)


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
    return "chatter" if finding.rules[0].kind in _CHATTER else "slot"


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


def _answered(text: Text, spans: tuple[Suggestion, ...]) -> Suggestions:
    """Return placeholders with the sentences that answer them, and what to fill them with."""
    answers = find_answers(text, spans)
    filled = list(spans)
    claims: dict[Range, Suggestion] = {}
    for answer in answers:
        slot = filled[answer.placeholder]
        fill = text.text[answer.fill_start : answer.fill_end]
        filled[answer.placeholder] = replace(slot, attributes={**slot.attributes, "fill": fill})
        claims.setdefault(
            (answer.start, answer.end),
            Suggestion(
                label=_CLAIM,
                start=answer.start,
                end=answer.end,
                score=answer.score,
                rule=_ANSWERED,
                reasons=("says what belongs in a placeholder",),
            ),
        )
    together = sorted([*filled, *claims.values()], key=lambda span: (span.start, -span.end))
    place = {(span.label, span.start, span.end): at for at, span in enumerate(together)}
    links = tuple(
        SuggestedLink(
            type=_ANSWERED,
            source=place[
                _PLACEHOLDER, spans[answer.placeholder].start, spans[answer.placeholder].end
            ],
            target=place[_CLAIM, answer.start, answer.end],
            score=answer.score,
            rule=_ANSWERED,
            reasons=(answer.reason,),
        )
        for answer in answers
    )
    return Suggestions(tuple(together), links)
