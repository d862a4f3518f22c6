"""An audit as plain data for JSON."""

from __future__ import annotations

from typing import Any

from ...domain.audit_rules import SEVERITIES
from .findings import DocumentAudit, Finding, Related
from .report import Report

FORMAT = "annotator-audit/1"


def json_data(report: Report) -> dict[str, Any]:
    """Return an audit as plain data; offsets and columns count code points."""
    tally = report.tally
    return {
        "format": FORMAT,
        "version": report.version,
        "fail_on": report.fail_on,
        "failed": tally.fails(report.fail_on),
        "summary": {
            "documents": tally.documents,
            **{f"{one}s": tally.findings[one] for one in SEVERITIES},
            "accepted": tally.accepted,
        },
        "documents": [_document(audit) for audit in report.audits],
    }


def _document(audit: DocumentAudit) -> dict[str, Any]:
    data: dict[str, Any] = {"document": audit.document, "file": audit.file}
    if audit.record_line:
        data["line_in_file"] = audit.record_line
    return data | {
        "annotators": list(audit.annotators),
        "status": audit.status,
        "findings": [_finding(one) for one in audit.findings],
        "accepted": [{**_finding(one.finding), "reason": one.reason} for one in audit.accepted],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
    }
    if finding.quote:
        data["quote"] = finding.quote
    if finding.in_text:
        data |= _place(finding)
    if finding.file:
        data |= {"file": finding.file, "line": finding.line}
    data["by"] = list(finding.by)
    if finding.related:
        data["related"] = [{"message": one.message, **_place(one)} for one in finding.related]
    return data


def _place(place: Finding | Related) -> dict[str, int]:
    return {
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
