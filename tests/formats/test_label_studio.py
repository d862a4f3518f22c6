"""Label Studio JSON: whole round trips, and files as Label Studio itself writes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.records import records
from support.round_trips import check_round_trip

from annotator.formats.base import Record
from annotator.formats.label_studio import FORMAT


@given(records(), st.sampled_from(["code-points", "utf-16"]))
def test_what_is_written_comes_back(drawn: list[Record], offsets: str) -> None:
    check_round_trip(FORMAT, drawn, write={"offsets": offsets})
