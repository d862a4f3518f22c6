"""The agreement report as a page of its own: heat maps, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape

from ..quality.agreement.disagreements import Disputed
from ..quality.agreement.report import GroupReport, Report, Score
from ..quality.audit.visible import visible
from .agree_text import label_name, shortened

MOST_DISPUTED = 200
MOST_DOCUMENTS = 100
_QUOTE = 160
_STEPS = 20
_LAST_BLACK = 14
"""The darkest step on which black can be read better than white."""
_SHEET = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  color: #1b1f24; background: #fff; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; }
p { margin: .3rem 0 .7rem; color: #4b5563; max-width: 50rem; }
table { border-collapse: separate; border-spacing: 2px; }
th { font-weight: 600; text-align: left; padding: .25rem .6rem; }
thead th { font-size: .8rem; color: #4b5563; text-align: center; vertical-align: bottom; }
thead th:first-child { text-align: left; }
td { padding: .3rem .6rem; text-align: center; min-width: 4.2rem;
  font-variant-numeric: tabular-nums; }
td small { display: block; font-size: .7rem; white-space: nowrap; }
td.none { background: #f3f4f6; color: #6b7280; font-size: .75rem; }
td.text { text-align: left; }
div.wide { overflow-x: auto; }
ol { padding-left: 1.4rem; }
li { margin-bottom: .8rem; }
li dl { margin: .1rem 0 0; display: grid; grid-template-columns: max-content 1fr;
  gap: .1rem .8rem; }
dt { color: #4b5563; } dd { margin: 0; overflow-wrap: anywhere; }
.label { border-radius: 3px; background: #e5e7eb; padding: 0 .35rem; font-size: .85rem; }
.key { display: inline-flex; gap: 2px; align-items: center; font-size: .8rem; }
.key i { font-style: normal; padding: .1rem .5rem; }
"""
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
    names = f"{', '.join(others)} and {last}"
    body = [f"<h1>Agreement of {_text(names)}</h1>", _summary(report), _key(report)]
    body += [_pairs(report), *_matrix(report)]
    for group in [*report.pairs, *([report.team] if report.team else [])]:
        body += _labels(group)
    for pair in report.pairs:
        body += _details(pair)
    body += [_confusions(report), _documents(report), _disputed(report.disputed), _notes(report)]
    style = _style()
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{_hash(style)}'\">\n"
        f"<title>Agreement of {_text(names)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def _hash(style: str) -> str:
    """Return the hash by which the page's policy allows this style sheet, and nothing else."""
    return base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")


def _text(text: str) -> str:
    return escape(visible(text))


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
    return f"<p>Each annotator's mean over the others.</p>{_table(heads, rows)}{single}"


def _key(report: Report) -> str:
    """Return what the colours and, where there are any, the small figures mean."""
    steps = "".join(
        f'<i class="{_shade(value)}">{value:.1f}</i>' for value in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    drawn = any(
        score.low is not None
        for pair in report.pairs
        for row in pair.rows
        for score in row.scores.values()
    )
    spread = "<p>Below a value: the 95 % interval of a bootstrap by document.</p>" if drawn else ""
    return f'<p class="key">{steps}</p>{spread}'


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
    return f"<h2>Pairs and measures</h2>{_table(heads, rows)}"


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
    yield f"<h2>Annotator against annotator: strict F1</h2>{_table(['', *names], rows)}"


def _labels(group: GroupReport) -> Iterable[str]:
    rows = [row for row in group.rows if row.scope.kind == "label"]
    if not rows:
        return
    columns = [column for column in _COLUMNS if any(column in row.scores for row in rows)]
    cells: list[list[str | Score]] = [
        [label_name(row.scope.name), *(row.scores.get(column, "") for column in columns)]
        for row in rows
    ]
    title = _text(" / ".join(group.annotators))
    yield f"<h2>Labels: {title}</h2>{_table(['label', *columns], cells)}"


def _details(pair: GroupReport) -> Iterable[str]:
    title = _text(" / ".join(pair.annotators))
    for kind, name, number, columns in (
        ("attribute", "Attributes on matched spans", "attribute pairs", ("same value", "kappa")),
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
            yield f"<h2>{name}: {title}</h2>{_table(heads, rows)}"


def _confusions(report: Report) -> str:
    if not report.confusions:
        return ""
    labels = sorted({label for pair in report.confusions for label in pair})
    most = max(report.confusions.values())
    lines = []
    for one in labels:
        cells = []
        for other in labels:
            number = report.confusions.get((min(one, other), max(one, other)), 0)
            style = f' class="{_shade(number / most)}"' if number and one != other else ""
            cells.append(f"<td{style}>{number if one != other else ''}</td>")
        lines.append(f"<tr><th>{_text(label_name(one, 'nothing'))}</th>{''.join(cells)}</tr>")
    heads = "".join(f"<th>{_text(label_name(label, 'nothing'))}</th>" for label in labels)
    return (
        "<h2>Confused labels</h2><p>Disputed spans that have one label for one annotator and "
        "another, or none, for another.</p>"
        f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


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
    table = _table(["document", "annotators", *heads, "disputed"], rows)
    return f"<h2>Documents, worst first</h2>{table}{rest}"


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
        f'<dt>{_text(v.annotator)}</dt><dd><span class="label">{_text(v.label)}</span> '
        f'<span dir="auto">{_text(shortened(v.quote, _QUOTE))}</span></dd>'
        for v in dispute.versions
    ]
    rows += [f"<dt>{_text(name)}</dt><dd>nothing</dd>" for name in dispute.missing]
    pairs = f", {dispute.pairs} of {dispute.of} pairs" if dispute.of > 1 else ""
    return f"<li>{_text(where)}: {dispute.kind}{pairs}<dl>{''.join(rows)}</dl></li>"


def _notes(report: Report) -> str:
    if not report.notes:
        return ""
    items = "".join(f"<li>{_text(note)}</li>" for note in report.notes)
    return f"<h2>Left out or moved</h2><ul>{items}</ul>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str | Score]]) -> str:
    head = "".join(f"<th>{_text(name)}</th>" for name in heads)
    lines = []
    for row in rows:
        first, *rest = row
        assert isinstance(first, str)  # the name of what the row is about
        cells = "".join(_cell(cell) for cell in rest)
        lines.append(f"<tr><th>{_text(first)}</th>{cells}</tr>")
    whole = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<div class="wide"><table>{whole}</table></div>'


def _cell(cell: str | Score) -> str:
    if isinstance(cell, str):
        return f"<td>{_text(cell)}</td>"
    if cell.value is None:
        return f'<td class="none">undefined: {_text(cell.undefined)}</td>'
    spread = "" if cell.low is None else f"<small>{cell.low:.2f} to {cell.high:.2f}</small>"
    return f'<td class="{_shade(cell.value)}">{cell.value:.3f}{spread}</td>'


def _shade(value: float) -> str:
    """Return the class of a cell: ``h0`` for 0 and below to ``h20`` for 1."""
    return f"h{round(min(1.0, max(0.0, value)) * _STEPS)}"


def _style() -> str:
    """Return the style sheet, with a colour for each class: nearly white to deep blue."""
    rules = [_SHEET]
    low, high = (244, 248, 252), (8, 69, 128)
    for step in range(_STEPS + 1):
        share = step / _STEPS
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
        # Every step then has a contrast of 4.5 to 1 or more (WCAG 2, 1.4.3).
        ink = "#fff" if step > _LAST_BLACK else "#000"
        rules.append(f".h{step} {{ background: rgb({red},{green},{blue}); color: {ink}; }}\n")
    return "".join(rules)
