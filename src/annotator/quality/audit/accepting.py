"""What the settings say about findings: how much they weigh, and which are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fnmatch import fnmatchcase

from ...domain.audit_rules import AUDIT_RULES, Severity
from ...store.audit_config import Ignored
from .findings import Accepted, Finding

Severities = Mapping[str, Severity | None]


def weighed(findings: Iterable[Finding], severities: Severities) -> list[Finding]:
    """Return findings with their severity; those of rules that are off are left out.

    Args:
        findings: of any rules.
        severities: by rule id where it is not the rule's own; None for a rule that is off.
    """
    done: list[Finding] = []
    for one in findings:
        severity = severities.get(one.rule, AUDIT_RULES[one.rule].severity)
        if severity is not None:
            done.append(replace(one, severity=severity))
    return done


def separated(
    findings: Iterable[Finding], ignored: Iterable[Ignored], document: str
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """Return the findings that are open, and those that somebody accepted.

    Args:
        findings: located.
        ignored: what is accepted.
        document: the document's id.
    """
    tests = [
        (place, _test(one), one.reason)
        for place, one in enumerate(ignored)
        if _is_for(one, document)
    ]
    left: list[Finding] = []
    accepted: list[Accepted] = []
    for finding in findings:
        fitting = [(place, reason) for place, test, reason in tests if test(finding)]
        if fitting:
            places = tuple(place for place, _ in fitting)
            accepted.append(Accepted(finding, fitting[0][1], places))
        else:
            left.append(finding)
    return tuple(left), tuple(accepted)


def unused(ignored: Sequence[Ignored], used: AbstractSet[int], severities: Severities) -> list[int]:
    """Return the places, from 0, of entries that accept nothing: what they meant is gone.

    Entries of rules that are off are left out.

    Args:
        ignored: what is accepted.
        used: the places of those that accept something in any document.
        severities: as for :func:`weighed`.
    """
    return [
        place
        for place, one in enumerate(ignored)
        if place not in used and severities.get(one.rule, "error") is not None
    ]


def matches(pattern: str, document: str) -> bool:
    """Say whether a glob means a document; ``*`` stands for slashes too."""
    return fnmatchcase(document, pattern)


def _is_for(ignored: Ignored, document: str) -> bool:
    return not ignored.document or matches(ignored.document, document)


def _test(ignored: Ignored) -> Callable[[Finding], bool]:
    quote = _plain(ignored.quote)

    def test(finding: Finding) -> bool:
        return (
            ignored.rule in ("", finding.rule)
            and ignored.id in ("", finding.id)
            and (not quote or quote == _plain(finding.quote))
        )

    return test


def _plain(quote: str) -> str:
    return " ".join(quote.split())
