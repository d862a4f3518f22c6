"""Caret, selection, growth by meaning, jump list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.session.cursor import Cursor, JumpList, trimmed
from annotator.text.units import Unit, Units

TEXT = "One [two three] four. Five six?\n\nSeven."


def cursor(text: str = TEXT, caret: int = 0) -> Cursor:
    """Return a cursor over a text."""
    return Cursor(text, Units(text), caret)


def test_grow_and_shrink_are_opposites() -> None:
    c = cursor(caret=TEXT.index("two"))
    seen = []
    while c.grow():
        assert c.selection is not None
        seen.append(TEXT[slice(*c.selection)])
    assert seen[0] == "two"
    assert "[two three]" in seen
    assert "One [two three] four." in seen
    assert seen[-1] == "One [two three] four. Five six?"
    for expected in reversed(seen[:-1]):
        assert c.shrink()
        assert c.selection is not None
        assert TEXT[slice(*c.selection)] == expected
    assert c.shrink()
    assert (c.selection, c.caret) == (None, TEXT.index("two"))
    assert not c.shrink()


def test_motions_extend_only_a_sticky_selection() -> None:
    c = cursor()
    selections = []
    c.grow()
    c.move_by(Unit.WORD, 1)
    selections.append(c.selection)
    c.mark()
    c.move_by(Unit.WORD, 2)
    c.swap_ends()
    selections.append(c.selection)
    c.mark()
    selections.append(c.selection)
    assert selections == [None, (TEXT.index("two"), TEXT.index("four")), None]


def test_counts_go_as_far_as_there_is_text() -> None:
    c = cursor()
    assert c.move_by(Unit.SENTENCE, 2)
    assert TEXT[c.caret :].startswith("Seven")
    assert c.move_by(Unit.WORD, 99)
    assert c.caret == len(TEXT)
    assert not c.move_by(Unit.WORD, 1)


def test_caret_never_stands_inside_a_grapheme() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    c = cursor(f"a{family}b")
    c.step(2)
    assert c.caret == 1 + len(family)
    c.move_to(3)
    assert c.caret == 1


def test_jump_list_goes_back_and_forward_like_a_browser() -> None:
    jumps = JumpList()
    jumps.leave(10)
    jumps.leave(20)
    assert jumps.back(30) == 20
    assert jumps.back(20) == 10
    assert jumps.back(10) is None
    assert jumps.forward() == 20
    assert jumps.forward() == 30
    assert jumps.forward() is None
    assert jumps.back(30) == 20
    jumps.leave(20)
    assert jumps.forward() is None


@given(st.text(), st.data())
def test_trimming_never_leaves_the_range_nor_loses_visible_text(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    a, b = trimmed(text, start, end)
    assert start <= a <= b <= end
    assert text[a:b].strip() == text[start:end].strip()
    if text[start:end].strip():
        assert text[a:b] == text[a:b].strip()
