"""Gamma, where pygamma-agreement is installed, and what is said where it is not."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from annotator.domain.annotations import AnnotationSet, DocumentRef
from annotator.domain.errors import AnnotatorError
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.quality.agreement.counting import Counted, Wanted, count_document
from annotator.quality.agreement.gamma import check_gamma, gamma_of, with_gamma
from annotator.quality.agreement.report import build_report

INSTALLED = find_spec("pygamma_agreement") is not None


def spans(shift: int) -> list[Span]:
    return [
        Span(id=str(at), label="ab"[at % 2], start=at * 50 + shift, end=at * 50 + 30)
        for at in range(6)
    ]


@pytest.mark.skipif(INSTALLED, reason="pygamma-agreement is installed")
def test_without_the_package_it_is_said_what_to_install() -> None:
    with pytest.raises(AnnotatorError, match=r"annotator\[gamma\]"):
        check_gamma()


def test_without_spans_of_both_no_process_is_started() -> None:
    found = gamma_of([(spans(0), []), ([], [])], 0)
    assert (found.mean, found.documents) == (None, 0)
    assert found.undefined == "no document with spans of both"


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED, reason="needs annotator[gamma]")
def test_the_same_spans_agree_wholly_and_moved_ones_less() -> None:
    found = gamma_of([(spans(0), spans(0)), (spans(0), spans(9))], 120)
    same, moved = found.values
    assert same == pytest.approx(1)
    assert moved < 1
    assert gamma_of([(spans(0), spans(9))], 120).values == [moved]


@pytest.mark.skipif(not INSTALLED, reason="needs annotator[gamma]")
def test_what_takes_too_long_is_left_out() -> None:
    found = gamma_of([(spans(0), spans(9))] * 50, 0.1)
    assert (found.mean, found.documents) == (None, 50)
    assert found.undefined == "no document done in time"


def counted(document: str) -> Counted:
    sets = {
        name: AnnotationSet(DocumentRef(document, "h", 400), name, "s/1", spans=spans(shift))
        for name, shift in (("ada", 0), ("ben", 9))
    }
    return count_document(document, "x" * 400, sets, Wanted(Scheme("s", 1, {}), keep_spans=True))


@pytest.mark.slow
@pytest.mark.skipif(not INSTALLED, reason="needs annotator[gamma]")
def test_the_report_has_gamma_beside_the_other_measures_of_a_pair() -> None:
    documents = [counted("one"), counted("two")]
    found = with_gamma(build_report(["ada", "ben"], documents), documents, 120)
    together = found.pairs[0].row("label")
    assert together is not None
    one = gamma_of([(spans(0), spans(9))], 120).mean
    assert together.scores["gamma"].value == pytest.approx(one)
    assert found.notes == []


@pytest.mark.skipif(not INSTALLED, reason="needs annotator[gamma]")
def test_the_report_says_what_the_time_did_not_allow() -> None:
    documents = [counted("one"), counted("two")]
    found = with_gamma(build_report(["ada", "ben"], documents), documents, 0.1)
    together = found.pairs[0].row("label")
    assert together is not None
    assert together.scores["gamma"].undefined == "no document done in time"
    assert "2 of 2 documents left out, not done within 0.1 s" in found.notes[0]
