"""What an audit finds, and how it is told apart from run to run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from ...domain.audit_rules import Severity, weight
from ...text.lines import LineTable
from ...text.quotes import context

_ID_DIGITS = 16
_Place = TypeVar("_Place", "Finding", "Related")


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of.

    Attributes:
        start, end: its range in code points.
        message: what it has to do with the finding, a few words.
        line, column: of its start, from 1; 0 until it is located.
        end_line, end_column: of its end.
    """

    start: int
    end: int
    message: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is open.

    Attributes:
        rule: id of the rule.
        message: what is wrong here, and what to do, in one line; without the quote.
        start, end: the range in the document's text, in code points; equal where the finding is
            about a whole file.
        quote: what the text has there; for an orphan what it had.
        by: the annotators whose word it rests on.
        related: other places that it speaks of.
        severity: how much it weighs, by rule and settings.
        id: the same from run to run as long as the quote and the text around it are.
        file: the annotation file that it is about, as the user knows it; empty for the text.
        line, column: of its start, from 1; 0 where the finding is about a whole file.
        end_line, end_column: of its end.
    """

    rule: str
    message: str
    start: int = 0
    end: int = 0
    quote: str = ""
    by: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity = "error"
    id: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    @property
    def in_text(self) -> bool:
        """Whether it stands at a place in the document's text."""
        return self.start < self.end


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the settings say to leave.

    Attributes:
        finding: the finding.
        reason: why, as the settings tell it; may be empty.
        entries: places, from 0, of the settings' entries that say so.
    """

    finding: Finding
    reason: str
    entries: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentAudit:
    """What an audit found in one document.

    Attributes:
        document: the document's id.
        file: the file that holds the text, as the user named it.
        record_line: 1-based line of the record in the file; 0 for a file that is one document.
        annotators: whose sets were audited; none for a bare text.
        status: where their work stands; ``bare`` without any set.
        findings: what is open, in the order of the text.
        accepted: what the settings say to leave.
        text: the text, where a report shows it; else empty.
    """

    document: str
    file: str
    record_line: int = 0
    annotators: tuple[str, ...] = ()
    status: str = "bare"
    findings: tuple[Finding, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    text: str = ""


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without doubles: what several annotators' sets lead to is told once."""
    first: dict[object, Finding] = {}
    for one in findings:
        key = (one.rule, one.start, one.end, one.file, one.quote, one.related)
        known = first.setdefault(key, one)
        if known is not one:
            by = tuple(dict.fromkeys((*known.by, *one.by)))
            first[key] = replace(known, by=by)
    return list(first.values())


def located(findings: Iterable[Finding], text: str) -> list[Finding]:
    """Return findings sorted, with lines, columns and ids."""
    lines = LineTable(text)
    seen: dict[str, int] = {}
    done: list[Finding] = []
    for one in sorted(findings, key=_order):
        name = _identity(one, text)
        seen[name] = seen.get(name, 0) + 1
        done.append(
            replace(
                _placed(one, lines),
                # Of findings that nothing tells apart each has its number.
                id=name if seen[name] == 1 else f"{name}-{seen[name]}",
                related=tuple(_placed(other, lines) for other in one.related),
            )
        )
    return done


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        not finding.in_text,
        finding.start,
        weight(finding.severity),
        finding.end,
        finding.rule,
        finding.file,
        finding.line,
        finding.quote,
    )


def _placed(place: _Place, lines: LineTable) -> _Place:
    if place.start >= place.end:
        return place
    line, column = lines.place(place.start)
    end_line, end_column = lines.place(place.end)
    return replace(place, line=line, column=column, end_line=end_line, end_column=end_column)


def _identity(finding: Finding, text: str) -> str:
    """Return a hash of rule, quote and context, which text that moved as a whole keeps."""
    around = context(text, finding.start, finding.end) if finding.in_text else (finding.file, "")
    others = (text[one.start : one.end] for one in finding.related)
    said = "\0".join((finding.rule, finding.quote, *around, *others))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]
