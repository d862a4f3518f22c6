"""An audit as one HTML page that needs nothing else: no script, no font, no other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from ...domain.audit_rules import AUDIT_RULES, SEVERITIES, weight
from .findings import DocumentAudit, Finding
from .report import Report, said, several
from .visible import visible

_STYLE = """
:root { color-scheme: light dark; --line: #8885; --error: #d33; --warning: #c80; --note: #48c; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
td.number, td.place { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.number { border-left: .35rem solid var(--note); }
td.warning { border-left-color: var(--warning); }
td.error { border-left-color: var(--error); }
.article { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line);
  border-radius: .4rem; padding: 1rem 1.2rem; font-family: Georgia, serif; }
mark { color: inherit; background: #48c3; border-bottom: 2px solid var(--note); }
mark.warning { background: #c803; border-bottom-color: var(--warning); }
mark.error { background: #d334; border-bottom-color: var(--error); }
sup:target, tr:target { outline: 3px solid Highlight; }
sup a { font: .7rem system-ui, sans-serif; text-decoration: none; padding: 0 .15rem; }
.accepted { opacity: .7; } .quiet { color: GrayText; }
"""


def html_text(report: Report) -> str:
    """Return the page: what is open, document by document, over the text with every place marked.

    Args:
        report: its documents must carry their texts.
    """
    body = [f"<h1>Audit</h1><p>{_text(report.tally.line())}.</p>", *_overview(report)]
    for number, audit in enumerate(report.audits, 1):
        body += _document(audit, f"d{number}")
    return page("Audit", "\n".join(body))


def page(title: str, body: str) -> str:
    """Return an HTML page around a body that is HTML already."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _overview(report: Report) -> Iterator[str]:
    if len(report.audits) < 2:
        return
    yield "<table><thead><tr><th>document</th><th>open</th></tr></thead><tbody>"
    for number, audit in enumerate(report.audits, 1):
        counts = ", ".join(
            several(count, severity)
            for severity in SEVERITIES
            if (count := sum(one.severity == severity for one in audit.findings))
        )
        link = f'<a href="#d{number}">{_text(audit.document)}</a>'
        yield f"<tr><td>{link}</td><td>{counts or 'nothing'}</td></tr>"
    yield "</tbody></table>"


def _document(audit: DocumentAudit, anchor: str) -> Iterator[str]:
    by = f" · {', '.join(audit.annotators)}" if audit.annotators else ""
    yield f'<h2 id="{anchor}">{_text(audit.document)}</h2>'
    yield f'<p class="quiet">{_text(audit.status + by)}</p>'
    if audit.findings:
        yield "<table><thead><tr><th>#</th><th>where</th><th>rule</th><th>what to do</th></tr>"
        yield "</thead><tbody>"
        yield from (_row(one, n, anchor) for n, one in enumerate(audit.findings, 1))
        yield "</tbody></table>"
    else:
        yield "<p>Nothing is open.</p>"
    if audit.accepted:
        yield '<ul class="accepted">'
        for accepted in audit.accepted:
            reason = accepted.reason or "accepted by the settings"
            yield f"<li>{_text(said(accepted.finding))} <em>({_text(reason)})</em></li>"
        yield "</ul>"
    if audit.text:
        yield f'<div class="article" dir="auto">{_article(audit, anchor)}</div>'


def _row(finding: Finding, number: int, anchor: str) -> str:
    place = f"{finding.line}:{finding.column}" if finding.in_text else finding.file or "file"
    rule = AUDIT_RULES[finding.rule]
    target = f"{anchor}-{number}"
    link = f'<a href="#{target}m">{number}</a>' if finding.in_text else str(number)
    return (
        f'<tr id="{target}"><td class="number {finding.severity}">{link}</td>'
        f'<td class="place">{_text(place)}</td>'
        f'<td title="{_text(rule.help)}">{_text(rule.title)}<br>'
        f'<span class="quiet">{finding.severity}: {rule.id}</span></td>'
        f"<td>{_text(said(finding))}</td></tr>"
    )


def _article(audit: DocumentAudit, anchor: str) -> str:
    """Return the text with marks; where findings overlap each piece has the heaviest's colour."""
    places = [(n, one) for n, one in enumerate(audit.findings, 1) if one.in_text]
    edges = sorted({0, len(audit.text), *_edges(one for _, one in places)})
    parts: list[str] = []
    open_ones: list[tuple[int, Finding]] = []
    upcoming = sorted(places, key=lambda entry: (entry[1].start, entry[0]), reverse=True)
    for start, end in pairwise(edges):
        open_ones = [entry for entry in open_ones if entry[1].end > start]
        begun: list[tuple[int, Finding]] = []
        while upcoming and upcoming[-1][1].start == start:
            begun.append(upcoming.pop())
        open_ones += begun
        parts.append(_piece(audit.text[start:end], open_ones, begun, anchor))
    return "".join(parts)


def _edges(findings: Iterable[Finding]) -> Iterator[int]:
    for finding in findings:
        yield finding.start
        yield finding.end


def _piece(
    text: str, here: list[tuple[int, Finding]], begun: list[tuple[int, Finding]], anchor: str
) -> str:
    if not here:
        return _text(text)
    severity = min((one.severity for _, one in here), key=weight)
    title = "; ".join(AUDIT_RULES[one.rule].title for _, one in here)
    marks = "".join(
        f'<sup id="{anchor}-{n}m"><a href="#{anchor}-{n}">{n}</a></sup>' for n, _ in begun
    )
    return f'{marks}<mark class="{severity}" title="{_text(title)}">{_text(text)}</mark>'


def _text(text: str) -> str:
    return escape(visible(text))
