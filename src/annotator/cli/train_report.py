"""What ``annotator train`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..training.labelling import Example, Examples
from ..training.train import Mistake, Trained
from .output import write_line

MISTAKES = 10
"""How many of the most confident mistakes are shown."""
_QUOTE = 100
"""Longest piece of a sentence that is shown, in code points."""
_WHY = {
    "tagged": "tagged",
    "rejected": "rejected",
    "judged": "tagged as not worth it",
    "left": "left untagged",
}


def write_report(examples: Examples, trained: Trained, others: Mapping[str, Any]) -> None:
    """Print what was learned from, what it is worth and where it errs.

    Args:
        examples: what was learned from.
        trained: the model and its scores.
        others: scores of other ways by their names.
    """
    positives = sum(one.positive for one in examples.examples)
    total = len(examples.examples)
    write_line(
        f"{total:,} sentences of {len(examples.sources):,} documents by "
        f"{', '.join(examples.annotators)}: {positives:,} with {examples.label}, "
        f"{total - positives:,} without"
    )
    if trained.scores is None:
        write_line("nothing could be held out: at least two documents need sentences of both kinds")
        return
    _write_scores(trained, others)
    _write_curve(trained)
    _write_mistakes(examples, trained)


def report_data(
    made_of: Mapping[str, Any],
    examples: Examples,
    trained: Trained,
    others: Mapping[str, Any],
    saved: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return the same as data for JSON.

    Args:
        made_of: the model's provenance.
        examples, trained, others: see :func:`write_report`.
        saved: folder and version; None for a dry run.
    """
    return {
        "saved": saved,
        **made_of,
        "compared": {name: scores._asdict() for name, scores in others.items()},
        "skipped": list(examples.skipped),
        "mistakes": [
            {**examples.examples[one.place]._asdict(), "probability": round(one.probability, 4)}
            for one in trained.mistakes[:MISTAKES]
        ],
    }


def _write_scores(trained: Trained, others: Mapping[str, Any]) -> None:
    assert trained.scores is not None
    write_line("")
    write_line(f"held out, whole documents, {trained.folds} folds:")
    write_line(f"{'':16}{'precision':>10}{'recall':>8}{'F1':>8}{'average precision':>19}")
    rows = {"trained": trained.scores, "untrained": trained.untrained, **others}
    for name, scores in rows.items():
        if scores is not None:
            write_line(
                f"{name:16}{scores.precision:10.3f}{scores.recall:8.3f}{scores.f1:8.3f}"
                f"{scores.average_precision:19.3f}"
            )
    one = trained.scores
    share = one.positives / one.sentences
    write_line(f"{'every sentence':16}{share:10.3f}{1:8.3f}{one.all_f1:8.3f}{share:19.3f}")


def _write_curve(trained: Trained) -> None:
    write_line("")
    write_line("learning curve:")
    write_line(f"{'documents':>10}{'sentences':>11}{'F1':>8}{'average precision':>19}")
    for point in trained.curve:
        scores = point.scores
        write_line(
            f"{point.documents:10,}{point.sentences:11,}{scores.f1:8.3f}"
            f"{scores.average_precision:19.3f}"
        )


def _write_mistakes(examples: Examples, trained: Trained) -> None:
    if not trained.mistakes:
        return
    write_line("")
    write_line(f"{len(trained.mistakes):,} judged otherwise, the most confident first:")
    for mistake in trained.mistakes[:MISTAKES]:
        write_line(_told(examples.examples[mistake.place], mistake))


def _told(example: Example, mistake: Mistake) -> str:
    text = " ".join(example.text.split())
    shown = text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1]}…"
    why = _WHY[example.origin]
    return f"{mistake.probability:6.2f} but {why:13} {example.document}:{example.start}  {shown}"
