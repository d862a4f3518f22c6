"""The agreement report as a text table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..quality.agreement.disagreements import Disputed
from ..quality.agreement.report import GroupReport, Report, Row, Score
from .output import safe

MOST_DOCUMENTS = 10
MOST_DISPUTED = 20
_QUOTE = 60
"""Code points of a quote that are shown."""
SPAN_COLUMNS = {
    "strict F1": "strict",
    "exact F1": "exact",
    "partial F1": "partial",
    "type F1": "type",
    "kappa": "kappa",
    "alpha": "alpha",
    "u-alpha": "u-alpha",
    "gamma": "gamma",
}


def report_to_text(report: Report) -> str:
    """Return the report for a terminal: every line safe to print."""
    lines: list[str] = []
    for part in _parts(report):
        lines += [*part, ""]
    return "\n".join(safe(line) for line in lines)


def shown(score: Score) -> str:
    """Return a value as a table has it; ``-`` where it is undefined, which is told below it."""
    return "-" if score.value is None else f"{score.value:.3f}"


def interval(score: Score) -> str:
    """Return the bounds of an interval, or nothing."""
    return "" if score.low is None else f"{score.low:.2f}..{score.high:.2f}"


def label_name(name: str, nothing: str = "all") -> str:
    """Return the name of a scope for people."""
    return name or nothing


def shortened(quote: str, most: int = _QUOTE) -> str:
    """Return a quote on one line, its middle left out when it is long."""
    line = " ".join(quote.split())
    if len(line) <= most:
        return line
    half = (most - 3) // 2
    return f"{line[:half]}...{line[-half:]}"


def _parts(report: Report) -> Iterable[list[str]]:
    yield _annotators(report)
    for pair in report.pairs:
        yield from _group(pair)
    if report.team:
        yield from _group(report.team)
    yield _documents(report)
    yield _confusions(report)
    yield _disputed(report.disputed)


def _annotators(report: Report) -> list[str]:
    rows = [["annotator", "documents", "spans", *report.annotators[0].mean]]
    for one in report.annotators:
        values = [shown(score) for score in one.mean.values()]
        rows.append([one.name, str(one.documents), str(one.spans), *values])
    lines = ["ANNOTATORS (means over the others)", *table(rows)]
    if report.single:
        lines.append(f"{_documents_of(report.single)} that only one of them annotated left out")
    return lines


def _group(group: GroupReport) -> Iterable[list[str]]:
    *others, last = group.annotators
    title = f"{', '.join(others)} and {last}"
    left = f", {group.left_out} that only one annotated left out" if group.left_out else ""
    head = f"{title}: {_documents_of(group.documents)}{left}"
    if not group.documents:
        yield [head, "undefined: no document in common"]
        return
    by_kind = {
        kind: [row for row in group.rows if row.scope.kind == kind]
        for kind in ("label", "attribute", "relation")
    }
    pair = len(group.annotators) == 2
    yield [head, *_rows("label", by_kind["label"], SPAN_COLUMNS, _spans if pair else _nothing)]
    if by_kind["attribute"]:
        names = {"same value": "same", "kappa": "kappa"}
        yield [
            "attributes on matched spans",
            *_rows("attribute", by_kind["attribute"], names, _set),
        ]
    if by_kind["relation"]:
        names = {"strict F1": "strict", "overlap F1": "overlap"}
        yield ["relations", *_rows("relation", by_kind["relation"], names, _links)]


def _rows(
    title: str,
    rows: Sequence[Row],
    columns: Mapping[str, str],
    numbers: Callable[[Row | None], list[str]],
) -> list[str]:
    names = {name: short for name, short in columns.items() if any(name in r.scores for r in rows)}
    cells = [[title, *numbers(None), *names.values()]]
    undefined: dict[str, list[str]] = {}
    for row in rows:
        name = label_name(row.scope.name)
        told = numbers(row)
        scores = [row.scores.get(column) for column in names]
        cells.append([name, *told, *(shown(score) if score else "" for score in scores)])
        if any(score and score.low is not None for score in scores):
            spread = [interval(score) if score else "" for score in scores]
            cells.append(["  95 %", *("" for _ in told), *spread])
        for short, score in zip(names.values(), scores, strict=True):
            if score and score.undefined:
                undefined.setdefault(f"{short} undefined: {score.undefined}", []).append(name)
    return [*table(cells), *(f"- {why} ({', '.join(who)})" for why, who in undefined.items())]


def _nothing(_: Row | None) -> list[str]:
    return []


def _spans(row: Row | None) -> list[str]:
    if row is None:
        return ["spans", "same", "P", "R"]
    same, missed, spurious, other = (
        int(row.counts.get(f"strict {name}", 0))
        for name in ("correct", "missed", "spurious", "incorrect")
    )
    spans = f"{same + other + missed}/{same + other + spurious}"
    scores = (shown(row.scores[f"strict {name}"]) for name in ("precision", "recall"))
    return [spans, str(same), *scores]


def _set(row: Row | None) -> list[str]:
    if row is None:
        return ["matched", "set"]
    return [str(int(row.counts.get(f"attribute {name}", 0))) for name in ("pairs", "set")]


def _links(row: Row | None) -> list[str]:
    if row is None:
        return ["links"]
    first, second = (int(row.counts.get(f"relation {name}", 0)) for name in ("first", "second"))
    return [f"{first}/{second}"]


def _documents(report: Report) -> list[str]:
    if not report.documents:
        return ["DOCUMENTS", "no document was annotated by two of them"]
    pairs = [pair.annotators for pair in report.pairs]
    heads = ["strict F1", "type F1", "kappa", "u-alpha"]
    rows = [["document", "pair", *heads, "disputed"]]
    for entry in report.documents[:MOST_DOCUMENTS]:
        for pair in pairs:
            if pair in entry.pairs:
                scores = entry.pairs[pair]
                values = [shown(scores[head]) for head in heads]
                rows.append([entry.document, "/".join(pair), *values, str(entry.disputed)])
    more = len(report.documents) - MOST_DOCUMENTS
    title = "DOCUMENTS, worst first"
    return [title, *table(rows, 2), *([f"and {more} more"] if more > 0 else [])]


def _confusions(report: Report) -> list[str]:
    if not report.confusions:
        return ["CONFUSED LABELS", "none"]
    rows = [["label", "or", "spans"]]
    for (one, other), number in report.confusions.items():
        rows.append([other, label_name(one, "nothing"), str(number)])
    return ["CONFUSED LABELS", *table(rows, 2)]


def _disputed(found: Sequence[Disputed]) -> list[str]:
    lines = [f"DISPUTED SPANS, most confused first ({len(found)})"]
    for dispute in found[:MOST_DISPUTED]:
        where = f"{dispute.document}:{dispute.line}:{dispute.column}"
        lines.append(f"{where}: {dispute.kind}, {dispute.pairs} of {_pairs_of(dispute.of)}")
        width = max(len(name) for name in (*dispute.missing, *(v[0] for v in dispute.versions)))
        for version in dispute.versions:
            quote = shortened(version.quote)
            lines.append(f"  {version.annotator:{width}}  {version.label}: {quote}")
        lines += [f"  {name:{width}}  nothing" for name in dispute.missing]
    if len(found) > MOST_DISPUTED:
        lines.append(f"and {len(found) - MOST_DISPUTED} more; --format json has all")
    return lines


def table(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Return rows as aligned lines.

    Args:
        rows: the head first.
        left: how many columns stand to the left; numbers stand to the right.
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _documents_of(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def _pairs_of(number: int) -> str:
    return "1 pair" if number == 1 else f"{number} pairs"
