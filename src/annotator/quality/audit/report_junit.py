"""An audit as JUnit XML, which every CI system shows.

There is no standard; this is the form that Ant's and pytest's readers agree about: a suite a
document, a case a finding. What does not make the command fail is no failure here either.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ...domain.audit_rules import AUDIT_RULES, Severity, weight
from ...pages.escaping import visible
from .findings import DocumentAudit, Finding
from .report import Report, said
from .report_text import text_lines


def junit_text(report: Report) -> str:
    """Return the XML; a document without findings is one case that passed."""
    suites = [line for audit in report.audits for line in _suite(audit, report.fail_on)]
    head = ('<?xml version="1.0" encoding="utf-8"?>', '<testsuites name="annotator audit">')
    return "\n".join((*head, *suites, "</testsuites>", ""))


def _suite(audit: DocumentAudit, fail_on: Severity) -> Iterator[str]:
    failures = sum(_fails(one, fail_on) for one in audit.findings)
    tests = len(audit.findings) + len(audit.accepted) or 1
    yield (
        f'<testsuite name={_attribute(audit.document)} tests="{tests}" failures="{failures}" '
        f'errors="0" skipped="{len(audit.accepted)}">'
    )
    for finding, line in zip(audit.findings, text_lines(audit), strict=True):
        yield from _case(audit, finding, line, fail_on)
    for accepted in audit.accepted:
        yield f"<testcase {_name(audit, accepted.finding)}>"
        yield f"<skipped message={_attribute(accepted.reason or 'accepted')}/></testcase>"
    if not audit.findings and not audit.accepted:
        yield f'<testcase classname={_attribute(audit.document)} name="nothing open"/>'
    yield "</testsuite>"


def _case(audit: DocumentAudit, finding: Finding, line: str, fail_on: Severity) -> Iterator[str]:
    yield f"<testcase {_name(audit, finding)}>"
    if _fails(finding, fail_on):
        kind, message = _attribute(finding.rule), _attribute(said(finding))
        yield f"<failure type={kind} message={message}>{_content(line)}</failure></testcase>"
    else:
        yield f"<system-out>{_content(line)}</system-out></testcase>"


def _name(audit: DocumentAudit, finding: Finding) -> str:
    where = f" {finding.line}:{finding.column}" if finding.in_text else ""
    name = f"{finding.rule}{where}: {AUDIT_RULES[finding.rule].title}"
    return f"classname={_attribute(audit.document)} name={_attribute(name)}"


def _fails(finding: Finding, fail_on: Severity) -> bool:
    return weight(finding.severity) <= weight(fail_on)


def _attribute(text: str) -> str:
    return quoteattr(" ".join(visible(text).split()))


def _content(text: str) -> str:
    return escape(visible(text))
