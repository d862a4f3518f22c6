"""An audit as SARIF 2.1.0, which code hosts and editors show beside the text.

Static Analysis Results Interchange Format, OASIS standard, errata 01 of 2023. Columns and offsets
count code points (``columnKind``); a byte order mark does not count, as the standard wants it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...domain.audit_rules import AUDIT_RULES
from .findings import Accepted, DocumentAudit, Finding, Related
from .report import Report, record_name, said

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "quoteContext/v1"
_ROOT = "%SRCROOT%"
_INDEX = {name: place for place, name in enumerate(AUDIT_RULES)}


def sarif_data(report: Report) -> dict[str, Any]:
    """Return an audit as a SARIF log of one run, plain data for JSON."""
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "annotator",
                        "version": report.version,
                        "rules": [_rule(name) for name in AUDIT_RULES],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True}],
                "results": [one for audit in report.audits for one in _results(audit)],
            }
        ],
    }


def _rule(name: str) -> dict[str, Any]:
    rule = AUDIT_RULES[name]
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.help},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": rule.severity},
    }


def _results(audit: DocumentAudit) -> Iterator[dict[str, Any]]:
    for finding in audit.findings:
        yield _result(audit, finding)
    for accepted in audit.accepted:
        yield {**_result(audit, accepted.finding), "suppressions": [_suppression(accepted)]}


def _suppression(accepted: Accepted) -> dict[str, str]:
    told = {"justification": accepted.reason} if accepted.reason else {}
    return {"kind": "external", "status": "accepted", **told}


def _result(audit: DocumentAudit, finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": _INDEX[finding.rule],
        "level": finding.severity,
        "message": {"text": _message(said(finding))},
        "locations": [_location(audit, finding)],
        "partialFingerprints": {FINGERPRINT: finding.id},
    }
    if finding.related and not audit.record_line:
        data["relatedLocations"] = [
            {"id": place, **_location(audit, one), "message": {"text": one.message}}
            for place, one in enumerate(finding.related, 1)
        ]
    if finding.by:
        data["properties"] = {"annotators": list(finding.by)}
    return data


def _message(text: str) -> str:
    r"""Return a text so that a reader of SARIF shows it as it is.

    ``[text](target)`` would be a link that the article's author chose (3.11.6), braces would be
    placeholders for arguments (3.11.5). Brackets that cannot be a link stay as they are: not every
    reader takes the backslash away again.
    """
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")


def _location(audit: DocumentAudit, place: Finding | Related) -> dict[str, Any]:
    file = place.file if isinstance(place, Finding) and place.file else audit.file
    physical: dict[str, Any] = {"artifactLocation": _artifact(file)}
    region = _region(audit, place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if audit.record_line:
        location["logicalLocations"] = [{"name": record_name(audit), "kind": "object"}]
    return location


def _region(audit: DocumentAudit, place: Finding | Related) -> dict[str, Any]:
    if isinstance(place, Finding) and place.file:
        return {"startLine": place.line} if place.line else {}
    if audit.record_line:
        # Offsets in the record's text are none of the file's.
        return {"startLine": audit.record_line}
    if place.start >= place.end:
        return {}
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.start,
        "charLength": place.end - place.start,
    }
    if isinstance(place, Finding):
        region["snippet"] = {"text": place.quote}
    return region


def _artifact(file: str) -> dict[str, str]:
    """Return where a file is; relative to where the command ran, if it was named like that."""
    path = Path(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(os.fsencode(path.as_posix())), "uriBaseId": _ROOT}
