from __future__ import annotations

from itertools import pairwise
from typing import SupportsIndex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from annotator.text import graphemes

QUICK = settings(max_examples=settings().max_examples // 3, deadline=None)


def cluster_starts(text: str) -> list[int]:
    starts, at = [], 0
    for cluster in iter_graphemes(text):
        starts.append(at)
        at += len(cluster)
    return [*starts, at]


@QUICK
@given(data=st.data())
def test_all_functions_agree_with_the_standard(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    starts = cluster_starts(text)
    for offset in range(len(text) + 1):
        before = [start for start in starts if start <= offset]
        assert graphemes.snap(text, offset) == before[-1]
        behind = [start for start in starts if start > offset]
        assert graphemes.next_boundary(text, offset) == (behind or starts[-1:])[0]
        earlier = [start for start in starts if start < offset]
        assert graphemes.previous_boundary(text, offset) == (earlier or [0])[-1]


@QUICK
@given(data=st.data())
def test_clusters_of_a_part_are_those_of_the_whole(
    data: st.DataObject, texts: st.SearchStrategy[str]
) -> None:
    text = data.draw(texts)
    starts = cluster_starts(text)
    first = data.draw(st.sampled_from(starts))
    last = data.draw(st.sampled_from([start for start in starts if start >= first]))
    found = graphemes.clusters(text, first, last)
    assert "".join(found) == text[first:last]
    assert found == list(iter_graphemes(text[first:last]))


RUNS = {
    "marks": "a" + "\u0301" * 1600,
    "joined emoji": "👩\u200d🚀" * 400,
    "flags": "\U0001f1fa\U0001f1f8" * 600,
    "one flag off": "x\U0001f1fa" + "\U0001f1fa\U0001f1f8" * 600,
    "no spaces": "क\u094dषम" * 300,
    "joiners": "\u200d" * 1100,
    "returns": "\r\n" * 600,
    "text behind": "e" + "\u0301" * 700 + " and more text " * 10 + "👩\u200d🚀" * 200,
}


@pytest.mark.parametrize("text", RUNS.values(), ids=RUNS.keys())
def test_endless_clusters_are_cut_alike_from_everywhere(text: str) -> None:
    forward = [0]
    while forward[-1] < len(text):
        forward.append(graphemes.next_boundary(text, forward[-1]))
    backward = [len(text)]
    while backward[-1] > 0:
        backward.append(graphemes.previous_boundary(text, backward[-1]))
    assert forward == backward[::-1]
    assert all(b - a <= 2 * graphemes.LIMIT for a, b in pairwise(forward))
    starts = set(forward)
    assert all((graphemes.snap(text, at) == at) == (at in starts) for at in range(0, len(text), 7))
    middle = forward[len(forward) // 2]
    parts = graphemes.clusters(text, middle, len(text))
    assert parts == [text[a:b] for a, b in pairwise(forward) if a >= middle]


class Watched(str):
    """A text that remembers how much of it was copied."""

    __slots__ = ()
    copied = 0

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        Watched.copied += len(part)
        return part


def test_only_the_neighbourhood_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watched, "copied", 0)
    text = Watched("👩\u200d🚀" * 100_000)
    for offset in (0, 1, 150_000, 299_999):
        graphemes.next_boundary(text, offset)
        graphemes.previous_boundary(text, offset)
    assert 0 < Watched.copied < 8 * 4 * graphemes.LIMIT


@pytest.mark.parametrize("text", ["", "a", "e\u0301"])
def test_offsets_outside_are_clamped(text: str) -> None:
    assert graphemes.next_boundary(text, len(text)) == len(text)
    assert graphemes.previous_boundary(text, 0) == 0
    assert graphemes.snap(text, -3) == 0
    assert graphemes.snap(text, len(text) + 3) == len(text)
    assert graphemes.next_boundary(text, len(text) + 3) == len(text)
    assert graphemes.next_boundary(text, -3) == 0
