"""Two versions of a text: which ranges are where, and which of them for certain."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.text.alignment import Alignment, Mapped

WORDS = [f"{a}{b}{c}{d}" for a in "klmrs" for b in "aeiou" for c in "ntdbg" for d in "aeo"]
PROSE = " ".join(Random(3).sample(WORDS, len(WORDS)))
BLOCKS = [" ".join(Random(n).sample(WORDS, 60)) + "." for n in range(4)]


def of(old: str, new: str, words: str) -> Mapped | None:
    start = old.index(words)
    return Alignment(old, new).mapped(start, start + len(words))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(PROSE)), st.integers(0, 300), st.text("xyz .", max_size=80))
def test_what_is_called_certain_holds_the_same_words(at: int, gone: int, put: str) -> None:
    new = PROSE[:at] + put + PROSE[at + gone :]
    alignment = Alignment(PROSE, new)
    for start in range(0, len(PROSE) - 20, 97):
        found = alignment.mapped(start, start + 20)
        if start + 20 + 80 <= at or start - 80 >= at + gone:
            assert found is not None
            shift = 0 if start < at else len(put) - min(gone, len(PROSE) - at)
            assert found == Mapped(start + shift, start + 20 + shift, certain=True)
        if found is not None and found.certain:
            # White space is levelled before comparing.
            assert new[found.start : found.end].split() == PROSE[start : start + 20].split()


def test_a_moved_block_takes_its_ranges_along() -> None:
    old, new = "\n\n".join(BLOCKS), "\n\n".join(BLOCKS[i] for i in (0, 2, 3, 1))
    words = BLOCKS[1][100:140]
    found = of(old, new, words)
    assert found == Mapped(new.index(words), new.index(words) + 40, certain=True)


def test_of_two_equal_sentences_of_which_one_is_gone_neither_is_certain() -> None:
    """From what is left nobody can say which of the two was deleted."""
    same = " The minister told reporters that the bridge was safe. "
    old = f"{BLOCKS[0]}{same}{BLOCKS[1]}{same}{BLOCKS[2]}"
    new = f"{BLOCKS[0]}{same}{BLOCKS[2]}"
    words = "the bridge was safe"
    alignment = Alignment(old, new)
    for start in (old.index(words), old.rindex(words)):
        found = alignment.mapped(start, start + len(words))
        assert found is not None
        assert not found.certain


def test_a_twin_elsewhere_is_not_taken_for_a_sentence_that_was_deleted() -> None:
    same = "The minister told reporters that the bridge was safe, and left for the coast again."
    old = f"{BLOCKS[0]} {same} {BLOCKS[1]} {BLOCKS[2]} {same} {BLOCKS[3]}"
    new = f"{BLOCKS[0]} {BLOCKS[1]} {BLOCKS[2]} {same} {BLOCKS[3]}"
    first = old.index("bridge")
    found = Alignment(old, new).mapped(first, first + 6)
    assert found is None or not found.certain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("", "new"),
        ("old", ""),
        ("same", "same"),
        ("a" * 500, "a" * 499),
        ("\u4e2d\u6587" * 200, "\u4e2d\u6587" * 100 + "x" + "\u4e2d\u6587" * 100),
        ("e\u0301 " * 80, "\u00e9 " * 80),
        ("\ud800 lone \x00 nul\r\n" * 30, "\ud800 lone \x00 nul\n" * 30),
        ("👩\u200d🚀 " * 90, "👩\u200d🚀 " * 91),
    ],
)
def test_odd_texts_are_aligned_without_a_wrong_certainty(old: str, new: str) -> None:
    alignment = Alignment(old, new)
    for start in range(0, len(old), 7):
        found = alignment.mapped(start, start + 1)
        if found is not None and found.certain and old == new:
            assert (found.start, found.end) == (start, start + 1)
        assert 0 <= alignment.expected(start) <= len(new)


def test_what_is_sampled_of_a_long_text_is_looked_at_again_near_the_edit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotator.text.runs._SAMPLE", 400)
    monkeypatch.setattr("annotator.text.runs._AROUND_GAP", 10)
    old = "\n\n".join(" ".join(Random(n).sample(WORDS, 60)) for n in range(40))
    put, islands = " something new ", [(at, at + 70) for at in range(500, 11_000, 1000)]
    new = old
    for start, end in reversed(islands):
        new = f"{new[:start]}{put}{new[start:end]}{put}{new[end:]}"
    alignment = Alignment(old, new)
    for number, (start, _) in enumerate(islands):
        found = alignment.mapped(start + 30, start + 40)
        shift = (2 * number + 1) * len(put)
        assert found is not None
        assert (found.start, found.end) == (start + 30 + shift, start + 40 + shift)


def test_what_was_changed_stands_between_its_neighbours() -> None:
    old = f"{BLOCKS[0]} The iron bridge, built in 1908, carries one lane. {BLOCKS[1]}"
    new = f"News! {old.replace('1908, carries one', '1911, carries a single')}"
    start = old.index("The iron")
    found = Alignment(old, new).between(start, start + len("The iron bridge, built in 1908"))
    assert found is not None
    assert new[slice(*found)] == "The iron bridge, built in 1911"


def test_a_copy_put_where_the_text_began_makes_its_beginning_doubtful() -> None:
    """Either of the two may be the one that was there before."""
    same = "The minister told reporters that the bridge was safe. "
    old = f"{same}{BLOCKS[0]}"
    new = f"{same}{BLOCKS[1]} {old}"
    found = of(old, new, "the bridge was safe")
    assert found is not None
    assert not found.certain


def test_three_code_points_beside_an_edit_are_too_few_to_tell() -> None:
    old = f"{BLOCKS[0]} xyz and then came this: {BLOCKS[1]}"
    start = old.index("and then")
    new = f"{old[: start + 8]} ca{BLOCKS[2]}"
    found = Alignment(old, new).mapped(start, start + 8)
    assert found is not None
    assert not found.certain


def test_a_short_run_out_of_order_is_not_certain() -> None:
    """A sentence was deleted, and one that says the same was written elsewhere."""
    same = "The minister told reporters that the bridge was safe."
    old = f"{BLOCKS[0]} {same} {BLOCKS[1]} {BLOCKS[2]}"
    new = f"{BLOCKS[0]} {BLOCKS[1]} {same} {BLOCKS[2]}"
    found = of(old, new, "reporters")
    assert found is not None
    assert new[found.start : found.end] == "reporters"
    assert not found.certain


def test_words_that_another_run_claims_too_are_no_evidence() -> None:
    """A sentence put into the middle of one that ends alike; then the first one's end was cut."""
    before, after = BLOCKS[0], BLOCKS[1]
    old = f"{before} Mara wrote that the tall lock opened in May for the fourth time.\n\n{after}"
    new = (
        f"{before} Mara wrote that the tall locOtto said on Sunday that the tall lock opened "
        f"in May for the fourth time.\n\nPia left. k opened in Maod.\n\n{after}"
    )
    found = of(old, new, "opened in May")
    assert found is None or not found.certain
    said = "Mara wrote that the tall lock opened in May for the fourth time."
    added = f"{before} Pia left. {said}\n\n{after}"
    assert (kept := of(old, added, "opened in May")) is not None
    assert kept.certain
