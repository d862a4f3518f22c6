"""What became of each annotator's spans in the gold set."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef, Status
from annotator.domain.scheme import Attribute, Label
from annotator.domain.span import Span
from annotator.quality.overruled import Overruled, compare_with_gold

WORTH = Attribute("worth", "choice", ("high", "low"), default="low")
LABELS = {"claim": Label("claim", "c", attributes={"worth": WORTH})}


def span(label: str, start: int, end: int, **attributes: Any) -> Span:
    return Span(id=f"{label}{start}", label=label, start=start, end=end, attributes=attributes)


def said(*spans: Span, rejected: tuple[Span, ...] = (), status: Status = "done") -> AnnotationSet:
    return AnnotationSet(
        DocumentRef("d", "h", 100), "x", "s/1", status=status, spans=spans, rejected=rejected
    )


@pytest.mark.parametrize(
    ("theirs", "gold", "fate"),
    [
        (span("claim", 0, 10, a=1), span("claim", 0, 10, a=1), "kept"),
        (span("claim", 0, 10, a=1), span("claim", 0, 10, a=2), "attributes"),
        (span("claim", 0, 10, a=["x", "y"]), span("claim", 0, 10, a=["y", "x"]), "kept"),
        (span("claim", 0, 10), span("claim", 0, 10, worth="low"), "kept"),
        (span("claim", 0, 10), span("claim", 0, 10, worth="high"), "attributes"),
        (span("claim", 0, 10), span("claim", 0, 12), "bounds"),
        (
            replace(span("claim", 0, 10), fragments=((0, 3), (7, 10))),
            span("claim", 0, 10),
            "bounds",
        ),
        (span("claim", 0, 10), span("slot", 0, 10), "label"),
    ],
)
def test_each_fate_is_counted(theirs: Span, gold: Span, fate: str) -> None:
    counts = compare_with_gold(said(theirs), said(gold), LABELS)
    assert asdict(counts) == {**asdict(Overruled()), fate: 1}
    assert counts.overruled == (fate != "kept")


def test_what_gold_lacks_is_dropped_and_what_it_has_besides_is_added() -> None:
    counts = compare_with_gold(said(span("claim", 0, 10)), said(span("claim", 50, 60)), LABELS)
    assert (counts.dropped, counts.added, counts.total) == (1, 1, 1)


def test_what_nobody_decided_yet_is_open() -> None:
    one, other = span("claim", 0, 10), span("claim", 20, 30)
    gold = said(rejected=(span("claim", 20, 30),), status="in-progress")
    counts = compare_with_gold(said(one, other), gold, LABELS)
    assert (counts.open, counts.dropped, counts.total) == (1, 1, 1)


def test_a_version_of_the_same_label_counts_before_a_closer_one_of_another() -> None:
    gold = said(span("slot", 0, 10), span("claim", 0, 12))
    assert compare_with_gold(said(span("claim", 0, 10)), gold, LABELS).bounds == 1


def test_counts_add_up() -> None:
    total = Overruled(kept=1, added=2)
    total.add(Overruled(kept=2, label=1))
    assert (total.kept, total.label, total.added, total.total) == (3, 1, 2, 4)
