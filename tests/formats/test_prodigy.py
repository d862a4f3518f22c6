"""Prodigy JSONL: our sets come back whole, and Prodigy's own tasks key by key."""

from __future__ import annotations

from hypothesis import given
from support.records import records
from support.round_trips import check_round_trip

from annotator.formats.base import Record
from annotator.formats.prodigy import FORMAT


@given(records())
def test_what_is_written_comes_back(drawn: list[Record]) -> None:
    check_round_trip(FORMAT, drawn)


@given(records())
def test_tokens_on_request_change_nothing_else(drawn: list[Record]) -> None:
    check_round_trip(FORMAT, drawn, write={"tokens": True})
