"""doccano JSONL in both of its styles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.records import records
from support.round_trips import check_round_trip

from annotator.formats.base import Record
from annotator.formats.doccano import FORMAT


@given(
    records(), st.sampled_from(["entities", "label"]), st.sampled_from(["code-points", "utf-16"])
)
def test_what_is_written_comes_back(drawn: list[Record], style: str, offsets: str) -> None:
    check_round_trip(
        FORMAT, drawn, write={"style": style, "offsets": offsets}, read={"offsets": offsets}
    )
