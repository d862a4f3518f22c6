"""A finished audit, and what its reports have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...domain.audit_rules import SEVERITIES, Severity, weight
from .findings import DocumentAudit, Finding, Related

LONGEST_QUOTE = 90
"""Code points of a quote that a line shows."""


@dataclass(slots=True)
class Tally:
    """How much was found.

    Attributes:
        documents: how many were read.
        findings: how many by severity.
        accepted: how many the settings say to leave.
        by_document: how many documents have a finding.
    """

    documents: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    by_document: int = 0

    def add(self, audit: DocumentAudit) -> None:
        """Count a document."""
        self.documents += 1
        self.findings.update(one.severity for one in audit.findings)
        self.accepted += len(audit.accepted)
        self.by_document += bool(audit.findings)

    def fails(self, fail_on: Severity) -> bool:
        """Say whether something was found that weighs as much as ``fail_on``, or more."""
        return any(self.findings[one] for one in SEVERITIES if weight(one) <= weight(fail_on))

    def line(self) -> str:
        """Return how much was found, in one line."""
        found = ", ".join(
            several(self.findings[one], one) for one in SEVERITIES if self.findings[one]
        )
        where = several(self.documents, "document")
        told = f"{found} in {self.by_document} of {where}" if found else f"{where}, nothing open"
        return f"{told}; {self.accepted} accepted by the settings" if self.accepted else told


@dataclass(frozen=True, slots=True)
class Report:
    """An audit that is over.

    Attributes:
        audits: what was found, document by document.
        fail_on: the lightest severity that makes the command fail.
        version: of this program.
    """

    audits: tuple[DocumentAudit, ...]
    fail_on: Severity
    version: str

    @property
    def tally(self) -> Tally:
        """How much was found."""
        tally = Tally()
        for audit in self.audits:
            tally.add(audit)
        return tally


def several(count: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def shortened(quote: str) -> str:
    """Return a quote for one line: white space as single blanks, the middle of long ones out."""
    plain = " ".join(quote.split())
    if len(plain) <= LONGEST_QUOTE:
        return plain
    head, tail = plain[: LONGEST_QUOTE * 2 // 3], plain[-(LONGEST_QUOTE // 3) :]
    # Words are not cut, where there are any.
    head = head[: head.rfind(" ")] if " " in head else head
    tail = tail[tail.find(" ") + 1 :]
    return f"{head} … {tail}"


def said(finding: Finding) -> str:
    """Return quote, message and other places of a finding, in one line."""
    quote = f"“{shortened(finding.quote)}” — " if finding.quote else ""
    others = "".join(f"; {one}" for one in _places(finding.related))
    return f"{quote}{finding.message}{others}"


def record_name(audit: DocumentAudit) -> str:
    """Return the name of a record in its file; empty for a document that is a file."""
    return audit.document.partition("#")[2] if audit.record_line else ""


def _places(related: Iterable[Related]) -> Iterator[str]:
    for one in related:
        yield f"{one.message}: {one.line}:{one.column}"
