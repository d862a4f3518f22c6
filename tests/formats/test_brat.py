"""brat folders: whole round trips, and what real corpora do to the format."""

from __future__ import annotations

from hypothesis import given
from support.records import records
from support.round_trips import check_round_trip

from annotator.formats.base import Record
from annotator.formats.brat import FORMAT


@given(records())
def test_what_is_written_comes_back(drawn: list[Record]) -> None:
    check_round_trip(FORMAT, drawn)
