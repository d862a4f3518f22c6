"""Findings as lines that people read and editors jump to."""

from __future__ import annotations

from collections.abc import Iterator

from .findings import DocumentAudit, Finding
from .report import record_name, said


def text_lines(audit: DocumentAudit) -> Iterator[str]:
    """Yield a line for each finding: ``FILE:LINE:COLUMN: SEVERITY: RULE: “QUOTE” — WHAT TO DO``.

    For a record of a ``.jsonl`` file the line is the record's; where in its text the finding
    stands is told behind the quote.

    Args:
        audit: of one document; its text may hold anything, and so may the lines.
    """
    for one in audit.findings:
        yield f"{_place(audit, one)}: {one.severity}: {one.rule}: {said(one)}{_within(audit, one)}"


def _place(audit: DocumentAudit, finding: Finding) -> str:
    if finding.file:
        return f"{finding.file}:{finding.line}" if finding.line else finding.file
    if audit.record_line:
        return f"{audit.file}:{audit.record_line}"
    return f"{audit.file}:{finding.line}:{finding.column}" if finding.in_text else audit.file


def _within(audit: DocumentAudit, finding: Finding) -> str:
    if not audit.record_line or finding.file:
        return ""
    where = f", line {finding.line}, column {finding.column}" if finding.in_text else ""
    return f" (record {record_name(audit)}{where})"
