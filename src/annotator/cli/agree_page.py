"""The agreement report as a page of its own: heat maps, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..pages.escaping import text_html
from ..pages.heat_map import heat, heat_legend
from ..pages.page import page
from ..pages.tables import Cell, table
from ..quality.agreement.disagreements import Disputed
from ..quality.agreement.report import GroupReport, Report, Score
from .agree_text import label_name, shortened

MOST_DISPUTED = 200
MOST_DOCUMENTS = 100
_QUOTE = 160
_COLUMNS = (
    "strict F1",
    "exact F1",
    "partial F1",
    "type F1",
    "kappa",
    "alpha",
    "u-alpha",
    "gamma",
)


def report_to_html(report: Report) -> str:
    """Return the report as a whole HTML page in UTF-8."""
    *others, last = (one.name for one in report.annotators)
    title = f"Agreement of {', '.join(others)} and {last}"
    body = [f"<h1>{text_html(title)}</h1>", _summary(report)]
    body += [_pairs(report), *_matrix(report)]
    for group in [*report.pairs, *([report.team] if report.team else [])]:
        body += _labels(group)
    for pair in report.pairs:
        body += _details(pair)
    body += [_confusions(report), _documents(report), _disputed(report.disputed), _notes(report)]
    return page(title, "\n".join(part for part in body if part))


def _summary(report: Report) -> str:
    rows: list[list[str | Score]] = [
        [one.name, str(one.documents), str(one.spans), *one.mean.values()]
        for one in report.annotators
    ]
    heads = ["annotator", "documents", "spans", *report.annotators[0].mean]
    single = (
        f"<p>{report.single} documents that only one of them annotated are left out.</p>"
        if report.single
        else ""
    )
    caption = "Each annotator's mean over the others"
    return f"{_table(caption, heads, rows)}{single}{heat_legend('agreement')}"


def _pairs(report: Report) -> str:
    groups = [*report.pairs, *([report.team] if report.team else [])]
    rows: list[list[str | Score]] = []
    for group in groups:
        row = group.row("label")
        scores = row.scores if row else {}
        none: str | Score = "pairs only" if row else Score(None, "no document in common")
        title = " / ".join(group.annotators)
        rows.append([title, str(group.documents), *(scores.get(c, none) for c in _used(groups))])
    heads = ["annotators", "documents", *_used(groups)]
    caption = "Each pair, over the documents that both annotated"
    return f"<h2>Pairs and measures</h2>{_table(caption, heads, rows)}"


def _used(groups: Sequence[GroupReport]) -> list[str]:
    rows = [row for group in groups if (row := group.row("label"))]
    return [column for column in _COLUMNS if any(column in row.scores for row in rows)]


def _matrix(report: Report) -> Iterable[str]:
    """Yield annotators against annotators, where there are more than two."""
    if len(report.annotators) < 3:
        return
    names = [one.name for one in report.annotators]
    scores = {}
    for pair in report.pairs:
        row = pair.row("label")
        value = row.scores["strict F1"] if row else Score(None, "no document in common")
        one, other = pair.annotators
        scores[one, other] = scores[other, one] = value
    rows = [[one, *(scores.get((one, other), "") for other in names)] for one in names]
    whole = _table("Strict F1 of each two", ["annotator", *names], rows)
    yield f"<h2>Annotator against annotator</h2>{whole}"


def _labels(group: GroupReport) -> Iterable[str]:
    rows = [row for row in group.rows if row.scope.kind == "label"]
    if not rows:
        return
    columns = [column for column in _COLUMNS if any(column in row.scores for row in rows)]
    cells: list[list[str | Score]] = [
        [label_name(row.scope.name), *(row.scores.get(column, "") for column in columns)]
        for row in rows
    ]
    title = text_html(" / ".join(group.annotators))
    whole = _table("Agreement by label", ["label", *columns], cells)
    yield f"<h2>Labels: {title}</h2>{whole}"


def _details(pair: GroupReport) -> Iterable[str]:
    title = text_html(" / ".join(pair.annotators))
    for kind, name, number, columns in (
        ("attribute", "Attributes", "attribute pairs", ("same value", "kappa")),
        ("relation", "Relations", "", ("strict F1", "overlap F1")),
    ):
        rows: list[list[str | Score]] = []
        for row in pair.rows:
            if row.scope.kind != kind:
                continue
            if number:
                told = str(int(row.counts.get(number, 0)))
            else:
                sides = (int(row.counts.get(f"relation {side}", 0)) for side in ("first", "second"))
                told = " / ".join(map(str, sides))
            rows.append([label_name(row.scope.name), told, *(row.scores[c] for c in columns)])
        if rows:
            heads = [kind, "matched" if number else "links", *columns]
            caption = "On matched spans" if number else "Between spans, by type"
            yield f"<h2>{name}: {title}</h2>{_table(caption, heads, rows)}"


def _confusions(report: Report) -> str:
    if not report.confusions:
        return ""
    labels = sorted({label for pair in report.confusions for label in pair})
    most = max(report.confusions.values())
    rows: list[list[str | Cell]] = []
    for one in labels:
        cells: list[str | Cell] = [label_name(one, "nothing")]
        for other in labels:
            number = report.confusions.get((min(one, other), max(one, other)), 0)
            kind = heat(number / most) if number and one != other else ""
            cells.append(Cell(str(number) if one != other else "", kind))
        rows.append(cells)
    heads = ["label", *(label_name(label, "nothing") for label in labels)]
    caption = (
        "Disputed spans that have one label for one annotator and another, or none, for another"
    )
    return f"<h2>Confused labels</h2>{table(caption, heads, rows, kind='numbers')}"


def _documents(report: Report) -> str:
    heads = ["strict F1", "type F1", "kappa", "alpha", "u-alpha"]
    rows: list[list[str | Score]] = []
    for entry in report.documents[:MOST_DOCUMENTS]:
        for pair, scores in entry.pairs.items():
            values = [scores[head] for head in heads]
            rows.append([entry.document, " / ".join(pair), *values, str(entry.disputed)])
    if not rows:
        return ""
    more = len(report.documents) - MOST_DOCUMENTS
    rest = f"<p>{more} more are in the JSON report.</p>" if more > 0 else ""
    heads = ["document", "annotators", *heads, "disputed"]
    return f"<h2>Documents</h2>{_table('The worst ones first', heads, rows)}{rest}"


def _disputed(found: Sequence[Disputed]) -> str:
    if not found:
        return ""
    items = "".join(_dispute(dispute) for dispute in found[:MOST_DISPUTED])
    more = len(found) - MOST_DISPUTED
    rest = f"<p>{more} more are in the JSON report.</p>" if more > 0 else ""
    return f"<h2>Disputed spans, most confused first ({len(found)})</h2><ol>{items}</ol>{rest}"


def _dispute(dispute: Disputed) -> str:
    where = f"{dispute.document}:{dispute.line}:{dispute.column}"
    rows = [
        f"<dt>{text_html(v.annotator)}</dt><dd><strong>{text_html(v.label)}</strong> "
        f'<q dir="auto" lang="">{text_html(shortened(v.quote, _QUOTE))}</q></dd>'
        for v in dispute.versions
    ]
    rows += [f"<dt>{text_html(name)}</dt><dd>nothing</dd>" for name in dispute.missing]
    pairs = f", {dispute.pairs} of {dispute.of} pairs" if dispute.of > 1 else ""
    return f"<li>{text_html(where)}: {dispute.kind}{pairs}<dl>{''.join(rows)}</dl></li>"


def _notes(report: Report) -> str:
    if not report.notes:
        return ""
    items = "".join(f"<li>{text_html(note)}</li>" for note in report.notes)
    return f"<h2>Left out or moved</h2><ul>{items}</ul>"


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | Score]]) -> str:
    return table(caption, heads, (list(map(_cell, row)) for row in rows), kind="numbers")


def _cell(cell: str | Score) -> str | Cell:
    if isinstance(cell, str):
        return cell
    if cell.value is None:
        return Cell(f"undefined: {text_html(cell.undefined)}", "none")
    spread = "" if cell.low is None else f"<small>{cell.low:.2f} to {cell.high:.2f}</small>"
    return Cell(f"{cell.value:.3f}{spread}", heat(cell.value))
