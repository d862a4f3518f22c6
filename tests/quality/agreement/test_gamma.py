"""Gamma, where pygamma-agreement is installed, and what is said where it is not."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from annotator.domain.errors import AnnotatorError
from annotator.domain.span import Span
from annotator.quality.agreement.gamma import check_gamma, gamma_of

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
