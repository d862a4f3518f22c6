from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text import paragraphs
from annotator.text.graphemes import snap

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)

LINES = st.text("ab \t.!\n", max_size=120)


@pytest.fixture(autouse=True, scope="module")
def _short_limits() -> Iterator[None]:
    """Let texts of some hundred code points have paragraphs that are too long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paragraphs, "LIMIT", 40)
        patch.setattr(paragraphs, "_WINDOW", 20)
        yield


def runs(text: str) -> list[tuple[int, int]]:
    """Return the runs of lines that are not blank, found in one go from the start."""
    found: list[tuple[int, int]] = []
    at = 0
    begin: int | None = None
    for line in [*text.split("\n"), ""]:
        if line.strip():
            begin = at if begin is None else begin
        elif begin is not None:
            found.append((begin, at - 1))
            begin = None
        at += len(line) + 1
    return found


@QUICK
@given(LINES)
def test_every_offset_of_a_paragraph_finds_it(text: str) -> None:
    for start, end in runs(text):
        for offset in range(start, end + 1):
            if end - start <= paragraphs.LIMIT:
                assert paragraphs.paragraph_at(text, offset) == (start, end)
            else:
                assert paragraphs.paragraph_at(text, offset) == paragraphs.line_at(text, offset)


@QUICK
@given(LINES)
def test_blank_lines_are_no_paragraph(text: str) -> None:
    solid = {offset for start, end in runs(text) for offset in range(start, end + 1)}
    for offset in range(len(text) + 1):
        if offset not in solid:
            assert paragraphs.paragraph_at(text, offset) is None


@QUICK
@given(data=st.data())
def test_chunks_tile_a_long_line(data: st.DataObject) -> None:
    parts = st.sampled_from(["a", "b", " ", ". ", "!", "。", "e\u0301", " \u0301", "👩\u200d🚀"])
    text = "".join(data.draw(st.lists(parts, min_size=60, max_size=200)))
    paragraph = (0, len(text))
    at = 0
    while at < len(text):
        start, end = paragraphs.chunk_at(text, at, paragraph)
        assert start == at
        assert 0 < end - start <= paragraphs.LIMIT + 3
        assert snap(text, start) == start
        for offset in range(start, end):
            assert paragraphs.chunk_at(text, offset, paragraph) == (start, end)
        at = end


def test_a_long_line_is_cut_behind_a_sentence() -> None:
    text = "It rained a lot. " * 10
    cuts = {paragraphs.chunk_at(text, at, (0, len(text)))[0] for at in range(len(text) - 20)}
    assert len(cuts) > 3
    assert all(text[cut:].startswith("It rained") for cut in cuts)


class Counting(str):
    """A text that counts the searches for a line's ends."""

    __slots__ = ()
    searches = 0

    def find(self, *args: Any) -> int:
        Counting.searches += 1
        return super().find(*args)

    def rfind(self, *args: Any) -> int:
        Counting.searches += 1
        return super().rfind(*args)


def test_a_long_run_of_lines_is_not_walked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Counting, "searches", 0)
    text = Counting("line\n" * 10_000)
    assert paragraphs.paragraph_at(text, 25_002) == (25_000, 25_004)
    assert Counting.searches < 100


@QUICK
@given(st.text(" \ta\n", max_size=40))
def test_trimmed_is_strip(text: str) -> None:
    found = paragraphs.trimmed(text, 0, len(text))
    assert (text[slice(*found)] if found else "") == text.strip()


def test_last_solid_looks_far_back() -> None:
    assert paragraphs.last_solid("a" + " " * 1000, 0, 1001) == 0
    assert paragraphs.last_solid(" " * 1000, 0, 1000) is None
    assert paragraphs.last_solid("a" + " " * 10, 1, 11) is None
