"""The agreement report as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..quality.agreement.disagreements import Disputed
from ..quality.agreement.report import GroupReport, Report, Score

FORMAT = "annotator-agreement/1"


def report_to_json(report: Report) -> dict[str, Any]:
    """Return the whole report as data.

    A score is ``{"value": number}``, with ``low`` and ``high`` where an interval was drawn, or
    ``{"value": null, "undefined": why}``. Offsets count code points.
    """
    return {
        "format": FORMAT,
        "annotators": [
            {
                "name": one.name,
                "documents": one.documents,
                "spans": one.spans,
                "mean": _scores(one.mean),
            }
            for one in report.annotators
        ],
        "pairs": [_group(pair) for pair in report.pairs],
        "team": _group(report.team) if report.team else None,
        "documents": [
            {
                "document": entry.document,
                "mean_strict_f1": entry.mean,
                "disputed": entry.disputed,
                "pairs": [
                    {"annotators": list(pair), "scores": _scores(scores)}
                    for pair, scores in entry.pairs.items()
                ],
            }
            for entry in report.documents
        ],
        "annotated_by_one_only": report.single,
        "confusions": [
            {"labels": [one or None, other], "spans": number}
            for (one, other), number in report.confusions.items()
        ],
        "disputed": [_dispute(dispute) for dispute in report.disputed],
        "notes": list(report.notes),
    }


def _group(group: GroupReport) -> dict[str, Any]:
    return {
        "annotators": list(group.annotators),
        "documents": group.documents,
        "left_out": group.left_out,
        "rows": [
            {
                "kind": row.scope.kind,
                "name": row.scope.name or None,
                "scores": _scores(row.scores),
                "counts": dict(sorted(row.counts.items())),
            }
            for row in group.rows
        ],
    }


def _scores(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {name: _score(score) for name, score in scores.items()}


def _score(score: Score) -> dict[str, Any]:
    if score.value is None:
        return {"value": None, "undefined": score.undefined}
    if score.low is None:
        return {"value": score.value}
    return {"value": score.value, "low": score.low, "high": score.high}


def _dispute(dispute: Disputed) -> dict[str, Any]:
    return {
        "document": dispute.document,
        "line": dispute.line,
        "column": dispute.column,
        "kind": dispute.kind,
        "pairs": dispute.pairs,
        "of": dispute.of,
        "apart": dispute.apart,
        "versions": [version._asdict() for version in dispute.versions],
        "missing": list(dispute.missing),
    }
