"""The report: what comes first, and what is averaged."""

from __future__ import annotations

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.scheme import Label, Scheme
from annotator.domain.span import Span
from annotator.quality.agreement.counting import Counted, Wanted, count_document
from annotator.quality.agreement.report import Report, build_report

TEXT = "one two three four five six seven eight nine ten"
SCHEME = Scheme("s", 1, {"claim": Label("claim", "c"), "slot": Label("slot", "p")})
Row = tuple[str, int, int]


def counted(document: str, **said: list[Row]) -> Counted:
    sets = {
        name: AnnotationSet(
            DocumentRef(document, "h", len(TEXT)),
            name,
            "s/1",
            status="done",
            spans=[
                Span(id=str(n), label=label, start=start, end=end)
                for n, (label, start, end) in enumerate(rows)
            ],
        )
        for name, rows in said.items()
    }
    return count_document(document, TEXT, sets, Wanted(SCHEME))


def report(*documents: Counted, names: str = "ada ben") -> Report:
    return build_report(names.split(), documents)


A, B, C = ("claim", 0, 7), ("claim", 8, 13), ("claim", 14, 23)


def test_the_worst_documents_come_first_and_those_without_a_value_last() -> None:
    found = report(
        counted("nothing", ada=[], ben=[]),
        counted("same", ada=[A, B], ben=[A, B]),
        counted("half", ada=[A, B], ben=[A, C]),
        counted("none", ada=[A], ben=[C]),
    )
    assert [entry.document for entry in found.documents] == ["none", "half", "same", "nothing"]
    assert [entry.mean for entry in found.documents] == [0, 0.5, 1, None]


def test_what_more_pairs_differ_about_comes_first() -> None:
    disputed = report(
        counted("d", ada=[A, B], ben=[A, C], cy=[A, ("claim", 8, 12), C]), names="ada ben cy"
    ).disputed
    # All three pairs differ about B: ada has it, ben lacks it, cy has other bounds. Two about C.
    assert [(d.column, d.pairs) for d in disputed] == [(9, 3), (15, 2)]


def test_labels_come_before_what_is_missing_before_bounds() -> None:
    disputed = report(
        counted(
            "d",
            ada=[("claim", 0, 7), ("claim", 8, 13), ("claim", 14, 23)],
            ben=[("claim", 0, 6), ("slot", 14, 23)],
        )
    ).disputed
    assert [d.kind for d in disputed] == ["label", "missing", "bounds"]


def test_of_bounds_the_farthest_apart_come_first() -> None:
    disputed = report(
        counted("d", ada=[("claim", 0, 7), ("claim", 8, 18)], ben=[("claim", 0, 6), C])
    ).disputed
    bounds = [d for d in disputed if d.kind == "bounds"]
    assert [d.column for d in bounds] == [9, 1]
    assert bounds[0].apart > bounds[1].apart > 0


def test_an_annotator_has_the_mean_over_the_others() -> None:
    found = report(counted("d", ada=[A, B], ben=[A, B], cy=[A, C]), names="ada ben cy")
    means = {one.name: one.mean["strict F1"].value for one in found.annotators}
    assert means == pytest.approx({"ada": 0.75, "ben": 0.75, "cy": 0.5})


def test_documents_of_one_annotator_are_counted_and_left_out() -> None:
    found = report(counted("both", ada=[A], ben=[A]), counted("one", ada=[A]))
    assert (found.single, found.pairs[0].documents, found.pairs[0].left_out) == (1, 1, 1)
    assert [entry.document for entry in found.documents] == ["both"]


def test_pairs_that_share_no_document_are_undefined_in_words() -> None:
    found = report(counted("one", ada=[A]), counted("other", ben=[A]))
    assert found.annotators[0].mean["kappa"].undefined == "no document in common"
    assert found.pairs[0].rows == []
