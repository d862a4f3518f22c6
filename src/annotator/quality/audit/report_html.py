"""An audit as one HTML page that needs nothing else: no script, no font, no other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...domain.audit_rules import AUDIT_RULES, SEVERITIES, Severity, weight
from ...pages.escaping import attribute_html, text_html
from ...pages.page import page
from ...pages.tables import Cell, table
from .findings import DocumentAudit, Finding
from .report import Report, said, several

_COLOURS: dict[Severity, str] = {
    "error": "colour-red",
    "warning": "colour-orange",
    "note": "colour-blue",
}


def html_text(report: Report) -> str:
    """Return the page: what is open, document by document, over the text with every place marked.

    Args:
        report: its documents must carry their texts.
    """
    body = [f"<h1>Audit</h1>\n<p>{text_html(report.tally.line())}.</p>", _legend(report)]
    body += _overview(report)
    for number, audit in enumerate(report.audits, 1):
        body += _document(audit, f"d{number}")
    return page("Audit", "\n".join(part for part in body if part))


def _legend(report: Report) -> str:
    counts = Counter(one.severity for audit in report.audits for one in audit.findings)
    items = "".join(
        f'<li><span class="swatch {_COLOURS[severity]}"></span>{severity} '
        f'<span class="count">{counts[severity]}</span></li>'
        for severity in SEVERITIES
        if counts[severity]
    )
    return f'<ul class="legend" aria-label="severities">{items}</ul>' if items else ""


def _overview(report: Report) -> Iterator[str]:
    if len(report.audits) < 2:
        return
    rows: list[list[str | Cell]] = [
        [
            Cell(f'<a href="#d{number}">{text_html(audit.document)}</a>'),
            ", ".join(
                several(count, severity)
                for severity in SEVERITIES
                if (count := sum(one.severity == severity for one in audit.findings))
            )
            or "nothing",
        ]
        for number, audit in enumerate(report.audits, 1)
    ]
    whole = table("What is open in each document", ["document", "open"], rows, kind="full")
    yield f'<nav aria-label="documents">{whole}</nav>'


def _document(audit: DocumentAudit, anchor: str) -> Iterator[str]:
    by = f" · {', '.join(audit.annotators)}" if audit.annotators else ""
    name = text_html(audit.document)
    yield f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{name}</h2>'
    yield f'<p class="soft">{text_html(audit.status + by)}</p>'
    if audit.findings:
        yield table(
            "Open findings; a number leads to its place in the text",
            ["#", "where", "rule", "what to do"],
            (_row(one, n, anchor) for n, one in enumerate(audit.findings, 1)),
            kind="full",
            ids=[f"{anchor}-{n}" for n, _ in enumerate(audit.findings, 1)],
        )
    else:
        yield "<p>Nothing is open.</p>"
    if audit.accepted:
        yield '<h3>Accepted</h3><ul class="soft">'
        for accepted in audit.accepted:
            reason = accepted.reason or "accepted by the settings"
            yield f"<li>{text_html(said(accepted.finding))} <em>({text_html(reason)})</em></li>"
        yield "</ul>"
    if audit.text:
        yield f'<h3>Text</h3><div class="text" dir="auto" lang="">{_article(audit, anchor)}</div>'
    yield "</section>"


def _row(finding: Finding, number: int, anchor: str) -> list[str | Cell]:
    place = f"{finding.line}:{finding.column}" if finding.in_text else finding.file or "file"
    rule = AUDIT_RULES[finding.rule]
    link = f'<a href="#{anchor}-{number}m">{number}</a>' if finding.in_text else str(number)
    return [
        Cell(link, f"number edge {_COLOURS[finding.severity]}"),
        Cell(text_html(place), "place" if finding.in_text else ""),
        Cell(
            f'<span title="{attribute_html(rule.help)}">{text_html(rule.title)}</span><br>'
            f'<span class="soft">{finding.severity}: {rule.id}</span>'
        ),
        said(finding),
    ]


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
        parts.append(_piece(audit.text, start, end, open_ones, begun, anchor))
    return "".join(parts)


def _edges(findings: Iterable[Finding]) -> Iterator[int]:
    for finding in findings:
        yield finding.start
        yield finding.end


def _piece(
    text: str,
    start: int,
    end: int,
    here: list[tuple[int, Finding]],
    begun: list[tuple[int, Finding]],
    anchor: str,
) -> str:
    piece = text_html(text, start, end)
    if not here:
        return piece
    severity = min((one.severity for _, one in here), key=weight)
    title = "; ".join(AUDIT_RULES[one.rule].title for _, one in here)
    marks = "".join(
        f'<sup id="{anchor}-{n}m"><a href="#{anchor}-{n}">{n}</a></sup>' for n, _ in begun
    )
    colour = _COLOURS[severity]
    return f'{marks}<mark class="{colour}" title="{attribute_html(title)}">{piece}</mark>'
